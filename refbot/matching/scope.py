"""Whom and what a criterion is about: excluded, our own people, the prospect."""

from collections.abc import Sequence
from functools import cache
from itertools import islice

from refbot.matching.line import Line, cue, phrases
from refbot.matching.profile import Facet
from refbot.matching.segment import Hit

_REACH = 5
_LONGEST_GROUP = 12
_LONGEST_TITLE = 5
_LONGEST_CLAUSE = 40
_ROLES = {Facet.LEVEL, Facet.FUNCTION}
_BETWEEN = frozenset(
    ["the", "a", "an", "any", "in", "from", "on", "of", "at", "companies", "customers"]
)
_TURNS = frozenset(["but", "just", "only", "however", "instead"])
_END_OF_PROSPECT = frozenset(
    [
        "need",
        "needs",
        "want",
        "looking",
        "prefer",
        "please",
        "ideally",
        "give",
        "show",
        "find",
        "so",
        "can",
        "could",
        "any",
        "anyone",
    ]
)


def excluded(line: Line, hits: Sequence[Hit]) -> frozenset[Hit]:
    """Give the hits that the line does not want: the group of hits that follows a "not"."""
    out: set[Hit] = set()
    place = 0
    triggers = _triggers()
    while place < len(line.words):
        if line.words[place] not in triggers:
            place += 1
            continue
        harmless = line.starts(place, "harmless")
        if harmless:
            place += harmless
            continue
        length = _cue_length(line, place)
        if length:
            out |= _group_after(line, hits, place + length)
        used_up = line.starts(place, "used_up")
        if used_up:  # "we used Acme twice"
            group = _group_after(line, hits, place + used_up)
            out |= {hit for hit in group if Facet.ACCOUNT in hit.term.facets}
        backward = line.starts(place, "after_phrases") or (line.words[place] in cue("after_words"))
        if backward:
            out |= _group_before(line, hits, place)
        place += max(length, 1)
    return frozenset(out)


@cache
def _triggers() -> frozenset[str]:
    """Give every word with which an exclusion, or what looks like one, begins."""
    listed = ("harmless", "not_phrases", "after_phrases", "used_up")
    starts = {word for name in listed for word in phrases(name).by_first}
    return frozenset(starts) | {"but"} | cue("not_words") | cue("not_verbs") | cue("after_words")


def _cue_length(line: Line, place: int) -> int:
    word = line.words[place]
    if line.hit_of[place] is not None and len(line.hit_of[place].term.words) > 1:  # type: ignore[union-attr]
        return 0
    length = line.starts(place, "not_phrases")
    if length:
        return length
    if word == "but":  # "any industry but healthcare"
        before = {line.word(place - near, place) for near in (1, 2, 3)}
        return 1 if before & cue("any_words") else 0
    if word in cue("not_verbs"):
        return 1 if line.raw_word(place + 1) in cue("not_verb_follow") else 0
    if word == "not" and line.raw_word(place - 1) in {"do", "does", "did", "have", "has"}:
        return 1 if line.raw_word(place + 1) in cue("not_verb_follow") else 0
    return 1 if word in cue("not_words") else 0


def _group_after(line: Line, hits: Sequence[Hit], start: int) -> set[Hit]:
    """Take the first hit within reach, and what "or", "and" or touching joins to it."""
    at_first = line.hits_from(hits, start)
    first = hits[at_first] if at_first < len(hits) else None
    if first is None or first.start - start > _REACH:
        return set()
    broken = [at for at in range(start, first.start + 1) if line.tokens[at].breaks]
    if broken and broken != [start]:
        return set()
    if any(line.words[at] in _TURNS for at in range(start, first.start)):
        return set()
    group = [first]
    prefixed = line.raw_word(start - 1) == "non"  # "non-US pharma" is pharma
    for hit in islice(hits, at_first + 1, None):
        if prefixed and hit.start == group[-1].end:
            break
        if not _joins(line, group, hit):
            break
        group.append(hit)
    return set(group)


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


def own_people(line: Line, hits: Sequence[Hit]) -> frozenset[Hit]:
    """Give the roles that are the rep's own, or the prospect's who want something."""
    out: set[Hit] = set()
    roles = [hit for hit in hits if hit.term.facets & _ROLES]
    for place, hit in enumerate(roles):
        chain = [hit]
        for other in islice(roles, place + 1, place + _LONGEST_TITLE):
            between = line.words[chain[-1].end : other.start]
            if len(between) > 1 or not set(between) <= {"of", "and", "for", "the"}:
                break
            chain.append(other)
        if _is_ours(line, chain[0]) or _wants_something(line, chain[-1]):
            out |= set(chain)
    return frozenset(out)


def _is_ours(line: Line, hit: Hit) -> bool:
    before = [line.word(hit.start - n, hit.start) for n in (1, 2)]
    if before[0] in {"prospect", "prospects", "buyer", "buyers"}:
        return True  # "my prospect's CISO"
    if before[0] in cue("ours") or (before[1] in cue("ours") and before[0] not in cue("prospects")):
        return True
    verb = {line.word(hit.start - n, hit.start) for n in (3, 4)}
    talking = {"talk", "speak", "chat", "meet", "present", "call", "introduce"} & verb
    return before[0] == "their" and before[1] in {"to", "with", "for"} and bool(talking)


def _wants_something(line: Line, last: Hit) -> bool:
    at = last.end
    while line.word(at, last.start) in cue("own_sides"):
        at += 1
    if line.word(at, last.start) == "is" and line.word(at + 1, last.start) in {
        "asking",
        "pushing",
        "watching",
        "breathing",
        "insisting",
        "worried",
        "nervous",
        "on",
    }:
        return True
    if line.word(at, last.start) in {"want", "need", "are"} and at == last.end + 1:
        return True
    return line.word(at, last.start) in cue("wanting")


def of_prospect(line: Line, hits: Sequence[Hit]) -> frozenset[Hit]:
    """Give the hits that describe the prospect and not the reference."""
    out: set[Hit] = set()
    meant = set(hits)
    for place, word in enumerate(line.words):
        if word in cue("prospects") and line.hit_of[place] not in meant:
            out |= _said_of(line, hits, place)
        elif (
            (word in {"theyre", "they"} and (word == "theyre" or line.raw_word(place + 1) == "are"))
            or (
                word in {"selling", "pitching", "pitch", "sell"}
                and line.raw_word(place + 1)
                in {
                    "to",
                    "into",
                    "a",
                    "an",
                }
            )
            or (
                word in {"two", "three", "finalist", "finalists", "shortlisted", "competing"}
                and (line.raw_word(place + 1) in {"at", "for", "with"})
            )
        ):
            out |= _until_turn(line, hits, place + 1)
    return frozenset(out)


def _said_of(line: Line, hits: Sequence[Hit], place: int) -> set[Hit]:
    """Read what stands around the word "prospect": "my prospect is a bank", "retail prospect"."""
    after = line.raw_word(place + 1)
    if after in {"is", "are", "in", "at", "from", "with", "comes", "company", "being", "was"} or (
        place + 1 < len(line.tokens)
        and line.tokens[place + 1].breaks
        and not line.tokens[place + 1].stops
        and line.raw_word(place - 1) in {"our", "my", "the", "for", ""}
    ):
        return _until_turn(line, hits, place + 1) | _right_before(line, hits, place)
    return _right_before(line, hits, place)


def _right_before(line: Line, hits: Sequence[Hit], place: int) -> set[Hit]:
    out: set[Hit] = set()
    at = place
    last = line.hits_from(hits, place)
    for hit in reversed(hits[max(last - _LONGEST_GROUP, 0) : last]):
        if hit.end != at or line.item[hit.start] != line.item[place]:
            break
        out.add(hit)
        at = hit.start
    return out


def _until_turn(line: Line, hits: Sequence[Hit], start: int) -> set[Hit]:
    """Take the hits up to the end of the clause that describes the prospect."""
    end = start
    while end < min(len(line.words), start + _LONGEST_CLAUSE):
        if line.tokens[end].stops and end > start:
            break
        if (
            line.tokens[end].breaks
            and end > start
            and (line.words[end] in _END_OF_PROSPECT or line.raw_word(end + 1) in _END_OF_PROSPECT)
        ):
            break
        if line.words[end] in {"they", "who", "so", "because", "but", "need", "needs", "wants"} | {
            "want",
            "looking",
            "and" if line.raw_word(end + 1) in {"they", "we", "their"} else "",
        }:
            break
        end += 1
    inside = hits[line.hits_from(hits, start) : line.hits_from(hits, end)]
    return {hit for hit in inside if not _is_activity(hit)}


def _is_activity(hit: Hit) -> bool:
    return Facet.ACTIVITY in hit.term.facets


def wants_alike(line: Line) -> bool:
    """Tell whether the line asks for somebody like the prospect."""
    return any(line.starts(place, "likeness") for place in range(len(line.words)))
