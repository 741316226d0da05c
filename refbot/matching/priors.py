"""What a reference is worth whoever asks: points for quality and rotation, kept as small tables.

Each factor depends on a few small numbers of a row, so its tenths are worked out once for every
number there can be, and then looked up.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from refbot.matching.asks import Places, Tenths
from refbot.matching.columns import FAR_DAY, HEALTHS, NAMED, NO_DAY, Columns, day_number
from refbot.matching.marks import MARKS, MOST_MARKS
from refbot.matching.scoring import uses
from refbot.matching.shipped import LEVELS
from refbot.matching.weights import SENIORITY, MatchingPolicy
from refbot.matching.willing import ACTIVITIES

PUBLIC = frozenset(
    ("media_call", "speaking", "case_study", "article", "quote", "video", "press_release", "review")
)
_UNKNOWN_STRENGTH = 2.5
_MOST_STRENGTH = 5.0
_WILLING_SHARES = np.array((0.5, 0.0, 1.0, 0.0))  # ask first, no, yes
_ENOUGH_RESULTS = 3
_LONG_TENURE = 5 * 365
_ENOUGH_ASKED = 3  # fewer say nothing of how readily somebody accepts
_COUNTS = np.arange(256)
_HEALTH_SHARE = {None: 0.5, "happy": 1.0, "needs_attention": 0.25, "challenged": 0.0}
_HEALTH_SHARES = np.array([_HEALTH_SHARE[name] for name in HEALTHS])
_RESULT_SHARES = np.minimum(_COUNTS, _ENOUGH_RESULTS) / _ENOUGH_RESULTS
_NAMED_SHARES = ((_COUNTS & NAMED) != 0).astype(np.float64)
_DAYS = np.arange(FAR_DAY + 1)

Shares = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Priors:
    """Tables of tenths for one activity, day and policy; each index is a column's number."""

    activity: str
    as_of: date
    strengths: Tenths  # [rank of the level, marks]; a single row where the level counts nothing
    ranks: NDArray[np.intp]  # [number of the level]
    qualities: Mapping[str, Tenths]
    turns: Tenths  # [days since last asked, uses this quarter]
    days: NDArray[np.intp]  # [day last asked]

    @classmethod
    def of(cls, columns: Columns, activity: str, as_of: date, policy: MatchingPolicy) -> "Priors":
        """Work out the tables."""
        tenths = {factor: weight * 10 for factor, weight in policy.quality.items()}
        emphasis = policy.emphasis.get(activity, {})
        qualities = {
            "willing": _rounded(_willing_shares(activity), tenths.get("willing", 0)),
            "tenure_so_far": _tenure(as_of, tenths.get("tenure_so_far", 0)),
            "acceptance": _acceptance(tenths.get("acceptance", 0)),
            "results": _rounded(_RESULT_SHARES, tenths.get("results", 0)),
            "health": _rounded(_HEALTH_SHARES, tenths.get("health", 0)),
        }
        if activity in PUBLIC:
            qualities["named"] = _rounded(_NAMED_SHARES, tenths.get("named", 0))
        seniority = emphasis.get(SENIORITY, 0)
        days, turns = _turns(as_of, policy.rotation_days, policy.rotation_points * 10)
        return cls(
            activity=activity,
            as_of=as_of,
            strengths=_rounded(_strength_shares(emphasis), tenths.get("strengths", 0)),
            ranks=_ranks(columns) if seniority else np.zeros(len(_COUNTS), np.intp),
            qualities=qualities,
            turns=turns,
            days=days,
        )

    def quality(self, columns: Columns, places: Places) -> dict[str, Tenths]:
        """Give each place's points for what the reference is, whoever asks."""
        read = self.qualities
        shift = np.uint32(2 * ACTIVITIES.index(self.activity) if self.activity in ACTIVITIES else 0)
        answers = columns["willing"][places] >> shift & np.uint32(3)
        found = {
            "strengths": self.strengths[
                self.ranks[columns["level"][places]], columns["marks"][places]
            ],
            "willing": read["willing"][answers],
            "results": read["results"][columns["results"][places]],
            "tenure_so_far": read["tenure_so_far"][columns["since"][places]],
            "health": read["health"][columns["health"][places]],
            "acceptance": read["acceptance"][columns["asked"][places], columns["accepted"][places]],
        }
        if "named" in read:
            found["named"] = read["named"][columns["flags"][places]]
        return found

    def rotation(self, columns: Columns, places: Places) -> Tenths:
        """Give points to who was asked least lately: half for the days since, half for few uses."""
        used = uses(columns, places, self.as_of)
        points: Tenths = self.turns[self.days[columns["last_asked"][places]], used]
        return points

    def total(self, columns: Columns, places: Places) -> Tenths:
        """Give the points that do not depend on what is asked."""
        points = self.rotation(columns, places)
        for part in self.quality(columns, places).values():
            points = points + part
        return points


def most(policy: MatchingPolicy) -> int:
    """Give the most tenths that quality and rotation can make."""
    return 10 * (policy.rotation_points + sum(policy.quality.values()))


def _rounded(share: Shares, tenths: int) -> Tenths:
    return np.floor(share * tenths + 0.5).astype(np.int32)


def _strength_shares(emphasis: Mapping[str, int]) -> Shares:
    """Weigh the marks as the activity wants them; an unknown one counts as middling."""
    total = sum(emphasis.values())
    if not total:
        return np.zeros((1, MOST_MARKS))
    seniority = emphasis.get(SENIORITY, 0)
    ranks = [_UNKNOWN_STRENGTH, *range(1, len(LEVELS) + 1)] if seniority else [0.0]
    summed = np.repeat(np.array(ranks)[:, None] * seniority, MOST_MARKS, axis=1)
    values = np.array((_UNKNOWN_STRENGTH, 1, 2, 3, 4, 5))
    for name, weight in emphasis.items():
        if name != SENIORITY:
            summed += weight * values[MARKS[name]]
    return summed / (_MOST_STRENGTH * total)


def _ranks(columns: Columns) -> NDArray[np.intp]:
    """Give the row of the table for each number of a level; 0 is a level that is not known."""
    ranks = np.zeros(len(_COUNTS), np.intp)
    for number, value in enumerate(columns.levels.values[: len(ranks)]):
        ranks[number] = LEVELS.index(value) + 1 if value in LEVELS else 0
    return ranks


def _willing_shares(activity: str) -> Shares:
    if activity in ACTIVITIES:
        return _WILLING_SHARES
    return np.full(len(_WILLING_SHARES), _WILLING_SHARES[0])


# What does not depend on the activity is kept once for all of them.
@lru_cache(maxsize=4)
def _tenure(as_of: date, tenths: int) -> Tenths:
    days = np.clip(day_number(as_of) - _DAYS, 0, _LONG_TENURE)
    return _rounded(np.where(_DAYS == NO_DAY, 0.0, days / _LONG_TENURE), tenths)


@lru_cache(maxsize=4)
def _acceptance(tenths: int) -> Tenths:
    shares = np.ones((len(_COUNTS), len(_COUNTS)))
    for asked in range(_ENOUGH_ASKED, len(_COUNTS)):
        shares[asked] = np.minimum(_COUNTS, asked) / asked
    return _rounded(shares, tenths)


@lru_cache(maxsize=4)
def _turns(as_of: date, longest: int, tenths: int) -> tuple[NDArray[np.intp], Tenths]:
    """Give the days since a day last asked, at most as many as count, and the points for them."""
    days = np.clip(day_number(as_of) - _DAYS, 0, longest).astype(np.intp)
    days[NO_DAY] = longest + 1  # never asked
    rested = np.append(np.arange(longest + 1) / max(longest, 1), 1.0)
    fresh = 1 / (1 + _COUNTS)
    return days, _rounded((rested[:, None] + fresh[None, :]) / 2, tenths)
