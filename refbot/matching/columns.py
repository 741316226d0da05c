"""All references as columns of numbers: a few bytes each, so that a million fit in memory."""

from collections.abc import Hashable
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
_FIRST_DAY = date(1990, 1, 1).toordinal() - 1
_FIRST_CAPACITY = 64
_WILLING = {Willingness.NO: 1, Willingness.ASK_FIRST: 0, Willingness.YES: 2}
_TYPES: dict[str, Any] = (
    {"reference_id": np.int64, "willing": np.uint32}
    | dict.fromkeys(("account", "title", "employees"), np.int32)
    | dict.fromkeys(("name_at",), np.uint32)
    | dict.fromkeys(
        (
            "country",
            "consent_until",
            "resting_until",
            "quarter",
            "renewal",
            "last_asked",
            "since",
            "months_out",
        ),
        np.uint16,
    )
    | dict.fromkeys(
        (
            "name_length",
            "industry",
            "level",
            "function",
            "status",
            "flags",
            "health",
            "used",
            "account_used",
            "own_limit",
            "results",
            "asked",
            "accepted",
            *(f"strength_{name}" for name in STRENGTHS),
        ),
        np.uint8,
    )
    | {f"product_{at}": np.uint16 for at in range(PRODUCTS_KEPT)}
    | {f"live_{at}": np.uint16 for at in range(PRODUCTS_KEPT)}
)


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

    def write(self, place: int, row: dict[str, int]) -> None:
        """Write a row."""
        for name, value in row.items():
            self._arrays[name][place] = value


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

    def put(self, place: int, profile: Profile, account: int) -> None:
        """Write a reference's row."""
        self.write(place, self._told(profile, account))
        self.write(place, self._live(profile))
        self.write(place, _standing(profile))

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

    def _told(self, profile: Profile, account: int) -> dict[str, int]:
        name = profile.name.encode()[:_MOST]
        start = len(self.names)
        self.names += name
        return {
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
        }

    def _live(self, profile: Profile) -> dict[str, int]:
        """Give the products with their first days, those live longest first."""
        known = [(day_number(day), name) for name, day in profile.products.items() if day]
        known.sort()
        row = {"since": known[0][0] if known else NO_DAY}
        for at in range(PRODUCTS_KEPT):
            day, name = known[at] if at < len(known) else (NO_DAY, None)
            row[f"product_{at}"] = self.products.number(name)
            row[f"live_{at}"] = day
        return row


def _interned(facet: Facet) -> Interned:
    return Interned(None, *(value for kind, value in labels() if kind is facet))


def _standing(profile: Profile) -> dict[str, int]:
    """Give the columns that say whether a reference may be asked, and its record so far."""
    limit = profile.own_limit_per_quarter
    row = {f"strength_{name}": min(profile.strengths.get(name, 0), 5) for name in STRENGTHS}
    return row | {
        "status": STATUSES.index(profile.status),
        "consent_until": day_number(profile.consent_until, FAR_DAY),
        "resting_until": day_number(profile.resting_until),
        "quarter": day_number(profile.quarter),
        "used": min(profile.used_this_quarter, _MOST),
        "account_used": min(profile.account_used_this_quarter, _MOST),
        "own_limit": NO_LIMIT if limit is None else min(limit, NO_LIMIT - 1),
        "months_out": sum(1 << month for month in profile.months_out),
        "flags": (
            BLOCKED * profile.blocking_issue
            + NAMED * profile.named_in_public
            + CONSENT * profile.has_consent
        ),
        "health": HEALTHS.index(profile.health) if profile.health in HEALTHS else 0,
        "renewal": day_number(profile.renewal_date),
        "results": min(profile.measured_results, _MOST),
        "asked": min(profile.times_asked, _MOST),
        "accepted": min(profile.times_accepted, _MOST),
        "last_asked": day_number(profile.last_asked),
        "willing": sum(
            _WILLING[answer] << (2 * ACTIVITIES.index(activity))
            for activity, answer in profile.willingness.items()
            if activity in ACTIVITIES
        ),
    }
