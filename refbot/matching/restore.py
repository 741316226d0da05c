"""What a row of numbers says in words: why it is held back, whether it wants to be asked first."""

from refbot.matching.asks import Query
from refbot.matching.columns import BLOCKED, HEALTHS, Columns, day_of
from refbot.matching.eligibility import Standing, why_held_back
from refbot.matching.weights import MatchingPolicy
from refbot.matching.willing import ACTIVITIES

_WILLING_YES = 2


def blocks_of(
    columns: Columns, place: int, query: Query, policy: MatchingPolicy
) -> tuple[str, ...]:
    """Give what holds a row back, in the words of `why_held_back`."""
    standing = Standing(
        resting_until=day_of(columns.at("resting_until", place)),
        quarter=day_of(columns.at("quarter", place)),
        used_this_quarter=columns.at("used", place),
        account_used_this_quarter=columns.at("account_used", place),
        blocking_issue=bool(columns.at("flags", place) & BLOCKED),
        health=HEALTHS[columns.at("health", place)],
        renewal_date=day_of(columns.at("renewal", place)),
    )
    return why_held_back(standing, query.activity, as_of=query.as_of, policy=policy)


def is_ask_first(columns: Columns, place: int, activity: str) -> bool:
    """Tell whether the person wants to be asked before this activity."""
    if activity not in ACTIVITIES:
        return True
    return columns.at("willing", place) >> (2 * ACTIVITIES.index(activity)) & 3 != _WILLING_YES
