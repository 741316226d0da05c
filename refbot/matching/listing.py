"""Which places have which values: of a few references at once, and of all when they are read."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from refbot.matching.block import Block
from refbot.matching.columns import Columns
from refbot.matching.profile import Facet
from refbot.matching.rows import Rows, joined
from refbot.matching.shipped import regions_of
from refbot.matching.table import Interned

Value: TypeAlias = tuple[Facet, str]
ALIKE_BY = (Facet.INDUSTRY, Facet.COUNTRY, Facet.LEVEL, Facet.FUNCTION)  # a row has one of each


def _several(block: Block) -> Mapping[Facet, Sequence[Collection[str]]]:
    """Give the columns of a block of which a row may have several values."""
    return {
        Facet.PRODUCT: block.products,
        Facet.TAG: block.tags,
        Facet.LANGUAGE: block.languages,
    }


def listed_in(block: Block, places: Sequence[int]) -> Mapping[Value, Sequence[int]]:
    """Give the places of each value of a few references."""
    listed: dict[Value, list[int]] = defaultdict(list)
    for facet in ALIKE_BY:
        for place, value in zip(places, getattr(block, facet.value), strict=True):
            if value is not None:
                listed[facet, value].append(place)
            if facet is Facet.COUNTRY:
                for region in regions_of().get(value, ()):
                    listed[Facet.REGION, region].append(place)
    for facet, column in _several(block).items():
        for place, values in zip(places, column, strict=True):
            for value in values:
                listed[facet, value].append(place)
    return listed


def rows_of_columns(columns: Columns) -> Iterator[tuple[Value, Rows]]:
    """Give the rows of each value of which a row has one, and of the regions of countries."""
    regions: dict[str, list[Rows]] = defaultdict(list)
    tables = (columns.industries, columns.countries, columns.levels, columns.functions)
    for facet, table in zip(ALIKE_BY, tables, strict=True):
        places = np.argsort(columns[facet.value], kind="stable").astype(np.uint32)
        numbers = columns[facet.value][places]
        for number, rows in _parted(numbers, places, columns.count):
            value = table.values[number]
            if value is not None:
                yield (facet, value), rows
            if facet is Facet.COUNTRY:
                for region in regions_of().get(value, ()):
                    regions[region].append(rows)
    for region, several in regions.items():
        yield (Facet.REGION, region), joined(several)


def _parted(
    numbers: NDArray[Any], places: NDArray[np.uint32], rows: int
) -> Iterator[tuple[int, Rows]]:
    """Part places by their numbers; both stand in the order of numbers, then places."""
    starts = np.flatnonzero(np.diff(numbers, prepend=-1))
    ends = np.append(starts, len(numbers))[1:]
    for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
        yield int(numbers[start]), Rows.at_places(places[start:end], rows)


class Several:
    """The values of which a row may have several, collected block by block."""

    def __init__(self) -> None:
        self._known: dict[Facet, Interned] = defaultdict(Interned)
        self._numbers: dict[Facet, list[NDArray[np.uint32]]] = defaultdict(list)
        self._places: dict[Facet, list[NDArray[np.uint32]]] = defaultdict(list)

    def take(self, block: Block, places: range) -> None:
        """Take in the values of the references at these places."""
        at = np.arange(places.start, places.stop, dtype=np.uint32)
        for facet, column in _several(block).items():
            numbers = self._known[facet].all_of(chain.from_iterable(column))
            self._numbers[facet].append(np.fromiter(numbers, np.uint32))
            self._places[facet].append(np.repeat(at, [len(values) for values in column]))

    def rows(self, place_of: NDArray[np.uint32]) -> Iterator[tuple[Value, Rows]]:
        """Give the rows of each value, once; `place_of` gives their places from those taken."""
        for facet, known in self._known.items():
            numbers = np.concatenate(self._numbers.pop(facet))
            places = place_of[np.concatenate(self._places.pop(facet))]
            order = np.lexsort((places, numbers))
            numbers, places = numbers[order], places[order]
            for number, rows in _parted(numbers, places, len(place_of)):
                yield (facet, known.values[number]), rows
