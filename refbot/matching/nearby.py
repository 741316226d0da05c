"""A list of words by their spelling: which of them lie few mistakes away from what was typed."""

from collections.abc import Iterable
from functools import lru_cache
from math import inf
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA

from refbot.matching.mistakes import allowance, cost

SHORTEST = 4
LONGEST = 40
MOST_MISTAKES = 4
_BITS = 2  # of a signature that a mistake changes at most
_FEW = 2  # mistakes, as most misspellings have
_MISTAKES = (0, 0, 0, 1, 1, 2, 2, 2, 3, 3, 3, 3)  # looked for, by length
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


_FIRST = {sign: 1 << at for at, sign in enumerate(_LETTERS + "0123456789")}
_SECOND = {letter: 1 << at for at, letter in enumerate(_LETTERS, start=len(_FIRST))}


@lru_cache(maxsize=256)
def _signature(key: str) -> int:
    """Two bits a letter (one, or more), one a digit: each mistake changes at most two of them."""
    bits = 0
    for sign in key:
        first = _FIRST.get(sign, 0)
        bits |= _SECOND.get(sign, 0) if bits & first else first
    return bits


class Near(NamedTuple):
    """What lies near to what was typed: (cost, word), best first, and the cost of another word."""

    words: list[tuple[float, str]]
    other: float = inf


_NOTHING = Near([])


class _Sieve:
    """Words ordered by length, each with a signature to sift by."""

    def __init__(self, words: Iterable[str]) -> None:
        usable = {word for word in words if SHORTEST <= len(word) <= LONGEST}
        self._words = sorted(usable, key=lambda word: (len(word), word))
        self._signatures: NDArray[np.uint64] = np.array(
            [_signature(word) for word in self._words], dtype=np.uint64
        )
        lengths = np.array([len(word) for word in self._words], dtype=np.int64)
        self._starts = np.searchsorted(lengths, np.arange(LONGEST + MOST_MISTAKES + 2)).tolist()

    def priced(self, typed: str, signature: np.uint64, most: int) -> list[tuple[float, str]]:
        """Give (cost, word) of the words at most so many mistakes away, if they may be meant."""
        low = self._starts[max(len(typed) - most, 0)]
        high = self._starts[len(typed) + most + 1]
        if low >= high:
            return []
        differing = np.bitwise_count(self._signatures[low:high] ^ signature)
        offsets = ((differing <= _BITS * most).nonzero()[0] + low).tolist()
        sifted = [*map(self._words.__getitem__, offsets)]
        near = process.extract(
            typed, sifted, scorer=OSA.distance, processor=None, score_cutoff=most, limit=None
        )
        return [
            (price, word)
            for word, _, _ in near
            if (price := cost(typed, word)) <= allowance(len(word))
        ]


class WordsNearby:
    """Words that may be meant, and `others`, of which only the cost of the nearest is asked."""

    def __init__(self, words: Iterable[str], others: Iterable[str] = ()) -> None:
        meant = frozenset(words)
        self._meant = _Sieve(meant)
        self._others = _Sieve(word for word in others if word not in meant)

    def of(self, typed: str) -> Near:
        """Give what the typed word may be a misspelling of."""
        if not SHORTEST <= len(typed) <= LONGEST:
            return _NOTHING
        most = _MISTAKES[len(typed)] if len(typed) < len(_MISTAKES) else MOST_MISTAKES
        signature = np.uint64(_signature(typed))
        found = self._meant.priced(typed, signature, min(most, _FEW))
        if not found and most > _FEW:
            found = self._meant.priced(typed, signature, most)
        others = self._others.priced(typed, signature, 1) if found else []
        return Near(sorted(found), min((price for price, _ in others), default=inf))
