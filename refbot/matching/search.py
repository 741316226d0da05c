"""The best rows without scoring all: classes of equal fit, best first, until none can be better.

A class is a choice of one grade for each criterion; its rows are the AND of the grades' bits. The
priors of a class are walked bucket by bucket. Exact: what is left out cannot reach the best found.
"""

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count

import numpy as np
from numpy.typing import NDArray

from refbot.matching.asks import Ask
from refbot.matching.day import STEP, Day
from refbot.matching.index import Index
from refbot.matching.postings import Bits, counted, places_in
from refbot.matching.scoring import Places, Tenths, fit, uses

_FEW = 2048  # so many rows are scored at once rather than parted further


@dataclass(frozen=True, slots=True)
class Wanted:
    """How many rows are asked for, of how many different accounts, and the least fit in tenths."""

    rows: int
    accounts: int
    least_fit: int


@dataclass(frozen=True, slots=True)
class Scored:
    """Rows with their scores, best first: score, fewest uses, least recently asked, id."""

    places: Places
    tenths: Tenths


def best(index: Index, day: Day, asks: Sequence[Ask], rows: Bits, wanted: Wanted) -> Scored:
    """Give the best of these rows; more than were wanted when they are as good as the last."""
    found = _Found(index, day, wanted)
    for places, bound in _classes(index, day, asks, rows, wanted.least_fit):
        if bound < found.bar:
            break
        if len(places):
            found.add(places, _fits(asks, places))
    return found.ordered()


def _fits(asks: Sequence[Ask], places: Places) -> Tenths:
    points = np.zeros(len(places), np.int32)
    for ask in asks:
        points += fit(ask, places)
    return points


def _classes(
    index: Index, day: Day, asks: Sequence[Ask], rows: Bits, least_fit: int
) -> Iterator[tuple[Places, int]]:
    """Give groups of rows with the most tenths that any later group can have."""
    ordered = sorted(asks, key=lambda ask: -ask.tenths)
    rest = [sum(ask.tenths for ask in ordered[at:]) for at in range(len(ordered) + 1)]
    top = (len(day.buckets) - 1) * STEP + STEP - 1
    number = count()  # the heap compares it before it would have to compare bits
    heap = [(-(rest[0] + top), next(number), 0, 0, rows, len(day.buckets) - 1)]
    while heap:
        bound, _, depth, fit_so_far, bits, bucket = heapq.heappop(heap)
        if fit_so_far + rest[depth] < least_fit:
            continue
        if depth < len(ordered):
            size = counted(bits)
            if size > _FEW:
                for tenths, part in _parts(ordered[depth], bits):
                    fitting = fit_so_far + tenths
                    key = -(fitting + rest[depth + 1] + top)
                    heapq.heappush(heap, (key, next(number), depth + 1, fitting, part, bucket))
                continue
            yield places_in(bits, index.columns.count) if size else _NOBODY, -bound
            continue
        yield places_in(bits & day.buckets[bucket][: len(bits)], index.columns.count), -bound
        if bucket:
            key = -(fit_so_far + bucket * STEP - 1)
            heapq.heappush(heap, (key, next(number), depth, fit_so_far, bits, bucket - 1))


_NOBODY: Places = np.zeros(0, np.int64)


def _parts(ask: Ask, bits: Bits) -> Iterator[tuple[int, Bits]]:
    """Part rows by the grades of a criterion; the last part is of those that miss it."""
    left = bits
    for grade in ask.grades:
        part = bits & grade.bits
        if part.any():
            yield grade.tenths, part
            left = left & ~part
    if left.any():
        yield 0, left


class _Found:
    """The rows found so far, and the bar that a further row must reach."""

    def __init__(self, index: Index, day: Day, wanted: Wanted) -> None:
        self._index = index
        self._day = day
        self._wanted = wanted
        self._places: list[Places] = []
        self._tenths: list[Tenths] = []
        self.bar = -1

    def add(self, places: Places, fits: Tenths) -> None:
        """Take in rows that may be among the best."""
        enough = fits >= self._wanted.least_fit
        tenths = fits + self._day.priors[places]
        kept = enough & (tenths >= self.bar)
        if kept.any():
            self._places.append(places[kept])
            self._tenths.append(tenths[kept])
            self._raise_bar()

    def _raise_bar(self) -> None:
        places, tenths = self._joined()
        if len(tenths) < self._wanted.rows:
            return
        best_first = np.sort(tenths)[::-1]
        last = int(best_first[self._wanted.rows - 1])
        accounts = self._index.columns["account"][places]
        order = np.argsort(-tenths, kind="stable")
        _, first = np.unique(accounts[order], return_index=True)
        if len(first) < self._wanted.accounts:
            return
        first.sort()
        several = int(tenths[order][first[self._wanted.accounts - 1]])
        self.bar = min(last, several)

    def _joined(self) -> tuple[Places, Tenths]:
        if not self._places:
            return _NOBODY, np.zeros(0, np.int32)
        if len(self._places) > 1:
            self._places = [np.concatenate(self._places)]
            self._tenths = [np.concatenate(self._tenths)]
        return self._places[0], self._tenths[0]

    def ordered(self) -> Scored:
        """Give the rows that reach the bar, in the one order without ties."""
        places, tenths = self._joined()
        kept = tenths >= self.bar
        places, tenths = places[kept], tenths[kept]
        order = _order(self._index, self._day, places, tenths)
        return Scored(places[order], tenths[order])


def _order(index: Index, day: Day, places: Places, tenths: Tenths) -> NDArray[np.int64]:
    """Order by score, then fewest uses, then least recently asked, then id."""
    columns = index.columns
    keys = (
        columns["reference_id"][places],
        columns["asked"][places],
        columns["last_asked"][places],
        uses(columns, places, day.as_of),
        -tenths,
    )
    return np.lexsort(keys)
