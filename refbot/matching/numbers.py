"""Numbers in a line: how many employees, how many years; amounts and dates are set aside."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import islice

from rapidfuzz.distance import OSA

from refbot.matching.criteria import CompanySize
from refbot.matching.normal import folded
from refbot.matching.places import taxonomy

_WORDS: Mapping[str, int] = {
    word: value
    for value, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
            "twenty",
        ]
    )
} | {"thirty": 30, "forty": 40, "fifty": 50, "a": 1, "an": 1, "couple of": 2, "a couple of": 2}
_SCALES: Mapping[str, int] = {
    "k": 1000,
    "thousand": 1000,
    "thousands": 1000,
    "m": 1_000_000,
    "mio": 1_000_000,
    "mn": 1_000_000,
    "million": 1_000_000,
    "hundred": 100,
    "dozen": 12,
}
_MOST_EMPLOYEES = 10_000_000
_FEWEST_PEOPLE = 10
_MOST_YEARS = 60
_MOST_AMOUNTS = 100  # in one line: what bounds the time of a line of digits
_NUMBER = re.compile(
    r"(?<![\w.,])(?<![a-z]-)(?P<money>[$€£¥]\s?)?"
    r"(?:(?P<digits>\d{1,3}(?:[,.'’ ]\d{3})+(?!\d)|\d{1,9}(?:\.\d{1,2})?)"
    r"|(?P<word>a couple of|couple of|an?(?=\s(?:thousand|hundred|dozen|year))"
    r"|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen"
    r"|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty))"
    r"(?:\s?-?(?P<scale>k|thousands?|mio|mn|million|hundred|dozen|m(?=[\s+])))?(?![a-z0-9])"
    r"(?:\s(?P<scale2>thousand|hundred)\b)?"
    r"(?P<plus>\s?\+)?"
)
_AT_LEAST = (
    r"at least|more than|over|above|greater than|bigger than|larger than|no (?:fewer|less) than"
    r"|not (?:fewer|less) than|not under|not below|not smaller than|minimum(?: of)?|min\.?(?: of)?"
    r"|north of|upwards? of|exceeding|in excess of|starting (?:at|from)|from|>=?|≥|≧|beyond"
)
_AT_MOST = (
    r"under|less than|fewer than|below|up to|at most|no more than|not more than|not over|max(?:imum)?"
    r"\.?(?: of)?|smaller than|not exceeding|not above|within|<=?|≤|south of|until"
)
_BEFORE = re.compile(
    rf"(?:(?P<least>{_AT_LEAST})|(?P<most>{_AT_MOST}))[\s:]*(?:about |around |~)?$"
)
_BETWEEN = re.compile(r"(?:between|from)\s*$")
_MORE = re.compile(
    r"^[\s,]*(?:\(?or (?:more|above|over|higher|up|bigger|larger|longer|greater)|and (?:up|more|above|over|higher)"
    r"|plus\b|minimum\b|min\b|upwards?\b|at least\b)"
)
_LESS = re.compile(
    r"^[\s,]*(?:or (?:less|fewer|under|below|smaller)|and (?:under|below|less)|max(?:imum)?\b|at most\b|tops\b)"
)
_UNIT = re.compile(
    r"^[\s-]*(?:(?:full[- ]time|part[- ]time|permanent|total|active|global|worldwide)\s)*([^\W\d_]+)"
)
_EMPLOYEES_BEFORE = re.compile(
    r"(?:employees?|employee count|number of employees|no\.? of employees|# of employees|head ?count"
    r"|company size|size|staff|ftes?|workforce|empl)(?: (?:of|is|are|count|size|range))*[\s:=]*"
    r"(?:is |of |at )?(?:about |around |roughly |approx\.? |~ ?)?$"
)
_SINCE = re.compile(
    r"\b(?:since|from|in|before|as of|starting|back in|prior to)\s+(?:(?:late|early|mid|the (?:start|end|beginning) of|end of|about|around)[\s-]+)?"
    r"(?:(?P<day>\d{1,2})(?:st|nd|rd|th)?\s+)?(?:(?P<month>[a-z]{3,9})\.?,?\s+)?(?P<year>(?:19|20)\d\d)\b"
)
_LIVE = re.compile(
    r"\b(?:live|customers?|clients?|with us|using|uses?|users?|tenure|in production|deployed|on board(?:ed)?"
    r"|onboarded|running|runs?|been on|relationship|partnered|working with us|in use|implemented"
    r"|signed up|signed|joined|been with|went live|go-live|subscriber|bought|buying from us|as a customer)\b"
)
_LIVE_VETO = re.compile(
    r"^[\s-]*(?:old\b|contracts?|deals?|terms?\b|agreements?|subscriptions?|commitments?|of experience"
    r"|experience|warrant|plans?\b|roadmap|renewals?|in business|leases?|licen[cs]es?|projects?|from now"
    r"|rollouts?|programmes?|programs?|budget|framework|horizon|forecast|of data|ahead|to (?:go|decide)|away|pilot|cycle)"
)
_TENURE_VETO_BEFORE = re.compile(
    r"(?:\b(?:in|for|over|during|within)? ?the (?:last|past|next|coming)|\bnext|\bwithin|\bevery|\blast|\bpast"
    r"|\bcontract (?:of|for)|\bterm (?:of|is)|\bcontract length:?|\bcoming|\bterm:?|\bcommit (?:to|for)|\bsign(?:ing)? for"
    r"|\brenew(?:ing)? for|\baged?|\bin|\btake|\btakes)\s*$"
)
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar",
            "february feb februar",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sep sept",
            "october oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}


@dataclass(frozen=True, slots=True)
class Counted:
    """A number with its place in the line; what it says of size or tenure, if it does."""

    start: int
    end: int
    size: CompanySize | None = None
    years: int | None = None

    @property
    def counts(self) -> bool:
        """Tell whether it is a criterion."""
        return self.size is not None or self.years is not None


@dataclass(frozen=True, slots=True)
class _Amount:
    start: int
    end: int
    value: float
    money: bool
    open_up: bool  # "5k+"


def counted_in(line: str, *, as_of: date) -> list[Counted]:
    """Find the numbers of a clean line; sizes and tenures are told apart by their units."""
    low = line.lower()
    found = list(islice(_since_years(low, as_of=as_of), _MOST_AMOUNTS))
    taken = [(item.start, item.end) for item in found]
    amounts = [
        amount
        for amount in islice(_amounts(low), _MOST_AMOUNTS)
        if not any(start < amount.end and amount.start < end for start, end in taken)
    ]
    place = 0
    while place < len(amounts):
        last = place
        if place + 1 < len(amounts) and _is_range(low, amounts[place], amounts[place + 1]):
            last = place + 1
        found.append(_counted(low, amounts[place], amounts[last]))
        place = last + 1
    return sorted(found, key=lambda item: item.start)


def _amounts(low: str) -> Iterator[_Amount]:
    for match in _NUMBER.finditer(low):
        scale = _SCALES.get(match["scale"] or "", 1) * _SCALES.get(match["scale2"] or "", 1)
        if match["digits"]:
            value = _value(match["digits"])
        else:
            value = float(_WORDS[match["word"]])
        money = bool(match["money"])
        yield _Amount(match.start(), match.end(), value * scale, money, bool(match["plus"]))


def _value(digits: str) -> float:
    if re.fullmatch(r"\d{1,3}(?:[,.'’ ]\d{3})+", digits):
        return float(re.sub(r"\D", "", digits))
    return float(digits)


def _is_range(low: str, first: _Amount, second: _Amount) -> bool:
    between = low[first.end : second.start]
    if re.fullmatch(r"\s?(?:-|–|—|to|through|till|until|bis)\s?", between):
        return True
    before = low[max(first.start - 12, 0) : first.start]
    return between.strip() == "and" and bool(_BETWEEN.search(before))


def _counted(low: str, first: _Amount, last: _Amount) -> Counted:
    """Say what one number or range means."""
    nothing = Counted(first.start, last.end)
    if first.money or last.money:
        return nothing
    before = low[max(first.start - 48, 0) : first.start]
    after = low[last.end : last.end + 64]
    unit = _unit(after)
    if unit is None and _EMPLOYEES_BEFORE.search(_BEFORE.sub("", before)):
        unit = ("employees", 0)
    if unit is None:
        return nothing
    kind, length = unit
    if kind == "heads" and max(first.value, last.value) < _FEWEST_PEOPLE:
        return nothing  # "two people to speak with"
    bounds = _bounds(first, last, before, after[length:])
    end = last.end + length
    if kind in {"employees", "heads"}:
        return _sized(first.start, end, bounds)
    return _tenured(low, first.start, end, kind, bounds)


def _bounds(
    first: _Amount, last: _Amount, before: str, after: str
) -> tuple[float | None, float | None, bool]:
    """Give least and most, and whether the line itself says that it is a bound."""
    if first is not last:
        low, high = first.value, last.value
        if low < high and low < 100 <= high / 10 and high % 1000 == 0:  # "1-5k"
            low *= 1000
        return low, high, True
    if first.open_up or _MORE.search(after):
        return first.value, None, True
    if _LESS.search(after):
        return None, first.value, True
    told = _BEFORE.search(before)
    if told and told["most"]:
        return None, first.value, True
    return first.value, None, bool(told)


def _sized(start: int, end: int, bounds: tuple[float | None, float | None, bool]) -> Counted:
    low, high, _ = bounds
    if max(low or 0, high or 0) > _MOST_EMPLOYEES:
        return Counted(start, end)
    size = CompanySize(
        min=None if low is None else int(low), max=None if high is None else int(high)
    )
    return Counted(start, end, size=size)


def _tenured(
    low: str, start: int, end: int, kind: str, bounds: tuple[float | None, float | None, bool]
) -> Counted:
    least, _, told = bounds
    before, after = low[max(start - 60, 0) : start], low[end : end + 40]
    if least is None or _LIVE_VETO.search(after) or _TENURE_VETO_BEFORE.search(before):
        return Counted(start, end)
    clause = re.split(r"[.;!?\n]", before)[-1] + " " + re.split(r"[.;!?\n]", after)[0]
    if not told and not _LIVE.search(clause):
        return Counted(start, end)
    years = int(least // 12) if kind == "months" else int(least)
    return Counted(start, end, years=years if 0 < years <= _MOST_YEARS else None)


def _unit(after: str) -> tuple[str, int] | None:
    """Give the kind of unit that follows and where it ends; slips are forgiven."""
    plus = re.match(r"\s?\+", after)
    skipped = plus.end() if plus else 0
    more = _MORE.match(after)
    skipped = more.end() if more else skipped
    found = _UNIT.match(after[skipped:])
    if not found:
        return None
    kind = _unit_kinds().get(folded(found[1])) or _mistyped_unit(folded(found[1]))
    return (kind, skipped + found.end()) if kind else None


@cache
def _unit_kinds() -> Mapping[str, str]:
    return {word: kind for kind, words in taxonomy("sizes")["units"].items() for word in words}


def _mistyped_unit(word: str) -> str | None:
    for wanted, kind in (("employees", "employees"), ("employee", "employees"), ("years", "years")):
        limit = 2 if len(wanted) > 5 else 1
        if OSA.distance(word, wanted, score_cutoff=limit) <= limit and word[0] == wanted[0]:
            return kind
    return None


def _since_years(low: str, *, as_of: date) -> Iterator[Counted]:
    """Read "since 2023", "went live in March 2022": whole years from its first day."""
    for match in _SINCE.finditer(low):
        month = _MONTHS.get(match["month"] or "", 0)
        if match["month"] and not month:
            continue
        word = match.group().split(maxsplit=1)[0]
        around = low[max(match.start() - 60, 0) : match.start()]
        around = re.split(r"[.;!?\n]", around)[-1]
        after = low[match.end() : match.end() + 12]
        earlier = re.match(r"\s?(?:or (?:earlier|before)|and (?:earlier|before))", after)
        live = _LIVE.search(around) or earlier
        if word != "since" and not live:
            continue
        years = whole_years(date(int(match["year"]), month or 1, 1), as_of)
        end = match.end() + (earlier.end() if earlier else 0)
        yield Counted(match.start(), end, years=years if 0 < years <= _MOST_YEARS else None)


def whole_years(start: date, as_of: date) -> int:
    """Count the whole years from a day to another."""
    return as_of.year - start.year - ((as_of.month, as_of.day) < (start.month, start.day))
