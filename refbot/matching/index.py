"""All references by what they are: postings for the facets, columns for the rest."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from refbot.matching.block import Block
from refbot.matching.columns import Columns
from refbot.matching.customers import Customers
from refbot.matching.places_of_ids import Places
from refbot.matching.postings import Bits, Posting, packed, words_for
from refbot.matching.profile import Facet
from refbot.matching.shipped import regions_of

_SCANS_KEPT = 16  # company sizes and tenures that reps ask for again and again
Listed: TypeAlias = dict[tuple[Facet, str], list[int]]


class Index:
    """Rows and postings; not safe by itself: the matcher's lock guards it."""

    def __init__(self) -> None:
        self.columns = Columns()
        self.customers = Customers()
        self._places = Places()
        self._free: list[int] = []
        self._postings: dict[tuple[Facet, str], Posting] = defaultdict(Posting)
        self._scans: dict[Hashable, Bits] = {}

    def __len__(self) -> int:
        """Count the references."""
        return self.columns.count - len(self._free)

    def put(self, block: Block) -> list[int]:
        """Add references or write them anew; gives their places."""
        self._scans.clear()
        places = [self._cleared_place(reference_id) for reference_id in block.reference_id]
        self.columns.write(places, self.columns.coded(block, self.customers.numbers(block)))
        for key, listed in _listed(block, places).items():
            self._postings[key].extend(listed, self.columns.room)
        return places

    def _cleared_place(self, reference_id: int) -> int:
        place = self._places.of(reference_id, self.columns["reference_id"])
        if place is not None:
            self._unlist(place)
            return place
        place = self._free.pop() if self._free else self.columns.new_places(1)[0]
        self.columns.widen("reference_id", reference_id)
        self.columns["reference_id"][place] = reference_id
        self._places.add(reference_id, place)
        return place

    def remove(self, reference_id: int) -> int | None:
        """Take a reference out; gives the place that became free."""
        self._scans.clear()
        place = self._places.of(reference_id, self.columns["reference_id"])
        if place is not None:
            self._unlist(place)
            self.columns.free(place)
            self._places.drop(reference_id)
            self._free.append(place)
        return place

    def fill(self, blocks: Iterable[Block], expected: int = 0) -> None:
        """Take in the references of an empty index, a block at a time.

        With room for as many as are expected nothing is moved on the way, which saves memory.
        """
        self.columns.make_room(expected)
        for block in blocks:
            places = self.columns.new_places(len(block))
            coded = self.columns.coded(block, self.customers.numbers(block))
            self.columns.write(slice(places.start, places.stop), coded)
            for key, listed in _listed(block, places).items():
                self._postings[key].extend(listed, self.columns.room)
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

    def scanned(self, key: Hashable, scan: Callable[[Columns], NDArray[np.bool_]]) -> Bits:
        """Give the rows that a look through a column finds; the latest looks are remembered."""
        found = self._scans.pop(key, None)
        if found is None:
            found = packed(scan(self.columns))
            if len(self._scans) >= _SCANS_KEPT:
                self._scans.pop(next(iter(self._scans)))
        self._scans[key] = found
        return found

    def has(self, place: int, facet: Facet, value: str) -> bool:
        """Tell whether a row has a value."""
        posting = self._postings.get((facet, value))
        return posting is not None and posting.holds(place)

    def _unlist(self, place: int) -> None:
        for posting in self._postings.values():
            posting.remove(place)


def _listed(block: Block, places: Sequence[int]) -> Listed:
    """Give the places at which each value of a facet stands."""
    listed: Listed = {}
    for facet, column in (
        (Facet.INDUSTRY, block.industry),
        (Facet.COUNTRY, block.country),
        (Facet.LEVEL, block.level),
        (Facet.FUNCTION, block.function),
    ):
        by_value: dict[str | None, list[int]] = defaultdict(list)
        for place, value in zip(places, column, strict=True):
            by_value[value].append(place)
        listed |= {(facet, value): at for value, at in by_value.items() if value is not None}
    for facet, many in (
        (Facet.PRODUCT, block.products),
        (Facet.TAG, block.tags),
        (Facet.LANGUAGE, block.languages),
    ):
        by_each: dict[str, list[int]] = defaultdict(list)
        for place, values in zip(places, many, strict=True):
            for value in values:
                by_each[value].append(place)
        listed |= {(facet, value): at for value, at in by_each.items()}
    return listed | _listed_by_region(listed)


def _listed_by_region(listed: Listed) -> Listed:
    by_region: Listed = defaultdict(list)
    for (facet, value), places in listed.items():
        if facet is Facet.COUNTRY:
            for region in regions_of().get(value, ()):
                by_region[Facet.REGION, region] += places
    return by_region
