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

_LOOKED_AT = 64  # of the best rows, to find as many accounts as are shown
FEW = 2048  # so many rows are scored at once rather than parted further


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
    ordered = sorted(asks, key=lambda ask: -ask.tenths)
    for group in _groups(index, day, ordered, rows, wanted.least_fit):
        if group.bound < found.bar:
            break
        fits = np.full(len(group.places), group.fit, np.int32)
        for ask in ordered[group.depth :]:
            fits += fit(ask, group.places)
        found.add(group.places, fits)
    return found.ordered()


@dataclass(frozen=True, slots=True)
class _Group:
    """Rows whose fit to the first criteria is known, and the most tenths they can have."""

    bound: int
    places: Places
    depth: int
    fit: int


def _groups(
    index: Index, day: Day, asks: Sequence[Ask], rows: Bits, least_fit: int
) -> Iterator[_Group]:
    """Give groups of rows, those with the highest bound first."""
    rest = [sum(ask.tenths for ask in asks[at:]) for at in range(len(asks) + 1)]
    last = len(day.buckets) - 1
    top = last * STEP + STEP - 1
    number = count()  # the heap compares it before it would have to compare bits
    heap = [(-(rest[0] + top), next(number), 0, 0, rows, last)]
    while heap:
        bound, _, depth, so_far, bits, bucket = heapq.heappop(heap)
        if so_far + rest[depth] < least_fit:
            continue
        if depth == len(asks):
            part = bits & day.buckets[bucket][: len(bits)]
            if part.any():
                yield _Group(-bound, places_in(part, index.columns.count), depth, so_far)
            if bucket:
                key = -(so_far + bucket * STEP - 1)
                heapq.heappush(heap, (key, next(number), depth, so_far, bits, bucket - 1))
        elif counted(bits) <= FEW:
            yield _Group(-bound, places_in(bits, index.columns.count), depth, so_far)
        else:
            for tenths, part in _parts(asks[depth], bits):
                fitting = so_far + tenths
                key = -(fitting + rest[depth + 1] + top)
                heapq.heappush(heap, (key, next(number), depth + 1, fitting, part, last))


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
        """Set the bar to the worst of the rows that are shown by what is known so far."""
        places, tenths = self._joined()
        rows, accounts = self._wanted.rows, self._wanted.accounts
        if len(tenths) < rows:
            return
        looked_at = max(rows, _LOOKED_AT)
        if len(tenths) > looked_at:
            first = np.argpartition(-tenths, looked_at)[:looked_at]
            places, tenths = places[first], tenths[first]
        order = np.argsort(-tenths)
        seen: set[int] = set()
        numbers = self._index.columns["account"][places[order]].tolist()
        for at, account in enumerate(numbers):
            seen.add(account)
            if len(seen) >= accounts:
                self.bar = int(tenths[order[max(at, rows - 1)]])
                return

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
