"""The best rows for a query, in one order without ties."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from refbot.matching.asks import Ask, Query, asks_of
from refbot.matching.index import Index, held_back, never
from refbot.matching.postings import Bits, packed, places_in
from refbot.matching.profile import Facet
from refbot.matching.scoring import Places, Tenths, fit, quality, rotation, uses
from refbot.matching.shipped import children, countries_of
from refbot.matching.weights import MatchingPolicy

FIRST_SHOWN = 3  # among these an account appears once


@dataclass(frozen=True, slots=True)
class Ranked:
    """A row with its score in tenths."""

    place: int
    tenths: int


@dataclass(frozen=True, slots=True)
class Ranking:
    """The rows for a query: free ones and held-back ones, best first, and what was asked."""

    asks: tuple[Ask, ...]
    free: tuple[Ranked, ...]
    held: tuple[Ranked, ...]


def rank(index: Index, query: Query, policy: MatchingPolicy, limit: int) -> Ranking:
    """Rank the rows that may be proposed, and apart from them those that are held back."""
    columns = index.columns
    asks = asks_of(index, query, policy)
    out = never(columns, query.activity, query.as_of)
    _drop_prospect(index, query, out)
    allowed = packed(~out) & ~_unwanted(index, query)
    held = packed(held_back(columns, query.as_of, policy))
    return Ranking(
        asks,
        tuple(_best(index, query, policy, asks, allowed & ~held, limit)),
        tuple(_best(index, query, policy, asks, allowed & held, FIRST_SHOWN)),
    )


def _drop_prospect(index: Index, query: Query, out: np.ndarray) -> None:  # type: ignore[type-arg]
    if query.prospect:
        hidden = index.hidden_from(query.prospect)
        if len(hidden):
            out |= np.isin(index.columns["account"], hidden)


def _unwanted(index: Index, query: Query) -> Bits:
    """Give the rows that have a value which the line excludes; a parent excludes its children."""
    bits = index.bits(Facet.INDUSTRY, ())
    for facet, values in query.criteria.excluded.items():
        if facet is Facet.INDUSTRY:
            bits = bits | index.bits(facet, _with_children(values))
        elif facet is Facet.REGION:
            codes = {code for value in values for code in countries_of().get(value, ())}
            bits = bits | index.bits(Facet.COUNTRY, sorted(codes))
        elif facet is Facet.ACCOUNT:
            numbers = np.concatenate([index.customers_named(value) for value in values])
            bits = bits | packed(np.isin(index.columns["account"], numbers))
        else:
            bits = bits | index.bits(facet, values)
    return bits


def _with_children(values: Sequence[str]) -> list[str]:
    return [*values, *(child for value in values for child in children().get(value, ()))]


def _best(
    index: Index,
    query: Query,
    policy: MatchingPolicy,
    asks: Sequence[Ask],
    bits: Bits,
    limit: int,
) -> list[Ranked]:
    places = places_in(bits, index.columns.count)
    fits = np.zeros(len(places), np.int32)
    for ask in asks:
        fits += fit(ask, places)
    enough = fits * 100 >= policy.least_fit_percent * sum(ask.tenths for ask in asks)
    places, fits = places[enough], fits[enough]
    if not asks:
        fits = fits + policy.fit_points * 10
    scores = fits + _prior(index, query, policy, places)
    order = _order(index, query, places, scores)
    return _one_an_account(index, query, places[order], scores[order], limit)


def _prior(index: Index, query: Query, policy: MatchingPolicy, places: Places) -> Tenths:
    """Give the points that do not depend on what is asked."""
    points = rotation(index.columns, places, query.as_of, policy)
    for part in quality(index.columns, places, query.activity, query.as_of, policy).values():
        points = points + part
    return points


def _order(index: Index, query: Query, places: Places, scores: Tenths) -> Places:
    """Order by score, then fewest uses, then least recently asked, then id."""
    columns = index.columns
    keys = (
        columns["reference_id"][places],
        columns["asked"][places],
        columns["last_asked"][places],
        uses(columns, places, query.as_of),
        -scores,
    )
    return np.lexsort(keys)


def _one_an_account(
    index: Index, query: Query, places: Places, scores: Tenths, limit: int
) -> list[Ranked]:
    """Let an account appear once among the first three, unless it was asked for by name."""
    accounts = index.columns["account"]
    first: list[int] = []
    seen: set[int] = set()
    once = Facet.ACCOUNT not in query.criteria.wanted
    if once:
        for at, place in enumerate(places.tolist()):
            if len(first) == min(FIRST_SHOWN, limit):
                break
            account = int(accounts[place])
            if account not in seen:
                seen.add(account)
                first.append(at)
    chosen = set(first)
    rest = (at for at in range(len(places)) if at not in chosen)
    listed = [*first, *(at for at, _ in zip(rest, range(limit - len(first)), strict=False))]
    return [Ranked(int(places[at]), int(scores[at])) for at in listed]
