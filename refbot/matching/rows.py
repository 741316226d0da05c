"""Sets of rows as bits; where they stand in few words, only those words are kept.

Rows that are alike stand together, so most values and nearly all of their combinations are such.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from refbot.matching.bits import WORD, Bits, ones_at, packed, words_for, words_used

_WORTH_GATHERING = 4  # words, of which one has rows
_WORTH_PACKING = 16  # rows, of which one is meant

Words = NDArray[np.intp]


def pays(used: int, words: int) -> bool:
    """Tell whether to keep only the words that have rows in them saves much."""
    return used * _WORTH_GATHERING <= words


class Rows(NamedTuple):
    """Some of the rows that a number of words has bits for; not to be written into."""

    bits: Bits
    at: Words | None  # the numbers of the words that are kept, in order; all when None
    words: int

    @classmethod
    def of(cls, bits: Bits) -> "Rows":
        """Give the rows of these bits, gathered where that is worth it."""
        if not pays(words_used(bits), len(bits)):
            return cls(bits, None, len(bits))
        at = np.flatnonzero(bits)
        return cls(bits[at], at, len(bits))

    @classmethod
    def at_places(cls, places: NDArray[np.integer], rows: int) -> "Rows":
        """Give the rows at sorted places, none of them twice, of so many rows."""
        if len(places) * _WORTH_PACKING > rows:
            chosen = np.zeros(rows, np.bool_)
            chosen[places] = True
            return cls.of(packed(chosen))
        numbers = places.astype(np.intp) // WORD
        starts = np.flatnonzero(np.diff(numbers, prepend=-1))
        at = numbers[starts]
        bits = np.bitwise_or.reduceat(ones_at(places), starts) if len(at) else _NO_BITS
        gathered = cls(bits, at, words_for(rows))
        if pays(len(at), gathered.words):
            return gathered
        return cls(gathered.spread(), None, gathered.words)

    def spread(self) -> Bits:
        """Give the bits of all words."""
        if self.at is None:
            return self.bits
        bits = np.zeros(self.words, np.uint64)
        bits[self.at] = self.bits
        return bits

    def joined_into(self, bits: Bits) -> None:
        """Set the bits of these rows."""
        if self.at is None:
            bits |= self.bits
        else:
            bits[self.at] |= self.bits


_NO_BITS: Bits = np.zeros(0, np.uint64)


def no_rows(words: int) -> Rows:
    """Give none of the rows."""
    return Rows(_NO_BITS, np.zeros(0, np.intp), words)


def joined(several: list[Rows]) -> Rows:
    """Give the rows that are in any of some sets."""
    bits = np.zeros(several[0].words, np.uint64)
    for rows in several:
        rows.joined_into(bits)
    return Rows.of(bits)
