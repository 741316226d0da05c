"""Job titles: what level and which department "Nurse Manager, ICU" is, by a small grammar."""

from collections.abc import Sequence
from functools import cache

from refbot.matching.fuzzy import FuzzyTerms
from refbot.matching.normal import Token, clean, tokens_of
from refbot.matching.profile import Facet
from refbot.matching.shipped import LEVELS, role_terms
from refbot.matching.terms import Kind, Term
from refbot.matching.vocabulary import Vocabulary

_LONGEST = 6


def level_and_function(title: str, vocabulary: Vocabulary) -> tuple[str | None, str | None]:
    """Give a title's level and function; None for what it does not say.

    The highest level counts ("Co-Founder & CEO"); of the functions the one of a joint title, else
    the first.
    """
    terms = _terms_in(tokens_of(clean(title)), vocabulary)
    levels = [_value(term, Facet.LEVEL) for term in terms if term.kind is not Kind.JOB]
    jobs = [term for term in terms if term.kind is Kind.JOB]
    known = [level for level in levels if level] or [
        level for level in (_value(job, Facet.LEVEL) for job in jobs) if level
    ]
    level = max(known, key=LEVELS.index, default=None)
    joint = [term for term in terms if term.kind is Kind.TITLE]
    departments = [term for term in terms if term.kind is not Kind.TITLE]
    functions = [_value(term, Facet.FUNCTION) for term in (*joint, *departments)]
    return level, next((function for function in functions if function), None)


def highest_level(titles: str, vocabulary: Vocabulary) -> str | None:
    """Give the highest level among the titles of a list of people."""
    return level_and_function(titles, vocabulary)[0]


def _value(term: Term, facet: Facet) -> str | None:
    return next((value for kind, value in term.readings[0] if kind is facet), None)


def _terms_in(tokens: Sequence[Token], vocabulary: Vocabulary) -> list[Term]:
    """Read from the left, the longest term first; a word that is none may be a slip of one."""
    table, found, place = role_terms(), [], 0
    while place < len(tokens):
        for end in range(min(place + _LONGEST, len(tokens)), place, -1):
            term = table.get("".join(token.text for token in tokens[place:end]))
            if term is not None:
                found.append(term)
                place = end
                break
        else:
            word = tokens[place].text
            guess = None if vocabulary.is_everyday(word) else _fuzzy_roles().nearest((word,))
            if guess is not None:
                found.append(guess.term)
            place += 1
    return found


@cache
def _fuzzy_roles() -> FuzzyTerms:
    return FuzzyTerms(role_terms().values())
