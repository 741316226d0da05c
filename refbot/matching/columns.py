"""All references as columns of numbers: a few bytes each, so that a million fit in memory."""

from bisect import bisect_right
from collections.abc import Hashable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from refbot.matching.block import Block
from refbot.matching.profile import STRENGTHS, Facet
from refbot.matching.shipped import labels

Coded: TypeAlias = dict[str, Iterable[int]]  # a column of numbers by name

NO_DAY = 0
FAR_DAY = 65_535
NO_LIMIT = 255
UNKNOWN = -1
FREE, BLOCKED, NAMED, CONSENT = 1, 2, 4, 8
PRODUCTS_KEPT = 4  # with their live dates; of more products those live longest
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
LIVE = ("since", *(f"{name}_{at}" for at in range(PRODUCTS_KEPT) for name in ("product", "live")))
_MOST = 255
_MOST_EMPLOYEES = 2_000_000_000
_FIRST_DAY = date(1990, 1, 1).toordinal() - 1
_FIRST_CAPACITY = 64
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
    **dict.fromkeys((f"strength_{name}" for name in STRENGTHS), np.uint8),
    **dict.fromkeys(LIVE, np.uint16),
    **dict.fromkeys((f"product_{at}" for at in range(PRODUCTS_KEPT)), np.uint8),
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


_WIDER: dict[type, type] = {np.uint8: np.uint16, np.uint16: np.uint32, np.uint32: np.int64}


class Interned:
    """Gives each distinct value a small number and back."""

    def __init__(self, *first: Hashable) -> None:
        self.values: list[Any] = []
        self._numbers: dict[Hashable, int] = {}
        for value in first:
            self.number(value)

    def number(self, value: Hashable) -> int:
        """Give the number of a value, a new one when it has none."""
        found = self._numbers.get(value)
        if found is None:
            found = len(self.values)
            self._numbers[value] = found
            self.values.append(value)
        return found

    def all_of(self, values: Sequence[Hashable]) -> Iterable[int]:
        """Give the numbers of many values."""
        for value in dict.fromkeys(values):
            self.number(value)
        return map(self._numbers.__getitem__, values)

    def known(self, value: Hashable) -> int | None:
        """Give the number of a value that was seen before."""
        return self._numbers.get(value)


class Table:
    """Columns of numbers that grow together."""

    def __init__(self, types: dict[str, Any]) -> None:
        self.count = 0
        self._arrays = {name: np.zeros(_FIRST_CAPACITY, kind) for name, kind in types.items()}

    def __getitem__(self, name: str) -> NDArray[Any]:
        """Give a column as long as there are rows."""
        return self._arrays[name][: self.count]

    def at(self, name: str, place: int) -> int:
        """Give one number; much quicker than through the column."""
        return self._arrays[name].item(place)  # type: ignore[no-any-return]

    @property
    def room(self) -> int:
        """How many rows there is room for."""
        return min(map(len, self._arrays.values()))

    def make_room(self, rows: int) -> None:
        """Make room for so many rows."""
        for name, array in self._arrays.items():
            if rows > len(array):
                grown = np.zeros(rows, array.dtype)
                grown[: self.count] = array[: self.count]
                self._arrays[name] = grown

    def new_places(self, count: int) -> range:
        """Give the next places, growing the columns by a quarter where needed."""
        places = range(self.count, self.count + count)
        if places.stop > self.room:
            self.make_room(places.stop * 5 // 4 + _FIRST_CAPACITY)
        self.count = places.stop
        return places

    def write(self, places: Sequence[int] | slice, coded: Coded) -> None:
        """Write rows; every column must be given."""
        for name in self._arrays:
            values = coded[name]
            if not isinstance(values, np.ndarray):
                values = np.fromiter(values, np.int64)
            self.widen(name, int(values.max(initial=0)))
            self._arrays[name][places] = values

    def widen(self, name: str, most: int) -> None:
        """Make a column of numbers that may grow wide enough for this one."""
        array = self._arrays[name]
        while most > np.iinfo(array.dtype).max and array.dtype.type in _WIDER:
            array = self._arrays[name] = array.astype(_WIDER[array.dtype.type])

    def write_row(self, place: int, **values: int) -> None:
        """Write one row; every column must be given."""
        for name, array in self._arrays.items():
            array[place] = values[name]

    def trim(self) -> None:
        """Give back the room for rows that did not come."""
        if self.room > self.count:
            kept = {name: array[: self.count].copy() for name, array in self._arrays.items()}
            self._arrays = kept


class Columns(Table):
    """The rows of the references; a place that became free is used again."""

    def __init__(self) -> None:
        super().__init__(_TYPES)
        self.names = bytearray()
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

    def _live(self, block: Block) -> Coded:
        """Give the first day on any product, then products with their days, the longest first."""
        rows: dict[int, tuple[int, ...]] = {}
        for products in block.products:
            if id(products) not in rows:  # the block keeps them: an id is one mapping's alone
                rows[id(products)] = self._lived(products)
        columns = zip(*(rows[id(products)] for products in block.products), strict=True)
        return dict(zip(LIVE, columns, strict=True))

    def _lived(self, products: Mapping[str, date | None]) -> tuple[int, ...]:
        known = sorted((_DAYS[day], name) for name, day in products.items() if day)
        if not known:
            return _NEVER_LIVE
        row = [known[0][0]]
        for day, name in known[:PRODUCTS_KEPT]:
            row += (self.products.number(name), day)
        return (*row, *_NEVER_LIVE[len(row) :])


def _interned(facet: Facet) -> Interned:
    return Interned(None, *(value for kind, value in labels() if kind is facet))


def _standing(block: Block) -> Coded:
    """Give what says whether a reference may be asked."""
    own_limits = (
        NO_LIMIT if limit is None else min(limit, NO_LIMIT - 1)
        for limit in block.own_limit_per_quarter
    )
    flags = zip(block.blocking_issue, block.named_in_public, block.has_consent, strict=True)
    return {
        "status": map(_STATUS_NUMBERS.__getitem__, block.status),
        "consent_until": map(_ENDS.__getitem__, block.consent_until),
        "resting_until": map(_DAYS.__getitem__, block.resting_until),
        "quarter": map(_DAYS.__getitem__, block.quarter),
        "used": np.minimum(block.used_this_quarter, _MOST),
        "account_used": np.minimum(block.account_used_this_quarter, _MOST),
        "own_limit": own_limits,
        "months_out": map(_month_bits, block.months_out),
        "flags": (BLOCKED * b + NAMED * n + CONSENT * c for b, n, c in flags),
        "health": (_HEALTH_NUMBERS.get(health, 0) for health in block.health),
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
        **{f"strength_{name}": block.strengths[name] for name in STRENGTHS},
    }


def _month_bits(months: frozenset[int]) -> int:
    return sum(1 << month for month in months)


class _DayNumbers(dict[date | None, int]):
    """The numbers of days, remembered: a pool holds few different ones."""

    def __missing__(self, day: date | None) -> int:
        number = self[day] = day_number(day)
        return number


_DAYS = _DayNumbers()
_ENDS = _DayNumbers({None: FAR_DAY})
_NEVER_LIVE = (NO_DAY,) * len(LIVE)
