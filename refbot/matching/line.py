"""A line as its words, the terms found in it, and its commas; what all passes look at."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from refbot.matching.normal import Token
from refbot.matching.places import taxonomy
from refbot.matching.profile import Facet
from refbot.matching.segment import Hit


@cache
def cue(name: str) -> frozenset[str]:
    """Give one of the sets of small words."""
    return frozenset(taxonomy("cues")[name].split())


@cache
def phrases(name: str) -> tuple[tuple[str, ...], ...]:
    """Give one of the lists of small phrases, longest first."""
    listed = [tuple(text.replace("-", " ").split()) for text in taxonomy("cues")[name]]
    return tuple(sorted(listed, key=len, reverse=True))


@dataclass(slots=True)
class Line:
    """The words of a line with the hits on them; `item` counts commas, `sentence` full stops."""

    clean: str
    tokens: Sequence[Token]
    hits: list[Hit]
    taken: Sequence[bool]  # by numbers
    words: list[str] = field(default_factory=list)
    item: list[int] = field(default_factory=list)
    sentence: list[int] = field(default_factory=list)
    hit_of: list[Hit | None] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Number the items and sentences."""
        item = sentence = 0
        for token in self.tokens:
            item += token.breaks
            sentence += token.stops
            self.words.append(token.text)
            self.item.append(item)
            self.sentence.append(sentence)
        self.place_hits(self.hits)

    def place_hits(self, hits: list[Hit]) -> None:
        """Take these hits as those of the line."""
        self.hits = sorted(hits, key=lambda hit: hit.start)
        self.hit_of = [None] * len(self.tokens)
        for hit in self.hits:
            self.hit_of[hit.start : hit.end] = [hit] * (hit.end - hit.start)

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
        return self.clean[self.tokens[hit.start].start : self.tokens[hit.end - 1].end]

    def after(self, hit: Hit) -> str:
        """Give the character right behind a hit."""
        end = self.tokens[hit.end - 1].end
        return self.clean[end : end + 1]

    def starts(self, place: int, listed: Sequence[tuple[str, ...]]) -> int:
        """Give the length of the phrase that starts at a place, 0 when none does."""
        for phrase in listed:
            if tuple(self.words[place : place + len(phrase)]) == phrase:
                return len(phrase)
        return 0

    def ends(self, place: int, listed: Sequence[tuple[str, ...]]) -> int:
        """Give the length of the phrase that ends right before a place, 0 when none does."""
        for phrase in listed:
            first = place - len(phrase)
            if first >= 0 and tuple(self.words[first:place]) == phrase:
                return len(phrase)
        return 0

    def bounds_of_item(self, place: int) -> tuple[int, int]:
        """Give the first place of an item and the one behind its last."""
        first = last = place
        while first > 0 and self.item[first - 1] == self.item[place]:
            first -= 1
        while last < len(self.item) and self.item[last] == self.item[place]:
            last += 1
        return first, last

    def is_terse(self, place: int) -> bool:
        """Tell whether the item at a place is criteria and small words alone."""
        first, last = self.bounds_of_item(place)
        light = cue("connectives") | cue("customers") | cue("persons")
        return all(
            self.hit_of[at] is not None or self.taken[at] or self.words[at] in light
            for at in range(first, last)
        )

    def is_alone(self, hit: Hit) -> bool:
        """Tell whether a hit is all that its item says."""
        first, last = self.bounds_of_item(hit.start)
        light = cue("connectives")
        return all(
            hit.start <= at < hit.end or self.words[at] in light for at in range(first, last)
        )

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


@dataclass(frozen=True, slots=True)
class Found:
    """One value read from a hit, before it is decided whether it is wanted or excluded."""

    facet: Facet
    value: str
    hit: Hit
