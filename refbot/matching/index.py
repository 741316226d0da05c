"""All references by what they are: postings for the facets, columns for the rest."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from refbot.matching.bits import packed, words_for
from refbot.matching.block import Block
from refbot.matching.columns import Columns
from refbot.matching.customers import Customers
from refbot.matching.listing import ALIKE_BY, Several, listed_in, rows_of_columns
from refbot.matching.places_of_ids import Places
from refbot.matching.postings import Posting
from refbot.matching.profile import Facet
from refbot.matching.rows import Rows, joined, no_rows

_KEPT = 32  # sizes, tenures and groups of values that reps ask for again and again


class Index:
    """Rows and postings; not safe by itself: the matcher's lock guards it."""

    def __init__(self) -> None:
        self.columns = Columns()
        self.customers = Customers()
        self._places = Places()
        self._free: list[int] = []
        self._postings: dict[tuple[Facet, str], Posting] = defaultdict(Posting)
        self._latest: dict[Hashable, Rows] = {}

    def __len__(self) -> int:
        """Count the references."""
        return self.columns.count - len(self._free)

    def put(self, block: Block) -> list[int]:
        """Add references or write them anew; gives their places."""
        self._latest.clear()
        places = [self._cleared_place(reference_id) for reference_id in block.reference_id]
        self.columns.write(places, self.columns.coded(block, self.customers.numbers(block)))
        for key, listed in listed_in(block, places).items():
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
        self._latest.clear()
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
        several = Several()
        for block in blocks:
            places = self.columns.new_places(len(block))
            coded = self.columns.coded(block, self.customers.numbers(block))
            self.columns.write(slice(places.start, places.stop), coded)
            several.take(block, places)
        self.columns.trim()
        self.customers.settle()
        place_of = self._gather_alike()
        self._postings |= {key: Posting(rows) for key, rows in rows_of_columns(self.columns)}
        self._postings |= {key: Posting(rows) for key, rows in several.rows(place_of)}
        self._places.settle(self.columns["reference_id"])

    def _gather_alike(self) -> NDArray[np.uint32]:
        """Let rows that are alike stand together, so that a value's bits fill few words.

        Gives the new place for each old one.
        """
        order = np.lexsort([self.columns[facet] for facet in reversed(ALIKE_BY)])
        self.columns.arrange(order)
        place_of = np.empty(len(order), np.uint32)
        place_of[order] = np.arange(len(order), dtype=np.uint32)
        return place_of

    def rows(self, facet: Facet, values: Sequence[str]) -> Rows:
        """Give the rows that have any of these values."""
        words = words_for(self.columns.count)
        found = [self._postings.get((facet, value)) for value in values]
        known = [posting for posting in found if posting is not None]
        if not known:
            return no_rows(words)
        if len(known) == 1:
            return known[0].rows(words)
        key = (facet, *values)
        return self._kept(key, lambda: joined([posting.rows(words) for posting in known]))

    def scanned(self, key: Hashable, scan: Callable[[Columns], NDArray[np.bool_]]) -> Rows:
        """Give the rows that a look through a column finds."""
        return self._kept(key, lambda: Rows.of(packed(scan(self.columns))))

    def _kept(self, key: Hashable, find: Callable[[], Rows]) -> Rows:
        """Give what was found before; the latest are remembered until a reference changes."""
        rows = self._latest.pop(key, None)
        if rows is None:
            rows = find()
            if len(self._latest) >= _KEPT:
                self._latest.pop(next(iter(self._latest)))
        self._latest[key] = rows
        return rows

    def has(self, place: int, facet: Facet, value: str) -> bool:
        """Tell whether a row has a value."""
        posting = self._postings.get((facet, value))
        return posting is not None and posting.holds(place)

    def _unlist(self, place: int) -> None:
        for posting in self._postings.values():
            posting.remove(place)
