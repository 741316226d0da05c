"""Points: fit to what is asked, then quality, then rotation. In tenths, so that sums are exact."""

from collections.abc import Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from refbot.matching.asks import Ask, Places, Tenths
from refbot.matching.columns import (
    HEALTHS,
    NAMED,
    NO_DAY,
    Columns,
    day_number,
)
from refbot.matching.eligibility import quarter_of
from refbot.matching.shipped import LEVELS
from refbot.matching.weights import SENIORITY, MatchingPolicy
from refbot.matching.willing import ACTIVITIES

PUBLIC = frozenset(
    ("media_call", "speaking", "case_study", "article", "quote", "video", "press_release", "review")
)
_UNKNOWN_STRENGTH = 2.5
_HEALTH_SHARE = {None: 0.5, "happy": 1.0, "needs_attention": 0.25, "challenged": 0.0}
_HEALTH_SHARES = np.array([_HEALTH_SHARE[name] for name in HEALTHS])
_WILLING_SHARES = np.array((0.5, 0.0, 1.0, 0.0))  # ask first, no, yes
_STRENGTHS = np.array((_UNKNOWN_STRENGTH, 1, 2, 3, 4, 5))
_ENOUGH_RESULTS = 3
_LONG_TENURE = 5 * 365
_ENOUGH_ASKED = 3  # fewer say nothing of how readily somebody accepts


def fits(asks: Sequence[Ask], places: Places) -> list[Tenths]:
    """Give each place's points for each criterion."""
    bytes_, shifts = places >> 3, (places & 7).astype(np.uint8)
    found = []
    for ask in asks:
        if ask.measure is not None:
            found.append(ask.measure(places))
            continue
        points = np.zeros(len(places), np.int32)
        for grade in reversed(ask.grades):  # the best is written last
            has = grade.bits.view(np.uint8)[bytes_] >> shifts & np.uint8(1)
            points[has.view(np.bool_)] = grade.tenths
        found.append(points)
    return found


def prior(
    columns: Columns, places: Places, activity: str, as_of: date, policy: MatchingPolicy
) -> Tenths:
    """Give the points that do not depend on what is asked: quality and rotation."""
    points = rotation(columns, places, as_of, policy)
    for part in quality(columns, places, activity, as_of, policy).values():
        points = points + part
    return points


def quality(
    columns: Columns, places: Places, activity: str, as_of: date, policy: MatchingPolicy
) -> dict[str, Tenths]:
    """Give each place's points for what the reference is, whoever asks."""
    results = np.minimum(columns["results"][places], _ENOUGH_RESULTS)
    shares: dict[str, NDArray[np.float64]] = {
        "strengths": _strengths(columns, places, activity, policy),
        "willing": _willing(columns, places, activity),
        "results": results / _ENOUGH_RESULTS,
        "tenure_so_far": _tenure(columns, places, as_of),
        "health": _HEALTH_SHARES[columns["health"][places]],
        "acceptance": _acceptance(columns, places),
    }
    if activity in PUBLIC:
        shares["named"] = ((columns["flags"][places] & NAMED) != 0).astype(np.float64)
    weights = np.array([[policy.quality.get(factor, 0) * 10] for factor in shares])
    return dict(zip(shares, _rounded(np.array([*shares.values()]), weights), strict=True))


def rotation(columns: Columns, places: Places, as_of: date, policy: MatchingPolicy) -> Tenths:
    """Give points to who was asked least lately: half for the days since, half for few uses."""
    last = columns["last_asked"][places].astype(np.int32)
    days = _between(day_number(as_of) - last, policy.rotation_days)
    rested = np.where(last == NO_DAY, 1.0, days / max(policy.rotation_days, 1))
    fresh = 1 / (1 + uses(columns, places, as_of))
    return _rounded((rested + fresh) / 2, policy.rotation_points * 10)


def uses(columns: Columns, places: Places, as_of: date) -> NDArray[np.int64]:
    """Count each place's uses in the quarter of a day."""
    quarter = columns["quarter"][places]
    holds = (quarter == 0) | (quarter == day_number(quarter_of(as_of)))
    return np.where(holds, columns["used"][places], 0).astype(np.int64)


def _between(days: NDArray[np.int32], most: int) -> NDArray[np.int32]:
    return np.minimum(np.maximum(days, 0), most)


def _rounded(share: NDArray[np.float64], tenths: int | NDArray[np.int64]) -> Tenths:
    return np.floor(share * tenths + 0.5).astype(np.int32)


def _strengths(
    columns: Columns, places: Places, activity: str, policy: MatchingPolicy
) -> NDArray[np.float64]:
    """Weigh the strengths as the activity wants them; an unknown one counts as middling."""
    emphasis = policy.emphasis.get(activity, {})
    total = sum(emphasis.values())
    if not total:
        return np.zeros(len(places))
    summed = np.zeros(len(places))
    for name, weight in emphasis.items():
        if name == SENIORITY:
            ranks = [_rank(value) for value in columns.levels.values]
            summed += weight * np.array(ranks)[columns["level"][places]]
        else:
            summed += weight * _STRENGTHS[columns[f"strength_{name}"][places]]
    return summed / (5.0 * total)


def _rank(level: str | None) -> float:
    return LEVELS.index(level) + 1.0 if level in LEVELS else _UNKNOWN_STRENGTH


def _willing(columns: Columns, places: Places, activity: str) -> NDArray[np.float64]:
    if activity not in ACTIVITIES:
        return np.full(len(places), _WILLING_SHARES[0])
    shift = np.uint32(2 * ACTIVITIES.index(activity))
    answers = (columns["willing"][places] >> shift) & np.uint32(3)
    shares: NDArray[np.float64] = _WILLING_SHARES[answers]
    return shares


def _tenure(columns: Columns, places: Places, as_of: date) -> NDArray[np.float64]:
    since = columns["since"][places].astype(np.int32)
    days = _between(day_number(as_of) - since, _LONG_TENURE)
    return np.where(since == NO_DAY, 0.0, days / _LONG_TENURE)


def _acceptance(columns: Columns, places: Places) -> NDArray[np.float64]:
    asked = columns["asked"][places].astype(np.float64)
    accepted = np.minimum(columns["accepted"][places], asked)
    share = accepted / np.maximum(asked, 1)
    return np.where(asked < _ENOUGH_ASKED, 1.0, share)
