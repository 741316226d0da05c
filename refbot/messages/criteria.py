"""Criteria in words, and as the options of the form's type-ahead."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from refbot.matching.criteria import CompanySize, Criteria, Reading
from refbot.matching.profile import Facet
from refbot.messages.blocks import Block, option, safe
from refbot.messages.words import FACET_NAMES, label

NOT = "-"


def in_words(criteria: Criteria) -> list[str]:
    """Give each criterion in words: "Healthcare", "1,000+ employees", "not Automotive"."""
    words = [label(facet, value) for facet, values in criteria.wanted.items() for value in values]
    if criteria.company_size:
        words.append(size_in_words(criteria.company_size))
    if criteria.tenure_min_years:
        words.append(f"customer for {criteria.tenure_min_years}+ years")
    return words + [
        f"not {label(facet, value)}"
        for facet, values in criteria.excluded.items()
        for value in values
    ]


def line(criteria: Criteria) -> str:
    """Give the criteria as one mrkdwn line."""
    return " · ".join(f"*{safe(word, 80)}*" for word in in_words(criteria)[:20])


def size_in_words(size: CompanySize) -> str:
    """Give a size band in words."""
    if size.min is not None and size.max is not None:
        return f"{size.min:,}–{size.max:,} employees"
    if size.min is not None:
        return f"{size.min:,}+ employees"
    return f"up to {size.max or 0:,} employees"


def options_of(criteria: Criteria) -> list[Block]:
    """Give the criteria as chosen options; activity has a field of its own."""
    chosen = [_option(f, v, "") for f, v in _values(criteria.wanted) if f is not Facet.ACTIVITY]
    chosen += [_option(f, v, NOT) for f, v in _values(criteria.excluded)]
    if criteria.company_size:
        chosen.append(_size_option(criteria.company_size))
    if criteria.tenure_min_years:
        chosen.append(_option(Facet.TENURE, str(criteria.tenure_min_years), ""))
    return _distinct(chosen)


def offered(reading: Reading, suggested: Iterable[tuple[Facet, str]]) -> list[Block]:
    """Give the options for what was typed: what it reads as, its readings, then neighbours."""
    options = options_of(reading.criteria)
    for doubt in reading.ambiguous:
        options += [_option(facet, value, "") for facet, value in doubt.readings]
    options += [_option(facet, value, "") for facet, value in suggested]
    return _distinct([o for o in options if not o["value"].startswith(Facet.ACTIVITY)])[:100]


def chosen(values: Iterable[str]) -> Criteria:
    """Read the criteria back from the options' values."""
    criteria = Criteria()
    for value in values:
        criteria = _with(criteria, value)
    return criteria


def _with(criteria: Criteria, value: str) -> Criteria:
    facet, _, rest = value.removeprefix(NOT).partition(":")
    match facet:
        case Facet.COMPANY_SIZE:
            low, _, high = rest.partition(":")
            size = CompanySize(min=int(low) if low else None, max=int(high) if high else None)
            return replace(criteria, company_size=size)
        case Facet.TENURE:
            return replace(criteria, tenure_min_years=int(rest))
        case _ if value.startswith(NOT):
            return replace(criteria, excluded=_added(criteria.excluded, Facet(facet), rest))
        case _:
            return replace(criteria, wanted=_added(criteria.wanted, Facet(facet), rest))


def _added(
    values: Mapping[Facet, tuple[str, ...]], facet: Facet, value: str
) -> dict[Facet, tuple[str, ...]]:
    return {**values, facet: (*values.get(facet, ()), value)}


def _values(of: Mapping[Facet, tuple[str, ...]]) -> list[tuple[Facet, str]]:
    return [(facet, value) for facet, values in of.items() for value in values]


def _size_option(size: CompanySize) -> Block:
    value = f"{Facet.COMPANY_SIZE}:{size.min or ''}:{size.max or ''}"
    return option(size_in_words(size), value, FACET_NAMES[Facet.COMPANY_SIZE])


def _option(facet: Facet, value: str, sign: str) -> Block:
    if facet is Facet.COMPANY_SIZE:  # what a word of the company's own may stand for
        low, _, high = value.partition("-")
        return _size_option(
            CompanySize(min=int(low) if low else None, max=int(high) if high else None)
        )
    if facet is Facet.TENURE:
        return option(f"{value}+ years", f"{Facet.TENURE}:{value}", FACET_NAMES[Facet.TENURE])
    text = f"not {label(facet, value)}" if sign else label(facet, value)
    return option(text, f"{sign}{facet}:{value}"[:150], FACET_NAMES[facet])


def _distinct(options: list[Block]) -> list[Block]:
    return list({o["value"]: o for o in options}.values())


def stored(answer: Mapping[str, Any]) -> list[str]:
    """Give the words an answer did not understand."""
    return [str(word) for word in answer.get("not_understood", [])]
