"""A list of words by their spelling: which of them lie few mistakes away from what was typed."""

from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA

from refbot.matching.mistakes import allowance, cost

SHORTEST = 4
LONGEST = 40
MOST_MISTAKES = 4
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


class WordsNearby:
    """Words ordered by length, each with a signature to sift by."""

    def __init__(self, words: Iterable[str]) -> None:
        usable = {word for word in words if SHORTEST <= len(word) <= LONGEST}
        self._words = sorted(usable, key=lambda word: (len(word), word))
        self._signatures: NDArray[np.uint64] = np.array(
            [_signature(word) for word in self._words], dtype=np.uint64
        )
        lengths = np.array([len(word) for word in self._words], dtype=np.int64)
        self._starts = np.searchsorted(lengths, np.arange(LONGEST + MOST_MISTAKES + 2)).tolist()

    def of(self, typed: str) -> list[tuple[float, str]]:
        """Give (cost, word) of the words that the typed one may be a misspelling of, best first."""
        if not SHORTEST <= len(typed) <= LONGEST:
            return []
        most = _MISTAKES[len(typed)] if len(typed) < len(_MISTAKES) else MOST_MISTAKES
        found = self._within(typed, min(most, _FEW))
        if not found and most > _FEW:
            found = self._within(typed, most)
        return sorted(found)

    def cheapest(self, typed: str, below: float) -> float:
        """Give the least cost of a word that costs less than this; else this."""
        if not SHORTEST <= len(typed) <= LONGEST or below <= 0:
            return below
        return min((price for price, _ in self._within(typed, 1)), default=below)

    def _within(self, typed: str, most: int) -> list[tuple[float, str]]:
        return [
            (price, word)
            for word in self._sifted(typed, most)
            if (price := cost(typed, word)) <= allowance(len(word))
        ]

    def _sifted(self, typed: str, most: int) -> Iterator[str]:
        """Give the words at most so many mistakes away."""
        low = self._starts[max(len(typed) - most, 0)]
        high = self._starts[len(typed) + most + 1]
        if low >= high:
            return
        differing = np.bitwise_count(self._signatures[low:high] ^ np.uint64(_signature(typed)))
        for offset in np.flatnonzero(differing <= 2 * most).tolist():
            word = self._words[low + offset]
            if OSA.distance(typed, word, score_cutoff=most) <= most:
                yield word
