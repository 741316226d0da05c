"""What a line says of the prospect, and not of the reference that is sought."""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import cache

from refbot.matching.cues import cue, phrases
from refbot.matching.line import Line
from refbot.matching.profile import Facet
from refbot.matching.segment import Hit

_LONGEST_CLAUSE = 40
_LONGEST_GROUP = 12
_FARTHEST_WORD = 5
_SAID_AFTER = frozenset(
    [
        "is", "are", "in", "at", "from", "with", "comes", "company", "being", "was", "has", "have",
        "makes", "runs", "operates", "builds", "sells", "produces", "owns", "employs",
    ]
)  # fmt: skip
_ITSELF = frozenset(["themselves", "itself", "himself", "herself", "here", "side", "team"])
_CUSTOMER = frozenset(["account", "customer", "client"])
_CUSTOMER_DOES = frozenset(["is", "in", "wants", "needs", "asked", "asks", "runs", "has", "being"])
_FAR_LINKS = frozenset(["at", "for", "with", "to", "from", "by", "into", "of", "in", "is"])
_TRAITS = frozenset({Facet.INDUSTRY, Facet.COUNTRY, Facet.REGION, Facet.COMPANY_SIZE})
_MEETS = frozenset(
    ["talk", "speak", "chat", "hear", "see", "meet", "call", "visit", "know", "have"]
)


def places(line: Line, hits: Sequence[Hit]) -> frozenset[int]:
    """Give the places of the words that describe the prospect."""
    if _triggers().isdisjoint(line.words):
        return frozenset()
    return frozenset(place for stretch in _stretches(line, hits) for place in stretch)


def _stretches(line: Line, hits: Sequence[Hit]) -> list[range]:
    meant = set(hits)
    found: list[range] = []
    triggers = _triggers()
    for place, word in enumerate(line.words):
        if word not in triggers:
            continue
        if _is_told_to_talk(line, place):
            found.append(_until_turn(line, place + 2))
        elif line.hit_of[place] in meant:
            continue
        elif word in cue("prospects"):
            found += _said_of(line, hits, place)
        elif _names_our_customer(line, place) or _leads_to_prospect(line, place):
            found.append(_until_turn(line, place + 1))
        elif _is_subject_of(line, place):
            found += _right_before(line, hits, place)
    return found


@cache
def _triggers() -> frozenset[str]:
    """Give every word with which a description of the prospect may begin or end."""
    words = ("prospects", "selling", "deal_stages", "wishing")
    talk = {"talk", "speak", "chat", "they", "theyre"}
    return frozenset(talk | _CUSTOMER | phrases("evaluating").by_first.keys()).union(
        *map(cue, words)
    )


def inside(places: AbstractSet[int], hits: Sequence[Hit]) -> frozenset[Hit]:
    """Give the hits at such places; what is to be done is never the prospect's."""
    return frozenset(
        hit for hit in hits if hit.start in places and Facet.ACTIVITY not in hit.term.facets
    )


def wants_alike(line: Line) -> bool:
    """Tell whether the line asks for somebody like the prospect."""
    return any(line.starts(place, "likeness") for place in range(len(line.words)))


def _names_our_customer(line: Line, place: int) -> bool:
    """Tell "my account is a bank", where a rep speaks of the one who is to buy."""
    if line.words[place] not in _CUSTOMER or line.raw_word(place - 1) not in {"my", "our", "the"}:
        return False
    gap = line.gap(place + 1)
    own = line.raw_word(place - 1) != "the"
    return own and (line.word(place + 1, place) in _CUSTOMER_DOES or "(" in gap or ":" in gap)


def _leads_to_prospect(line: Line, place: int) -> bool:
    """Tell "they are", "selling into", "down to two at" and the like."""
    word, after = line.words[place], line.raw_word(place + 1)
    if word == "theyre" or (word == "they" and after == "are"):
        return True
    if word in cue("selling"):
        return after in _FAR_LINKS or after in {"a", "an", "the", "this"}
    return word in cue("deal_stages") and after in _FAR_LINKS and not line.has_comma(place + 1)


def _is_told_to_talk(line: Line, place: int) -> bool:
    """Tell "can Acme talk to a bank in Peru?", where Acme is the reference."""
    if line.words[place] not in {"talk", "speak", "chat"}:
        return False
    before = line.hit_of[place - 1] if line.word(place - 1, place) else None
    return (
        before is not None
        and Facet.ACCOUNT in before.term.facets
        and line.raw_word(place + 1) in {"to", "with"}
    )


def _is_subject_of(line: Line, place: int) -> bool:
    """Tell the verb of "a German bank wants to talk to" and "an insurer is evaluating us"."""
    if line.starts(place, "evaluating"):
        return True
    if line.words[place] not in cue("wishing"):
        return False
    if line.raw_word(place + 1) in {"to", "like"}:
        return bool(_MEETS & set(line.words[place + 2 : place + 4]))
    return line.raw_word(place + 1) in {"for", "on"}


def _said_of(line: Line, hits: Sequence[Hit], place: int) -> Iterator[range]:
    """Read what stands around the word "prospect": "my prospect is a bank", "retail prospect"."""
    following = place + 1
    while line.raw_word(following) in _ITSELF:
        following += 1
    after = line.raw_word(following)
    led = (
        place + 1 < len(line.tokens)
        and line.tokens[place + 1].breaks
        and not line.tokens[place + 1].stops
        and line.raw_word(place - 1) in {"our", "my", "the", "for", ""}
    )
    if after in _SAID_AFTER or (led and not _heads_a_form(line, place)):
        yield _until_turn(line, following)
    yield from _right_before(line, hits, place)


def _heads_a_form(line: Line, place: int) -> bool:
    """Tell "Pasted from the opp: Region: Nordics", where the fields are the request's."""
    return any(line.has_colon(at) for at in range(place + 2, min(place + 4, len(line.tokens) + 1)))


def _right_before(line: Line, hits: Sequence[Hit], place: int) -> Iterator[range]:
    """Take the traits that lead up to a word, with the small words among them."""
    at = place
    last = line.hits_from(hits, place)
    for hit in reversed(hits[max(last - _LONGEST_GROUP, 0) : last]):
        between = line.words[hit.end : at]
        small = cue("subject_links") | cue("customers")
        if line.item[hit.start] != line.item[place] or not set(between) <= small:
            break
        if len(between) > _FARTHEST_WORD or not hit.term.facets & _TRAITS:
            break
        at = hit.start
        yield range(hit.start, hit.end)


def _until_turn(line: Line, start: int) -> range:
    """Take the words up to the end of the clause that describes the prospect."""
    end = start
    opened = "(" in line.gap(start)
    while end < min(len(line.words), start + _LONGEST_CLAUSE):
        if end > start and _turns(line, end):
            break
        if opened and end > start and ")" in line.gap(end):
            break
        if line.words[end] in cue("prospect_turns"):
            break
        if line.words[end] == "and" and line.raw_word(end + 1) in {"they", "we", "their"}:
            break
        end += 1
    return range(start, end)


def _turns(line: Line, end: int) -> bool:
    """Tell whether a new sentence begins here, or an item that says what is needed."""
    token = line.tokens[end]
    if token.stops or line.has_colon(end):
        return True
    starters = cue("prospect_ends")
    return token.breaks and (line.words[end] in starters or line.raw_word(end + 1) in starters)
