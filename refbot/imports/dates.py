"""Dates as people write them. Day or month first is told by all values of a column."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache

from babel import Locale

from refbot.imports.cells import BadCell
from refbot.imports.files import Cell
from refbot.matching.normal import folded

FIRST_YEAR, LAST_YEAR = 1950, 2150
EXCEL_STARTS = date(1899, 12, 30)
EXCEL_DAYS = range(18_264, 73_051)  # 1950 to 2099
CENTURY_TURNS = 70
MONTHS = 12
LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "nl", "sv", "da", "nb", "pl")

_TIME = re.compile(r"[T ]+\d{1,2}:\d{2}.*$")
_PARTS = re.compile(r"(\d{1,4})[./\-](\d{1,2})[./\-](\d{1,5})\.?")
_YEAR_MONTH = re.compile(r"(\d{4})[./\-](\d{1,2})")
_MONTH_YEAR = re.compile(r"(\d{1,2})[./\-](\d{4})")
_YEAR = re.compile(r"\d{4}")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_QUARTER = re.compile(r"q([1-4])[ /\-]*(\d{4})|(\d{4})[ /\-]*q([1-4])", re.IGNORECASE)
_WORDY = re.compile(r"[^\W\d_]+|\d+")


class Order(StrEnum):
    """Which of the two small numbers is the day."""

    DAY_FIRST = "day first"
    MONTH_FIRST = "month first"


@dataclass(frozen=True, slots=True)
class Day:
    """A date, and whether its day was written or only the month or year."""

    date: date
    is_exact: bool = True

    def says_less_than(self, known: "Day") -> bool:
        """Whether this is but the month of a day that is known."""
        mine, other = self.date, known.date
        return not self.is_exact and (mine.year, mine.month) == (other.year, other.month)


def order_of(values: Iterable[Cell]) -> Order | None:
    """Tell whether a column writes the day or the month first; None when no value tells."""
    for value in values:
        found = _PARTS.fullmatch(_TIME.sub("", value.strip())) if isinstance(value, str) else None
        if not found or len(found.group(1)) > 2:  # noqa: PLR2004 - the year comes first
            continue
        first, second = int(found.group(1)), int(found.group(2))
        if first > MONTHS >= second:
            return Order.DAY_FIRST
        if second > MONTHS >= first:
            return Order.MONTH_FIRST
    return None


def is_open(values: Iterable[Cell]) -> bool:
    """Whether a value reads differently with the day first and with the month first."""
    for value in values:
        found = _PARTS.fullmatch(_TIME.sub("", value.strip())) if isinstance(value, str) else None
        if found and len(found.group(1)) <= 2 and found.group(1) != found.group(2):  # noqa: PLR2004
            return True
    return False


def usual_order(values: Iterable[Cell]) -> Order:
    """Guess by the sign between the numbers: dots are European, slashes American."""
    for value in values:
        if isinstance(value, str) and _PARTS.fullmatch(value.strip()):
            return Order.MONTH_FIRST if "/" in value else Order.DAY_FIRST
    return Order.MONTH_FIRST


def day_of(cell: Cell, order: Order, *, name: str) -> Day:
    """Read a date; a month gives its first day, and so does a quarter or a year."""
    text = _TIME.sub("", str(cell).strip())
    if text.removesuffix(".0").isdecimal() and int(float(text)) in EXCEL_DAYS:
        return Day(EXCEL_STARTS + timedelta(days=int(float(text))))
    if found := _PARTS.fullmatch(text):
        first, second, third = found.groups()
        if len(first) == 4:  # noqa: PLR2004 - ISO
            return Day(_checked((int(first), int(second), int(third)), name, text))
        day, month = int(first), int(second)
        if (order is Order.MONTH_FIRST or month > MONTHS) and day <= MONTHS:
            day, month = month, day
        return Day(_checked((_full_year(third), month, day), name, text))
    if found := _COMPACT.fullmatch(text):
        year, month, day = map(int, found.groups())
        return Day(_checked((year, month, day), name, text))
    if (begins := _begin_of_period(text)) is not None:
        return Day(_checked((*begins, 1), name, text), is_exact=False)
    return _worded(text, name)


def _begin_of_period(text: str) -> tuple[int, int] | None:
    """Give the year and month in which a written year, month or quarter begins."""
    if found := _QUARTER.fullmatch(text):
        quarter, year = (found.group(1) or found.group(4), found.group(2) or found.group(3))
        return int(year), 3 * int(quarter) - 2
    if found := _YEAR_MONTH.fullmatch(text):
        return int(found.group(1)), int(found.group(2))
    if found := _MONTH_YEAR.fullmatch(text):
        return int(found.group(2)), int(found.group(1))
    return (int(text), 1) if _YEAR.fullmatch(text) else None


def _worded(text: str, name: str) -> Day:
    """Read "Feb 2022", "1 March 2022", "March 1st, 2022"."""
    numbers, months = [], []
    for word in _WORDY.findall(folded(text)):
        if word.isdecimal():
            numbers.append(word)
        elif word in _month_names():
            months.append(_month_names()[word])
        elif word not in {"st", "nd", "rd", "th", "de", "of", "den", "le", "del"}:
            raise _unreadable(name, text)
    match months, numbers:
        case [month], [year] if len(year) == 4:  # noqa: PLR2004
            return Day(_checked((int(year), month, 1), name, text), is_exact=False)
        case [month], [year] if "'" in text or "-" in text or " " in text:
            return Day(_checked((_full_year(year), month, 1), name, text), is_exact=False)
        case [month], [day, year]:
            return Day(_checked((_full_year(year), month, int(day)), name, text))
        case _:
            raise _unreadable(name, text)


def month_named(word: str) -> int | None:
    """Give a month's number by its name or short name."""
    return _month_names().get(folded(word).rstrip("."))


@cache
def _month_names() -> dict[str, int]:
    names: dict[str, int] = {"sept": 9}
    for language in LANGUAGES:
        months = Locale(language).months
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, written in months[context][width].items():
                    names.setdefault(folded(written).rstrip("."), number)
    return names


def _full_year(written: str) -> int:
    year = int(written)
    if len(written) > 2:  # noqa: PLR2004
        return year
    return year + (2000 if year < CENTURY_TURNS else 1900)


def _checked(parts: tuple[int, int, int], name: str, text: str) -> date:
    if not FIRST_YEAR <= parts[0] <= LAST_YEAR:
        raise BadCell(f"{name} {text[:40]!r} has the year {parts[0]}; correct the year.")
    try:
        return date(*parts)
    except ValueError as error:
        raise _unreadable(name, text) from error


def _unreadable(name: str, text: str) -> BadCell:
    return BadCell(f"{name} {text[:40]!r} is not a date; write it like 2024-05-31.")
