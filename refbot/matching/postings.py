"""Which rows have a value, kept up to date row by row."""

from collections.abc import Sequence

import numpy as np

from refbot.matching.bits import WORD, Bits, holds, ones_at, resized, words_for
from refbot.matching.rows import Rows, Words, no_rows, pays


class Posting:
    """The rows of one value: the words that have any, and all words once these are many."""

    def __init__(self, rows: Rows | None = None) -> None:
        kept = no_rows(0) if rows is None else rows
        self._at: Words | None = kept.at
        self._bits: Bits = kept.bits

    def extend(self, places: Sequence[int], rows: int) -> None:
        """Give rows the value; there is room for so many rows."""
        listed = np.asarray(places, np.intp)
        words = listed // WORD
        if self._at is not None:
            self._make_words(self._at, np.setdiff1d(words, self._at), words_for(rows))
        elif words_for(rows) > len(self._bits):
            self._bits = resized(self._bits, rows)
        at = words if self._at is None else np.searchsorted(self._at, words)
        np.bitwise_or.at(self._bits, at, ones_at(listed))

    def _make_words(self, at: Words, fresh: Words, words: int) -> None:
        before = np.searchsorted(at, fresh)
        self._at = np.insert(at, before, fresh)
        self._bits = np.insert(self._bits, before, 0)
        if not pays(len(self._at), words):
            self._at, self._bits = None, Rows(self._bits, self._at, words).spread()

    def remove(self, place: int) -> None:
        """Take the value from a row."""
        at = self._word_of(place)
        if at is not None:
            self._bits[at] &= np.uint64(~(1 << (place % WORD)) & (1 << WORD) - 1)

    def holds(self, place: int) -> bool:
        """Tell whether a row has the value."""
        at = self._word_of(place)
        return at is not None and holds(self._bits, at * WORD + place % WORD)

    def _word_of(self, place: int) -> int | None:
        """Give where the word of a place is kept."""
        word = place // WORD
        if self._at is None:
            return word if word < len(self._bits) else None
        at = int(self._at.searchsorted(word))
        return at if at < len(self._at) and self._at[at] == word else None

    def rows(self, words: int) -> Rows:
        """Give the rows that have the value, as long as so many words."""
        if self._at is not None:
            return Rows(self._bits, self._at, words)
        if len(self._bits) < words:
            return Rows(resized(self._bits, words * WORD), None, words)
        return Rows(self._bits[:words], None, words)
