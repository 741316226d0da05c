"""Which rows have a value: one bit a row, kept as places while a value is rare."""

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Bits: TypeAlias = NDArray[np.uint64]
Rows: TypeAlias = Sequence[int] | NDArray[np.uint32]
WORD = 64
_RARE = 128  # one row in so many; of fewer, places are small and soon turned into bits


class Posting:
    """The rows of one value. Grows from sorted places to bits."""

    def __init__(self) -> None:
        self.places: NDArray[np.uint32] | None = np.zeros(0, np.uint32)
        self.bits: Bits = np.zeros(0, np.uint64)

    def extend(self, places: Sequence[int], rows: int) -> None:
        """Give rows the value."""
        if self.places is not None:
            self.places = np.union1d(self.places, np.array(places, np.uint32))
            if len(self.places) > max(rows // _RARE, 32):
                self.bits = bits_of(self.places, rows)
                self.places = None
            return
        if words_for(rows) > len(self.bits):
            self.bits = resized(self.bits, rows)
        set_bits(self.bits, places)

    def remove(self, place: int) -> None:
        """Take the value from a row."""
        if self.places is not None:
            at = int(np.searchsorted(self.places, place))
            if at < len(self.places) and self.places[at] == place:
                self.places = np.delete(self.places, at)
        elif place // WORD < len(self.bits):
            self.bits[place // WORD] &= np.uint64(~(1 << (place % WORD)) & (1 << WORD) - 1)

    def trim(self, rows: int) -> None:
        """Give back the room for rows that did not come."""
        if self.places is None and len(self.bits) > words_for(rows):
            self.bits = resized(self.bits, rows)

    def holds(self, place: int) -> bool:
        """Tell whether a row has the value."""
        if self.places is not None:
            at = int(np.searchsorted(self.places, place))
            return at < len(self.places) and self.places.item(at) == place
        return place // WORD < len(self.bits) and holds(self.bits, place)

    def join(self, bits: Bits) -> None:
        """Set the bits of the rows that have the value."""
        if self.places is not None:
            set_bits(bits, self.places)
        else:
            count = min(len(self.bits), len(bits))
            bits[:count] |= self.bits[:count]

    def as_bits(self, rows: int) -> Bits:
        """Give one bit a row; the caller must not write into it."""
        if self.places is not None:
            return bits_of(self.places, rows)
        words = words_for(rows)
        if len(self.bits) >= words:
            return self.bits[:words]
        return resized(self.bits, rows)


def holds(bits: Bits, place: int) -> bool:
    """Tell whether the bit of a place is set."""
    return bool(bits.item(place // WORD) >> (place % WORD) & 1)


def words_for(rows: int) -> int:
    """Count the words that hold a bit for each row."""
    return (rows + WORD - 1) // WORD


def resized(bits: Bits, rows: int) -> Bits:
    """Give the bits with room for so many rows."""
    grown = np.zeros(words_for(rows), np.uint64)
    grown[: len(bits)] = bits[: len(grown)]
    return grown


def bits_of(places: Rows, rows: int) -> Bits:
    """Give bits with these places set."""
    bits = np.zeros(words_for(rows), np.uint64)
    set_bits(bits, places)
    return bits


def set_bits(bits: Bits, places: Rows) -> None:
    """Set the bits of these places."""
    listed = np.asarray(places, np.int64)
    if len(listed):
        ones = np.left_shift(np.uint64(1), (listed % WORD).astype(np.uint64))
        np.bitwise_or.at(bits, listed // WORD, ones)


def packed(chosen: NDArray[np.bool_]) -> Bits:
    """Give one bit for each row that is chosen."""
    count = words_for(len(chosen)) * 8
    bytes_ = np.zeros(count, np.uint8)
    little = np.packbits(chosen, bitorder="little")
    bytes_[: len(little)] = little
    return bytes_.view(np.uint64)


def places_in(bits: Bits, rows: int) -> NDArray[np.int64]:
    """Give the places whose bit is set, in order; rows beyond the last are not there."""
    words = np.flatnonzero(bits != 0)  # truth values are found several times quicker than numbers
    if not len(words):
        return words
    if len(words) * 4 > len(bits):
        found = np.flatnonzero(unpacked(bits))
    else:
        at = np.flatnonzero(unpacked(bits[words]))
        found = words[at // WORD] * WORD + at % WORD
    return found[: np.searchsorted(found, rows)]


def unpacked(bits: Bits) -> NDArray[np.bool_]:
    """Give a truth value for each bit."""
    return np.unpackbits(bits.view(np.uint8), bitorder="little").view(np.bool_)


def words_used(bits: Bits) -> int:
    """Count the words that have a bit set: no more than the bits, and several times quicker."""
    return int(np.count_nonzero(bits))
