"""What a query asks of a row, facet by facet: which rows fit exactly, and which nearly."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from refbot.matching.bits import Bits, packed
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
from refbot.matching.weights import MatchingPolicy

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


Tenths: TypeAlias = NDArray[np.int32]
Places: TypeAlias = NDArray[np.int64]


class Grade:
    """The rows that get so many tenths."""

    __slots__ = ("_bits", "rows", "tenths")

    def __init__(self, tenths: int, rows: Rows) -> None:
        self.tenths = tenths
        self.rows = rows
        self._bits: Bits | None = None

    @property
    def bits(self) -> Bits:
        """All words of the rows; gathered ones are spread once."""
        if self._bits is None:
            self._bits = self.rows.spread()
        return self._bits


class Ask(NamedTuple):
    """One criterion with its most tenths; grades best first: of several a row has the best.

    What no bits are kept for is measured row by row instead.
    """

    factor: str
    values: tuple[str, ...]
    tenths: int
    grades: tuple[Grade, ...]
    measure: Callable[[Places], Tenths] | None = None


Fractions: TypeAlias = tuple[tuple[float, Rows], ...]  # best first


@dataclass(frozen=True, slots=True)
class Query:
    """Criteria with what stands beside them when they are matched."""

    criteria: Criteria
    activity: str
    as_of: date
    prospect: str | None = None
    wished_level: str | None = None


def asks_of(index: Index, query: Query, policy: MatchingPolicy) -> tuple[Ask, ...]:
    """Give what the query asks; the points for fit are shared out by the weights."""
    wanted = list(_wanted(query))
    total = sum(policy.fit.get(factor, 0) for factor, _ in wanted)
    if not total:
        return ()
    points = _shares([policy.fit.get(factor, 0) for factor, _ in wanted], policy.fit_points * 10)
    return tuple(
        [
            _ask(index, query, factor, values, tenths)
            for (factor, values), tenths in zip(wanted, points, strict=True)
        ]
    )


def _ask(index: Index, query: Query, factor: str, values: tuple[str, ...], tenths: int) -> Ask:
    products = query.criteria.wanted.get(Facet.PRODUCT, ())
    if factor == "tenure" and products:
        measure = partial(_live_so_long, index, query, products, tenths)
        return Ask(factor, values, tenths, (), measure)
    fractions = _fractions(index, query, factor, values)
    grades = [Grade(int(tenths * fraction + 0.5), rows) for fraction, rows in fractions]
    return Ask(factor, values, tenths, tuple(grades))


def _shares(weights: Sequence[int], whole: int) -> list[int]:
    """Share out a whole by weights in whole numbers; the first take what rounding leaves."""
    total = sum(weights)
    shares = [whole * weight // total for weight in weights]
    for place in range(whole - sum(shares)):
        shares[place % len(shares)] += 1
    return shares


def _wanted(query: Query) -> Iterator[tuple[str, tuple[str, ...]]]:
    criteria = query.criteria
    for facet in _ORDER:
        values = criteria.wanted.get(facet, ())
        if facet is Facet.TAG:  # each is asked for by itself: "SAP and F500"
            yield from ((facet, (value,)) for value in values)
        elif values:
            yield facet, tuple(values)
    if Facet.LEVEL not in criteria.wanted and query.wished_level:
        yield Facet.LEVEL, (query.wished_level,)
    size = criteria.company_size
    if size is not None and (size.min is not None or size.max is not None):
        yield "company_size", ()
    if criteria.tenure_min_years:
        yield "tenure", ()


_ORDER = (
    Facet.ACCOUNT,
    Facet.INDUSTRY,
    Facet.PRODUCT,
    Facet.COUNTRY,
    Facet.REGION,
    Facet.LEVEL,
    Facet.FUNCTION,
    Facet.LANGUAGE,
    Facet.TAG,
)


def _fractions(index: Index, query: Query, factor: str, values: tuple[str, ...]) -> Fractions:
    if factor == "company_size":
        return _sizes(index, query.criteria.company_size or CompanySize())
    if factor == "tenure":
        return _tenures(index, query.criteria.tenure_min_years or 0, query.as_of)
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
    enough, nearly = _last_days(years, as_of)
    return ((1.0, _live_before(index, enough)), (NEAR, _live_before(index, nearly)))


def _last_days(years: int, as_of: date) -> tuple[date, date]:
    """Give the last first days of those live so many years, and nearly so many."""
    return _years_before(as_of, years), _years_before(as_of, max(years // 2, years - 1))


def _live_before(index: Index, last: date) -> Rows:
    day = day_number(last)
    return index.scanned(("since", day), partial(_within, "since", NO_DAY + 1, day))


def _live_so_long(
    index: Index, query: Query, products: Sequence[str], tenths: int, places: Places
) -> Tenths:
    """Measure how long rows are live on the products asked for."""
    enough, nearly = _last_days(query.criteria.tenure_min_years or 0, query.as_of)
    since = index.columns.live_since(places, products)
    half = int(tenths * NEAR + 0.5)
    points = np.where(since <= day_number(enough), tenths, half)
    points[(since == NO_DAY) | (since > day_number(nearly))] = 0
    return points.astype(np.int32)


def _years_before(day: date, years: int) -> date:
    year = max(day.year - years, 1)
    if (day.month, day.day) == (2, 29):
        return date(year, 3, 1)
    return day.replace(year=year)
