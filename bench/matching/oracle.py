"""Criteria as SQL over the flat tables: who may be proposed, the score, the order (SPEC §4).

It is the bench's peer "the parsed facets as SQL" and the oracle of the matcher's tests. Scores are
tenths in whole numbers, halves rounded up, and no code of the ranking is used.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import Connection, TextClause, text

from bench.matching import points
from bench.matching.conditions import Values, excluded, graded, hidden_from
from refbot.matching.criteria import Criteria
from refbot.matching.profile import Facet
from refbot.matching.weights import MatchingPolicy

SHOWN = 3
_FIRST_PAGE = 64
_ORDER = "score DESC, used, last_asked, asked, id"
_FIT_ONLY = "fit"
_EPOCH = date(1970, 1, 1).toordinal()


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """Criteria with what stands beside them."""

    criteria: Criteria
    as_of: date
    prospect: str | None = None
    wished_level: str | None = None
    policy: MatchingPolicy = field(default_factory=MatchingPolicy)

    @property
    def activity(self) -> str:
        """Give the activity that is asked for, or assumed."""
        return next(iter(self.criteria.wanted.get(Facet.ACTIVITY, ())), "sales_call")


@dataclass(frozen=True, slots=True)
class Found:
    """A reference with its score in tenths."""

    reference_id: int
    account_id: int
    tenths: int


def candidates(connection: Connection, asked: Asked, limit: int = SHOWN) -> list[Found]:
    """Give the best references that may be proposed.

    An account stands once among the first three, unless one was asked for.
    """
    once = limit > 1 and Facet.ACCOUNT not in asked.criteria.wanted
    if not once:
        return _rows(connection, asked, "free", limit)
    found = _rows(connection, asked, "free", max(limit + SHOWN, _FIRST_PAGE))
    if len(found) >= _FIRST_PAGE and len({row.account_id for row in found}) < SHOWN:
        found = _rows(connection, asked, "free", None)
    firsts = list({row.account_id: row for row in reversed(found)}.values())
    firsts = sorted(firsts, key=found.index)[: min(limit, SHOWN)]
    if limit <= SHOWN:
        return firsts
    return [*firsts, *(row for row in found if row not in firsts)][:limit]


def near_misses(connection: Connection, asked: Asked) -> list[Found]:
    """Give the best references that are held back."""
    return _rows(connection, asked, "held", SHOWN)


def fits(
    connection: Connection,
    asked: Asked,
    *,
    limit: int | None = None,
    among: Sequence[int] | None = None,
) -> list[tuple[int, int, int]]:
    """Give id, account and points for fit of those who may be proposed, the best first."""
    statement, values = written(asked, "free", limit, _FIT_ONLY)
    if among is not None:
        listed = ", ".join(str(int(reference_id)) for reference_id in among)
        statement = statement.replace(
            "FROM flat p WHERE", f"FROM flat p WHERE p.id IN ({listed}) AND"
        )
    return [tuple(row) for row in connection.execute(_text(statement), values)]


def _rows(connection: Connection, asked: Asked, which: str, limit: int | None) -> list[Found]:
    order = f"fit + {points.prior(asked.activity, asked.policy)}"
    statement, values = written(asked, which, limit, order)
    return [Found(*row) for row in connection.execute(_text(statement), values)]


@cache
def _text(statement: str) -> TextClause:
    return text(statement)


def written(asked: Asked, which: str, limit: int | None, score: str) -> tuple[str, dict[str, Any]]:
    """Write the query for the free or the held references, with its values.

    `score` is what ranks them, in terms of `fit` and of the flat table's columns.
    """
    policy, values = asked.policy, Values()
    fits = graded(asked.criteria, asked.wished_level, asked.as_of, policy, values)
    most = sum(tenths for tenths, _ in fits)
    least = -(-most * policy.least_fit_percent // 100)
    fit = " + ".join(case for _, case in fits) or str(10 * policy.fit_points)
    values.day = asked.as_of.toordinal() - _EPOCH
    wheres = [
        *_never(asked),
        f"({held_back(policy)})" if which == "held" else f"NOT ({held_back(policy)})",
        *excluded(asked.criteria, values),
        *hidden_from(asked.prospect, values),
    ]
    statement = f"""
SELECT id, account_id, {score} AS score
FROM (SELECT p.*, {fit} AS fit FROM flat p WHERE {" AND ".join(wheres)}) asked
WHERE fit >= {least}
ORDER BY {_ORDER}{"" if limit is None else f" LIMIT {limit}"}
"""  # noqa: S608 - every value that a person typed is bound
    return statement, values.bound


def _never(asked: Asked) -> Iterable[str]:
    """Write what nobody can override."""
    yield "p.active = 1"
    yield "p.consent_until >= :day"
    yield f"coalesce(p.willing_{asked.activity}, 'ask_first') <> 'no'"
    yield f"((p.months_out >> {asked.as_of.month}) & 1) = 0"
    yield "p.used < p.own_limit"


def held_back(policy: MatchingPolicy) -> str:
    """Write what a champion can override."""
    reasons = (
        "p.resting_until > :day",
        f"p.used >= {policy.person_per_quarter}",
        f"p.account_used >= {policy.account_per_quarter}",
        "p.blocked = 1",
        "coalesce(p.health, '') = 'challenged'",
        f"coalesce(p.renewal BETWEEN :day AND :day + {policy.near_renewal_days}, false)",
    )
    return " OR ".join(reasons)
