"""Calls and talk: an activity when somebody is to be called, and not the bot or the weather."""

from refbot.matching.cues import cue
from refbot.matching.line import Line
from refbot.matching.profile import Facet
from refbot.matching.segment import Hit
from refbot.matching.terms import Kind

_ADVERBS = frozenset(
    ["first", "briefly", "quickly", "informally", "directly", "live", "today", "tomorrow", "again"]
)


def is_a_call(line: Line, hit: Hit) -> bool:
    """A call is an activity unless it is the rep's own, a past one, or a call to the bot."""
    before, after = line.word(hit.start - 1, hit.start), line.word(hit.end, hit.start)
    if after in cue("no_call_after") or before in cue("no_call_before"):
        return False
    earlier = line.word(hit.start - 2, hit.start)
    if "had" in {earlier, line.word(hit.start - 3, hit.start)}:
        return False
    if (before, earlier) in {("a", "on"), ("the", "on")} and line.word(
        hit.start - 3, hit.start
    ) in {"be", "am", "im", "was", "is", "are", "were", "been", "still", "stuck", "currently"}:
        return False
    if before in {"a", "the"} and earlier in {"had", "after", "during", "since", "have", "got"}:
        return earlier in {"have", "got"}
    return before not in {"will", "i", "ill", "please", "we", "they"} or after in {"with", "my"}


def is_a_visit(line: Line, hit: Hit) -> bool:
    """A visit counts when it is to a company or a site, and not the rep's own day out."""
    if line.word(hit.start - 1, hit.start) in {"i", "ill", "we", "well", "will", "my", "our"}:
        return False
    at = hit.end
    while line.word(at, hit.start) in {"to", "a", "an", "the", "their", "another", "with", "one"}:
        at += 1
    other = line.hit_of[at] if line.word(at, hit.start) else None
    named = other is not None and Facet.ACCOUNT in other.term.facets
    before = line.word(hit.start - 1, hit.start)
    if at == hit.end and not named and before not in {"a", "short", "quick", "day"}:
        return False
    trade = other is not None and bool(other.term.facets & {Facet.INDUSTRY, Facet.ACCOUNT})
    return trade or line.word(at, hit.start) in cue("customers") | {"site", "plant"}


def talks_to_somebody(line: Line, hit: Hit) -> bool:
    """Talk counts when it is with a person or a company, not about a topic or to the bot."""
    at = hit.end
    while line.word(at, hit.start) in _ADVERBS:  # "a chat first with a bank"
        at += 1
    link = line.word(at, hit.start)
    if not link or (link in {"please", "asap", "soon"}):
        return line.word(hit.start - 1, hit.start) in {"a", "quick", "short"} and not link
    if link not in {"to", "with"}:
        return False
    first = line.word(at + 1, hit.start)
    if not first:
        return True
    if first in cue("no_talk_objects"):
        return False
    if link == "with":
        return True
    return _names_somebody(line, at + 1, hit.start)


def _names_somebody(line: Line, place: int, near: int) -> bool:
    for at in range(place, place + 4):
        word = line.word(at, near)
        if not word:
            return False
        hit = line.hit_of[at]
        if hit is not None and hit.term.kind is not Kind.CHATTER:
            return not hit.term.facets & {Facet.TAG, Facet.PRODUCT}
        if word in cue("talk_objects") - {"a", "an", "our", "my"}:
            return True
    return False
