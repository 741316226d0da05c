"""Which references fit what was meant: by SQL over all rows, whatever anybody read in a line.

The fit is that of the ranking (SPEC §4); quality and rotation, which nobody types, do not count.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from bench.matching.oracle import Asked, fits

SHOWN = 3
_FIRST_PAGE = 200


@dataclass(frozen=True, slots=True)
class Right:
    """The fits, in tenths, of the best eligible references of up to three accounts."""

    best: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Marks:
    """How right three references are: the share of the right ones, and one by the first's rank."""

    recall: float
    reciprocal_rank: float


def right(connection: Connection, asked: Asked) -> Right:
    """Give the best fits there are, an account once."""
    for limit in (_FIRST_PAGE, None):
        rows = fits(connection, asked, limit=limit)
        accounts: dict[int, int] = {}
        for _, account_id, tenths in rows:
            accounts.setdefault(account_id, tenths)
        if len(accounts) >= SHOWN or len(rows) < _FIRST_PAGE:
            break
    return Right(tuple(accounts.values())[:SHOWN])


def marked(connection: Connection, asked: Asked, truth: Right, shown: Sequence[int]) -> Marks:
    """Mark what somebody shows: right is who fits as well as one of the best three accounts.

    The reciprocal rank is that of the first who fits as well as the very best.
    """
    if not truth.best:
        return Marks(float(not shown), float(not shown))
    own = {row[0]: row[2] for row in fits(connection, asked, among=shown)} if shown else {}
    ranked = [own.get(reference_id, -1) for reference_id in dict.fromkeys(shown)][:SHOWN]
    hits = sum(tenths >= truth.best[-1] for tenths in ranked)
    first = next((at for at, tenths in enumerate(ranked, 1) if tenths >= truth.best[0]), 0)
    return Marks(min(hits / len(truth.best), 1.0), 1 / first if first else 0.0)
