"""The small words and phrases that steer a reading, by the names they have in cues.toml."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from refbot.matching.places import taxonomy


@cache
def cue(name: str) -> frozenset[str]:
    """Give one of the sets of small words."""
    return frozenset(taxonomy("cues")[name].split())


@dataclass(frozen=True, slots=True)
class Phrases:
    """A list of small phrases, with the lengths of those that begin or end with a word."""

    listed: frozenset[tuple[str, ...]]
    by_first: Mapping[str, tuple[int, ...]]
    by_last: Mapping[str, tuple[int, ...]]


@cache
def phrases(name: str) -> Phrases:
    """Give one of the lists of small phrases."""
    listed = [tuple(text.replace("-", " ").split()) for text in taxonomy("cues")[name]]
    return Phrases(frozenset(listed), _lengths(listed, 0), _lengths(listed, -1))


def _lengths(listed: Iterable[tuple[str, ...]], end: int) -> Mapping[str, tuple[int, ...]]:
    found: dict[str, set[int]] = {}
    for phrase in listed:
        found.setdefault(phrase[end], set()).add(len(phrase))
    return {word: tuple(sorted(lengths, reverse=True)) for word, lengths in found.items()}
