"""A rep's line, read: text to criteria, with what was understood and what not."""

from collections.abc import Iterable, Sequence
from datetime import date

from refbot.matching import exclusion, people, prospect, support
from refbot.matching.criteria import Ambiguous, Reading
from refbot.matching.cues import cue
from refbot.matching.findings import criteria_of, not_understood_of, understood_of
from refbot.matching.line import Found, Line
from refbot.matching.normal import Token, clean, tokens_of
from refbot.matching.numbers import Counted, counted_in
from refbot.matching.profile import Facet
from refbot.matching.role import beside_a_role, works_at
from refbot.matching.segment import Hit, segment
from refbot.matching.shipped import LEVELS
from refbot.matching.slips import mended
from refbot.matching.terms import Kind, Meaning, Term
from refbot.matching.vocabulary import Vocabulary

MOST_WORDS = 640  # what stands behind them is reported as not understood
_EXCERPT = 40
_ROLES = {Facet.LEVEL, Facet.FUNCTION}
_DESCRIBING = frozenset(Facet) - {Facet.ACTIVITY}
_TALK = {
    (word,)
    for word in (
        "call",
        "calls",
        "talk",
        "chat",
        "speak",
        "phone",
        "telephone",
        "talking",
        "speaking",
    )
}
_FRONT_LINE = ((Facet.LEVEL, "individual"),)
_AUDIENCE_ACTIVITIES = {"investor_call", "media_call"}


def read(text: str, vocabulary: Vocabulary, *, as_of: date) -> Reading:
    """Read a line into criteria. Deterministic; time is bounded by the line's length."""
    cleaned = clean(text)
    split = tokens_of(cleaned, most=MOST_WORDS)
    end = split[-1].end if len(split) == MOST_WORDS else len(cleaned)
    unread = cleaned[end:].strip()
    cleaned, tokens, slips = mended(cleaned[:end], split, vocabulary)
    counted = counted_in(cleaned, as_of=as_of)
    taken = _taken_by(counted, tokens)
    line = Line(cleaned, tokens, segment(tokens, taken, vocabulary), taken, slips)
    line.place_hits(_absorbed(line, _with_ellipses(line, vocabulary)))
    decided = support.decided(line)
    meanings = _without_kinds(line, _told_apart(line, decided))
    hits = [hit for hit, _ in meanings]
    dropped = people.own_people(line, meanings)
    ruled_out = exclusion.unwanted(line, hits)
    unwanted = ruled_out.excluded
    dropped |= ruled_out.indifferent
    places = prospect.places(line, hits)
    prospects = prospect.inside(places, hits) - unwanted
    if not places or _keeps_prospect(line, meanings, prospects, unwanted | dropped):
        prospects = frozenset()
    else:
        counted = [number for number in counted if line.place_of(number.start) not in places]
    kept = [(h, m) for h, m in meanings if h not in dropped and h not in prospects]
    found = [Found(facet, value, hit) for hit, m in kept for facet, value in m]
    found = list(_widened(line, found))
    return Reading(
        text=text,
        criteria=criteria_of(found, unwanted, counted),
        understood=tuple(understood_of(line, found, unwanted, counted)),
        not_understood=(
            *not_understood_of(line, {hit for hit, _ in decided}, vocabulary),
            *((f"{unread[:_EXCERPT]}…",) if unread else ()),
        ),
        ambiguous=tuple(
            Ambiguous(source=line.source(hit), readings=tuple(r[0] for r in hit.term.readings))
            for hit in support.ambiguous(line)
        ),
    )


def _taken_by(counted: Sequence[Counted], tokens: Sequence[Token]) -> list[bool]:
    """Tell of each word whether a number that counts has taken it; both stand in order."""
    taken, numbers = [], [number for number in counted if number.counts]
    at = 0
    for token in tokens:
        while at < len(numbers) and numbers[at].end <= token.start:
            at += 1
        taken.append(at < len(numbers) and numbers[at].start < token.end)
    return taken


def _with_ellipses(line: Line, vocabulary: Vocabulary) -> list[Hit]:
    """Read "Product A or B": what follows shares the first words of the product before."""
    hits = list(line.hits)
    for hit in line.hits:
        last = hit
        while len(last.term.words) > 1 and Facet.PRODUCT in last.term.facets:
            at = last.end
            while line.raw_word(at) in {"or", "and", "nor"}:
                at += 1
            if at >= len(line.words) or (at == last.end and not line.tokens[at].breaks):
                break
            term = vocabulary.exact("".join((*last.term.words[:-1], line.words[at])))
            other = line.hit_of[at]
            if term is None or (other is not None and other.end > at + 1):
                break
            last = Hit(at, at + 1, term)
            hits = [h for h in hits if h.start != at] + [last]
    return hits


def _absorbed(line: Line, hits: list[Hit]) -> list[Hit]:
    """Let "manufacturer", "operator" and the like behind an industry add nothing of their own."""
    hits = sorted(hits, key=lambda hit: hit.start)
    kept: list[Hit] = []
    for hit in hits:
        before = kept[-1] if kept else None
        if (
            before is not None
            and before.end == hit.start
            and not line.tokens[hit.start].breaks
            and Facet.INDUSTRY in before.term.facets
            and len(hit.term.words) == 1
            and hit.term.words[0] in cue("makers")
        ):
            continue
        kept.append(hit)
    return kept


def _told_apart(line: Line, meanings: list[tuple[Hit, Meaning]]) -> list[tuple[Hit, Meaning]]:
    """Settle what two hits say about each other: jobs and levels, calls and their audience."""
    tongues = {hit for hit, m in meanings if m[0][0] is Facet.LANGUAGE}
    audience = any(
        v in _AUDIENCE_ACTIVITIES for _, m in meanings for f, v in m if f is Facet.ACTIVITY
    )
    kept = []
    for hit, told in meanings:
        meaning = told
        facet, value = meaning[0]
        if value == "sales_call" and facet is Facet.ACTIVITY and audience and _is_plain(hit.term):
            continue
        if value == "speaking" and _touches(hit, tongues):
            continue
        plain = hit.term.kind is Kind.JOB or told == _FRONT_LINE
        if plain and _has_leader(line, hit):
            meaning = tuple(pair for pair in meaning if pair[0] is not Facet.LEVEL)
        if meaning:
            kept.append((hit, meaning))
    return kept


def _without_kinds(line: Line, meanings: list[tuple[Hit, Meaning]]) -> list[tuple[Hit, Meaning]]:
    """Drop what only says of what kind a company is: "cyber insurer", "travel publisher"."""
    kept = []
    for place, (hit, meaning) in enumerate(meanings):
        following = meanings[place + 1] if place + 1 < len(meanings) else None
        if following is not None and _is_a_kind_of(line, hit, meaning, *following):
            continue
        kept.append((hit, meaning))
    return kept


def _is_a_kind_of(line: Line, hit: Hit, meaning: Meaning, head: Hit, of: Meaning) -> bool:
    if head.start != hit.end or line.tokens[head.start].breaks:
        return False
    if {facet for facet, _ in of} == {Facet.LEVEL} and works_at(line, head):
        return meaning[0][0] is Facet.INDUSTRY  # "energy manager at a hospital"
    if of[0][0] is not Facet.INDUSTRY:
        return False
    if head.term.words[-1] not in cue("heads") or line.raw_word(hit.start - 1) in cue("not_words"):
        return False  # a "non-bank lender" is no bank
    facets = {facet for facet, _ in meaning}
    if facets == {Facet.INDUSTRY}:
        return meaning != of
    return facets == {Facet.FUNCTION} and not beside_a_role(line, hit)


def _is_plain(term: Term) -> bool:
    return term.words in _TALK or "call" in term.words


def _touches(hit: Hit, tongues: set[Hit]) -> bool:
    if len(hit.term.words) > 1 or hit.term.words[0] not in cue("speakers"):
        return False
    return any(
        abs(tongue.end - hit.start) <= 1 or abs(hit.end - tongue.start) <= 1 for tongue in tongues
    )


def _has_leader(line: Line, hit: Hit) -> bool:
    """Tell whether a manager's word stands right beside a front-line job."""
    for other in (line.next_hit(hit, frozenset()), line.previous_hit(hit, frozenset({"of"}))):
        if other is not None and other.term.readings:
            levels = [v for f, v in other.term.readings[0] if f is Facet.LEVEL]
            if levels and levels != ["individual"]:
                return True
    return False


def _keeps_prospect(
    line: Line,
    meanings: Sequence[tuple[Hit, Meaning]],
    prospects: frozenset[Hit],
    elsewhere: frozenset[Hit],
) -> bool:
    """The prospect's own traits count when somebody alike is wanted, or nothing else is said."""
    if prospect.wants_alike(line):
        return True
    others = [
        hit
        for hit, meaning in meanings
        if hit not in prospects and hit not in elsewhere and meaning[0][0] in _DESCRIBING
    ]
    return not others


def _widened(line: Line, found: Iterable[Found]) -> Iterable[Found]:
    """Read "VP+" and "director or above" as the level and all higher ones."""
    for item in found:
        yield item
        if item.facet is not Facet.LEVEL or not _opens_up(line, item.hit):
            continue
        for level in LEVELS[LEVELS.index(item.value) + 1 :]:
            yield Found(Facet.LEVEL, level, item.hit)


def _opens_up(line: Line, hit: Hit) -> bool:
    at = hit.end
    over = at + (line.raw_word(at) in {"of", "for"})  # "VP of data or higher"
    following = line.hit_of[over] if over < len(line.hit_of) else None
    if (
        following is not None
        and Facet.FUNCTION in following.term.facets
        and line.starts(following.end, "upward")
    ):
        return True
    end = line.tokens[hit.end - 1].end
    rest = line.clean[end : end + 2]
    if rest.startswith("+") or (rest == " +" and not line.clean[end + 2 : end + 3].isspace()):
        return True
    if line.starts(at, "upward"):
        return True
    start = hit.start
    while line.raw_word(start - 1) in {"a", "an", "the"}:
        start -= 1
    return bool(line.ends(start, "upward_before"))
