"""The terms of a company's own words: products, tags, accounts, and names of shipped values."""

from collections.abc import Iterable, Mapping

from refbot.matching.english import everyday_words
from refbot.matching.names import bare_words
from refbot.matching.normal import words_of
from refbot.matching.profile import Facet, Word
from refbot.matching.shipped import shipped_terms
from refbot.matching.spellbook import IDENTIFIER
from refbot.matching.terms import Kind, Term, looks_like_acronym, plural_of, with_plural

OPEN_FACETS = (Facet.PRODUCT, Facet.TAG, Facet.ACCOUNT)
_SHORTEST_NAME = 4


def own_terms(word: Word) -> Iterable[Term]:
    """Give the terms of one of the company's words; taxonomy words get a plural too."""
    words = words_of(word.text)
    if not words:
        return
    if word.facet is None:  # an everyday phrase to this company, whatever is shipped for it
        yield from with_plural(Term(words, (), Kind.CHATTER, exact=True))
        return
    everyday = len(words) == 1 and words[0] in everyday_words()
    acronym = len(words) == 1 and looks_like_acronym(word.text)
    meaning = ((word.facet, word.value),)
    term = Term(words, (meaning,), Kind.OWN, weak=everyday, exact=acronym)
    if word.facet in OPEN_FACETS:
        yield term
        other = _other_number(words) if word.facet is Facet.TAG else ()
        if other:
            yield Term(other, (meaning,), Kind.OWN, exact=True)
        if len(words) > 1 and len(words[-1]) <= IDENTIFIER:  # "Products A and B"
            head = plural_of(words[:1])
            if head:
                yield Term((*head, *words[1:]), (meaning,), Kind.OWN, exact=True)
    else:
        yield from with_plural(term)


def _other_number(words: tuple[str, ...]) -> tuple[str, ...]:
    """Give a phrase's plural or singular: "on-premise" is on-premises; empty for one word."""
    last = words[-1]
    if len(words) == 1:
        return ()
    if len(last) > _SHORTEST_NAME and last.endswith("s") and not last.endswith("ss"):
        return (*words[:-1], last[:-1])
    return plural_of(words)


def add_term(own: dict[str, Term], term: Term) -> None:
    """Add a term to those of a company; the same word for two things has two readings."""
    old = own.get(term.key)
    if old is None:
        own[term.key] = term
    elif not set(term.readings) <= set(old.readings):
        readings = (*old.readings, *term.readings)
        own[term.key] = Term(old.words, readings, Kind.OWN, old.weak, exact=True)


def add_bare_names(own: dict[str, Term]) -> None:
    """Let "Hooli" be Hooli Inc, unless the bare name is short, everyday, a word, or two names'."""
    bare: dict[str, list[Term]] = {}
    for term in own.values():
        if term.facets == {Facet.ACCOUNT} and len(term.words) > 1:
            words = bare_words(" ".join(term.words))
            if len(words) < len(term.words):
                named = Term(words, term.readings, Kind.OWN, exact=True)
                bare.setdefault(named.key, []).append(named)
    for key, terms in bare.items():
        taken = key in own or key in shipped_terms() or key in everyday_words()
        if len(terms) == 1 and len(key) >= _SHORTEST_NAME and not taken:
            own[key] = terms[0]


def add_shared_beginnings(own: dict[str, Term], values: Mapping[str, tuple[Facet, str]]) -> None:
    """Make a word that begins several products ("Atlas") ambiguous, not unknown."""
    beginnings: dict[str, list[tuple[Facet, str]]] = {}
    for pair in values.values():
        words = words_of(pair[1])
        if pair[0] is Facet.PRODUCT and len(words) > 1:
            beginnings.setdefault(words[0], []).append(pair)
    for word, pairs in beginnings.items():
        if len(pairs) > 1 and word not in own and word not in everyday_words():
            own[word] = Term((word,), tuple((pair,) for pair in pairs), Kind.OWN, exact=True)
