"""Finding the terms that misspelt words stand for: alone, and as words of a longer phrase."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from refbot.matching.mistakes import allowance, cost
from refbot.matching.nearby import SHORTEST, Priced, WordsNearby
from refbot.matching.terms import Term

_LIMITS = (0, 0, 0, 0, 1, 1, 1, 2, 2, 2, 2)  # mistakes forgiven by length
_LIMIT_OF_LONG = 3
_TELLING_TAIL = 2  # "Product A": so short a last word names, and must be right
_MOST_SPELLINGS = 5


@dataclass(frozen=True, slots=True)
class Guess:
    """A term that a misspelt piece may stand for; similarity 0-100."""

    term: Term
    similarity: float


@dataclass(frozen=True, slots=True)
class Spelling:
    """A word of the vocabulary that a typed one may stand for, and what its mistakes cost."""

    word: str
    cost: float


def limit_of(length: int) -> int:
    """Give how many mistakes a word of this length may hold."""
    return _LIMITS[length] if length < len(_LIMITS) else _LIMIT_OF_LONG


def similarity(price: float, length: int) -> float:
    """Give the closeness of a misspelling to its term, 0-100, from what the mistakes cost."""
    return round(100 * max(1 - price / max(length, 1), 0), 1)


class FuzzyTerms:
    """The terms that may be misspelt, by their squeezed keys and by the words within them.

    Short forms are found word by word only; `beside` are words that are no part of a term.
    """

    def __init__(
        self,
        terms: Iterable[Term],
        short_forms: Iterable[Term] = (),
        beside: Iterable[str] = (),
    ) -> None:
        written = {term.key: term for term in terms if not term.exact}
        short = {term.key: term for term in short_forms if not term.exact}
        self._terms: Mapping[str, Term] = short | written
        phrases = [term.words for term in self._terms.values() if len(term.words) > 1]
        several = (term.words for term in written.values() if len(term.words) > 1)
        parts = {word for words in several for word in words if word.isalpha()}
        self._openings = frozenset(
            "".join(words[:end]) for words in phrases for end in range(1, len(words))
        )
        self.words = frozenset(parts | written.keys())
        self._beside = beside

    def get(self, key: str) -> Term | None:
        """Give the term of a squeezed key, if it is one that may be misspelt."""
        return self._terms.get(key)

    def has(self, word: str) -> bool:
        """Tell whether this is a term or a word of one."""
        return word in self.words

    def opens(self, key: str) -> bool:
        """Tell whether a phrase begins with these squeezed words and goes on."""
        return key in self._openings

    @cached_property
    def nearby(self) -> WordsNearby:
        """The words by their spelling."""
        return WordsNearby.to(self.words, self._beside)

    def among(self, near: Priced, typed: str) -> list[Spelling]:
        """Give those of the words near to the typed one that it may stand for, nearest first."""
        spellings = [
            Spelling(word, price)
            for price, word in near
            if word in self.words and _names_the_same(typed, word, self._terms.get(word))
        ]
        return spellings[:_MOST_SPELLINGS]

    def nearest(self, words: Sequence[str]) -> Guess | None:
        """Give the term nearest to these words as a whole, or None when none is near enough."""
        typed = "".join(words)
        for spelling in self.among(self.nearby.of(typed), typed):
            term = self._terms.get(spelling.word)
            if term is not None and are_near(words, term):
                return Guess(term, similarity(spelling.cost, len(term.key)))
        return None


def _names_the_same(typed: str, word: str, term: Term | None) -> bool:
    """Tell whether digits and telling letters agree: "vault 8" is no slip of "Vault-9"."""
    if term is not None and len(term.words) > 1:
        tail = term.words[-1]
        if len(tail) <= _TELLING_TAIL and not typed.endswith(tail):
            return False
    return _digits(typed) == _digits(word)


def are_near(words: Sequence[str], term: Term) -> bool:
    """Tell whether each of several words is near its own: short ones must be right."""
    if len(words) == 1 or len(words) != len(term.words):
        return True
    return all(
        typed == meant or (len(meant) >= SHORTEST and cost(typed, meant) <= allowance(len(meant)))
        for typed, meant in zip(words, term.words, strict=True)
    )


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))
