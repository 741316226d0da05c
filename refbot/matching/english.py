"""Everyday English, so that ordinary words are neither guessed into criteria nor reported."""

import re
from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module, resources
from itertools import islice

_VOWELS = "aeiou"
_DOUBLES = re.compile("[^aeiou]*[aeiou][^aeiouwxy]")  # plan: planned, planning
_LONGEST_GRADED = 6
_TINY = 2
_WELL_KNOWN = 12_000
_LONG_ENDINGS = frozenset({"ed", "er", "ers", "ing", "ings"})


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


@cache
def common_words() -> frozenset[str]:
    """Give the words that English text holds once in a million or more: none is a misspelling."""
    return frozenset(_by_frequency())


def _by_frequency() -> Iterator[str]:
    words = import_module("wordfreq").iter_wordlist("en", wordlist="small")
    return (word for word in words if word.isascii() and word.isalpha())


@cache
def _well_known() -> frozenset[str]:
    """Give the words that people mean most, and whose forms are common though not listed."""
    return frozenset(islice(_by_frequency(), _WELL_KNOWN))


def is_inflected(word: str, *, but: Callable[[str], bool]) -> bool:
    """Tell whether a word is a form of a well-known one; `but` picks those that do not count."""
    known = _well_known()
    return any(stem in known and not but(stem) for stem in stems(word) if len(stem) > _TINY + 1)


def stems(word: str) -> Iterator[str]:
    """Take the usual endings off a word."""
    if word.endswith(("ies", "ied", "ier")):
        yield word[:-3] + "y"
    for ending in ("s", "es", "ed", "ly", "er", "ers", "ing", "ings"):
        if word.endswith(ending):
            stem = word[: -len(ending)]
            yield stem
            if ending in _LONG_ENDINGS:
                yield stem + "e"
                if stem[-1:] == stem[-2:-1]:
                    yield stem[:-1]
