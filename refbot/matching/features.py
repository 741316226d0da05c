"""The candidates in play for a query with their share of each factor, free of any weights.

A share is 0 to 1: what a candidate has of the most that the factor can give. Whoever keeps shares
can rank the same candidates by other weights later, without the pool of that day.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from refbot.matching.asks import Query, asks_of
from refbot.matching.index import Index
from refbot.matching.priors import Priors
from refbot.matching.scoring import fits, uses
from refbot.matching.weights import FIT, QUALITY, MatchingPolicy

ROTATION = "rotation"
_FINE = 100_000  # points while shares are measured, so that their rounding does not show
_DIGITS = 4


@dataclass(frozen=True, kw_only=True, slots=True)
class Featured:
    """One candidate; its shares stand in the order of the factors."""

    reference_id: int
    account_id: int
    shares: tuple[float, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class InPlay:
    """What could be chosen. A factor stands once for each criterion: twice for two tags.

    The candidates stand in the order in which equal scores are told apart (SPEC §4, Ranking).
    """

    factors: tuple[str, ...]
    candidates: tuple[Featured, ...]


def in_play(
    index: Index, query: Query, policy: MatchingPolicy, best: Sequence[int], also: Sequence[int]
) -> InPlay:
    """Give the rows at these places, and the references beside them, with their shares."""
    beside = np.flatnonzero(np.isin(index.columns["reference_id"], sorted({*also} - {0})))
    places = _as_told_apart(index, query, np.union1d(np.array(best, np.int64), beside))
    columns = _columns(index, query, policy, places)
    rows = np.stack([shares for _, shares in columns], axis=1).round(_DIGITS).tolist()
    numbers = index.columns["account"][places].tolist()
    ids = index.columns["reference_id"][places].tolist()
    return InPlay(
        factors=tuple(factor for factor, _ in columns),
        candidates=tuple(
            Featured(
                reference_id=reference_id,
                account_id=index.customers.account_id(number),
                shares=tuple(shares),
            )
            for reference_id, number, shares in zip(ids, numbers, rows, strict=True)
        ),
    )


def _columns(
    index: Index, query: Query, policy: MatchingPolicy, places: NDArray[np.int64]
) -> list[tuple[str, NDArray[np.float64]]]:
    """Measure with the same functions that score, each factor with the same fine points."""
    fine = _measuring(policy)
    columns = index.columns
    asks = asks_of(index, query, fine)
    worth = Priors.of(columns, query.activity, query.as_of, fine)
    qualities, turns = worth.quality(columns, places), worth.rotation(columns, places)
    points = fits(asks, places)
    found = [(ask.factor, got / ask.tenths) for ask, got in zip(asks, points, strict=True)]
    found += [(factor, tenths / (10 * _FINE)) for factor, tenths in qualities.items()]
    return [*found, (ROTATION, turns / (10 * _FINE))]


def _measuring(policy: MatchingPolicy) -> MatchingPolicy:
    return replace(
        policy,
        fit_points=_FINE,
        rotation_points=_FINE,
        fit=dict.fromkeys(FIT, 1),
        quality=dict.fromkeys(QUALITY, _FINE),
    )


def _as_told_apart(index: Index, query: Query, places: NDArray[np.int64]) -> NDArray[np.int64]:
    """Order by fewest uses, then least recently asked, then id."""
    columns = index.columns
    keys = (
        columns["reference_id"][places],
        columns["asked"][places],
        columns["last_asked"][places],
        uses(columns, places, query.as_of),
    )
    return places[np.lexsort(keys)]
