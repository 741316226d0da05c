"""The pieces of a line that may be misspelt terms: single words, and phrases with slips in them."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from refbot.matching.cues import cue
from refbot.matching.fuzzy import Guess, Spelling, are_near, similarity
from refbot.matching.normal import Token
from refbot.matching.spellbook import Spellbook

MOST_GUESSES = 30  # words looked up in one line: what bounds the time of a long one
_MOST_JOINED = 8
_LONGEST_PHRASE = 7
_MOST_PATHS = 6  # spellings of one phrase that are followed at a time

Piece = tuple[int, int, Guess]  # first token, the one behind the last, and what they stand for


def guessed(
    tokens: Sequence[Token], strange: Sequence[bool], open_to: Sequence[int], spellings: Spellbook
) -> Iterator[Piece]:
    """Give the terms that strange words may stand for.

    `open_to` holds for each token the end of the stretch that a phrase from it may reach.
    """
    odd = [place for place, is_odd in enumerate(strange) if is_odd][:MOST_GUESSES]
    near: dict[int, Sequence[Spelling]] = {}
    for place in odd:
        found = spellings.of(tokens[place].text)
        if found.words:
            near[place] = found.words
        guess = found.alone or (found.role if _is_led(tokens, place) else None)
        if guess is not None:
            yield place, place + 1, guess
    for place, following in pairwise(odd[:_MOST_JOINED]):
        if following == place + 1 < open_to[place]:
            words = (tokens[place].text, tokens[following].text)
            joined = spellings.of("".join(words)).alone
            if joined is not None and are_near(words, joined.term):
                yield place, following + 1, joined
    starts = {
        at
        for place in near
        for at in range(max(place - _LONGEST_PHRASE + 1, 0), place + 1)
        if open_to[at] > place and (at in near or spellings.opens(tokens[at].text))
    }
    for start in sorted(starts):
        yield from _phrases_from(start, tokens, near, open_to[start], spellings)


def _is_led(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether a leader's word stands beside: "head of finace", "finace director"."""
    around = [token.text for token in tokens[max(place - 2, 0) : place + 2]]
    return not cue("leaders").isdisjoint(around)


def _phrases_from(
    start: int,
    tokens: Sequence[Token],
    near: Mapping[int, Sequence[Spelling]],
    end: int,
    spellings: Spellbook,
) -> Iterator[Piece]:
    """Follow the phrases that begin at a place, each strange word in its possible spellings."""
    paths = [("", 0.0)]
    for place in range(start, min(end, start + _LONGEST_PHRASE)):
        words = [(tokens[place].text, 0.0)]
        words += [(spelling.word, spelling.cost) for spelling in near.get(place, ())]
        paths = [(key + word, price + cost) for key, price in paths for word, cost in words]
        for key, price in paths:
            term = spellings.term(key) if price and place > start else None
            if term is not None:
                yield start, place + 1, Guess(term, similarity(price, len(key)))
        paths = [path for path in paths if spellings.opens(path[0])][:_MOST_PATHS]
        if not paths:
            return
