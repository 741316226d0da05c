"""Rows of one pool or two in the same words, one above the other, as they are parted."""

from typing import NamedTuple

import numpy as np

from refbot.matching.asks import Places
from refbot.matching.bits import WORD, Bits, unpacked
from refbot.matching.rows import Rows, Words, pays

_SHIFT, _WITHIN = WORD.bit_length() - 1, WORD - 1


class Part(NamedTuple):
    """Some rows of each pool; not to be written into."""

    bits: Bits  # [pool, word]
    at: Words | None  # the numbers of the words, in order; all when None
    used: int  # words with a row in them; or more

    @classmethod
    def of(cls, bits: Bits) -> "Part":
        """Give the rows of these bits, all words of them."""
        return cls(bits, None, bits.shape[1])

    def common(self, rows: Rows, everywhere: Bits) -> tuple["Part", "Part"]:
        """Give those of other rows that are in this part, and the same in as few words as pay.

        `everywhere` has all words of the other rows.
        """
        if self.at is None and rows.at is not None:
            return _sifted(self.bits.take(rows.at, axis=1) & rows.bits, rows.at)
        return _sifted(self.bits & self.of_those(everywhere), self.at)

    def of_those(self, everywhere: Bits) -> Bits:
        """Give of other rows' bits the words that are kept here."""
        return everywhere if self.at is None else everywhere.take(self.at)

    def with_bits(self, bits: Bits) -> "Part":
        """Give other rows in the words that are kept here, in as few of them as pay."""
        return _sifted(bits, self.at)[1]

    def less(self, other: "Part") -> "Part":
        """Give these rows without a part of them, whose words are either these or its own."""
        if other.at is self.at:
            return Part(self.bits ^ other.bits, self.at, self.used)
        bits = self.bits.copy()
        bits[:, other.at] ^= other.bits
        return Part(bits, self.at, self.used)

    def of_pool(self, number: int) -> "Part":
        """Give the rows of one of the pools."""
        return Part(self.bits[number : number + 1], self.at, self.used)

    def places(self) -> tuple[Places, list[int]]:
        """Give the places of the rows, pool by pool, and where each pool ends in them."""
        pools, words = self.bits.shape
        found, ends = pool_by_pool(unpacked(self.bits).nonzero()[0], pools, words * WORD)
        if self.at is not None:
            found = (self.at.take(found >> _SHIFT) << _SHIFT) + (found & _WITHIN)
        return found, ends


def _sifted(bits: Bits, at: Words | None) -> tuple[Part, Part]:
    """Give rows in the words that they are in, and in as few of them as pay."""
    in_any_pool = bits[0] if len(bits) == 1 else bits[0] | bits[1]
    has_row = in_any_pool != 0
    used = int(np.count_nonzero(has_row))
    part = Part(bits, at, used)
    if not pays(used, len(has_row)):
        return part, part
    within = has_row.nonzero()[0]
    at = within if at is None else at.take(within)
    return part, Part(bits.take(within, axis=1), at, used)


def pool_by_pool(places: Places, pools: int, rows: int) -> tuple[Places, list[int]]:
    """Count the places of the second pool from 0 again; gives also where each pool ends."""
    if pools == 1:
        return places, [len(places)]
    end = int(places.searchsorted(rows))
    places[end:] -= rows
    return places, [end, len(places)]
