"""Everyday English, so that ordinary words are neither guessed into criteria nor reported."""

import re
from functools import cache
from importlib import resources

_VOWELS = "aeiou"
_DOUBLES = re.compile("[^aeiou]*[aeiou][^aeiouwxy]")  # plan: planned, planning
_LONGEST_GRADED = 6
_TINY = 2


def _forms(word: str) -> set[str]:
    """Form the usual endings of a word. Rough on purpose: a non-word does no harm here."""
    if len(word) <= _TINY or not word.isalpha():
        return {word}
    if word.endswith("e"):
        stem = word[:-1]
        return {word, word + "s"} | {stem + ending for ending in ("ed", "ing", "er", "ers", "able")}
    if word.endswith("y") and word[-2] not in _VOWELS:
        return {word, word + "ing"} | {word[:-1] + end for end in ("ies", "ied", "ier", "ily")}
    plural = "es" if word.endswith(("s", "x", "ch", "sh", "z")) else "s"
    forms = {word + ending for ending in ("", plural, "ed", "ing")}
    if _DOUBLES.fullmatch(word):
        forms |= {word + word[-1] + ending for ending in ("ed", "ing", "er", "ers")}
    return forms


def _grades(word: str) -> set[str]:
    """Form the adverb and the comparison of an adjective."""
    stem = word[:-1] if word.endswith(("e", "y")) else word
    middle = "i" if word.endswith("y") else ""
    endings = ("er", "est", "ly") if len(word) < _LONGEST_GRADED else ("ly",)
    return {word + "ly"} | {stem + middle + ending for ending in endings}


def _lines(name: str) -> list[str]:
    folder = resources.files("refbot.matching") / "taxonomy"
    return (folder / name).read_text(encoding="utf-8").splitlines()


def listed(name: str) -> list[str]:
    """Read a taxonomy list: one line each, `#` starts a comment."""
    return [line for line in _lines(name) if line and not line.startswith("#")]


@cache
def everyday_words() -> frozenset[str]:
    """Give the words that are chatter wherever they stand, with their endings."""
    found: set[str] = set()
    for line in _lines("everyday.txt"):
        if line.startswith("#"):
            adjectives = "adjectives" in line
            continue
        for word in line.lower().replace("-", "").split():
            found |= _forms(word)
            if adjectives:
                found |= _grades(word)
    return frozenset(found)


@cache
def everyday_phrases() -> tuple[str, ...]:
    """Give the phrases that hold a word of the taxonomy and do not mean it."""
    return tuple(listed("phrases.txt"))
