"""What was found in a line, put together: the criteria, what was understood, and what not."""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet

from refbot.matching.criteria import CompanySize, Criteria, Understood
from refbot.matching.cues import cue
from refbot.matching.line import Found, Line
from refbot.matching.numbers import Counted
from refbot.matching.profile import Facet
from refbot.matching.segment import Hit
from refbot.matching.vocabulary import Vocabulary

_EXACT = 100.0


def criteria_of(
    found: Sequence[Found], unwanted: frozenset[Hit], counted: Sequence[Counted]
) -> Criteria:
    """Put the values together: wanted and excluded, one size, one tenure."""
    wanted: dict[Facet, dict[str, None]] = {}
    out: dict[Facet, dict[str, None]] = {}
    numbers = [c.size for c in counted if c.size]
    sizes = list(numbers)
    years = [c.years for c in counted if c.years]
    for item in found:
        if item.facet is Facet.COMPANY_SIZE:
            if item.hit not in unwanted:
                sizes.append(_band(item.value))
            continue
        if item.facet is Facet.TENURE:  # a word of the company's own
            if item.hit not in unwanted:
                years.append(int(item.value))
            continue
        place = out if item.hit in unwanted else wanted
        place.setdefault(item.facet, {})[item.value] = None
    return Criteria(
        wanted={facet: tuple(values) for facet, values in wanted.items()},
        excluded={
            facet: tuple(value for value in values if value not in wanted.get(facet, {}))
            for facet, values in out.items()
            if any(value not in wanted.get(facet, {}) for value in values)
        },
        company_size=_narrowed(sizes, len(numbers)),
        tenure_min_years=years[0] if years else None,
    )


def _narrowed(sizes: Sequence[CompanySize], told: int) -> CompanySize | None:
    """The first `told` are numbers and go before words; a least and a most are one band."""
    if not sizes:
        return None
    first = sizes[0]
    if told == 0:
        return CompanySize(
            min=None if any(s.min is None for s in sizes) else min(s.min or 0 for s in sizes),
            max=None if any(s.max is None for s in sizes) else max(s.max or 0 for s in sizes),
        )
    for other in sizes[1:told]:
        if first.max is None and other.min is None and (other.max or 0) >= (first.min or 0):
            return CompanySize(min=first.min, max=other.max)
        if first.min is None and other.max is None and (other.min or 0) <= (first.max or 0):
            return CompanySize(min=other.min, max=first.max)
    return first


def _band(value: str) -> CompanySize:
    low, _, high = value.partition("-")
    return CompanySize(min=int(low) if low else None, max=int(high) if high else None)


def understood_of(
    line: Line, found: Iterable[Found], unwanted: frozenset[Hit], counted: Iterable[Counted]
) -> Iterable[Understood]:
    """Give each value with what was typed for it."""
    for item in found:
        yield Understood(
            facet=item.facet,
            value=item.value,
            source=line.source(item.hit),
            similarity=item.hit.similarity,
            excluded=item.hit in unwanted,
        )
    for number in counted:
        source = line.typed(number.start, number.end)
        if number.size is not None:
            value = f"{number.size.min or ''}-{number.size.max or ''}"
            yield Understood(facet=Facet.COMPANY_SIZE, value=value, source=source, similarity=100.0)
        if number.years is not None:
            yield Understood(
                facet=Facet.TENURE, value=str(number.years), source=source, similarity=100.0
            )


def not_understood_of(line: Line, meant: AbstractSet[Hit], vocabulary: Vocabulary) -> Iterable[str]:
    """Give the words that nothing explains, neighbours together, in the order typed."""
    start = None
    for place in range(len(line.tokens) + 1):
        odd = place < len(line.tokens) and _is_odd(line, place, meant, vocabulary)
        parted = odd and start is not None and line.tokens[place].breaks
        if start is not None and (not odd or parted):
            yield line.typed(line.tokens[start].start, line.tokens[place - 1].end)
            start = None
        if odd and start is None:
            start = place


def _is_odd(line: Line, place: int, meant: AbstractSet[Hit], vocabulary: Vocabulary) -> bool:
    word, hit = line.words[place], line.hit_of[place]
    if vocabulary.is_everyday(word) or line.taken[place]:
        return False
    if not word.isalpha() and not any(map(str.isalpha, word)):
        return False
    if hit is not None and (hit.similarity >= _EXACT or hit in meant):
        return False  # a guess that came to nothing explains nothing
    if len(word) == 1 and word.isascii():
        return False
    return word not in cue("customers")
