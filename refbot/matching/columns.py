"""All references as columns of numbers: a few bytes each, so that a million fit in memory."""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date
from functools import lru_cache, reduce
from operator import or_
from typing import Any

import numpy as np
from numpy.typing import NDArray

from refbot.matching import marks
from refbot.matching.block import Block
from refbot.matching.profile import Facet
from refbot.matching.shipped import labels
from refbot.matching.table import Coded, Interned, Table

NO_DAY = 0
FAR_DAY = 65_535
NO_LIMIT = 255
UNKNOWN = -1
FREE, BLOCKED, NAMED, CONSENT = 1, 2, 4, 8
STATUSES: tuple[str, ...] = (
    "active",
    "nominated",
    "interviewing",
    "coaching",
    "declined",
    "paused",
    "retired",
    "opted_out",
)
HEALTHS: tuple[str | None, ...] = (None, "happy", "needs_attention", "challenged")
_MOST = 255
_MOST_EMPLOYEES = 2_000_000_000
_FIRST_DAY = date(1990, 1, 1).toordinal() - 1
SIZE_BOUNDS = (
    10, 20, 25, 50, 100, 150, 200, 250, 300, 500, 750, 1000, 1500, 2000, 2500, 3000, 4000, 5000,
    7500, 10_000, 15_000, 20_000, 25_000, 30_000, 50_000, 75_000, 100_000, 200_000,
)  # fmt: skip
# Each bound begins a class, and so do the numbers beside it: "at most 250" is whole classes too.
SIZE_CLASSES = (0, *sorted({n for bound in SIZE_BOUNDS for n in (bound - 1, bound, bound + 1)}))
_STATUS_NUMBERS = {status: number for number, status in enumerate(STATUSES)}
_HEALTH_NUMBERS = {health: number for number, health in enumerate(HEALTHS)}
# Narrow, so that a million fit; a column widens when a number does not fit into it.
_TYPES: dict[str, Any] = {
    "reference_id": np.uint32,
    "account": np.int32,
    "title": np.uint16,
    "name_at": np.uint32,
    "name_length": np.uint8,
    "industry": np.uint8,
    "country": np.uint8,
    "level": np.uint8,
    "function": np.uint8,
    "employees": np.int32,
    "size_class": np.uint8,
    "status": np.uint8,
    "consent_until": np.uint16,
    "resting_until": np.uint16,
    "quarter": np.uint16,
    "used": np.uint8,
    "account_used": np.uint8,
    "own_limit": np.uint8,
    "months_out": np.uint16,
    "flags": np.uint8,
    "health": np.uint8,
    "renewal": np.uint16,
    "willing": np.uint32,
    "results": np.uint8,
    "asked": np.uint8,
    "accepted": np.uint8,
    "last_asked": np.uint16,
    "marks": np.uint16,
    "since": np.uint16,
    "lives_at": np.uint32,
    "lives": np.uint8,
}


def size_class(employees: int | None) -> int:
    """Give the number of the class of sizes, counted from 1; 0 for an unknown size."""
    return 0 if employees is None else max(bisect_right(SIZE_CLASSES, employees), 1)


def day_number(day: date | None, missing: int = NO_DAY) -> int:
    """Give a day as the columns keep it: days since 1990, capped at both ends."""
    if day is None:
        return missing
    return min(max(day.toordinal() - _FIRST_DAY, 1), FAR_DAY - 1)


def day_of(number: int) -> date | None:
    """Give the day that a column keeps, None for an unknown one."""
    return None if number in {NO_DAY, FAR_DAY} else date.fromordinal(int(number) + _FIRST_DAY)


def sizes_classes(employees: NDArray[np.int64]) -> NDArray[np.int64]:
    """Give the classes of many sizes."""
    classes = np.maximum(np.searchsorted(SIZE_CLASSES, employees, side="right"), 1)
    return np.where(employees == UNKNOWN, 0, classes)


class Columns(Table):
    """The rows of the references; a place that became free is used again."""

    def __init__(self) -> None:
        super().__init__(_TYPES)
        self.names = bytearray()
        self._lives = Table({"product": np.uint8, "day": np.uint16})  # rows share an account's
        self.titles = Interned("")
        self.products = Interned(None)
        self.industries = _interned(Facet.INDUSTRY)
        self.countries = _interned(Facet.COUNTRY)
        self.levels = _interned(Facet.LEVEL)
        self.functions = _interned(Facet.FUNCTION)

    def coded(self, block: Block, accounts: Sequence[int]) -> Coded:
        """Give references as numbers, column by column; `accounts` are their accounts' numbers."""
        names = [name.encode()[:_MOST] for name in block.name]
        lengths = np.fromiter(map(len, names), np.uint32, len(names))
        starts = np.cumsum(lengths, dtype=np.uint32) - lengths + np.uint32(len(self.names))
        self.names += b"".join(names)
        employees = [UNKNOWN if n is None else min(n, _MOST_EMPLOYEES) for n in block.employees]
        return {
            "reference_id": block.reference_id,
            "account": accounts,
            "title": self.titles.all_of(block.title),
            "name_at": starts,
            "name_length": lengths,
            "industry": self.industries.all_of(block.industry),
            "country": self.countries.all_of(block.country),
            "level": self.levels.all_of(block.level),
            "function": self.functions.all_of(block.function),
            "employees": employees,
            "size_class": sizes_classes(np.array(employees)),
            **_standing(block),
            **_record(block),
            **self._live(block),
        }

    def free(self, place: int) -> None:
        """Mark a place as nobody's."""
        self._arrays["flags"][place] = FREE
        self._arrays["reference_id"][place] = 0

    def name(self, place: int) -> str:
        """Give the person's name of a row."""
        start = self.at("name_at", place)
        kept = self.names[start : start + self.at("name_length", place)]
        return kept.decode(errors="ignore")

    def title(self, place: int) -> str:
        """Give the job title of a row."""
        return str(self.titles.values[self.at("title", place)])

    def live_since(self, places: NDArray[np.int64], products: Sequence[str]) -> NDArray[np.uint16]:
        """Give the first day on these products, or on any when none is named; 0: unknown."""
        if not products:
            since: NDArray[np.uint16] = self["since"][places]
            return since
        wanted = [number for name in products if (number := self.products.known(name))]
        if not wanted:
            return np.full(len(places), NO_DAY, np.uint16)
        starts, counts = self["lives_at"][places].astype(np.int64), self["lives"][places]
        since = np.full(len(places), NO_DAY, np.uint16)
        for at in reversed(range(int(counts.max(initial=0)))):  # those live longest stand first
            within = np.flatnonzero(counts > at)
            rows = starts[within] + at
            here = self._lives["product"][rows]
            is_wanted = reduce(or_, (here == number for number in wanted))
            since[within[is_wanted]] = self._lives["day"][rows[is_wanted]]
        return since

    def _live(self, block: Block) -> Coded:
        """Give the first day on any product, and where the products with their days stand."""
        known: dict[int, tuple[int, int, int]] = {}
        kept: list[tuple[int, str]] = []
        for products in block.products:
            if id(products) in known:  # the block keeps them: an id is one mapping's alone
                continue
            lives = sorted((_DAYS[day], name) for name, day in products.items() if day)[:_MOST]
            since = lives[0][0] if lives else NO_DAY
            known[id(products)] = since, self._lives.count + len(kept), len(lives)
            kept += lives
        places = self._lives.new_places(len(kept))
        numbers = [self.products.number(name) for _, name in kept]
        coded: Coded = {"product": numbers, "day": [day for day, _ in kept]}
        self._lives.write(slice(places.start, places.stop), coded)
        columns = zip(*(known[id(products)] for products in block.products), strict=True)
        return dict(zip(("since", "lives_at", "lives"), columns, strict=True))


def _interned(facet: Facet) -> Interned:
    return Interned(None, *(value for kind, value in labels() if kind is facet))


def _standing(block: Block) -> Coded:
    """Give what says whether a reference may be asked."""
    own_limits = [
        NO_LIMIT if limit is None else min(limit, NO_LIMIT - 1)
        for limit in block.own_limit_per_quarter
    ]
    flags = (
        BLOCKED * np.array(block.blocking_issue, np.uint8)
        + NAMED * np.array(block.named_in_public, np.uint8)
        + CONSENT * np.array(block.has_consent, np.uint8)
    )
    return {
        "status": map(_STATUS_NUMBERS.__getitem__, block.status),
        "consent_until": map(_ENDS.__getitem__, block.consent_until),
        "resting_until": map(_DAYS.__getitem__, block.resting_until),
        "quarter": map(_DAYS.__getitem__, block.quarter),
        "used": np.minimum(block.used_this_quarter, _MOST),
        "account_used": np.minimum(block.account_used_this_quarter, _MOST),
        "own_limit": own_limits,
        "months_out": map(_month_bits, block.months_out),
        "flags": flags,
        "health": map(_HEALTH_NUMBERS.__getitem__, block.health),
        "renewal": map(_DAYS.__getitem__, block.renewal_date),
        "willing": block.willing,
    }


def _record(block: Block) -> Coded:
    """Give strengths and what the reference has done so far."""
    return {
        "results": np.minimum(block.measured_results, _MOST),
        "asked": np.minimum(block.times_asked, _MOST),
        "accepted": np.minimum(block.times_accepted, _MOST),
        "last_asked": map(_DAYS.__getitem__, block.last_asked),
        "marks": marks.coded(block.strengths),
    }


@lru_cache(maxsize=4096)
def _month_bits(months: frozenset[int]) -> int:
    return sum(1 << month for month in months)


class _DayNumbers(dict[date | None, int]):
    """The numbers of days, remembered: a pool holds few different ones."""

    def __missing__(self, day: date | None) -> int:
        number = self[day] = day_number(day)
        return number


_DAYS = _DayNumbers()
_ENDS = _DayNumbers({None: FAR_DAY})
