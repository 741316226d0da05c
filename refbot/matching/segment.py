"""The best reading of a line as a whole: which pieces of it are terms, exact or misspelt."""

from collections.abc import Sequence
from typing import NamedTuple

from refbot.matching.misspelt import guessed
from refbot.matching.normal import Token
from refbot.matching.terms import Term
from refbot.matching.vocabulary import Vocabulary

LONGEST_SPAN = 7
_SPAN_COST = 1.0
_GUESS_COST = 1.5
_WEAK_COST = 0.5
_UNKNOWN_COST = 0.2
_SHORT = 2
_EXACT = 100.0
_PAIR = 2
_JOINED_LENGTH = 5


class Hit(NamedTuple):
    """A piece of the line, tokens `start` to `end`, read as a term."""

    start: int
    end: int
    term: Term
    similarity: float = 100.0


def segment(tokens: Sequence[Token], taken: Sequence[bool], vocabulary: Vocabulary) -> list[Hit]:
    """Choose the terms that together explain the most of the line with the fewest pieces."""
    options = _exact_options(tokens, taken, vocabulary)
    _add_guesses(options, tokens, taken, vocabulary)
    return _best(options, tokens, vocabulary)


def _exact_options(
    tokens: Sequence[Token], taken: Sequence[bool], vocabulary: Vocabulary
) -> list[list[Hit]]:
    words = [token.text for token in tokens]
    longest = max(LONGEST_SPAN, vocabulary.longest)
    options: list[list[Hit]] = []
    for start, reach in enumerate(_reaches_of_names(tokens, taken)):
        found = vocabulary.terms_from(words[start : min(reach, start + longest)])
        options.append(
            [
                Hit(start, start + length, term)
                for length, term in found
                if length == 1 or _fairly_joined(tokens[start : start + length], term, vocabulary)
            ]
        )
    return options


def _reaches_of_names(tokens: Sequence[Token], taken: Sequence[bool]) -> list[int]:
    """Give for each word the place behind the last that one term with it may reach.

    A comma parts; the full stop of "S. Korea" does not.
    """
    ends = [len(tokens)] * len(tokens)
    end = len(tokens)
    for place in range(len(tokens) - 1, -1, -1):
        if taken[place]:
            end = place
        ends[place] = end
        if tokens[place].breaks and place:
            before = tokens[place - 1].text
            if not (len(before) == 1 and before.isalpha()):
                end = place
    return ends


def _fairly_joined(span: Sequence[Token], term: Term, vocabulary: Vocabulary) -> bool:
    """Guard against words that only run together by chance ("a us" is no "aus")."""
    if len(span) == len(term.words):
        return True
    if all(token.glued or not place for place, token in enumerate(span)):
        return True
    if len(term.key) < _JOINED_LENGTH:
        return False
    everyday = [len(t.text) <= _SHORT and vocabulary.is_everyday(t.text) for t in span]
    return not any(everyday) or (
        len(span) == _PAIR and len(term.key) > _JOINED_LENGTH + 1 and not everyday[0]
    )


def _add_guesses(
    options: list[list[Hit]], tokens: Sequence[Token], taken: Sequence[bool], vocabulary: Vocabulary
) -> None:
    known = [False] * len(tokens)
    for here in options:
        for hit in here:
            known[hit.start : hit.end] = [True] * (hit.end - hit.start)
    spellings = vocabulary.spellings
    strange = [
        not (taken[place] or known[place] or spellings.is_common(token.text))
        for place, token in enumerate(tokens)
    ]
    if any(strange):
        for start, end, guess in guessed(tokens, strange, _reaches(tokens, taken), spellings):
            options[start].append(Hit(start, end, guess.term, guess.similarity))


def _reaches(tokens: Sequence[Token], taken: Sequence[bool]) -> list[int]:
    """Give for each word the place behind the last that one phrase with it may reach."""
    ends = [len(tokens)] * len(tokens)
    for place in range(len(tokens) - 2, -1, -1):
        cut = taken[place] or taken[place + 1] or tokens[place + 1].breaks
        ends[place] = place + 1 if cut else ends[place + 1]
    return ends


def _best(options: list[list[Hit]], tokens: Sequence[Token], vocabulary: Vocabulary) -> list[Hit]:
    """Walk back from the end of the line, keeping the best score of each rest."""
    count = len(tokens)
    lengths = [len(token.text) for token in tokens]
    scores = [0.0] * (count + 1)
    choice: list[Hit | None] = [None] * count
    for start in range(count - 1, -1, -1):
        everyday = vocabulary.is_everyday(tokens[start].text)
        scores[start] = scores[start + 1] - (0.0 if everyday else _UNKNOWN_COST * lengths[start])
        for hit in options[start]:
            score = _worth(hit, sum(lengths[start : hit.end])) + scores[hit.end]
            if score >= scores[start]:
                scores[start] = score
                choice[start] = hit
    hits = []
    place = 0
    while place < count:
        chosen = choice[place]
        if chosen is None:
            place += 1
            continue
        hits.append(chosen)
        place = chosen.end
    return hits


def _worth(hit: Hit, characters: float) -> float:
    if hit.term.weak:
        characters -= _WEAK_COST
    if hit.similarity >= _EXACT:
        return characters - _SPAN_COST
    return characters * (hit.similarity / _EXACT) ** 2 - _SPAN_COST - _GUESS_COST
