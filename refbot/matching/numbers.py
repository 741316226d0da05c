"""Numbers in a line: how many employees, how many years; amounts and dates are set aside."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import chain, islice

from rapidfuzz.distance import OSA

from refbot.matching import patterns
from refbot.matching.criteria import CompanySize
from refbot.matching.fuzzy import limit_of
from refbot.matching.normal import folded
from refbot.matching.places import taxonomy

_WORDS: Mapping[str, int] = {word: value for value, word in enumerate(patterns.NUMBER_WORDS)} | {
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "a": 1,
    "an": 1,
    "couple of": 2,
    "a couple of": 2,
}
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
_HUNDRED = 100
_FULL_YEAR = 4
_THOUSAND = 1000
_DIGIT = re.compile(r"\d")
_STAFF = ("empl", "head", "size", "staff", "fte", "workforce")  # one is in each phrase for staff
_LOOK_BEHIND, _LOOK_AHEAD = 60, 64


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
    if not patterns.MAY_COUNT.search(low):
        return []
    dates = chain(_since_years(low, as_of=as_of), _last_year(low))
    found = list(islice(dates, _MOST_AMOUNTS))
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
    for match in patterns.NUMBER.finditer(low):
        scale = _SCALES.get(match["scale"] or "", 1) * _SCALES.get(match["scale2"] or "", 1)
        value = _value(match["digits"]) if match["digits"] else float(_WORDS[match["word"]])
        money = bool(match["money"])
        yield _Amount(match.start(), match.end(), value * scale, money, bool(match["plus"]))


def _value(digits: str) -> float:
    if patterns.GROUPED.fullmatch(digits):
        return float(re.sub(r"\D", "", digits))
    return float(digits)


def _is_range(low: str, first: _Amount, second: _Amount) -> bool:
    between = low[first.end : second.start]
    if patterns.RANGE.fullmatch(between):
        return True
    before = low[max(first.start - 12, 0) : first.start]
    return between.strip() == "and" and bool(patterns.BETWEEN_BEFORE.search(before))


def _counted(low: str, first: _Amount, last: _Amount) -> Counted:
    """Say what one number or range means."""
    nothing = Counted(first.start, last.end)
    if first.money or last.money:
        return nothing
    before = low[max(first.start - 48, 0) : first.start]
    after = low[last.end : last.end + 64]
    unit = _unit(after)
    if unit is None and first.open_up and first.value >= _THOUSAND and patterns.ENDS.match(after):
        unit = ("employees", 0)  # "bank, 5k+, Germany"
    staff = unit is None and any(word in before for word in _STAFF)
    if staff and patterns.EMPLOYEES_BEFORE.search(patterns.BOUND_BEFORE.sub("", before)):
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
        if low < high and low < _HUNDRED <= high / 10 and high % 1000 == 0:  # "1-5k"
            low *= 1000
        return low, high, True
    if first.open_up or patterns.MORE_AFTER.search(after):
        return first.value, None, True
    if patterns.LESS_AFTER.search(after):
        return None, first.value, True
    told = patterns.BOUND_BEFORE.search(before)
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
    if (
        least is None
        or patterns.NO_TENURE_AFTER.search(after)
        or patterns.NO_TENURE_BEFORE.search(before)
    ):
        return Counted(start, end)
    clause = patterns.SENTENCE_END.split(before)[-1] + " " + patterns.SENTENCE_END.split(after)[0]
    if not told and not patterns.LIVE.search(clause):
        return Counted(start, end)
    years = int(least // 12) if kind == "months" else int(least)
    return Counted(start, end, years=years if 0 < years <= _MOST_YEARS else None)


def _unit(after: str) -> tuple[str, int] | None:
    """Give the kind of unit that follows and where it ends; slips are forgiven."""
    plus = re.match(r"\s?\+", after)
    skipped = plus.end() if plus else 0
    more = patterns.MORE_AFTER.match(after)
    skipped = more.end() if more else skipped
    found = patterns.UNIT.match(after[skipped:])
    if not found:
        return None
    kind = _unit_kinds().get(folded(found[1])) or _mistyped_unit(folded(found[1]))
    return (kind, skipped + found.end()) if kind else None


@cache
def _unit_kinds() -> Mapping[str, str]:
    return {word: kind for kind, words in taxonomy("sizes")["units"].items() for word in words}


def _mistyped_unit(word: str) -> str | None:
    for wanted, kind in (("employees", "employees"), ("employee", "employees"), ("years", "years")):
        limit = limit_of(len(wanted))
        if OSA.distance(word, wanted, score_cutoff=limit) <= limit and word[0] == wanted[0]:
            return kind
    return None


def _since_years(low: str, *, as_of: date) -> Iterator[Counted]:
    """Read "since 2023", "went live in March 2022": whole years from its first day."""
    if not _DIGIT.search(low):
        return
    for match in patterns.SINCE.finditer(low):
        month = patterns.MONTHS.get(match["month"] or "", 0) or int(match["number"] or 0)
        if match["month"] and not month:
            continue
        word = match.group().split(maxsplit=1)[0]
        around = low[max(match.start() - 60, 0) : match.start()]
        around = patterns.SENTENCE_END.split(around)[-1]
        after = low[match.end() : match.end() + 12]
        earlier = patterns.EARLIER_AFTER.match(after)
        live = patterns.LIVE.search(around) or earlier
        if word != "since" and not live:
            continue
        years = whole_years(date(_year(match["year"]), month or 1, 1), as_of)
        end = match.end() + (earlier.end() if earlier else 0)
        yield Counted(match.start(), end, years=years if 0 < years <= _MOST_YEARS else None)


def _year(written: str) -> int:
    """Read a year of four digits, or of two behind an apostrophe."""
    return int(written) if len(written) == _FULL_YEAR else 2000 + int(written[1:])


def _last_year(low: str) -> Iterator[Counted]:
    """Read "went live last year": since its first day, which is a year and more ago."""
    for match in patterns.LAST_YEAR.finditer(low):
        around = low[max(match.start() - _LOOK_BEHIND, 0) : match.start()]
        if patterns.LIVE.search(patterns.SENTENCE_END.split(around)[-1]):
            yield Counted(match.start(), match.end(), years=1)


def whole_years(start: date, as_of: date) -> int:
    """Count the whole years from a day to another."""
    return as_of.year - start.year - ((as_of.month, as_of.day) < (start.month, start.day))
