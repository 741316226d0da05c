"""A list of words by their spelling: which of them lie few mistakes away from what was typed."""

from collections.abc import Iterable, Iterator
from math import inf
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA

from refbot.matching.mistakes import allowance, cost

SHORTEST = 4
LONGEST = 40
MOST_MISTAKES = 4
_BITS = 2  # of a signature that a mistake changes at most
_FEW = 2  # mistakes, as most misspellings have
_MISTAKES = (0, 0, 0, 1, 1, 2, 2, 2, 3, 3, 3, 3)  # looked for, by length
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def _signature(key: str) -> int:
    """Two bits a letter (one, or more): each mistake changes at most two of them."""
    bits = 0
    for place, letter in enumerate(_LETTERS):
        count = key.count(letter)
        if count:
            bits |= (1 if count == 1 else 3) << (2 * place)
    for digit in "0123456789":
        if digit in key:
            bits |= 1 << (52 + int(digit))
    return bits


class Near(NamedTuple):
    """What lies near to what was typed: (cost, word), best first, and the cost of another word."""

    words: list[tuple[float, str]]
    other: float = inf


_NOTHING = Near([])


class WordsNearby:
    """Words ordered by length, each with a signature to sift by.

    `others` are words that are looked through at the same time, for the nearest of those that
    are one mistake away.
    """

    def __init__(self, words: Iterable[str], others: Iterable[str] = ()) -> None:
        self._meant = frozenset(words)
        usable = {w for w in self._meant.union(others) if SHORTEST <= len(w) <= LONGEST}
        self._words = sorted(usable, key=lambda word: (len(word), word))
        self._signatures: NDArray[np.uint64] = np.array(
            [_signature(word) for word in self._words], dtype=np.uint64
        )
        meant = np.array([word in self._meant for word in self._words], dtype=np.bool_)
        self._bits = [
            np.where(meant, _BITS * most, _BITS).astype(np.uint8)
            for most in range(MOST_MISTAKES + 1)
        ]
        lengths = np.array([len(word) for word in self._words], dtype=np.int64)
        self._starts = np.searchsorted(lengths, np.arange(LONGEST + MOST_MISTAKES + 2)).tolist()

    def of(self, typed: str) -> Near:
        """Give what the typed word may be a misspelling of."""
        if not SHORTEST <= len(typed) <= LONGEST:
            return _NOTHING
        most = _MISTAKES[len(typed)] if len(typed) < len(_MISTAKES) else MOST_MISTAKES
        signature = np.uint64(_signature(typed))
        sifted = list(self._sifted(typed, signature, min(most, _FEW)))
        found = self._priced(typed, sifted)
        if not found and most > _FEW:
            found = self._priced(typed, self._sifted(typed, signature, most))
        others = (
            price
            for mistakes, word in sifted
            if mistakes <= 1 and word not in self._meant
            if (price := cost(typed, word)) <= allowance(len(word))
        )
        return Near(sorted(found), min(others, default=inf))

    def _priced(self, typed: str, sifted: Iterable[tuple[int, str]]) -> list[tuple[float, str]]:
        return [
            (price, word)
            for _, word in sifted
            if word in self._meant and (price := cost(typed, word)) <= allowance(len(word))
        ]

    def _sifted(self, typed: str, signature: np.uint64, most: int) -> Iterator[tuple[int, str]]:
        """Give the words at most so many mistakes away, each with how many there are."""
        low = self._starts[max(len(typed) - most, 0)]
        high = self._starts[len(typed) + most + 1]
        if low >= high:
            return
        differing = np.bitwise_count(self._signatures[low:high] ^ signature)
        for offset in (differing <= self._bits[most][low:high]).nonzero()[0].tolist():
            word = self._words[low + offset]
            mistakes = OSA.distance(typed, word, score_cutoff=most)
            if mistakes <= most:
                yield mistakes, word
