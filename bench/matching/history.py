"""Past engagements of the generated references, so that rests, caps and rotation matter."""

import random
from datetime import date, timedelta
from typing import Any

COLUMNS: dict[str, tuple[str, ...]] = {
    "request": (
        "id", "requester_id", "activity", "how_many", "criteria", "status", "version", "created_at",
    ),
    "engagement": (
        "id", "request_id", "reference_id", "account_id", "status", "status_since", "score",
        "reasons", "overridden", "proposed_at", "approved_at", "invited_at", "held_on",
        "rests_until", "version",
    ),
}  # fmt: skip
REQUESTER = 1
_STATUSES = ("closed", "thanked", "held", "accepted", "scheduled", "invited", "approved",
             "declined", "refused", "cancelled", "no_response", "proposed")  # fmt: skip
_WEIGHTS = (40, 46, 54, 59, 65, 70, 73, 79, 87, 92, 97, 100)
_NEVER_APPROVED = frozenset(("declined", "proposed"))
_INVITED = frozenset(
    ("closed", "thanked", "held", "accepted", "scheduled", "invited", "refused", "no_response")
)
_HELD = frozenset(("closed", "thanked", "held"))
_RESTS = {**dict.fromkeys(_HELD, 30), "refused": 45}  # days


def write(
    rows: dict[str, list[tuple[Any, ...]]],
    chance: random.Random,
    whose: tuple[int, int],
    last: int,
    as_of: date,
) -> int:
    """Add one to three engagements of a reference at an account; gives how many."""
    count = chance.choice((1, 1, 2, 3))
    for number in range(last + 1, last + count + 1):
        status = chance.choices(_STATUSES, cum_weights=_WEIGHTS)[0]
        day = as_of - timedelta(days=min(int(chance.expovariate(1 / 160)) + 1, 900))
        rows["request"].append((number, REQUESTER, "sales_call", 1, "{}", "closed", 1, _at(day, 9)))
        rows["engagement"].append(_engagement(number, whose, status, day))
    return count


def _engagement(number: int, whose: tuple[int, int], status: str, day: date) -> tuple[Any, ...]:
    rest = _RESTS.get(status)
    return (
        number,
        number,
        *whose,
        status,
        _at(day, 12),
        80.0,
        "[]",
        "[]",
        _at(day, 9),
        None if status in _NEVER_APPROVED else _at(day, 11),
        _at(day, 12) if status in _INVITED else None,
        day.isoformat() if status in _HELD else None,
        (day + timedelta(days=rest)).isoformat() if rest else None,
        1,
    )


def _at(day: date, hour: int) -> str:
    return f"{day} {hour:02}:00:00.000000"
