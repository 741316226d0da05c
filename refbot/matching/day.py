"""What a day and an activity make of every row, whatever is asked: may it be proposed, its prior.

Worked out once, by pieces, and brought up to date row by row when references change.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from refbot.matching.asks import Places
from refbot.matching.bits import Bits, packed, resized, words_for
from refbot.matching.columns import (
    BLOCKED,
    CONSENT,
    FREE,
    HEALTHS,
    NO_LIMIT,
    STATUSES,
    Columns,
    day_number,
)
from refbot.matching.eligibility import quarter_of
from refbot.matching.priors import Priors, most
from refbot.matching.weights import MatchingPolicy
from refbot.matching.willing import ACTIVITIES

_NOT_WILLING = 1
_PIECE = 1 << 14
STEP = 40  # tenths: how finely the priors are told apart by bits


@dataclass(slots=True)
class Day:
    """For one day and activity: rows that may be proposed, those held back, and their priors.

    `above[n]` has the rows whose prior is at least n steps of points.
    """

    activity: str
    as_of: date
    pools: Bits  # [free or held back, word]
    priors: NDArray[Any]  # tenths, in a byte where they fit
    above: list[Bits]
    worth: Priors

    @classmethod
    def of(cls, columns: Columns, activity: str, as_of: date, policy: MatchingPolicy) -> "Day":
        """Work out all rows, a piece at a time so that little memory is needed beside."""
        rows = columns.count
        count = most(policy) // STEP + 1
        pools = np.zeros((2, words_for(rows)), np.uint64)
        above = [np.zeros(words_for(rows), np.uint64) for _ in range(count)]
        small = most(policy) <= np.iinfo(np.uint8).max
        priors = np.zeros(rows, np.uint8 if small else np.int16)
        worth = Priors.of(columns, activity, as_of, policy)
        day = cls(activity, as_of, pools, priors, above, worth)
        for start in range(0, rows, _PIECE):
            places = np.arange(start, min(start + _PIECE, rows))
            standing = _standing(columns, places, activity, as_of, policy)
            priors = worth.total(columns, places)
            day.priors[places] = priors
            words = slice(start // 64, start // 64 + words_for(len(places)))
            for pool, chosen in zip(pools, standing, strict=True):
                pool[words] = packed(chosen)
            steps = priors // STEP
            for number in range(int(steps.max()) + 1):
                day.above[number][words] = packed(steps >= number)
        return day

    def refresh(self, columns: Columns, places: Sequence[int], policy: MatchingPolicy) -> None:
        """Bring these rows up to date; the cost is theirs alone unless the pool has grown."""
        rows = columns.count
        if words_for(rows) > self.pools.shape[1]:
            room = rows * 5 // 4
            self.pools = np.stack([resized(pool, room) for pool in self.pools])
            self.above = [resized(bits, room) for bits in self.above]
        if rows > len(self.priors):
            grown = np.zeros(rows * 5 // 4, self.priors.dtype)
            grown[: len(self.priors)] = self.priors
            self.priors = grown
        at = np.array(places, np.int64)
        free, held = _standing(columns, at, self.activity, self.as_of, policy)
        priors = self.worth.total(columns, at)
        self.priors[at] = priors
        for place, is_free, is_held, points in zip(places, free, held, priors, strict=True):
            _put(self.pools[0], place, chosen=bool(is_free))
            _put(self.pools[1], place, chosen=bool(is_held))
            for number, bits in enumerate(self.above):
                _put(bits, place, chosen=points >= number * STEP)


def _put(bits: Bits, place: int, *, chosen: bool) -> None:
    one = np.uint64(1 << (place % 64))
    if chosen:
        bits[place // 64] |= one
    else:
        bits[place // 64] &= ~one


def _standing(
    columns: Columns, places: Places, activity: str, as_of: date, policy: MatchingPolicy
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    out = never(columns, places, activity, as_of)
    held = held_back(columns, places, as_of, policy)
    return ~out & ~held, ~out & held


def never(columns: Columns, places: Places, activity: str, as_of: date) -> NDArray[np.bool_]:
    """Tell the rows that must not be proposed, prospects apart; agrees with `why_never`."""
    flags = columns["flags"][places]
    out: NDArray[np.bool_] = (flags & FREE) != 0
    out |= columns["status"][places] != STATUSES.index("active")
    out |= (flags & CONSENT) == 0
    out |= columns["consent_until"][places] < day_number(as_of)
    out |= (columns["months_out"][places] >> np.uint16(as_of.month)) & 1 == 1
    if activity in ACTIVITIES:
        shift = np.uint32(2 * ACTIVITIES.index(activity))
        out |= (columns["willing"][places] >> shift) & 3 == _NOT_WILLING
    limit = columns["own_limit"][places]
    out |= (limit != NO_LIMIT) & (_now(columns, places, "used", as_of) >= limit)
    return out


def held_back(
    columns: Columns, places: Places, as_of: date, policy: MatchingPolicy
) -> NDArray[np.bool_]:
    """Tell the rows that are held back; agrees with `why_held_back`."""
    day = day_number(as_of)
    renewal = columns["renewal"][places]
    out: NDArray[np.bool_] = columns["resting_until"][places] > day
    out |= _now(columns, places, "used", as_of) >= policy.person_per_quarter
    out |= _now(columns, places, "account_used", as_of) >= policy.account_per_quarter
    out |= (columns["flags"][places] & BLOCKED) != 0
    out |= columns["health"][places] == HEALTHS.index("challenged")
    out |= (renewal >= day) & (renewal <= day + policy.near_renewal_days)
    return out


def _now(columns: Columns, places: Places, name: str, as_of: date) -> NDArray[Any]:
    """Give the uses of the day's quarter: those counted for another quarter are over."""
    quarter = columns["quarter"][places]
    holds = (quarter == 0) | (quarter == day_number(quarter_of(as_of)))
    return np.where(holds, columns[name][places], 0)
