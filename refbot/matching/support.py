"""Which hits are meant: words with an everyday meaning need company, readings need context."""

from refbot.matching.cues import cue
from refbot.matching.line import Line
from refbot.matching.profile import Facet
from refbot.matching.role import beside_a_role, is_job, role_is_supported, works_at
from refbot.matching.segment import Hit
from refbot.matching.talk import is_a_call, is_a_visit, talks_to_somebody
from refbot.matching.terms import Kind, Meaning
from refbot.matching.tongue import is_beside_a_speaker, is_language

_PLACE_VERBS = frozenset(
    ["asked", "said", "says", "wants", "needs", "told", "thinks", "sent", "wrote", "mentioned"]
)
_NOT_BEFORE_US = {"for", "of", "from", "at", "around"}
_OBJECTS = frozenset({"it", "this", "these", "that", "those", "them", "him", "her", "you"})
_JOINERS = frozenset({"or", "and", "the", "in"})
_PLACES = frozenset({Facet.COUNTRY, Facet.REGION})
_SALES_CALL = ((Facet.ACTIVITY, "sales_call"),)
_TWO = 2  # readings, of which the neighbours decide
_EXACT = 100.0
_CLOSE = 72.0  # a misspelt word that may stand alone although it has an everyday meaning
_CALLING = frozenset({"call", "calls", "phone", "telephone"})
_TALKING = frozenset({"talk", "chat", "speak", "talks", "chats", "speaks", "talking", "chatting"})


def decided(line: Line) -> list[tuple[Hit, Meaning]]:
    """Give each hit that counts with its one meaning; ambiguous ones keep none and are left out."""
    kept = []
    for hit in line.hits:
        if hit.term.kind is Kind.CHATTER:
            continue
        meaning = _meaning(line, hit)
        if meaning:
            kept.append((hit, meaning))
    return kept


def ambiguous(line: Line) -> list[Hit]:
    """Give the hits with several readings that nothing in the line decides."""
    return [
        hit
        for hit in line.hits
        if hit.term.kind is not Kind.CHATTER
        and len(hit.term.readings) > 1
        and not hit.term.weak
        and not _chosen(line, hit)
    ]


def _meaning(line: Line, hit: Hit) -> Meaning:
    chosen = _chosen(line, hit)
    if hit.term.words == ("speaking",) and line.word(hit.end, hit.start) in {"to", "with"}:
        return _SALES_CALL if talks_to_somebody(line, hit) else ()
    if hit.term.words == ("visit",):
        return chosen if is_a_visit(line, hit) else ()
    if chosen == _SALES_CALL and len(hit.term.words) == 1:
        word = hit.term.words[0]
        if word in _TALKING:
            return chosen if talks_to_somebody(line, hit) else ()
        if word in _CALLING:
            return chosen if is_a_call(line, hit) else ()
    if not chosen or _is_small_talk(line, hit, chosen) or not _counts(line, hit, chosen):
        return ()
    return chosen


def _counts(line: Line, hit: Hit, meaning: Meaning) -> bool:
    """Tell whether a word that needs company has it."""
    guessed = hit.similarity < _EXACT and meaning[0][0] is Facet.COUNTRY
    if guessed and line.word(hit.end, hit.start) in _PLACE_VERBS:
        return False  # "our designer Malin wants"
    if hit.term.kind is Kind.MADE:
        return line.word(hit.end, hit.start) in cue("makers_of_things")
    if not hit.term.weak:
        return True
    close = hit.similarity >= _CLOSE or _is_swapped(line, hit) or beside_a_role(line, hit)
    return close and _is_supported(line, hit, meaning)


def _is_swapped(line: Line, hit: Hit) -> bool:
    """Tell whether a guess has but the right letters in a wrong order: "qoute"."""
    typed = "".join(line.words[hit.start : hit.end])
    return sorted(typed) == sorted(hit.term.key)


def _is_small_talk(line: Line, hit: Hit, meaning: Meaning) -> bool:
    """Tell whether "Thai" is only a place to eat, or "HR" only a kind of software."""
    following = line.word(hit.end, hit.start)
    if meaning and meaning[0][0] is Facet.ACTIVITY and following in cue("over_words"):
        return True  # "the sales call went well"
    if meaning and meaning[0][0] is Facet.COUNTRY and following in cue("not_customers"):
        return line.hit_of[hit.end] is None or not line.is_terse(hit.start)
    if meaning and meaning[0][0] is Facet.INDUSTRY and _is_led(line, hit):
        return following not in cue("customers")
    if meaning and meaning[0][0] is Facet.TAG and _is_our_record(line, hit):
        return True
    functional = bool(meaning) and meaning[0][0] is Facet.FUNCTION
    return functional and hit.term.weak and following in cue("software")


def _is_our_record(line: Line, hit: Hit) -> bool:
    """Tell "details are in Salesforce": where the rep keeps notes, not what a customer runs."""
    if line.word(hit.end, hit.start) in cue("record_nouns"):
        return True
    if line.word(hit.start - 1, hit.start) not in {"in", "on"}:
        return False
    start, _ = line.bounds_of_item(hit.start)
    before = set(line.words[max(start, hit.start - 5) : hit.start - 1])
    others = [line.hit_of[at] for at in range(start, hit.start)]
    somebody = any(o is not None and o.term.readings and not o.term.weak for o in others)
    users = cue("customers") | cue("using")
    return not somebody and bool(cue("records") & before) and not users & before


def _is_led(line: Line, hit: Hit) -> bool:
    """Tell whether an industry's word is a department here: "head of e-commerce"."""
    if line.word(hit.start - 1, hit.start) != "of":
        return False
    inside = line.hit_of[hit.start - 1]
    leader = inside or (line.hit_of[hit.start - 2] if hit.start > 1 else None)
    return leader is not None and leader.term.facets == {Facet.LEVEL}


def _chosen(line: Line, hit: Hit) -> Meaning:
    """Choose among readings by what stands beside the word; empty when nothing decides."""
    readings = hit.term.readings
    if len(readings) == 1:
        return readings[0]
    facets = hit.term.facets
    if facets == {Facet.COUNTRY, Facet.LANGUAGE} and len(readings) == _TWO:
        wanted = Facet.LANGUAGE if is_language(line, hit) else Facet.COUNTRY
        return next(reading for reading in readings if reading[0][0] is wanted)
    if facets & _ROLES and len(readings) == _TWO and facets & _HOMES:
        role = next(r for r in readings if any(f in _ROLES for f, _ in r))
        other = next(r for r in readings if r is not role)
        return role if _means_a_role(line, hit, role, other) else other
    return ()


def _means_a_role(line: Line, hit: Hit, role: Meaning, other: Meaning) -> bool:
    """Choose between a department, or a job, and an industry or activity of the same name."""
    company = cue("customers") - cue("persons")
    if other[0][0] is Facet.INDUSTRY and works_at(line, hit):
        return True  # "a recruiter at a bank"
    if line.word(hit.start - 1, hit.start) in {"a", "an"} and not is_job(role):
        return False  # "the owner of a restaurant"
    following = line.next_hit(hit, frozenset())
    if following is not None and following.term.kind is Kind.TITLE:
        return False  # "manufacturing CIO": the title says of which department
    if other[0][0] is Facet.INDUSTRY and line.word(hit.end, hit.start) in company:
        return False  # "at a restaurant chain"
    return beside_a_role(line, hit)


_HOMES = {Facet.INDUSTRY, Facet.ACTIVITY}
_ROLES = {Facet.LEVEL, Facet.FUNCTION}


def _is_supported(line: Line, hit: Hit, meaning: Meaning) -> bool:
    """Tell whether a word with an everyday meaning stands where it is a criterion."""
    facet = meaning[0][0]
    if line.after(hit) in {":", "="} or line.word(hit.start - 1, hit.start)[:1].isdigit():
        return False  # "Stage: 5", "24 hr", "100+ stores"
    if facet in _ROLES:
        return role_is_supported(line, hit, meaning)
    if facet in {Facet.COUNTRY, Facet.LANGUAGE}:
        return _place_is_supported(line, hit)
    if facet is Facet.ACTIVITY:
        return _activity_is_supported(line, hit)
    return facet is not Facet.INDUSTRY or _industry_is_supported(line, hit)


def _industry_is_supported(line: Line, hit: Hit) -> bool:
    if line.is_alone(hit) or line.is_terse(hit.start):
        return True
    before = line.word(hit.start - 1, hit.start)
    if line.word(hit.end, hit.start) in cue("customers") or before in {"in", "from"}:
        return True
    if _is_one_of_some_place(line, hit):
        return True
    return _joins_another(line, hit, frozenset({Facet.INDUSTRY}))


def _is_one_of_some_place(line: Line, hit: Hit) -> bool:
    """Tell "a mine in Chile" and "a 24x7 mine in Chile"."""
    articles = {line.word(hit.start - 1, hit.start), line.word(hit.start - 2, hit.start)}
    place = line.next_hit(hit, frozenset({"in"}))
    return bool(articles & {"a", "an"}) and place is not None and bool(place.term.facets & _PLACES)


def _place_is_supported(line: Line, hit: Hit) -> bool:
    after = line.word(hit.end, hit.start)
    if after in _PLACE_VERBS:
        return False
    before = line.word(hit.start - 1, hit.start)
    if before in cue("not_words") or after in cue("customers") or is_beside_a_speaker(line, hit):
        return True
    if _joins_another(line, hit, _PLACES):
        return True
    if line.is_alone(hit) or before in cue("in_words"):
        raw = line.raw_word(hit.start - 1)
        return raw not in _NOT_BEFORE_US if hit.term.words == ("us",) else raw != "the"
    neighbour = line.hit_of[hit.end] if after else None
    behind = line.hit_of[hit.start - 1] if before else None
    leads = behind is not None or not before or before in cue("connectives")
    if neighbour is not None and not neighbour.term.weak and leads:
        return True
    return line.is_terse(hit.start) and (neighbour is not None or behind is not None)


def _joins_another(line: Line, hit: Hit, facets: frozenset[Facet]) -> bool:
    """Tell whether one of its kind stands beside: "Australia or NZ", "telecom or media"."""
    beside = (line.previous_hit(hit, _JOINERS), line.next_hit(hit, _JOINERS))
    return any(o is not None and o.term.facets & facets and not o.term.weak for o in beside)


def _activity_is_supported(line: Line, hit: Hit) -> bool:
    before, after = line.word(hit.start - 1, hit.start), line.word(hit.end, hit.start)
    if after in _OBJECTS:
        return False  # "review it with my manager"
    if line.is_alone(hit) or line.is_terse(hit.start):
        return True
    if hit.term.kind is Kind.AUDIENCE and after in cue("wanting") | {"want", "would", "is", "are"}:
        return True  # "press wants to talk to"
    if before in {"to", "will", "can", "please", "our", "my", "we", "i"} and after != "from":
        return False
    neighbours = [line.hit_of[hit.end] if after else None]
    neighbours.append(line.hit_of[hit.start - 1] if before else None)
    if any(n is not None and n.term.kind is not Kind.CHATTER for n in neighbours):
        return True
    return before in cue("determiners") or after in cue("followers")
