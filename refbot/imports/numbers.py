"""Numbers as people write them: 14,200 and 1.100,04 and 5k, told apart by their column."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

from refbot.imports.cells import BadCell
from refbot.imports.files import Cell

LARGEST = 2**63 - 1
LARGEST_SMALL = 2**31 - 1
IN_MILLIONS_BELOW = 100_000  # no customer's yearly revenue is less than that in whole money
_UNITS = {
    "": 1, "k": 10**3, "tsd": 10**3, "thousand": 10**3, "m": 10**6, "mm": 10**6, "mn": 10**6,
    "mio": 10**6, "mil": 10**6, "million": 10**6, "millions": 10**6, "b": 10**9, "bn": 10**9,
    "billion": 10**9, "mrd": 10**9,
}  # fmt: skip
_NUMBER = re.compile(r"([-−(]?)\s*(\d[\d.,'’ ]*)\s*([a-z]*)\.?\s*\+?\)?")  # noqa: RUF001 - the minus sign
_RANGE = re.compile(r"(.*\d\s*[kKmM]?)\s*(?:-|–|—|to|bis)\s*(\d.*)")  # noqa: RUF001 - the dashes
_MONEY = re.compile(r"[$€£¥₹]|\b(?:usd|eur|gbp|chf|us|jpy|inr|cad|aud|sek|nok|dkk|pln|brl)\b")
_ABOUT = re.compile(r"^(?:~|ca\.?|approx\.?|about|over|more than|circa|>|≥|<|≤)\s*")
_IN_MILLIONS = re.compile(r"\b(?:mio|mn|mm|m|million|millions)\b")
_DECIMAL = re.compile(r"\d([.,])(?:\d{1,2}|\d{4,})$")


@dataclass(frozen=True, slots=True)
class NumberStyle:
    """How a column writes numbers: its decimal sign, and what its values count in."""

    decimal: str | None  # None: the column does not tell
    unit: int = 1
    is_guessed: bool = False  # the unit stands nowhere; the values' size tells it


def style_of(header: str, values: Iterable[Cell], *, is_money: bool) -> NumberStyle:
    """Tell from all values of a column how it writes numbers."""
    decimal: str | None = None
    sizes = []
    for value in values:
        if isinstance(value, int | float):
            sizes.append(abs(value))
        elif isinstance(value, str) and (sign := decimal_sign(value.strip())):
            decimal = decimal or sign
    if not is_money:
        return NumberStyle(decimal)
    if _IN_MILLIONS.search(header.lower()):
        return NumberStyle(decimal, 10**6)
    style = NumberStyle(decimal)
    for value in values:
        if isinstance(value, str) and value.strip():
            try:
                sizes.append(abs(number_of(value, style, name="")))
            except BadCell:
                continue
    filled = [size for size in sizes if size]
    if filled and median(filled) < IN_MILLIONS_BELOW:
        return NumberStyle(decimal, 10**6, is_guessed=True)
    return style


def decimal_sign(text: str) -> str | None:
    """Give the decimal sign that a number shows; None where it could be a thousands sign."""
    digits = re.sub(r"[^\d.,]", "", text)
    if "." in digits and "," in digits:
        return max(".", ",", key=digits.rfind)
    for sign, other in ((".", ","), (",", ".")):
        if digits.count(sign) > 1:
            return other
    found = _DECIMAL.search(digits)
    return found.group(1) if found else None


def number_of(cell: Cell, style: NumberStyle, *, name: str) -> float:
    """Read a number in its column's style; a range gives its lower end."""
    if isinstance(cell, bool) or cell is None:
        raise BadCell(f"{name} {cell!r} is not a number.")
    if isinstance(cell, int | float):
        return cell * style.unit
    text = _ABOUT.sub("", _MONEY.sub("", str(cell).strip().lower().replace("\u00a0", " ")).strip())
    if ranged := _RANGE.fullmatch(text):
        text = ranged.group(1).strip()
    found = _NUMBER.fullmatch(text)
    if not found or found.group(3) not in _UNITS:
        raise BadCell(f"{name} {str(cell)[:40]!r} is not a number; write it like 1250.")
    unit = _UNITS[found.group(3)] if found.group(3) else style.unit
    value = float(_canonical(re.sub(r"['’ ]", "", found.group(2)), style.decimal)) * unit  # noqa: RUF001
    return -value if found.group(1) in {"-", "−", "("} else value  # noqa: RUF001


def _canonical(digits: str, usual: str | None) -> str:
    """Write digits with "." as the decimal sign and nothing else between them."""
    sign = decimal_sign(digits)
    if sign is None and usual is not None and digits.count(usual) == 1:
        # Three digits after it: a thousands sign in a column whose decimal sign is the other one.
        sign = usual
    for other in {".", ","} - {sign}:
        digits = digits.replace(other, "")
    return digits.replace(sign, ".") if sign else digits


def whole_number(
    cell: Cell, style: NumberStyle, *, name: str, least: int = 0, most: int = LARGEST_SMALL
) -> int:
    """Read a count or a sum without its cents."""
    value = round(number_of(cell, style, name=name))
    if value < least:
        raise BadCell(f"{name} is {value:,}; it cannot be less than {least:,}.")
    if value > most:
        raise BadCell(f"{name} is {value:,}; it cannot be more than {most:,}.")
    return value
