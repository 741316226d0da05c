"""Whose people a line speaks of: the rep's own and the prospect's are no criteria."""

from collections.abc import Sequence
from itertools import islice

from refbot.matching.cues import cue
from refbot.matching.line import Line
from refbot.matching.profile import Facet
from refbot.matching.segment import Hit
from refbot.matching.terms import Meaning

_LONGEST_TITLE = 5
_ROLES = {Facet.LEVEL, Facet.FUNCTION}
_TITLE_LINKS = {"of", "and", "for", "the"}
_OBJECTS = {"a", "an", "the", "to", "this", "it", "us", "me", "more", "proof", "some", "another"}
_OTHERS = {"their", "his", "her", "your"}
_ARTICLES = {"the", "a", "an", "our", "new"}


def own_people(line: Line, meanings: Sequence[tuple[Hit, Meaning]]) -> frozenset[Hit]:
    """Give the roles that are the rep's own, or the prospect's who want something."""
    out: set[Hit] = set()
    roles = [hit for hit, meaning in meanings if _ROLES & {facet for facet, _ in meaning}]
    for place, hit in enumerate(roles):
        chain = [hit]
        for other in islice(roles, place + 1, place + _LONGEST_TITLE):
            between = line.words[chain[-1].end : other.start]
            if len(between) > 1 or not set(between) <= _TITLE_LINKS:
                break
            chain.append(other)
        if _is_ours(line, chain[0]) or _wants_something(line, chain[-1]):
            out |= set(chain)
    return frozenset(out) | {hit for hit, _ in meanings if _advises_us(line, hit)}


def _is_ours(line: Line, hit: Hit) -> bool:
    before = [line.word(hit.start - n, hit.start) for n in (1, 2)]
    if before[0] in {"prospect", "prospects", "buyer", "buyers"}:
        return True  # "my prospect's CISO"
    if before[0] in cue("ours") or (before[1] in cue("ours") and before[0] not in cue("prospects")):
        return True
    if line.raw_word(hit.end) == "ours" or _is_said_of_ours(line, hit):
        return True
    verb = {line.word(hit.start - n, hit.start) for n in (3, 4)}
    talking = {"talk", "speak", "chat", "meet", "present", "call", "introduce"} & verb
    return before[0] == "their" and before[1] in {"to", "with", "for"} and bool(talking)


def _is_said_of_ours(line: Line, hit: Hit) -> bool:
    """Tell "my boss is the SVP", "my manager, the VP", "they have a new CFO"."""
    at = hit.start - 1
    while line.raw_word(at) in _ARTICLES:
        at -= 1
    if line.raw_word(at) in {"have", "got", "has"} and line.raw_word(at - 1) in {
        "they",
        "prospect",
    }:
        return True
    linked = line.raw_word(at) in {"is", "and", "as"}
    person = line.raw_word(at - 1) if linked else line.raw_word(at)
    owner = line.raw_word(at - 2) if linked else line.raw_word(at - 1)
    apart = at + 1 < hit.start and line.tokens[at + 1].breaks  # "my manager, the VP"
    return (linked or apart) and person in cue("colleagues") and owner in cue("ours")


def _wants_something(line: Line, last: Hit) -> bool:
    at = last.end
    while (word := line.word(at, last.start)) in cue("own_sides"):
        at += 1
    if not word:
        return False
    if word in {"at", "of", "from", "on"} and _names_prospect(line, at + 1):
        return True
    if word == "is" and line.word(at + 1, last.start) in cue("moods"):
        return True
    if word in {"want", "need", "are"} and at == last.end + 1:
        return True
    if word == "wanted" and line.word(at + 1, last.start) not in _OBJECTS:
        return False  # "two engineers wanted for a panel"
    return word in cue("wanting")


def _names_prospect(line: Line, place: int) -> bool:
    """Tell "the CFO at the prospect", who is to be convinced."""
    if line.raw_word(place) in {"the", "our", "my", "their"}:
        place += 1
    return line.raw_word(place) in {"prospect", "buyer", "prospects", "buyers"}


def _advises_us(line: Line, hit: Hit) -> bool:
    """Tell "their lawyers" and "our auditors" from a law firm that is sought."""
    if Facet.INDUSTRY not in hit.term.facets or hit.term.words[-1] not in cue("advisers"):
        return False
    owner = line.word(hit.start - 1, hit.start)
    if owner not in _OTHERS and owner not in cue("ours"):
        return False
    return line.word(hit.end, hit.start) not in cue("customers")
