"""What a query asks of a row, criterion by criterion, and the points that it gives for each."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from refbot.matching.bits import Bits
from refbot.matching.columns import NO_DAY, day_number
from refbot.matching.criteria import Criteria
from refbot.matching.index import Index
from refbot.matching.partial_fits import NEAR, fractions, last_days
from refbot.matching.profile import Facet
from refbot.matching.rows import Rows
from refbot.matching.weights import MatchingPolicy

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
    found = fractions(index, query.criteria, query.as_of, factor, values)
    grades = [Grade(int(tenths * fraction + 0.5), rows) for fraction, rows in found]
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


def _live_so_long(
    index: Index, query: Query, products: Sequence[str], tenths: int, places: Places
) -> Tenths:
    """Measure how long rows are live on the products asked for."""
    enough, nearly = last_days(query.criteria.tenure_min_years or 0, query.as_of)
    since = index.columns.live_since(places, products)
    half = int(tenths * NEAR + 0.5)
    points = np.where(since <= day_number(enough), tenths, half)
    points[(since == NO_DAY) | (since > day_number(nearly))] = 0
    return points.astype(np.int32)
