"""Whether a department's word is meant: beside a level, a title or a person, or all by itself."""

from refbot.matching.cues import cue
from refbot.matching.line import Line
from refbot.matching.profile import Facet
from refbot.matching.segment import Hit
from refbot.matching.terms import Kind, Meaning, Term

_ROLE_LINKS = frozenset(
    ["of", "for", "in", "the", "and", "or", "at", "de", "und", "a", "an", "side", "our", "their"]
)
_RELATIVES = frozenset(["who", "whose", "using", "running"])
_JOB = {Facet.LEVEL, Facet.FUNCTION}
_EMPLOYERS = {Facet.INDUSTRY, Facet.ACCOUNT}
_OF_COMPANIES = _EMPLOYERS | {Facet.COMPANY_SIZE, Facet.COUNTRY, Facet.REGION}
_LONGEST_LIST = 5  # departments of one list: "finance and IT people"
_ANOTHER = {"another", "other", "an", "a", "same", "similar", "whose", "entire"}


def beside_a_role(line: Line, hit: Hit, *, within: int = _LONGEST_LIST) -> bool:
    """Tell whether a level, a title or a person stands beside a department's name."""
    for other in (line.next_hit(hit, _ROLE_LINKS), line.previous_hit(hit, _ROLE_LINKS)):
        if other is not None and other.term.kind is not Kind.CHATTER and _names_role(other.term):
            return True
    following, before = line.word(hit.end, hit.start), line.word(hit.start - 1, hit.start)
    if following in cue("own_sides") and before == "the":
        # else the rep's own team
        return line.word(hit.start - 2, hit.start) in cue("in_words") | {"on"}
    if following in cue("own_sides") and before in _ANOTHER:
        return True
    if following in (cue("staff") if len(hit.term.readings) > 1 else cue("persons")):
        return True
    if following in {"or", "and"} and within:
        other = line.hit_of[hit.end + 1] if hit.end + 1 < len(line.hit_of) else None
        if other is not None and Facet.FUNCTION in other.term.facets:
            return beside_a_role(line, other, within=within - 1)
    return _belongs_to_somebody(line, hit)


def is_job(meaning: Meaning) -> bool:
    """Tell whether a meaning is a person's job and not a department's name."""
    return {facet for facet, _ in meaning} == _JOB


def works_at(line: Line, hit: Hit) -> bool:
    """Tell "a lawyer at a pharma company": a person, where a company or a trade follows."""
    at = hit.end
    if line.word(at, hit.start) not in {"at", "in", "with", "from"}:
        return False
    while line.word(at, hit.start) in cue("connectives"):
        at += 1
    other = line.hit_of[at] if line.word(at, hit.start) else None
    return other is not None and bool(other.term.facets & _EMPLOYERS)


def _belongs_to_somebody(line: Line, hit: Hit) -> bool:
    """Tell "someone from finance", "nobody from IT", "manager and up in HR"."""
    before = line.word(hit.start - 1, hit.start)
    upward = line.ends(hit.start - 1, "upward") if before in {"in", "of", "for", "from"} else 0
    leader = line.hit_of[hit.start - 2 - upward] if upward and hit.start > upward + 1 else None
    if leader is not None and Facet.LEVEL in leader.term.facets:
        return True
    return before in {"in", "from", "at", "on", "of", "for", "the"} | cue("leading") and bool(
        {line.word(hit.start - n, hit.start) for n in (2, 3)} & cue("somebody")
    )


def _names_role(term: Term) -> bool:
    if term.kind is Kind.CHATTER:
        return False
    facets = {facet for facet, _ in term.readings[0]}
    return Facet.LEVEL in facets or (Facet.FUNCTION in facets and not term.weak)


def role_is_supported(line: Line, hit: Hit, meaning: Meaning) -> bool:
    """Tell whether a weak word for a level or a department is a criterion here."""
    facets = {facet for facet, _ in meaning}
    if hit.term.words == ("people",) and _is_staff_of(line, hit):
        return False
    if _is_one_who(line, hit):
        return True
    if hit.term.words == ("production",) and line.word(hit.start - 1, hit.start) == "in":
        return beside_a_role(line, hit)  # "in production for two years"
    if facets == {Facet.LEVEL}:
        return _level_is_supported(line, hit)
    if hit.term.kind is Kind.TITLE and _is_of_a_company(line, hit):
        return True
    return beside_a_role(line, hit) or _stands_by_itself(line, hit)


def _is_of_a_company(line: Line, hit: Hit) -> bool:
    """Tell "the owner of a small business"."""
    at = hit.end
    if line.word(at, hit.start) not in {"of", "at"}:
        return False
    while line.word(at, hit.start) in cue("connectives"):
        at += 1
    other = line.hit_of[at] if line.word(at, hit.start) else None
    return line.word(at, hit.start) in cue("customers") or (
        other is not None and bool(other.term.facets & _OF_COMPANIES)
    )


def _is_one_who(line: Line, hit: Hit) -> bool:
    """Tell "an engineer at a bank", "a developer who runs it daily", and one that stands alone."""
    if not set(hit.term.words) & cue("lone_levels"):
        return False
    follows = line.word(hit.end, hit.start) in _RELATIVES
    return follows or works_at(line, hit) or line.is_alone(hit)


def _level_is_supported(line: Line, hit: Hit) -> bool:
    beside = (line.next_hit(hit, _ROLE_LINKS), line.previous_hit(hit, _ROLE_LINKS))
    return any(other is not None and Facet.FUNCTION in other.term.facets for other in beside)


def _stands_by_itself(line: Line, hit: Hit) -> bool:
    """Tell whether a department's name is an item of its own, or one of a terse item."""
    across = line.hit_of[hit.start - 1] if hit.start else None
    if across is not None and _names_role(across.term) and line.is_alone(hit):
        return True
    if hit.term.words in {("it",), ("business",)}:
        return line.is_alone(hit) and hit.end - hit.start == len(line.words[hit.start : hit.end])
    return line.is_alone(hit) or line.is_terse(hit.start)


def _is_staff_of(line: Line, hit: Hit) -> bool:
    """Tell whether "people" are only those of the department before: "infosec people"."""
    before = line.hit_of[hit.start - 1] if line.word(hit.start - 1, hit.start) else None
    if before is None:
        return False
    levels = {v for m in before.term.readings for f, v in m if f is Facet.LEVEL}
    return levels <= {"individual"}  # "hands-on people"; a "VP people" leads them
