"""What a misspelling costs: the slips that people make are cheap, what makes another word is dear.

The costs are log odds, rounded: how often each kind of change lies between a real misspelling and
its word, against how often between a rare English word and the term nearest to it. They were fitted
on one half of a public list of misspellings; bench/matching/spelling.py prints what the other half
says.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import cast

from rapidfuzz.distance import Editops, Indel, Levenshtein

_SWAPPED = 0.2  # two neighbours changed places
_DOUBLED = 0.45  # "developper"
_UNDOUBLED = 0.5  # "comittee"
_FINAL_E = 0.5
_LOST = 0.7
_ADDED_VOWEL, _ADDED = 0.8, 1.1
_ALIKE = 0.65  # letters that sound the same: "pharmaseutical"
_VOWEL = 1.0  # another vowel, or two that changed places: "vedio"
_SLIPPED = 1.1  # the key beside
_OTHER = 1.4
_AT_FIRST = 0.8  # more, when it is the first letter: hardly anybody gets that wrong
_ALLOWED, _ALLOWED_A_LETTER = 0.7, 0.2
_LONGEST = 15

_VOWELS = frozenset("aeiouy")
_SOUNDS = ("ckqx", "szcx", "gj", "fvw", "dt", "iy", "bp")
_KEYBOARD = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_Change = tuple[str, int, int]  # kind, place in the term, place in what was typed


def _pairs(groups: Iterable[str]) -> frozenset[tuple[str, str]]:
    return frozenset((a, b) for group in groups for a in group for b in group if a != b)


def _neighbours() -> frozenset[tuple[str, str]]:
    """Give the pairs of keys that touch."""
    beside = [pair for row in _KEYBOARD for pair in map("".join, pairwise(row))]
    below = [
        upper[at + shift] + key
        for upper, lower in pairwise(_KEYBOARD)
        for at, key in enumerate(lower)
        for shift in (0, 1)
        if at + shift < len(upper)
    ]
    return _pairs((*beside, *below))


_ALIKE_PAIRS = _pairs(_SOUNDS)
_NEIGHBOURS = _neighbours()


def allowance(length: int) -> float:
    """Give what the mistakes in a term of this length may cost together."""
    return _ALLOWED + _ALLOWED_A_LETTER * min(length, _LONGEST)


def cost(typed: str, meant: str) -> float:
    """Give what the mistakes cost that turn the word that is meant into the one typed."""
    first = _sum_of(Levenshtein.editops(meant, typed), typed, meant)
    if first <= _OTHER:
        return first
    # of the shortest ways some take a letter for another where one was lost and one added
    return min(first, _sum_of(Indel.editops(meant, typed), typed, meant))


def _sum_of(ways: Editops, typed: str, meant: str) -> float:
    changes = cast("Sequence[_Change]", ways.as_list())  # they come as tuples, whatever is said
    total, at = 0.0, 0
    while at < len(changes):
        if not changes[at][1]:
            total += _AT_FIRST
        if at + 1 < len(changes) and _swaps(changes[at], changes[at + 1], typed, meant):
            total += _SWAPPED if _touch(changes[at], changes[at + 1]) else _VOWEL
            at += 2
        else:
            total += _cost_of(changes[at], typed, meant)
            at += 1
    return total


def _swaps(first: _Change, second: _Change, typed: str, meant: str) -> bool:
    """Tell whether two changes are one: letters that changed places."""
    (kind, source, place), (other, next_source, next_place) = first, second
    if kind == "insert" and other == "delete":
        return next_source == source + 1 and typed[place] == meant[next_source]
    if kind == "delete" and other == "insert":
        return next_source == source + 2 and typed[next_place] == meant[source]
    if not kind == other == "replace":
        return False
    return typed[place] == meant[next_source] and typed[next_place] == meant[source]


def _touch(first: _Change, second: _Change) -> bool:
    return first[0] != "replace" or second[1] == first[1] + 1


def _cost_of(change: _Change, typed: str, meant: str) -> float:
    kind, source, place = change
    if kind == "replace":
        return _replaced(typed[place], meant[source])
    word, at = (typed, place) if kind == "insert" else (meant, source)
    letter, added = word[at], kind == "insert"
    if letter in (word[at - 1 : at], word[at + 1 : at + 2]):
        return _DOUBLED if added else _UNDOUBLED
    if letter == "e" and at == len(word) - 1:
        return _FINAL_E
    if not added:
        return _LOST
    return _ADDED_VOWEL if letter in _VOWELS or letter == "h" else _ADDED


def _replaced(typed: str, meant: str) -> float:
    if (typed, meant) in _ALIKE_PAIRS:
        return _ALIKE
    if typed in _VOWELS and meant in _VOWELS:
        return _VOWEL
    return _SLIPPED if (typed, meant) in _NEIGHBOURS else _OTHER
