"""Words as hurried people type them: real misspellings, and slips on a keyboard."""

import random
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from importlib import resources

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_SHORTEST = 4


@cache
def misspellings() -> Mapping[str, tuple[str, ...]]:
    """Give real misspellings by the word that was meant, from the dictionary of codespell."""
    text = (resources.files("codespell_lib") / "data" / "dictionary.txt").read_text("utf-8")
    found: dict[str, list[str]] = defaultdict(list)
    for line in text.splitlines():
        wrong, _, right = line.partition("->")
        if right and "," not in right and wrong.isalpha():
            found[right.strip().lower()].append(wrong.lower())
    return {right: tuple(wrong) for right, wrong in found.items()}


def mistyped(word: str, chance: random.Random) -> str:
    """Give a word with a slip; short words and those with digits stay, as identifiers do."""
    if len(word) < _SHORTEST or not word.isalpha() or word.isupper():
        return word
    known = misspellings().get(word.lower())
    return chance.choice(known) if known else _slipped(word, chance)


def _slipped(word: str, chance: random.Random) -> str:
    """Slip behind the first letter: swap two, drop one, double one, hit the key beside it."""
    at = chance.randrange(1, len(word) - 1)
    before, letter, after = word[:at], word[at], word[at + 1 :]
    return chance.choice(
        (
            before + after[0] + letter + after[1:],
            before + after,
            before + letter + letter + after,
            before + _beside(letter, chance) + after,
        )
    )


def _beside(letter: str, chance: random.Random) -> str:
    for row in _ROWS:
        at = row.find(letter.lower())
        if at >= 0:
            return chance.choice(row[max(at - 1, 0) : at] + row[at + 1 : at + 2])
    return letter
