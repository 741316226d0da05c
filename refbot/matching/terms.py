"""What a term of the vocabulary is, and how one is made from a written word."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from refbot.matching.normal import key_of, words_of
from refbot.matching.profile import Facet

Meaning: TypeAlias = tuple[tuple[Facet, str], ...]


class Kind(StrEnum):
    """How a term behaves in a line."""

    VALUE = "value"
    CHATTER = "chatter"  # an everyday phrase that holds a word of the taxonomy
    AUDIENCE = "audience"  # the people an activity is held for
    JOB = "job"  # a front-line job: gives its level unless a manager's word stands beside it
    TITLE = "title"  # gives a level and a function at once
    MADE = "made"  # a thing: names the industry of who makes it, before "maker" and the like
    OWN = "own"  # one of the company's own words


@dataclass(frozen=True, slots=True, eq=False)
class Term:
    """A word or phrase with what it means. Several readings: ambiguous, unless context tells."""

    words: tuple[str, ...]
    readings: tuple[Meaning, ...]
    kind: Kind = Kind.VALUE
    weak: bool = False  # has an everyday meaning too
    exact: bool = False  # acronyms and identifiers: no slip is forgiven

    key: str = field(init=False)  # the squeezed form, by which it is found
    facets: frozenset[Facet] = field(init=False)  # that any of its readings fills

    def __post_init__(self) -> None:
        """Work out what every look at a term asks for."""
        facets = frozenset(facet for meaning in self.readings for facet, _ in meaning)
        object.__setattr__(self, "key", key_of(self.words))
        object.__setattr__(self, "facets", facets)


_ACRONYM_LENGTH = 5
_SHORTEST_NOUN = 3
_SINGULAR_ENDINGS = ("s", "x", "z", "ch", "sh")
_VOWELS = frozenset("aeiouy")


def looks_like_acronym(word: str) -> bool:
    """Tell whether a slip in this word would make another word of it (CFO, CIO, GDPR)."""
    if len(word) > _ACRONYM_LENGTH:
        return False
    if word.isalpha() and len(word) == _ACRONYM_LENGTH and _VOWELS & set(word.lower()):
        return False  # long enough to be said and mistyped as a word: HIPAA
    return word.isupper() or not _VOWELS & set(word.lower()) or any(c.isdigit() for c in word)


def plural_of(words: tuple[str, ...]) -> tuple[str, ...]:
    """Form the plural of a phrase's last word; empty where none is to be expected."""
    last = words[-1]
    if len(last) < _SHORTEST_NOUN or not last.isalpha() or not last.isascii() or last.endswith("s"):
        return ()
    if last.endswith("y") and last[-2] not in _VOWELS:
        return (*words[:-1], last[:-1] + "ies")
    if last.endswith(_SINGULAR_ENDINGS):
        return (*words[:-1], last + "es")
    return (*words[:-1], last + "s")


def term_of(
    text: str, *readings: Meaning, kind: Kind = Kind.VALUE, exact: bool = False
) -> Term | None:
    """Make a term of a written word; None when nothing is left.

    A leading "?" marks it weak, a leading "=" lets no slip be forgiven.
    """
    bare = text.lstrip("?=")
    marks = text[: len(text) - len(bare)]
    words = words_of(bare)
    if not words:
        return None
    exact = exact or "=" in marks or (len(words) == 1 and looks_like_acronym(bare))
    return Term(words, readings, kind, weak="?" in marks, exact=exact)


def with_plural(term: Term | None) -> Iterable[Term]:
    """Give a term and its plural, where there is one."""
    if term is None:
        return
    yield term
    words = plural_of(term.words)
    if words:
        yield Term(words, term.readings, term.kind, term.weak, term.exact)


def merged(old: Term | None, new: Term) -> Term:
    """Join two terms of one key: a joint meaning of several facets, or one more reading."""
    if old is None:
        return new
    readings = tuple(dict.fromkeys((*old.readings, *new.readings)))
    return Term(old.words, readings, old.kind, old.weak and new.weak, old.exact or new.exact)
