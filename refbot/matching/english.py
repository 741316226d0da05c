"""Everyday English, so that ordinary words are neither guessed into criteria nor reported."""

from functools import cache
from importlib import resources

_VOWELS = "aeiou"


def _forms(word: str) -> set[str]:
    """Form the usual endings of a word. Rough on purpose: a non-word does no harm here."""
    if len(word) < 3 or not word.isalpha():
        return {word}
    forms = {word + ending for ending in ("", "s", "ed", "ing", "er", "ly", "ers", "est")}
    if word.endswith("e"):
        forms |= {word[:-1] + ending for ending in ("ed", "ing", "er", "ers", "est", "able")}
    if word.endswith("y"):
        forms |= {word[:-1] + ending for ending in ("ies", "ied", "ier", "iest", "ily")}
    if word.endswith(("s", "x", "ch", "sh", "z")):
        forms.add(word + "es")
    if len(word) <= 6 and word[-1] not in _VOWELS + "wxy" and word[-2] in _VOWELS:
        forms |= {word + word[-1] + ending for ending in ("ed", "ing", "er", "ers")}
    return forms


def listed(name: str) -> list[str]:
    """Read a taxonomy list: one line each, `#` starts a comment."""
    folder = resources.files("refbot.matching") / "taxonomy"
    lines = (folder / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


@cache
def everyday_words() -> frozenset[str]:
    """Give the words that are chatter wherever they stand, with their endings."""
    words = {word.replace("-", "") for line in listed("everyday.txt") for word in line.split()}
    return frozenset(form for word in words for form in _forms(word.lower()))


@cache
def everyday_phrases() -> tuple[str, ...]:
    """Give the phrases that hold a word of the taxonomy and do not mean it."""
    return tuple(listed("phrases.txt"))
