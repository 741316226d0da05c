"""All references by what they are: postings for the facets, columns for the rest."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from refbot.matching.columns import (
    ACTIVITIES,
    BLOCKED,
    CONSENT,
    FREE,
    HEALTHS,
    STATUSES,
    UNKNOWN,
    Columns,
    Interned,
)
from refbot.matching.eligibility import quarter_of
from refbot.matching.names import cleaned_name
from refbot.matching.postings import Bits, Posting, words_for
from refbot.matching.profile import Facet, Profile
from refbot.matching.weights import MatchingPolicy

_NOT_WILLING = 1


@dataclass(frozen=True, slots=True)
class Customer:
    """What a row needs to know of its account."""

    account_id: int
    name: str
    mask: str | None
    never_shown_to: tuple[str, ...]


class Index:
    """Rows and postings; not safe by itself: the matcher's lock guards it."""

    def __init__(self) -> None:
        self.columns = Columns()
        self.customers = Interned()
        self.place_of: dict[int, int] = {}
        self._free: list[int] = []
        self._postings: dict[tuple[Facet, str], Posting] = defaultdict(Posting)
        self._live: dict[tuple[int, str], int] = {}
        self._customers_of: dict[str, set[int]] = defaultdict(set)
        self._hidden_from: dict[str, set[int]] = defaultdict(set)

    def put(self, profile: Profile) -> int:
        """Add a reference or write it anew; gives its place."""
        place = self.place_of.get(profile.reference_id)
        if place is not None:
            self._unlist(place)
        else:
            place = self._free.pop() if self._free else self.columns.new_place()
            self.place_of[profile.reference_id] = place
        self.columns.put(place, profile, self._customer(profile))
        self._list(place, profile)
        return place

    def remove(self, reference_id: int) -> int | None:
        """Take a reference out; gives the place that became free."""
        place = self.place_of.pop(reference_id, None)
        if place is not None:
            self._unlist(place)
            self.columns.free(place)
            self._free.append(place)
        return place

    def bits(self, facet: Facet, values: Iterable[str]) -> Bits:
        """Give the rows that have any of these values."""
        rows = self.columns.count
        found = np.zeros(words_for(rows), np.uint64)
        for value in values:
            posting = self._postings.get((facet, value))
            if posting is not None:
                found |= posting.as_bits(rows)
        return found

    def live_since(self, places: NDArray[np.int64], products: Iterable[str]) -> NDArray[np.int64]:
        """Give the first day on these products, or on any when none is named; 0: unknown."""
        since = self.columns["since"][places].astype(np.int64)
        names = list(products)
        if not names:
            return since
        for at, place in enumerate(places.tolist()):
            days = [self._live.get((place, name), int(since[at])) for name in names]
            since[at] = min((day for day in days if day), default=0)
        return since

    def hidden_from(self, prospect: str) -> NDArray[np.int32]:
        """Give the customers that this prospect must not see, itself included."""
        name = cleaned_name(prospect)
        both = self._customers_of.get(name, set()) | self._hidden_from.get(name, set())
        return np.fromiter(sorted(both), np.int32)

    def customers_named(self, name: str) -> NDArray[np.int32]:
        """Give the customers of a name."""
        return np.fromiter(sorted(self._customers_of.get(cleaned_name(name), ())), np.int32)

    def _customer(self, profile: Profile) -> int:
        key = Customer(profile.account_id, profile.account, profile.mask, profile.never_shown_to)
        known = self.customers.known(key)
        if known is not None:
            return known
        number = self.customers.number(key)
        self._customers_of[cleaned_name(profile.account)].add(number)
        for prospect in profile.never_shown_to:
            self._hidden_from[cleaned_name(prospect)].add(number)
        return number

    def _list(self, place: int, profile: Profile) -> None:
        rows = self.columns.count
        for facet, value in _listed_under(profile):
            self._postings[facet, value].add(place, rows)
        since = int(self.columns["since"][place])
        for product, day in profile.products.items():
            if day is not None and day.toordinal() != since:
                self._live[place, product] = day.toordinal()
            elif day is None and since:
                self._live[place, product] = 0

    def _unlist(self, place: int) -> None:
        for posting in self._postings.values():
            posting.remove(place)
        if self._live:
            for product in [v for f, v in self._postings if f is Facet.PRODUCT]:
                self._live.pop((place, product), None)


def _listed_under(profile: Profile) -> Iterable[tuple[Facet, str]]:
    for facet, value in (
        (Facet.INDUSTRY, profile.industry),
        (Facet.COUNTRY, profile.country),
        (Facet.LEVEL, profile.level),
        (Facet.FUNCTION, profile.function),
    ):
        if value is not None:
            yield facet, value
    for product in profile.products:
        yield Facet.PRODUCT, product
    for tag in profile.tags:
        yield Facet.TAG, tag
    for language in profile.languages:
        yield Facet.LANGUAGE, language


def never(columns: Columns, activity: str, as_of: date) -> NDArray[np.bool_]:
    """Tell the rows that must not be proposed, prospects apart; agrees with `why_never`."""
    flags = columns["flags"]
    day = as_of.toordinal()
    out = (flags & FREE) != 0
    out |= columns["status"] != STATUSES.index("active")
    out |= (flags & CONSENT) == 0
    out |= columns["consent_until"] < day
    out |= (columns["months_out"] >> np.uint16(as_of.month)) & 1 == 1
    if activity in ACTIVITIES:
        shift = np.uint32(2 * ACTIVITIES.index(activity))
        out |= (columns["willing"] >> shift) & 3 == _NOT_WILLING
    limit = columns["own_limit"]
    out |= (limit != UNKNOWN) & (_now(columns, "used", as_of) >= limit)
    return out


def held_back(columns: Columns, as_of: date, policy: MatchingPolicy) -> NDArray[np.bool_]:
    """Tell the rows that are held back; agrees with `why_held_back`."""
    day = as_of.toordinal()
    renewal = columns["renewal"]
    out = columns["resting_until"] > day
    out |= _now(columns, "used", as_of) >= policy.person_per_quarter
    out |= _now(columns, "account_used", as_of) >= policy.account_per_quarter
    out |= (columns["flags"] & BLOCKED) != 0
    out |= columns["health"] == HEALTHS.index("challenged")
    out |= (renewal >= day) & (renewal <= day + policy.near_renewal_days)
    return out


def _now(columns: Columns, name: str, as_of: date) -> NDArray[Any]:
    """Give the uses of the day's quarter: those counted for another quarter are over."""
    quarter = columns["quarter"]
    holds = (quarter == 0) | (quarter == quarter_of(as_of).toordinal())
    return np.where(holds, columns[name], 0)
