"""A line as its words, the terms found in it, and its commas; what all passes look at."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from refbot.matching.cues import cue, phrases
from refbot.matching.normal import Token
from refbot.matching.profile import Facet
from refbot.matching.segment import Hit

_LONGEST_ALONE = 12  # small words beside a hit that is all its item says


def _end_of(token: Token) -> int:
    return token.end


def _start_of(hit: Hit) -> int:
    return hit.start


@cache
def _light_words() -> frozenset[str]:
    """Give the small words that may stand in an item of criteria alone."""
    return cue("connectives") | cue("customers") | cue("persons")


@dataclass(slots=True)
class Line:
    """The words of a line with the hits on them; `item` counts commas, `sentence` full stops."""

    clean: str
    tokens: Sequence[Token]
    hits: list[Hit]
    taken: Sequence[bool]  # by numbers
    slips: Mapping[int, str] = field(default_factory=dict)  # what was typed for mended words
    words: list[str] = field(default_factory=list)
    item: list[int] = field(default_factory=list)
    sentence: list[int] = field(default_factory=list)
    hit_of: list[Hit | None] = field(default_factory=list)
    _bounds: list[int] = field(default_factory=list)
    _terse: dict[int, bool] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Number the items and sentences."""
        item = sentence = 0
        self._bounds.append(0)
        for place, token in enumerate(self.tokens):
            if token.breaks and place:
                item += 1
                self._bounds.append(place)
            sentence += token.stops
            self.words.append(token.text)
            self.item.append(item)
            self.sentence.append(sentence)
        self._bounds.append(len(self.tokens))
        self.place_hits(self.hits)

    def place_hits(self, hits: list[Hit]) -> None:
        """Take these hits as those of the line."""
        self.hits = sorted(hits, key=lambda hit: hit.start)
        self.hit_of = [None] * len(self.tokens)
        for hit in self.hits:
            self.hit_of[hit.start : hit.end] = [hit] * (hit.end - hit.start)
        self._terse = {}

    def word(self, place: int, near: int) -> str:
        """Give the word at a place in the same item as `near`, else an empty one."""
        if 0 <= place < len(self.words) and self.item[place] == self.item[near]:
            return self.words[place]
        return ""

    def raw_word(self, place: int) -> str:
        """Give the word at a place, else an empty one."""
        return self.words[place] if 0 <= place < len(self.words) else ""

    def source(self, hit: Hit) -> str:
        """Give what was typed for a hit."""
        return self.typed(self.tokens[hit.start].start, self.tokens[hit.end - 1].end)

    def typed(self, start: int, end: int) -> str:
        """Give a piece of the clean line as it was typed, slips and all."""
        if not self.slips:
            return self.clean[start:end].strip()
        pieces, last = [], start
        for place, word in self.slips.items():
            token = self.tokens[place]
            if start <= token.start and token.end <= end:
                pieces += [self.clean[last : token.start], word]
                last = token.end
        return "".join((*pieces, self.clean[last:end])).strip()

    def after(self, hit: Hit) -> str:
        """Give the character right behind a hit."""
        end = self.tokens[hit.end - 1].end
        return self.clean[end : end + 1]

    def place_of(self, position: int) -> int:
        """Give the place of the first word that ends behind a position of the clean line."""
        return bisect_right(self.tokens, position, key=_end_of)

    def gap(self, place: int) -> str:
        """Give what stands between a word and the one before it."""
        start = self.tokens[place - 1].end if place else 0
        end = self.tokens[place].start if place < len(self.tokens) else len(self.clean)
        return self.clean[start:end]

    def has_colon(self, place: int) -> bool:
        """Tell whether a colon stands before a word."""
        return ":" in self.gap(place)

    def has_comma(self, place: int) -> bool:
        """Tell whether a comma stands before a word."""
        return "," in self.gap(place)

    def starts(self, place: int, name: str) -> int:
        """Give the length of the listed phrase that starts at a place, 0 when none does."""
        among = phrases(name)
        for length in among.by_first.get(self.raw_word(place), ()):
            piece = self.words[place : place + length]  # shorter at the end of the line
            if tuple(piece) in among.listed and not self._is_parted(place, len(piece)):
                return len(piece)
        return 0

    def _is_parted(self, place: int, length: int) -> bool:
        """Tell whether a comma or the like stands within some words: "no rush at all, but"."""
        return any(token.breaks for token in self.tokens[place + 1 : place + length])

    def ends(self, place: int, name: str) -> int:
        """Give the length of the listed phrase that ends right before a place, 0 when none."""
        among = phrases(name)
        for length in among.by_last.get(self.raw_word(place - 1), ()):
            piece = self.words[max(place - length, 0) : place]
            if tuple(piece) in among.listed:
                return len(piece)
        return 0

    def bounds_of_item(self, place: int) -> tuple[int, int]:
        """Give the first place of an item and the one behind its last."""
        item = self.item[place]
        return self._bounds[item], self._bounds[item + 1]

    def is_terse(self, place: int) -> bool:
        """Tell whether the item at a place is criteria and small words alone."""
        item = self.item[place]
        if item not in self._terse:
            light = _light_words()
            self._terse[item] = all(
                self.hit_of[at] is not None or self.taken[at] or self.words[at] in light
                for at in range(self._bounds[item], self._bounds[item + 1])
            )
        return self._terse[item]

    def is_alone(self, hit: Hit) -> bool:
        """Tell whether a hit is all that its item says."""
        first, last = self.bounds_of_item(hit.start)
        if last - first > _LONGEST_ALONE + hit.end - hit.start:
            return False
        light = cue("connectives")
        return all(
            hit.start <= at < hit.end or self.words[at] in light for at in range(first, last)
        )

    def hits_from(self, hits: Sequence[Hit], place: int) -> int:
        """Give the position of the first of these hits that starts at a place or behind."""
        return bisect_left(hits, place, key=_start_of)

    def next_hit(self, hit: Hit, skipping: frozenset[str]) -> Hit | None:
        """Give the hit that follows, over small words of the same item only."""
        at = hit.end
        while at < len(self.words) and self.item[at] == self.item[hit.start]:
            if self.hit_of[at] is not None:
                return self.hit_of[at]
            if self.words[at] not in skipping:
                return None
            at += 1
        return None

    def previous_hit(self, hit: Hit, skipping: frozenset[str]) -> Hit | None:
        """Give the hit that stands before, over small words of the same item only."""
        at = hit.start - 1
        while at >= 0 and self.item[at] == self.item[hit.start]:
            if self.hit_of[at] is not None:
                return self.hit_of[at]
            if self.words[at] not in skipping:
                return None
            at -= 1
        return None


class Found(NamedTuple):
    """One value read from a hit, before it is decided whether it is wanted or excluded."""

    facet: Facet
    value: str
    hit: Hit
