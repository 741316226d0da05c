"""All references as columns of numbers: a few bytes each, so that a million fit in memory."""

from bisect import bisect_right
from collections.abc import Hashable, Sequence
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from refbot.matching.profile import STRENGTHS, Facet, Profile, Willingness
from refbot.matching.shipped import labels

NO_DAY = 0
FAR_DAY = 65_535
NO_LIMIT = 255
UNKNOWN = -1
FREE, BLOCKED, NAMED, CONSENT = 1, 2, 4, 8
PRODUCTS_KEPT = 4  # with their live dates; of more products those live longest
ACTIVITIES: tuple[str, ...] = (
    "sales_call",
    "investor_call",
    "media_call",
    "speaking",
    "case_study",
    "article",
    "quote",
    "video",
    "press_release",
    "site_visit",
    "review",
)
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
_FIRST_CAPACITY = 64
_WILLING = {Willingness.NO: 1, Willingness.ASK_FIRST: 0, Willingness.YES: 2}
SIZE_BOUNDS = (
    10, 20, 25, 50, 100, 150, 200, 250, 300, 500, 750, 1000, 1500, 2000, 2500, 3000, 4000, 5000,
    7500, 10_000, 15_000, 20_000, 25_000, 30_000, 50_000, 75_000, 100_000, 200_000,
)  # fmt: skip
# Each bound begins a class, and so do the numbers beside it: "at most 250" is whole classes too.
SIZE_CLASSES = (0, *sorted({n for bound in SIZE_BOUNDS for n in (bound - 1, bound, bound + 1)}))
_SHIFTS = {activity: 2 * place for place, activity in enumerate(ACTIVITIES)}
_STATUS_NUMBERS = {status: number for number, status in enumerate(STATUSES)}
_HEALTH_NUMBERS = {health: number for number, health in enumerate(HEALTHS)}
# In the order in which `Columns.row` gives them.
_TYPES: dict[str, Any] = {
    "reference_id": np.int64,
    "account": np.int32,
    "title": np.int32,
    "name_at": np.uint32,
    "name_length": np.uint8,
    "industry": np.uint8,
    "country": np.uint16,
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
    "since": np.uint16,
    **dict.fromkeys(
        (f"{name}_{at}" for at in range(PRODUCTS_KEPT) for name in ("product", "live")), np.uint16
    ),
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

    def new_place(self) -> int:
        """Give the next place, growing the columns by a quarter where needed."""
        for name, array in self._arrays.items():
            if self.count < len(array):
                break
            grown = np.zeros(len(array) * 5 // 4 + _FIRST_CAPACITY, array.dtype)
            grown[: self.count] = array
            self._arrays[name] = grown
        self.count += 1
        return self.count - 1

    def write(self, place: int, row: Sequence[int]) -> None:
        """Write a row, its values in the order of the columns."""
        for array, value in zip(self._arrays.values(), row, strict=True):
            array[place] = value

    def append(self, rows: Sequence[Sequence[int]]) -> None:
        """Write rows behind the last, all at once."""
        start = self.count
        for _ in rows:
            self.new_place()
        for array, values in zip(self._arrays.values(), zip(*rows, strict=True), strict=False):
            array[start : self.count] = values

    def trim(self) -> None:
        """Give back the room for rows that did not come."""
        self._arrays = {name: array[: self.count].copy() for name, array in self._arrays.items()}


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

    def row(self, profile: Profile, account: int) -> tuple[int, ...]:
        """Give a reference as numbers, in the order of the columns."""
        name = profile.name.encode()[:_MOST]
        start = len(self.names)
        self.names += name
        return (
            profile.reference_id,
            account,
            self.titles.number(profile.title),
            start,
            len(name),
            self.industries.number(profile.industry),
            self.countries.number(profile.country),
            self.levels.number(profile.level),
            self.functions.number(profile.function),
            UNKNOWN if profile.employees is None else min(profile.employees, _MOST_EMPLOYEES),
            size_class(profile.employees),
            *_standing(profile),
            *_record(profile),
            *self._live(profile),
        )

    def free(self, place: int) -> None:
        """Mark a place as nobody's."""
        self._arrays["flags"][place] = FREE
        self._arrays["reference_id"][place] = 0

    def name(self, place: int) -> str:
        """Give the person's name of a row."""
        start = int(self._arrays["name_at"][place])
        kept = self.names[start : start + int(self._arrays["name_length"][place])]
        return kept.decode(errors="ignore")

    def title(self, place: int) -> str:
        """Give the job title of a row."""
        return str(self.titles.values[int(self._arrays["title"][place])])

    def _live(self, profile: Profile) -> list[int]:
        """Give the first day on any product, then products with their days, the longest first."""
        known = [(day_number(day), name) for name, day in profile.products.items() if day]
        if not known:
            return [NO_DAY] * (1 + 2 * PRODUCTS_KEPT)
        known.sort()
        row = [known[0][0]]
        for day, name in known[:PRODUCTS_KEPT]:
            row += (self.products.number(name), day)
        return row + [NO_DAY] * (1 + 2 * PRODUCTS_KEPT - len(row))


def _interned(facet: Facet) -> Interned:
    return Interned(None, *(value for kind, value in labels() if kind is facet))


def _standing(profile: Profile) -> tuple[int, ...]:
    """Give what says whether a reference may be asked."""
    limit = profile.own_limit_per_quarter
    return (
        _STATUS_NUMBERS[profile.status],
        day_number(profile.consent_until, FAR_DAY),
        day_number(profile.resting_until),
        day_number(profile.quarter),
        min(profile.used_this_quarter, _MOST),
        min(profile.account_used_this_quarter, _MOST),
        NO_LIMIT if limit is None else min(limit, NO_LIMIT - 1),
        sum(1 << month for month in profile.months_out),
        (
            BLOCKED * profile.blocking_issue
            + NAMED * profile.named_in_public
            + CONSENT * profile.has_consent
        ),
        _HEALTH_NUMBERS.get(profile.health, 0),
        day_number(profile.renewal_date),
        sum(
            _WILLING[answer] << _SHIFTS[activity]
            for activity, answer in profile.willingness.items()
            if activity in _SHIFTS
        ),
    )


def _record(profile: Profile) -> tuple[int, ...]:
    """Give strengths and what the reference has done so far."""
    return (
        min(profile.measured_results, _MOST),
        min(profile.times_asked, _MOST),
        min(profile.times_accepted, _MOST),
        day_number(profile.last_asked),
        *(profile.strengths.get(name, 0) for name in STRENGTHS),
    )
