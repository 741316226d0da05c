"""Company names compared: legal forms, case and punctuation make no other company of one."""

from functools import cache

from rapidfuzz.distance import OSA

from refbot.matching.english import listed
from refbot.matching.normal import words_of

_LIKE = 0.85
_SHORTEST_LIKE = 5


@cache
def _legal_forms() -> frozenset[str]:
    return frozenset(word for line in listed("legal_forms.txt") for word in line.split())


@cache
def _left_out() -> frozenset[str]:
    return _legal_forms() | {"and", "und", "et", "y", "e"}


def cleaned_name(name: str) -> str:
    """Give the comparable form of a company's name; never empty unless the name has no letters."""
    words = words_of(name.replace(".", ""))
    left_out = _left_out()
    kept = [word for word in words if word not in left_out]
    return "".join(kept or words)


def bare_words(name: str) -> tuple[str, ...]:
    """Give a company's name as people say it, without the legal forms at its ends."""
    words = words_of(name)
    while len(words) > 1 and words[-1] in _legal_forms():
        words = words[:-1]
    while len(words) > 1 and words[0] in _legal_forms():
        words = words[1:]
    return words


def same_company(one: str, other: str) -> bool:
    """Tell whether two names are one company's."""
    cleaned = cleaned_name(one)
    return bool(cleaned) and cleaned == cleaned_name(other)


def similar_company(one: str, other: str) -> bool:
    """Tell whether two names, though not equal, may well be one company's."""
    first, second = cleaned_name(one), cleaned_name(other)
    if not first or not second or first == second:
        return False
    if min(len(first), len(second)) < _SHORTEST_LIKE:
        return False
    if first.startswith(second) or second.startswith(first):
        return True
    return OSA.normalized_similarity(first, second) >= _LIKE
