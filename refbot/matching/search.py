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
from refbot.matching.bits import WORD, Bits, unpacked, words_used
from refbot.matching.day import STEP, Day
from refbot.matching.found import Found, Scored, Wanted
from refbot.matching.index import Index
from refbot.matching.parts import Part, pool_by_pool
from refbot.matching.scoring import fits_of_all, summed

_HANDFUL = 48  # words of rows scored first of a class, when nothing is known yet
FEW = 60  # rows in so few words are scored at once rather than parted further
SMALL = 400  # words: the same of a whole pool, and of rows of which only priors are to be added
DENSE = 8  # rows in one of so many words, and all are looked at rather than each by itself


class Sought:
    """The criteria of a query, dearest first; `rest` is what those from a depth on can give."""

    def __init__(self, asks: Sequence[Ask]) -> None:
        self.graded = sorted((ask for ask in asks if ask.grades), key=lambda ask: -ask.tenths)
        self.measured = [ask for ask in asks if not ask.grades]
        self.rest = [sum(ask.tenths for ask in self.measured)]
        for ask in reversed(self.graded):
            self.rest.insert(0, self.rest[0] + ask.tenths)
        self._everyone: NDArray[np.uint16] | None = None

    def everyone(self, depth: int, words: int) -> NDArray[np.uint16]:
        """Give every row's points for the criteria from a depth on; of all of them only once."""
        if depth:
            return fits_of_all(self.graded[depth:], words)
        if self._everyone is None:
            self._everyone = fits_of_all(self.graded, words)
        return self._everyone


def best(
    index: Index, day: Day, sought: Sought, pools: Bits, wanted: Sequence[Wanted]
) -> list[Scored]:
    """Give the best rows of each pool; more than were wanted when they are as good as the last.

    `pools`: [pool, word], two of them at most. Of each the same least fit is wanted.
    """
    found = [Found(index, day, one) for one in wanted]
    _Walk(day, sought, found, wanted[0].least_fit).through(Part.of(pools))
    return [one.ordered() for one in found]


class _Node(NamedTuple):
    """Rows whose points for the first criteria are known; of the next one, better grades are out.

    `below`: rows with a prior of this many steps or more were scored already.
    """

    bound: int  # no row in it has a higher score
    depth: int
    grade: int
    so_far: int
    part: Part
    without: Part | None  # is not taken from the rows before they are looked at
    below: int
    pools: tuple[int, ...]  # that the rows of the part are of


class _Walk:
    """Parts rows by criteria, always going on where the most can still be had."""

    def __init__(self, day: Day, sought: Sought, found: Sequence[Found], least_fit: int) -> None:
        self._day = day
        self._found = found
        self._bars = [one.bar for one in found]
        self._sought = sought
        self._asks, self._rest = sought.graded, sought.rest
        self._least_fit = least_fit
        self._heap: list[tuple[int, int, _Node]] = []
        self._number = count()  # the heap compares it before it would have to compare nodes

    def through(self, part: Part) -> None:
        """Score rows, best bounds first, until no other row can reach the bar of its pool."""
        steps = len(self._day.above)
        bound = self._rest[0] + steps * STEP - 1
        self._push(_Node(bound, 0, 0, 0, part, None, steps, tuple(range(len(self._found)))))
        while self._heap:
            going_on: _Node | None = heapq.heappop(self._heap)[2]
            while going_on is not None:
                going_on = self._opened(going_on)

    def _push(self, node: _Node) -> None:
        if node.so_far + self._rest[node.depth] >= self._least_fit:
            heapq.heappush(self._heap, (-node.bound, next(self._number), node))

    def _opened(self, node: _Node) -> _Node | None:
        """Score or part the rows of a node; gives the part to go on with, if none is better."""
        sought = [pool for pool in node.pools if self._bars[pool] <= node.bound]
        if not sought:
            return None
        if len(sought) < len(node.pools):
            node = _of_pool(node, node.pools.index(sought[0]))
        part = node.part if node.without is None else node.part.less(node.without)
        criteria_left = node.depth < len(self._asks)
        if part.used <= (FEW if criteria_left and part.at is not None else SMALL):
            self._score(node, part)
        elif criteria_left:
            return self._parted(node, part)
        elif len(node.pools) > 1:
            for at in range(len(node.pools)):
                self._push(_of_pool(node, at))
        else:
            self._take_from_the_top(node, part)
        return None

    def _parted(self, node: _Node, part: Part) -> _Node | None:
        """Part off the rows of the next grade; what is left waits with a lower bound."""
        ask = self._asks[node.depth]
        if node.grade == len(ask.grades):
            left = part.with_bits(part.bits)
            deeper = node.depth + 1
            return _Node(node.bound, deeper, 0, node.so_far, left, None, node.below, node.pools)
        grade = ask.grades[node.grade]
        inside, gathered = part.common(grade.rows, grade.bits)
        following = ask.grades[node.grade + 1].tenths if node.grade + 1 < len(ask.grades) else 0
        bound, depth, at, so_far, *_, below, pools = node
        lower = bound - grade.tenths + following
        if not inside.used:
            return _Node(lower, depth, at + 1, so_far, part, None, below, pools)
        self._push(_Node(lower, depth, at + 1, so_far, part, inside, below, pools))
        points = so_far + grade.tenths
        return _Node(bound, depth + 1, 0, points, gathered, None, below, pools)

    def _take_from_the_top(self, node: _Node, part: Part) -> None:
        """Score a pool's rows of the highest priors, as deep as the bar or a handful demands."""
        above = self._day.above
        bar = self._bars[node.pools[0]]
        points = node.so_far + self._rest[-1]
        if bar >= 0:
            level = max((bar - points) // STEP, 0)
        else:
            level = self._level_of_a_handful(part, node.below)
        if level >= node.below:
            return
        bits = part.bits & self._above(level, part)
        if node.below < len(above):
            bits &= ~self._above(node.below, part)
        top = part.with_bits(bits)
        if top.used:
            self._score(node, top)
        if level:
            bound = points + level * STEP - 1
            self._push(node._replace(bound=bound, part=part, without=None, below=level))

    def _level_of_a_handful(self, part: Part, below: int) -> int:
        """Give the highest level at which a class has enough rows to fill what is shown."""
        low, high = 0, below
        while low + 1 < high:
            middle = (low + high) // 2
            if words_used(part.bits & self._above(middle, part)) >= _HANDFUL:
                low = middle
            else:
                high = middle
        return low

    def _above(self, level: int, part: Part) -> Bits:
        bits = self._day.above[level]
        return bits[: part.bits.shape[1]] if part.at is None else bits.take(part.at)

    def _score(self, node: _Node, part: Part) -> None:
        places, points, ends = self._fits(node, part)
        if self._sought.measured:
            points += summed(self._sought.measured, places)
        points += node.so_far
        start = 0
        for pool, end in zip(node.pools, ends, strict=True):
            if end > start:
                self._bars[pool] = self._found[pool].add(places[start:end], points[start:end])
            start = end

    def _fits(self, node: _Node, part: Part) -> tuple[Places, Tenths, list[int]]:
        """Give the rows, pool by pool, their points for the criteria left, where pools end."""
        pools, words = part.bits.shape
        if part.at is not None or part.used * DENSE <= words:
            places, ends = part.places()
            return places, summed(self._asks[node.depth :], places), ends
        everyone = self._sought.everyone(node.depth, words)
        least = max(self._least_fit - node.so_far - self._rest[-1], 0)
        chosen = unpacked(part.bits).reshape(pools, -1) & (everyone >= least)
        places, ends = pool_by_pool(chosen.reshape(-1).nonzero()[0], pools, words * WORD)
        return places, everyone.take(places).astype(np.int32), ends


def _of_pool(node: _Node, number: int) -> _Node:
    """Give a node's rows of one of its pools."""
    return node._replace(
        part=node.part.of_pool(number),
        without=node.without and node.without.of_pool(number),
        pools=(node.pools[number],),
    )
