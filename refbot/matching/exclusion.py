"""What a line does not want, and what it does not mind: how far a "not" reaches."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice

from refbot.matching.cues import cue, phrases
from refbot.matching.line import Line
from refbot.matching.profile import Facet
from refbot.matching.segment import Hit

_REACH = 5
_LONGEST_GROUP = 12
_LONGEST_CLAUSE = 40
_BETWEEN = frozenset(
    ["the", "a", "an", "any", "in", "from", "on", "of", "at", "companies", "customers"]
)
_PLACES = {Facet.COUNTRY, Facet.REGION}
_USED_UP = {Facet.ACCOUNT, Facet.ACTIVITY}
_TURNS = frozenset(["but", "just", "only", "however", "instead"])


@dataclass(frozen=True, slots=True)
class Unwanted:
    """The hits that a line rules out, and those that it mentions only to say "need not be"."""

    excluded: frozenset[Hit]
    indifferent: frozenset[Hit]


_NOTHING = Unwanted(frozenset(), frozenset())


def unwanted(line: Line, hits: Sequence[Hit]) -> Unwanted:
    """Give what each "not" reaches: the group of hits that follows it, or stands before."""
    out: set[Hit] = set()
    all_one: set[Hit] = set()
    place = 0
    triggers = _triggers()
    if triggers.isdisjoint(line.words):
        return _NOTHING
    while place < len(line.words):
        if line.words[place] not in triggers:
            place += 1
            continue
        open_to = line.starts(place, "indifferent")
        if open_to:
            all_one |= _group_after(line, hits, place + open_to)
        harmless = open_to or line.starts(place, "harmless") or line.starts(place, "upward_before")
        if harmless:
            place += harmless
            continue
        length = _cue_length(line, place)
        group = _group_after(line, hits, place + length) if length else set()
        if group and _is_only_not_needed(line, group):
            all_one |= group
        else:
            out |= group
        used_up = _used_up(line, hits, place)
        out |= {hit for hit in used_up if Facet.ACCOUNT in hit.term.facets}
        all_one |= used_up
        all_one |= _group_before(line, hits, place) if line.starts(place, "not_needed") else set()
        backward = _backward_length(line, place)
        if backward and line.has_colon(place + backward):
            out |= _listed_after(line, hits, place + backward)
        elif backward:
            out |= _group_before(line, hits, place)
        place += max(length, backward, 1)
    return Unwanted(frozenset(out), frozenset(all_one - out))


@cache
def _triggers() -> frozenset[str]:
    """Give every word with which an exclusion, or what looks like one, begins."""
    listed = (
        "harmless", "not_phrases", "after_phrases", "used_up", "used_up_after", "indifferent",
        "not_needed", "upward_before",
    )  # fmt: skip
    starts = {word for name in listed for word in phrases(name).by_first}
    words = ("not_words", "not_verbs", "after_words", "out_verbs")
    return frozenset(starts).union({"but", "bar", "ex"}, *map(cue, words))


def _cue_length(line: Line, place: int) -> int:
    """Give how many words make the "not" at a place; 0 when there is none."""
    hit = line.hit_of[place]
    if hit is not None and hit.end - hit.start > 1:
        return 0
    length = line.starts(place, "not_phrases")
    if length:
        return length
    return int(_rules_out(line, place))


def _rules_out(line: Line, place: int) -> bool:
    """Tell whether one word is a "not", given what stands around it."""
    word = line.words[place]
    if word in {"but", "bar"}:  # "any industry but healthcare"
        return bool({line.word(place - near, place) for near in (1, 2, 3)} & cue("any_words"))
    if word == "ex":  # "EMEA ex Germany"
        after = line.hit_of[place + 1] if place + 1 < len(line.words) else None
        return after is not None and bool(after.term.facets & _PLACES)
    if word in cue("out_verbs"):  # "leave hospitals out"
        return bool({"out", "off"} & set(line.words[place + 2 : place + _REACH + 1]))
    helped = word == "not" and line.raw_word(place - 1) in {"do", "does", "did", "have", "has"}
    if helped or word in cue("not_verbs"):
        return line.raw_word(place + 1) in cue("not_verb_follow")
    return word in cue("not_words")


def _backward_length(line: Line, place: int) -> int:
    return line.starts(place, "after_phrases") or int(line.words[place] in cue("after_words"))


def _used_up(line: Line, hits: Sequence[Hit], place: int) -> set[Hit]:
    """Take accounts and what they did: "Acme was on the last one", "we have a quote from Acme"."""
    group: set[Hit] = set()
    before = line.starts(place, "used_up")
    if before:
        _, end = line.bounds_of_item(place)
        first = line.hits_from(hits, place + before)
        following = islice(hits, first, first + _LONGEST_GROUP)
        group |= {hit for hit in following if hit.start < end}
    if line.starts(place, "used_up_after"):
        group |= _group_before(line, hits, place)
    return {hit for hit in group if hit.term.facets & _USED_UP}


def _is_only_not_needed(line: Line, group: set[Hit]) -> bool:
    """Tell "no German needed", which rules nothing out, from "no German banks"."""
    last = max(hit.end for hit in group)
    return line.word(last, last - 1) in {"needed", "required", "necessary"}


def _group_after(line: Line, hits: Sequence[Hit], start: int) -> set[Hit]:
    """Take the first hit within reach, and what "or", "and" or touching joins to it."""
    at_first = line.hits_from(hits, start)
    first = hits[at_first] if at_first < len(hits) else None
    if first is None or first.start - start > _REACH or _is_answered(line, start):
        return set()
    broken = [at for at in range(start, first.start + 1) if line.tokens[at].breaks]
    if broken and (broken != [start] or line.has_comma(start)):
        return set()
    if any(line.words[at] in _TURNS for at in range(start, first.start)):
        return set()
    group = [first]
    prefixed = line.raw_word(start - 1) in {"non", "ex"}  # "non-US pharma" is pharma
    for hit in islice(hits, at_first + 1, None):
        if prefixed and hit.start == group[-1].end:
            break
        if not _joins(line, group, hit):
            break
        group.append(hit)
    return set(group)


def _listed_after(line: Line, hits: Sequence[Hit], start: int) -> set[Hit]:
    """Take all that "not wanted: Nigeria, Kenya" lists."""
    at_first = line.hits_from(hits, start)
    listed: set[Hit] = set()
    for hit in islice(hits, at_first, at_first + _LONGEST_GROUP):
        same = not listed or hit.term.facets & next(iter(listed)).term.facets
        if line.sentence[hit.start] != line.sentence[start] or not same:
            break
        listed.add(hit)
    return listed


def _is_answered(line: Line, start: int) -> bool:
    """Tell whether a "no" was a sentence of its own; the full stop of "excl." ends none."""
    return line.tokens[start].stops and line.raw_word(start - 1) not in {"excl", "exc", "ex"}


def _joins(line: Line, group: Sequence[Hit], hit: Hit) -> bool:
    last = group[-1]
    between = line.words[last.end : hit.start]
    commas = any(line.tokens[at].breaks for at in range(last.end, hit.start + 1))
    stopped = any(line.tokens[at].stops for at in range(last.end, hit.start + 1))
    same = hit.term.facets & group[0].term.facets
    if stopped:
        return False
    if not between:
        return not commas or bool(same and _list_goes_on(line, hit))
    if not set(between) <= cue("or_words") | _BETWEEN | cue("customers"):
        return False
    joined = bool(cue("or_words") & set(between))
    return bool(same) and joined


def _list_goes_on(line: Line, hit: Hit) -> bool:
    """A comma joins only in "A, B and C" and "A/B"; else it ends what a "not" reaches."""
    before = line.clean[line.tokens[hit.start - 1].end : line.tokens[hit.start].start]
    if before.strip() == "/":
        return True
    at = hit.end
    while at < min(len(line.words), hit.end + _LONGEST_CLAUSE) and not line.tokens[at].stops:
        if line.words[at] in cue("or_words"):
            return True
        if line.hit_of[at] is None and not line.tokens[at].breaks:
            return False
        at += 1
    return False


def _group_before(line: Line, hits: Sequence[Hit], place: int) -> set[Hit]:
    """Take the group that a trailing "excluded" speaks of."""
    at = line.hits_from(hits, place)
    before = hits[max(at - _LONGEST_GROUP, 0) : at]
    if not before or before[-1].end < place - 2:
        return set()
    group = [before[-1]]
    for hit in reversed(before[:-1]):
        between = line.words[hit.end : group[-1].start]
        if not between or not set(between) <= cue("or_words"):
            break
        if any(line.tokens[at].breaks for at in range(hit.end, group[-1].start + 1)):
            break
        group.append(hit)
    return set(group)
