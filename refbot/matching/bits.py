"""One bit a row, 64 rows a word: what all sets of rows are made of."""

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Bits: TypeAlias = NDArray[np.uint64]
Numbers: TypeAlias = Sequence[int] | NDArray[np.integer]
WORD = 64


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


def ones_at(places: Numbers) -> Bits:
    """Give for each place a word with its bit alone."""
    within = np.asarray(places, np.int64) % WORD
    return np.left_shift(np.uint64(1), within.astype(np.uint64))


def packed(chosen: NDArray[np.bool_]) -> Bits:
    """Give one bit for each row that is chosen."""
    count = words_for(len(chosen)) * 8
    bytes_ = np.zeros(count, np.uint8)
    little = np.packbits(chosen, bitorder="little")
    bytes_[: len(little)] = little
    return bytes_.view(np.uint64)


def unpacked(bits: Bits) -> NDArray[np.bool_]:
    """Give a truth value for each bit."""
    return np.unpackbits(bits.view(np.uint8), bitorder="little").view(np.bool_)


def words_used(bits: Bits) -> int:
    """Count the words that have a bit set: no more than the bits, and several times quicker."""
    return int(np.count_nonzero(bits))
