"""A list of words by their spelling: which of them lie few mistakes away from what was typed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from math import inf
from typing import Self, TypeAlias

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


Priced: TypeAlias = list[tuple[float, str]]


class _Sieve:
    """Words ordered by length, each with a signature to sift by."""

    def __init__(self, words: Sequence[str], signatures: NDArray[np.uint64]) -> None:
        lengths = np.array([len(word) for word in words], dtype=np.int64)
        order = lengths.argsort(kind="stable")
        self._words = [words[at] for at in order.tolist()]
        self._signatures = signatures[order]
        bounds = np.arange(LONGEST + MOST_MISTAKES + 2)
        self._starts = lengths[order].searchsorted(bounds).tolist()

    @classmethod
    def of(cls, words: Iterable[str]) -> Self:
        """Make a sieve of words; those that are too short or long are left out."""
        usable = sorted({word for word in words if SHORTEST <= len(word) <= LONGEST})
        return cls(usable, np.array([*map(_signature, usable)], dtype=np.uint64))

    def joined(self, other: Self) -> Self:
        """Make a sieve of the words of both."""
        signatures = np.concatenate((self._signatures, other._signatures))
        return type(self)([*self._words, *other._words], signatures)

    def priced(self, typed: str, most: int) -> Priced:
        """Give (cost, word) of the words at most so many mistakes away, if they may be meant."""
        low = self._starts[max(len(typed) - most, 0)]
        high = self._starts[len(typed) + most + 1]
        if low >= high:
            return []
        differing = np.bitwise_count(self._signatures[low:high] ^ np.uint64(_signature(typed)))
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


@dataclass(frozen=True, slots=True)
class WordsNearby:
    """Words that may be meant, and others, of which only the cost of the nearest is asked."""

    words: frozenset[str]
    sieve: _Sieve
    sieve_of_others: _Sieve

    @classmethod
    def to(cls, words: frozenset[str], others: Iterable[str] = ()) -> Self:
        """Take in the words, and others than these."""
        beside = (word for word in others if word not in words)
        return cls(words, _Sieve.of(words), _Sieve.of(beside))

    def and_to(self, words: frozenset[str]) -> Self:
        """Take in more words; quick, since what is known of these is kept."""
        sieve = self.sieve.joined(_Sieve.of(words - self.words))
        return replace(self, words=self.words | words, sieve=sieve)

    def of(self, typed: str) -> Priced:
        """Give (cost, word), best first, of what the typed word may be a misspelling of."""
        if not SHORTEST <= len(typed) <= LONGEST:
            return []
        most = _MISTAKES[len(typed)] if len(typed) < len(_MISTAKES) else MOST_MISTAKES
        found = self.sieve.priced(typed, min(most, _FEW))
        if not found and most > _FEW:
            found = self.sieve.priced(typed, most)
        return sorted(found)

    def cost_of_other(self, typed: str) -> float:
        """Give what it costs to take the typed word for one of the others, a mistake away."""
        if not SHORTEST <= len(typed) <= LONGEST:
            return inf
        return min((price for price, _ in self.sieve_of_others.priced(typed, 1)), default=inf)
