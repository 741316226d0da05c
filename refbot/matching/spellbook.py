"""What a strange word may stand for: terms and their words, unless ordinary English is nearer."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import inf

from refbot.matching.english import common_words, is_inflected
from refbot.matching.fuzzy import FuzzyTerms, Guess, Spelling, similarity
from refbot.matching.profile import Facet
from refbot.matching.shipped import shipped_terms, written_terms
from refbot.matching.terms import Kind, Term

IDENTIFIER = 2  # so short a last word of a name tells it from its sisters: "Product A"
_REMEMBERED = 20_000
_PLURAL = 0.3  # what a plural costs that is formed too simply
_SHORT_STEM = 3
_INFLECTED = 0.5  # what it costs to take a word for a form of an ordinary one


@dataclass(frozen=True, slots=True)
class Spellings:
    """What a strange word may stand for: in a phrase any of `words`, by itself one term or none.

    `role` is the department or title that it may be beside a leader's word, where ordinary
    English does not count: "head of finace".
    """

    words: tuple[Spelling, ...] = ()
    alone: Guess | None = None
    role: Guess | None = None


_NO_SPELLINGS = Spellings()


class Spellbook:
    """The terms in which slips are forgiven: the shipped ones, and the company's own."""

    def __init__(self, own: Iterable[Term], known: Mapping[str, Term]) -> None:
        self._fuzzy_own = FuzzyTerms(own)
        self._fuzzy_shipped = _fuzzy_shipped()
        self._nearby = self._fuzzy_shipped.nearby.and_to(self._fuzzy_own.words)
        self._common = common_words()
        self._off = frozenset(key for key, term in known.items() if term.kind is Kind.CHATTER)
        self._heads = frozenset(
            "".join(term.words[:-1])
            for term in known.values()
            if len(term.words) > 1 and len(term.words[-1]) <= IDENTIFIER
        )
        self._known: dict[str, Spellings] = {}

    def is_common(self, word: str) -> bool:
        """Tell whether a word is common English, and so no misspelling."""
        return word in self._common

    def of(self, typed: str) -> Spellings:
        """Give what a strange word may stand for: within a phrase, and by itself."""
        if typed in (known := self._known):  # another thread may put a new one in its place
            return known[typed]
        found = self._looked_up(typed)
        if len(known) >= _REMEMBERED:
            self._known = known = {}
        known[typed] = found
        return found

    def term(self, key: str) -> Term | None:
        """Give the term of a squeezed key, if it is one in which slips are forgiven."""
        if key in self._off:
            return None
        return self._fuzzy_own.get(key) or self._fuzzy_shipped.get(key)

    def opens(self, key: str) -> bool:
        """Tell whether a phrase in which slips are forgiven begins with these squeezed words."""
        return self._fuzzy_own.opens(key) or self._fuzzy_shipped.opens(key)

    def _looked_up(self, typed: str) -> Spellings:
        if typed in self._common:
            return _NO_SPELLINGS
        near = self._nearby.of(typed)
        shipped = self._fuzzy_shipped.among(near, typed)
        other = self._nearby.cost_of_other(typed) if shipped else inf
        meant = (*self._fuzzy_own.among(near, typed), *shipped)
        words = sorted({spelling.word: spelling for spelling in meant}.values(), key=_rank)
        return Spellings(tuple(words), self._alone(typed, words, other), self._role(words))

    def _alone(self, typed: str, words: Sequence[Spelling], other: float) -> Guess | None:
        """Give the nearest term, unless what is nearest is only a word of longer ones."""
        if not words or typed[:-1] in self._heads:
            return None  # "productc" is no slip of "product" where there is a Product A
        nearest = self._singular(typed) or words[0]
        term = self.term(nearest.word)
        if term is None or min(other, self._inflected_cost(typed)) < nearest.cost:
            return None
        return Guess(term, similarity(nearest.cost, len(nearest.word)))

    def _role(self, words: Sequence[Spelling]) -> Guess | None:
        """Give the nearest term when it names a department."""
        term = self.term(words[0].word) if words else None
        if term is None or Facet.FUNCTION not in term.facets:
            return None
        return Guess(term, similarity(words[0].cost, len(words[0].word)))

    def _singular(self, typed: str) -> Spelling | None:
        """Read "factorys" as the term with an ending; what other forms say, nobody knows."""
        for ending in ("s", "es"):
            stem = typed.removesuffix(ending)
            if stem != typed and len(stem) > _SHORT_STEM and self.term(stem) is not None:
                return Spelling(stem, _PLURAL)
        return None

    def _is_ours(self, stem: str) -> bool:
        return self._fuzzy_shipped.has(stem) or self._fuzzy_shipped.has(stem + "s")

    def _inflected_cost(self, typed: str) -> float:
        """Give what it costs to take a word for a form of an ordinary one."""
        return _INFLECTED if is_inflected(typed, but=self._is_ours) else inf


def _rank(spelling: Spelling) -> tuple[float, int, str]:
    return spelling.cost, -len(spelling.word), spelling.word


@cache
def _fuzzy_shipped() -> FuzzyTerms:
    """Give the shipped terms; common English words that are no part of one stand beside them."""
    terms = [term for term in shipped_terms().values() if term.kind is not Kind.CHATTER]
    written = written_terms()
    return FuzzyTerms(
        (term for term in terms if term.key in written),
        (term for term in terms if term.key not in written),
        beside=common_words(),
    )
