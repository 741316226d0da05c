"""All references as columns of numbers: a few bytes each, so that a million fit in memory."""

from collections.abc import Hashable
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from refbot.matching.profile import STRENGTHS, Facet, Profile, Willingness
from refbot.matching.shipped import labels

NO_DAY = 0
FAR_DAY = 4_000_000
UNKNOWN = -1
MOST_SMALL = 255
_FIRST_CAPACITY = 64
_WILLING = {Willingness.NO: 1, Willingness.ASK_FIRST: 0, Willingness.YES: 2}

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

_TYPES: dict[str, Any] = {
    "reference_id": np.int64,
    "account": np.int32,
    "title": np.int32,
    "name_at": np.uint32,
    "name_length": np.uint16,
    "industry": np.uint8,
    "country": np.uint16,
    "level": np.uint8,
    "function": np.uint8,
    "employees": np.int32,
    "status": np.uint8,
    "consent_until": np.int32,
    "resting_until": np.int32,
    "quarter": np.int32,
    "used": np.uint16,
    "account_used": np.uint16,
    "own_limit": np.int32,
    "months_out": np.uint16,
    "flags": np.uint8,
    "health": np.uint8,
    "renewal": np.int32,
    "results": np.uint8,
    "asked": np.uint16,
    "accepted": np.uint16,
    "last_asked": np.int32,
    "willing": np.uint32,
    "since": np.int32,
} | {f"strength_{name}": np.uint8 for name in STRENGTHS}
FREE, BLOCKED, NAMED, CONSENT = 1, 2, 4, 8


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

    def __len__(self) -> int:
        """Count the values."""
        return len(self.values)


class Columns:
    """Rows by place; a place that became free is used again."""

    def __init__(self) -> None:
        self.count = 0  # places in use or free
        self.names = bytearray()
        self.titles = Interned("")
        self.industries = _interned(Facet.INDUSTRY)
        self.countries = _interned(Facet.COUNTRY)
        self.levels = _interned(Facet.LEVEL)
        self.functions = _interned(Facet.FUNCTION)
        self._arrays = {name: np.zeros(_FIRST_CAPACITY, kind) for name, kind in _TYPES.items()}

    def __getitem__(self, name: str) -> NDArray[Any]:
        """Give a column as long as there are rows."""
        return self._arrays[name][: self.count]

    @property
    def capacity(self) -> int:
        """How many rows fit without growing."""
        return len(self._arrays["reference_id"])

    def new_place(self) -> int:
        """Give the next place, growing the columns where needed."""
        if self.count == self.capacity:
            for name, array in self._arrays.items():
                grown = np.zeros(self.capacity_after_growth(), array.dtype)
                grown[: self.count] = array
                self._arrays[name] = grown
        self.count += 1
        return self.count - 1

    def capacity_after_growth(self) -> int:
        """How many rows will fit after the next growth: half as many again."""
        return (len(self._arrays["strength_passion"]) * 3 // 2 + 64) // 64 * 64

    def put(self, place: int, profile: Profile, account: int) -> None:
        """Write a reference's row."""
        for name, value in self._row(profile, account).items():
            self._arrays[name][place] = value

    def free(self, place: int) -> None:
        """Mark a place as nobody's."""
        self._arrays["flags"][place] = FREE
        self._arrays["reference_id"][place] = 0

    def name(self, place: int) -> str:
        """Give the person's name of a row."""
        start = int(self._arrays["name_at"][place])
        return self.names[start : start + int(self._arrays["name_length"][place])].decode()

    def title(self, place: int) -> str:
        """Give the job title of a row."""
        return str(self.titles.values[int(self._arrays["title"][place])])

    def _row(self, profile: Profile, account: int) -> dict[str, int]:
        name = profile.name.encode()[:65_535]
        start = len(self.names)
        self.names += name
        return (
            {
                "reference_id": profile.reference_id,
                "account": account,
                "title": self.titles.number(profile.title),
                "name_at": start,
                "name_length": len(name),
                "industry": self.industries.number(profile.industry),
                "country": self.countries.number(profile.country),
                "level": self.levels.number(profile.level),
                "function": self.functions.number(profile.function),
                "employees": UNKNOWN if profile.employees is None else profile.employees,
                "since": min((_day(d) for d in profile.products.values() if d), default=NO_DAY),
            }
            | _strengths(profile)
            | _standing(profile)
        )


def _interned(facet: Facet) -> Interned:
    return Interned(None, *(value for kind, value in labels() if kind is facet))


def _day(day: date | None, missing: int = NO_DAY) -> int:
    return missing if day is None else day.toordinal()


def _strengths(profile: Profile) -> dict[str, int]:
    return {f"strength_{name}": min(profile.strengths.get(name, 0), 5) for name in STRENGTHS}


def _standing(profile: Profile) -> dict[str, int]:
    """Give the columns that say whether a reference may be asked, and its record so far."""
    limit = profile.own_limit_per_quarter
    return {
        "status": STATUSES.index(profile.status),
        "consent_until": _day(profile.consent_until, FAR_DAY),
        "resting_until": _day(profile.resting_until),
        "quarter": _day(profile.quarter),
        "used": min(profile.used_this_quarter, 65_535),
        "account_used": min(profile.account_used_this_quarter, 65_535),
        "own_limit": UNKNOWN if limit is None else limit,
        "months_out": sum(1 << month for month in profile.months_out),
        "flags": (
            BLOCKED * profile.blocking_issue
            + NAMED * profile.named_in_public
            + CONSENT * profile.has_consent
        ),
        "health": HEALTHS.index(profile.health) if profile.health in HEALTHS else 0,
        "renewal": _day(profile.renewal_date),
        "results": min(profile.measured_results, MOST_SMALL),
        "asked": min(profile.times_asked, 65_535),
        "accepted": min(profile.times_accepted, 65_535),
        "last_asked": _day(profile.last_asked),
        "willing": sum(
            _WILLING[answer] << (2 * ACTIVITIES.index(activity))
            for activity, answer in profile.willingness.items()
            if activity in ACTIVITIES
        ),
    }
