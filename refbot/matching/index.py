"""All references by what they are: postings for the facets, columns for the rest."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from refbot.matching.columns import NO_DAY, PRODUCTS_KEPT, Columns
from refbot.matching.customers import Customers
from refbot.matching.places_of_ids import Places
from refbot.matching.postings import Bits, Posting, words_for
from refbot.matching.profile import Facet, Profile
from refbot.matching.shipped import regions_of


class Index:
    """Rows and postings; not safe by itself: the matcher's lock guards it."""

    def __init__(self) -> None:
        self.columns = Columns()
        self.customers = Customers()
        self._places = Places()
        self._free: list[int] = []
        self._postings: dict[tuple[Facet, str], Posting] = defaultdict(Posting)

    def __len__(self) -> int:
        """Count the references."""
        return self.columns.count - len(self._free)

    def put(self, profile: Profile) -> int:
        """Add a reference or write it anew; gives its place."""
        place = self._places.of(profile.reference_id, self.columns["reference_id"])
        if place is not None:
            self._unlist(place)
        else:
            place = self._free.pop() if self._free else self.columns.new_place()
            self._places.add(profile.reference_id, place)
        self.columns.write(place, self.columns.row(profile, self.customers.number(profile)))
        rows = self.columns.count
        for facet, value in _listed_under(profile):
            self._postings[facet, value].add(place, rows)
        return place

    def remove(self, reference_id: int) -> int | None:
        """Take a reference out; gives the place that became free."""
        place = self._places.of(reference_id, self.columns["reference_id"])
        if place is not None:
            self._unlist(place)
            self.columns.free(place)
            self._places.drop(reference_id)
            self._free.append(place)
        return place

    def fill(self, profiles: Iterable[Profile]) -> None:
        """Take in the references of an empty index, a piece at a time."""
        everyone = iter(profiles)
        while piece := list(islice(everyone, _PIECE)):
            start = self.columns.count
            listed: dict[tuple[Facet, str], list[int]] = defaultdict(list)
            rows = []
            for place, profile in enumerate(piece, start=start):
                rows.append(self.columns.row(profile, self.customers.number(profile)))
                for key in _listed_under(profile):
                    listed[key].append(place)
            self.columns.append(rows)
            for key, places in listed.items():
                self._postings[key].extend(places, self.columns.count)
        self._places.settle(self.columns["reference_id"])
        self.columns.trim()
        self.customers.settle()
        for posting in self._postings.values():
            posting.trim(self.columns.count)

    def bits(self, facet: Facet, values: Iterable[str]) -> Bits:
        """Give the rows that have any of these values; the caller must not write into it."""
        rows = self.columns.count
        known = [self._postings[facet, v] for v in values if (facet, v) in self._postings]
        if not known:
            return np.zeros(words_for(rows), np.uint64)
        if len(known) == 1:
            return known[0].as_bits(rows)
        found = known[0].as_bits(rows).copy()
        for posting in known[1:]:
            posting.join(found)
        return found

    def live_since(self, places: NDArray[np.int64], products: Sequence[str]) -> NDArray[np.uint16]:
        """Give the first day on these products, or on any when none is named; 0: unknown."""
        columns = self.columns
        if not products:
            since: NDArray[np.uint16] = columns["since"][places]
            return since
        numbers = [columns.products.known(name) for name in products]
        wanted = [number for number in numbers if number]
        since = np.full(len(places), NO_DAY, np.uint16)
        if len(wanted) == 1:
            for at in reversed(range(PRODUCTS_KEPT)):
                is_wanted = columns[f"product_{at}"][places] == wanted[0]
                np.copyto(since, columns[f"live_{at}"][places], where=is_wanted)
            return since
        for at in reversed(range(PRODUCTS_KEPT)):  # those live longest stand first
            is_wanted = np.isin(columns[f"product_{at}"][places], wanted)
            since = np.where(is_wanted, columns[f"live_{at}"][places], since)
        return since

    def _unlist(self, place: int) -> None:
        for posting in self._postings.values():
            posting.remove(place)


_PIECE = 1 << 11


def _listed_under(profile: Profile) -> list[tuple[Facet, str]]:
    listed = [
        (facet, value)
        for facet, value in (
            (Facet.INDUSTRY, profile.industry),
            (Facet.COUNTRY, profile.country),
            (Facet.LEVEL, profile.level),
            (Facet.FUNCTION, profile.function),
        )
        if value is not None
    ]
    listed += [(Facet.REGION, region) for region in regions_of().get(profile.country or "", ())]
    listed += [(Facet.PRODUCT, product) for product in profile.products]
    listed += [(Facet.TAG, tag) for tag in profile.tags]
    listed += [(Facet.LANGUAGE, language) for language in profile.languages]
    return listed
