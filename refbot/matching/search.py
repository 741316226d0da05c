"""The best rows without scoring all: classes of equal fit, best first, until none can be better.

A class is a choice of one grade for each criterion; its rows are the AND of the grades' bits. The
priors of a class are walked bucket by bucket. Exact: what is left out cannot reach the best found.
"""

import heapq
from collections.abc import Sequence
from itertools import count
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from refbot.matching.asks import Ask, Places, Tenths
from refbot.matching.day import STEP, Day
from refbot.matching.index import Index
from refbot.matching.postings import Bits, places_in, unpacked, words_used
from refbot.matching.scoring import fits_of_all, summed, uses

_HANDFUL = 48  # words of rows scored first of a class, when nothing is known yet
_LOOKED_AT = 64  # of the best rows, to find as many accounts as are shown
FEW = 400  # rows in so few words are scored at once rather than parted further
DENSE = 8  # rows in one of so many words, and all are looked at rather than each by itself


class Wanted(NamedTuple):
    """How many rows are asked for, of how many different accounts, and the least fit in tenths."""

    rows: int
    accounts: int
    least_fit: int


class Scored(NamedTuple):
    """Rows with their scores, best first: score, fewest uses, least recently asked, id."""

    places: Places
    tenths: Tenths


class Sought:
    """The criteria of a query, dearest first; `rest` is what those from a depth on can give."""

    def __init__(self, asks: Sequence[Ask]) -> None:
        self.graded = sorted((ask for ask in asks if ask.grades), key=lambda ask: -ask.tenths)
        self.measured = [ask for ask in asks if not ask.grades]
        measured = sum(ask.tenths for ask in self.measured)
        self.rest = [
            sum(ask.tenths for ask in self.graded[at:]) + measured
            for at in range(len(self.graded) + 1)
        ]
        self._everyone: NDArray[np.uint16] | None = None

    def everyone(self, depth: int, words: int) -> NDArray[np.uint16]:
        """Give every row's points for the criteria from a depth on; of all of them only once."""
        if depth:
            return fits_of_all(self.graded[depth:], words)
        if self._everyone is None:
            self._everyone = fits_of_all(self.graded, words)
        return self._everyone


def best(index: Index, day: Day, sought: Sought, rows: Bits, wanted: Wanted) -> Scored:
    """Give the best of these rows; more than were wanted when they are as good as the last."""
    found = _Found(index, day, wanted)
    _Walk(index, day, sought, found, wanted.least_fit).through(rows)
    return found.ordered()


class _Node(NamedTuple):
    """Rows whose points for the first criteria are known; of the next one, better grades are out.

    `below`: rows with a prior of this many steps or more were scored already.
    """

    depth: int
    grade: int
    so_far: int
    bits: Bits
    below: int
    used: int  # words with a row in them, or more: a bound that is known already


class _Walk:
    """Parts rows by criteria, always going on where the most can still be had."""

    def __init__(
        self, index: Index, day: Day, sought: Sought, found: "_Found", least_fit: int
    ) -> None:
        self._rows = index.columns.count
        self._day = day
        self._found = found
        self._sought = sought
        self._asks, self._rest = sought.graded, sought.rest
        self._least_fit = least_fit
        self._heap: list[tuple[int, int, _Node]] = []
        self._number = count()  # the heap compares it before it would have to compare nodes

    def through(self, rows: Bits) -> None:
        """Score rows, best bounds first, until no other row can reach the bar."""
        steps = len(self._day.above)
        self._push(_Node(0, 0, 0, rows, steps, len(rows)), 0)
        while self._heap:
            bound, _, node = heapq.heappop(self._heap)
            if -bound < self._found.bar:
                return
            if node.so_far + self._rest[node.depth] >= self._least_fit:
                self._open(node)

    def _push(self, node: _Node, lost: int) -> None:
        bound = node.so_far + self._rest[node.depth] - lost + node.below * STEP - 1
        heapq.heappush(self._heap, (-bound, next(self._number), node))

    def _open(self, node: _Node) -> None:
        if node.depth == len(self._asks):
            self._take_from_the_top(node)
        elif node.used <= FEW:
            self._score(node, node.bits)
        else:
            self._part(node)

    def _part(self, node: _Node) -> None:
        """Part off the rows of the next grade; what is left waits with a lower bound."""
        ask = self._asks[node.depth]
        if node.grade == len(ask.grades):
            used = words_used(node.bits)
            self._push(node._replace(depth=node.depth + 1, grade=0, used=used), 0)
            return
        grade = ask.grades[node.grade]
        part = node.bits & grade.bits
        left = node.bits
        used = words_used(part)
        if used:
            points = node.so_far + grade.tenths
            self._push(_Node(node.depth + 1, 0, points, part, node.below, used), 0)
            left = node.bits ^ part
        following = ask.grades[node.grade + 1].tenths if node.grade + 1 < len(ask.grades) else 0
        rest = _Node(node.depth, node.grade + 1, node.so_far, left, node.below, node.used)
        self._push(rest, ask.tenths - following)

    def _take_from_the_top(self, node: _Node) -> None:
        """Score the rows of the highest priors, as deep as the bar or a handful demands."""
        above = self._day.above
        words = len(node.bits)
        points = node.so_far + self._rest[node.depth]
        if self._found.bar >= 0:
            level = max((self._found.bar - points) // STEP, 0)
        else:
            level = self._level_of_a_handful(node)
        if level >= node.below:
            return
        part = node.bits & above[level][:words]
        if node.below < len(above):
            part &= ~above[node.below][:words]
        if words_used(part):
            self._score(node, part)
        if level:
            self._push(node._replace(below=level), 0)

    def _level_of_a_handful(self, node: _Node) -> int:
        """Give the highest level at which a class has enough rows to fill what is shown."""
        low, high = 0, node.below
        while low + 1 < high:
            middle = (low + high) // 2
            if words_used(node.bits & self._day.above[middle][: len(node.bits)]) >= _HANDFUL:
                low = middle
            else:
                high = middle
        return low

    def _score(self, node: _Node, bits: Bits) -> None:
        if words_used(bits) * DENSE > len(bits):
            everyone = self._sought.everyone(node.depth, len(bits))
            least = max(self._least_fit - node.so_far - self._rest[-1], 0)
            places = (unpacked(bits) & (everyone >= least))[: self._rows].nonzero()[0]
            points = everyone[places].astype(np.int32)
        else:
            places = places_in(bits, self._rows)
            points = summed(self._asks[node.depth :], places)
        points += summed(self._sought.measured, places)
        self._found.add(places, points + node.so_far)


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
            return np.zeros(0, np.int64), np.zeros(0, np.int32)
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
