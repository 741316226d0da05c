"""The references for a query: free ones and held-back ones, an account once among the first."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from refbot.matching.asks import Ask, Query, asks_of
from refbot.matching.bits import Bits, packed, words_for
from refbot.matching.customers import Numbers
from refbot.matching.day import Day
from refbot.matching.found import Scored, Wanted
from refbot.matching.index import Index
from refbot.matching.profile import Facet
from refbot.matching.search import Sought, best
from refbot.matching.shipped import children, countries_of
from refbot.matching.weights import MatchingPolicy

FIRST_SHOWN = 3  # among these an account appears once


class Ranked(NamedTuple):
    """A row with its score in tenths."""

    place: int
    tenths: int


@dataclass(frozen=True, slots=True)
class Ranking:
    """The rows for a query: free ones and held-back ones, best first, and what was asked."""

    asks: tuple[Ask, ...]
    free: tuple[Ranked, ...]
    held: tuple[Ranked, ...]


def rank(index: Index, query: Query, day: Day, policy: MatchingPolicy, limit: int) -> Ranking:
    """Rank the rows that may be proposed, and apart from them those that are held back."""
    asks = asks_of(index, query, policy)
    pools = day.pools[:, : words_for(index.columns.count)]
    unwanted = _unwanted(index, query)
    if unwanted is not None:
        pools = pools & ~unwanted
    least = -(-sum(ask.tenths for ask in asks) * policy.least_fit_percent // 100)
    once = Facet.ACCOUNT not in query.criteria.wanted
    accounts = min(limit, FIRST_SHOWN) if once else 1
    wanted = (Wanted(limit, accounts, least), Wanted(FIRST_SHOWN, 1, least))
    open_points = 0 if asks else policy.fit_points * 10
    free, held = (
        tuple(_chosen(index, found, one, open_points))
        for found, one in zip(best(index, day, Sought(asks), pools, wanted), wanted, strict=True)
    )
    return Ranking(asks, free, held)


def _unwanted(index: Index, query: Query) -> Bits | None:
    """Give the rows that the line excludes, or the prospect may not see; None when there are none.

    A parent industry excludes its children, a region its countries.
    """
    found: list[Bits] = []
    for facet, values in query.criteria.excluded.items():
        if facet is Facet.INDUSTRY:
            below = [child for value in values for child in children().get(value, ())]
            found.append(index.rows(facet, [*values, *below]).spread())
        elif facet is Facet.REGION:
            codes = {code for value in values for code in countries_of().get(value, ())}
            found.append(index.rows(Facet.COUNTRY, sorted(codes)).spread())
        elif facet is Facet.ACCOUNT:
            found += [_rows_of(index, index.customers.named(value)) for value in values]
        else:
            found.append(index.rows(facet, values).spread())
    if query.prospect:
        hidden = index.customers.hidden_from(query.prospect)
        if len(hidden):
            found.append(_rows_of(index, hidden))
    return np.bitwise_or.reduce(found) if found else None


def _rows_of(index: Index, customers: Numbers) -> Bits:
    return packed(np.isin(index.columns["account"], customers))


def _chosen(index: Index, found: Scored, wanted: Wanted, open_points: int) -> Sequence[Ranked]:
    """Let an account appear once among the first three, unless it was asked for by name.

    A longer list goes on with the others, and is not cut short where there are few accounts.
    """
    accounts = index.columns["account"][found.places].tolist()
    first: list[int] = []
    if wanted.accounts > 1:
        begins = {account: at for at, account in reversed([*enumerate(accounts)])}
        first = sorted(begins.values())[: wanted.accounts]
    taken = set(first)
    rest = [at for at in range(min(len(accounts), wanted.rows + len(first))) if at not in taken]
    listed = first if 1 < wanted.rows <= wanted.accounts else [*first, *rest]
    return [
        Ranked(int(found.places[at]), int(found.tenths[at]) + open_points)
        for at in listed[: wanted.rows]
    ]
