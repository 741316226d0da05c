"""Slips in the small words that steer a reading: "heaf of", "thier", "speakng", "emplyees"."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from rapidfuzz.distance import OSA

from refbot.matching.mistakes import cost
from refbot.matching.normal import Token
from refbot.matching.places import taxonomy
from refbot.matching.vocabulary import Vocabulary

_SHORTEST = 4
_LONGEST = 16
_LONG_ENOUGH = 6  # for any one mistake
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")


class Mended(NamedTuple):
    """A line whose steering words are spelt right; `slips` holds what was typed, by place."""

    line: str
    tokens: Sequence[Token]
    slips: Mapping[int, str]


def mended(line: str, tokens: Sequence[Token], vocabulary: Vocabulary) -> Mended:
    """Take the slips in steering words out of a line; all other words stay as they are."""
    meant = _corrections(tokens, vocabulary)
    if not meant:
        return Mended(line, tokens, {})
    pieces, last, moved = [], 0, 0
    anew: list[Token] = []
    for place, token in enumerate(tokens):
        word = meant.get(place)
        shift = 0 if word is None else len(word) - (token.end - token.start)
        if word is not None:
            pieces += [line[last : token.start], word]
            last = token.end
        start, end = token.start + moved, token.end + moved + shift
        anew.append(token._replace(text=word or token.text, start=start, end=end))
        moved += shift
    slips = {place: line[tokens[place].start : tokens[place].end] for place in meant}
    return Mended("".join((*pieces, line[last:])), anew, slips)


def _corrections(tokens: Sequence[Token], vocabulary: Vocabulary) -> Mapping[int, str]:
    """Give the steering words that misspelt ones stand for, by place."""
    found = {}
    texting: Mapping[str, str] = taxonomy("cues")["texting"]
    for place, token in enumerate(tokens):
        word = token.text
        if word in texting:
            found[place] = texting[word]
            continue
        if not _SHORTEST <= len(word) <= _LONGEST or vocabulary.is_everyday(word):
            continue
        meant = _meant(word)
        if meant and vocabulary.exact(word) is None and not _is_nearer(word, meant, vocabulary):
            found[place] = meant
    return found


def _is_nearer(word: str, meant: str, vocabulary: Vocabulary) -> bool:
    """Tell whether a word of the vocabulary explains a slip better: "legder" is no "leader"."""
    nearest = vocabulary.spellings.of(word).words[:1]
    return any(spelling.cost < cost(word, meant) for spelling in nearest)


@cache
def _steering() -> frozenset[str]:
    return frozenset(taxonomy("cues")["steering"].split())


@cache
def _by_deletion() -> Mapping[str, tuple[str, ...]]:
    """Give the steering words under each spelling with a letter left out, and their own."""
    found: dict[str, set[str]] = {}
    for word in _steering():
        for spelling in (word, *_shortened(word)):
            found.setdefault(spelling, set()).add(word)
    return {spelling: tuple(sorted(words)) for spelling, words in found.items()}


def _shortened(word: str) -> Iterable[str]:
    return (word[:at] + word[at + 1 :] for at in range(len(word)))


@lru_cache(maxsize=16_384)
def _meant(word: str) -> str | None:
    """Give the one steering word that a finger's slip away explains, if there is one."""
    if not word.isascii() or not word.isalpha():
        return None
    table = _by_deletion()
    near: set[str] = set()
    for key in (word, *_shortened(word)):
        if key in table:
            near.update(table[key])
    close = [meant for meant in near if _is_a_slip(word, meant)]
    return close[0] if len(close) == 1 else None


def _is_a_slip(word: str, meant: str) -> bool:
    """Tell whether one mistake lies between; in short words only one that fingers make."""
    if OSA.distance(word, meant, score_cutoff=1) > 1 or word[0] != meant[0]:
        return False
    if word[:-1] == meant and word[-1] != meant[-1]:
        return False  # "productc" names something
    doubled = len(word) > len(meant) and set(word) == set(meant)
    if len(meant) >= _LONG_ENOUGH or sorted(word) == sorted(meant) or doubled:
        return True
    if len(word) != len(meant):
        return len(meant) > _SHORTEST
    typed, wanted = next((a, b) for a, b in zip(word, meant, strict=True) if a != b)
    return wanted in _neighbours().get(typed, "")


@cache
def _neighbours() -> Mapping[str, str]:
    """Give the keys beside and diagonal to each."""
    found: dict[str, set[str]] = {}
    for at, row in enumerate(_ROWS):
        for place, key in enumerate(row):
            near = set(row[max(place - 1, 0) : place + 2])
            if at:
                above = _ROWS[at - 1][place : place + 2]
                near |= set(above)
                for other in above:
                    found.setdefault(other, set()).add(key)
            found.setdefault(key, set()).update(near - {key})
    return {key: "".join(sorted(near)) for key, near in found.items()}
