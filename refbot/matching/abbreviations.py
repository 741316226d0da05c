"""Short forms of terms: "fin svcs" for financial services, "cust success" for customer success."""

from collections.abc import Iterator, Mapping
from functools import cache
from itertools import islice, product

from refbot.matching.places import taxonomy
from refbot.matching.terms import Kind, Term

_MOST_FORMS = 24
_LONGEST = 4  # words; nobody shortens longer phrases word by word
_SPELT_OUT = frozenset({Kind.CHATTER, Kind.MADE})


def with_short_forms(table: Mapping[str, Term]) -> dict[str, Term]:
    """Add the short forms of a table's terms; a word that means something already keeps that."""
    found = dict(table)
    for term in table.values():
        for short in _short_forms(term):
            found.setdefault(short.key, short)
    return found


def _short_forms(term: Term) -> Iterator[Term]:
    """Shorten any of a term's words."""
    known = _abbreviations()
    if term.kind in _SPELT_OUT or not 1 < len(term.words) <= _LONGEST:
        return
    choices = product(*((word, *known.get(word, ())) for word in term.words))
    for words in islice(choices, 1, _MOST_FORMS):  # the first is the term itself
        yield Term(words, term.readings, term.kind, term.weak, term.exact)


@cache
def _abbreviations() -> Mapping[str, tuple[str, ...]]:
    return {
        word: tuple(forms.split()) for word, forms in taxonomy("abbreviations")["words"].items()
    }
