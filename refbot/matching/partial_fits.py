"""Which rows fit one criterion exactly, and which nearly: a parent industry, a level beside."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache, partial
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from refbot.matching.bits import packed
from refbot.matching.columns import (
    NO_DAY,
    SIZE_BOUNDS,
    SIZE_CLASSES,
    Columns,
    day_number,
    size_class,
)
from refbot.matching.criteria import CompanySize, Criteria
from refbot.matching.index import Index
from refbot.matching.profile import Facet
from refbot.matching.rows import Rows
from refbot.matching.shipped import LEVELS, children, parents, regions_of

CLOSE_REGIONS = frozenset(
    (
        "dach",
        "nordics",
        "benelux",
        "uk_and_ireland",
        "southern_europe",
        "eastern_europe",
        "gcc",
        "southeast_asia",
        "south_asia",
        "anz",
        "greater_china",
        "north_america",
        "latam",
    )
)
WIDE_REGIONS = frozenset(("europe", "middle_east", "africa", "asia", "apac"))
PART_OF = 0.8  # a hospital, when healthcare is asked
NEAR = 0.5
FAR = 0.25
_UNBOUNDED = 2_000_000_000
_LAST_CLASS = len(SIZE_CLASSES)
_CLASS_STARTS = {*SIZE_CLASSES, _UNBOUNDED + 1}
_SIZE_MARGIN = 2  # "near the band": about half of its least to twice its most
Fractions: TypeAlias = tuple[tuple[float, Rows], ...]  # best first


def fractions(
    index: Index, criteria: Criteria, as_of: date, factor: str, values: tuple[str, ...]
) -> Fractions:
    """Give the rows that fit a criterion, with the share of its points that they get."""
    if factor == "company_size":
        return _sizes(index, criteria.company_size or CompanySize())
    if factor == "tenure":
        return _tenures(index, criteria.tenure_min_years or 0, as_of)
    make = _GRADERS.get(factor)
    if make is not None:
        return make(index, values)
    return ((1.0, index.rows(Facet(factor), values)),)


def _industries(index: Index, values: tuple[str, ...]) -> Fractions:
    below, above = _related(values)
    return (
        (1.0, index.rows(Facet.INDUSTRY, values)),
        (PART_OF, index.rows(Facet.INDUSTRY, below)),
        (NEAR, index.rows(Facet.INDUSTRY, above)),
    )


@lru_cache(maxsize=1024)
def _related(industries: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give the industries right below and above these."""
    below = tuple(child for value in industries for child in children().get(value, ()))
    above = tuple(parents()[value] for value in industries if value in parents())
    return below, above


def _levels(index: Index, values: tuple[str, ...]) -> Fractions:
    return (
        (1.0, index.rows(Facet.LEVEL, values)),
        (NEAR, index.rows(Facet.LEVEL, neighbouring_levels(values))),
    )


@lru_cache(maxsize=1024)
def neighbouring_levels(values: tuple[str, ...]) -> tuple[str, ...]:
    """Give the levels right above and below these."""
    steps = [LEVELS.index(value) for value in values if value in LEVELS]
    near = {step + by for step in steps for by in (-1, 1)} - set(steps)
    return tuple(LEVELS[step] for step in sorted(near) if 0 <= step < len(LEVELS))


def _countries(index: Index, values: tuple[str, ...]) -> Fractions:
    close, wide = _around(values)
    return (
        (1.0, index.rows(Facet.COUNTRY, values)),
        (NEAR, index.rows(Facet.REGION, close)),
        (FAR, index.rows(Facet.REGION, wide)),
    )


@lru_cache(maxsize=1024)
def _around(countries: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give the close regions and the wide ones that countries are in."""
    around = {region for value in countries for region in regions_of().get(value, ())}
    return tuple(sorted(around & CLOSE_REGIONS)), tuple(sorted(around & WIDE_REGIONS))


def _accounts(index: Index, values: tuple[str, ...]) -> Fractions:
    """The account itself; "someone like Acme" also finds those of its industry."""
    numbers = np.concatenate([index.customers.named(value) for value in values])
    columns = index.columns
    own = np.isin(columns["account"], numbers)
    kinds = [columns.industries.values[n] for n in np.unique(columns["industry"][own]) if n]
    return ((1.0, Rows.of(packed(own))), (NEAR, index.rows(Facet.INDUSTRY, kinds)))


_GRADERS: Mapping[str, Callable[[Index, tuple[str, ...]], Fractions]] = {
    "industry": _industries,
    "level": _levels,
    "country": _countries,
    "account": _accounts,
}


def _sizes(index: Index, size: CompanySize) -> Fractions:
    low = 0 if size.min is None else size.min
    high = _UNBOUNDED if size.max is None else size.max
    most = _bound_above(min(high * _SIZE_MARGIN, _UNBOUNDED))
    around = _sized(index, _bound_below(low // _SIZE_MARGIN), most)
    return ((1.0, _sized(index, low, high)), (NEAR, around))


def _bound_below(employees: int) -> int:
    return max((bound for bound in SIZE_BOUNDS if bound <= employees), default=0)


def _bound_above(employees: int) -> int:
    return min((bound for bound in SIZE_BOUNDS if bound >= employees), default=_UNBOUNDED)


def _sized(index: Index, low: int, high: int) -> Rows:
    """Give the rows within bounds; by classes where the bounds are such, which is quicker."""
    first = size_class(low)
    last = _LAST_CLASS if high >= _UNBOUNDED else size_class(high + 1) - 1
    if {low, high + 1} <= _CLASS_STARTS:
        low, high = max(first, 1), last
        return index.scanned(("class", low, high), partial(_within, "size_class", low, high))
    return index.scanned(("size", low, high), partial(_within, "employees", low, high))


def _within(column: str, low: int, high: int, columns: Columns) -> NDArray[np.bool_]:
    """Tell the rows with a number within bounds; unknown sizes are below any bound."""
    found: NDArray[np.bool_] = (columns[column] >= low) & (columns[column] <= high)
    return found


def _tenures(index: Index, years: int, as_of: date) -> Fractions:
    """Live so long on any product; nearly so long gets half."""
    enough, nearly = last_days(years, as_of)
    return ((1.0, _live_before(index, enough)), (NEAR, _live_before(index, nearly)))


def last_days(years: int, as_of: date) -> tuple[date, date]:
    """Give the last first days of those live so many years, and nearly so many."""
    return _years_before(as_of, years), _years_before(as_of, max(years // 2, years - 1))


def _live_before(index: Index, last: date) -> Rows:
    day = day_number(last)
    return index.scanned(("since", day), partial(_within, "since", NO_DAY + 1, day))


def _years_before(day: date, years: int) -> date:
    year = max(day.year - years, 1)
    if (day.month, day.day) == (2, 29):
        return date(year, 3, 1)
    return day.replace(year=year)
