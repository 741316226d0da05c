"""Columns of numbers that grow together, each as narrow as its numbers allow."""

from collections.abc import Hashable, Iterable, Sequence
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Coded: TypeAlias = dict[str, Iterable[int]]  # a column of numbers by name
_FIRST_CAPACITY = 64
_WIDER: dict[type, type] = {np.uint8: np.uint16, np.uint16: np.uint32, np.uint32: np.int64}


class _Numbers(dict[Hashable, int]):
    """The numbers of values; one that is asked for the first time gets the next."""

    def __init__(self) -> None:
        super().__init__()
        self.values_by_number: list[Any] = []

    def __missing__(self, value: Hashable) -> int:
        number = self[value] = len(self.values_by_number)
        self.values_by_number.append(value)
        return number


class Interned:
    """Gives each distinct value a small number and back."""

    def __init__(self, *first: Hashable) -> None:
        self._numbers = _Numbers()
        self.values = self._numbers.values_by_number
        for value in first:
            self.number(value)

    def number(self, value: Hashable) -> int:
        """Give the number of a value, a new one when it has none."""
        return self._numbers[value]

    def all_of(self, values: Iterable[Hashable]) -> Iterable[int]:
        """Give the numbers of many values."""
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

    def arrange(self, order: NDArray[np.intp]) -> None:
        """Put the rows in another order."""
        for array in self._arrays.values():
            array[: self.count] = array[order]

    def trim(self) -> None:
        """Give back the room for rows that did not come."""
        if self.room > self.count:
            kept = {name: array[: self.count].copy() for name, array in self._arrays.items()}
            self._arrays = kept
