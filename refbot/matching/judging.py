"""How weights would have ranked what champions decided in the past."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from refbot.matching.features import ROTATION
from refbot.matching.ranking import FIRST_SHOWN
from refbot.matching.weights import FIT, QUALITY, MatchingPolicy

FITS = tuple(FIT)
QUALITIES = tuple(QUALITY)
_NAMED_ACCOUNT = "account"  # asked for by name, it may stand among the first three twice
_NORMAL_95 = 1.959964

Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True, slots=True)
class Option:
    """One reference that could have been chosen; its shares stand in the order of the factors."""

    reference_id: int | None
    account_id: int | None
    shares: tuple[float, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class PastChoice:
    """One decision: `chosen` is a place among the options, which stand as ties are told apart.

    `weight` (0 to 1) is how much it counts when weights are learnt.
    """

    choice_id: int
    request_id: int
    activity: str
    factors: tuple[str, ...]
    options: tuple[Option, ...]
    chosen: int
    weight: float = 1.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Share:
    """A part of a count, with the bounds between which it lies with 95 % confidence."""

    part: int
    count: int
    low: float
    high: float

    @property
    def value(self) -> float:
        """Give the share, 0 of nothing."""
        return self.part / self.count if self.count else 0.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Measured:
    """How often the chosen one stood first, among the first three, and its mean 1/rank."""

    first: Share
    top_three: Share
    mean_reciprocal_rank: float


def measured(ranks: Sequence[int]) -> Measured:
    """Sum up at which ranks (from 1) the chosen ones stood."""
    count = len(ranks)
    return Measured(
        first=wilson(sum(rank == 1 for rank in ranks), count),
        top_three=wilson(sum(rank <= FIRST_SHOWN for rank in ranks), count),
        mean_reciprocal_rank=sum(1 / rank for rank in ranks) / max(count, 1),
    )


def wilson(part: int, count: int) -> Share:
    """Give a share with Wilson's interval, which holds for small counts and at 0 and 1 too."""
    if not count:
        return Share(part=0, count=0, low=0.0, high=1.0)
    share, z2 = part / count, _NORMAL_95**2
    middle = (share + z2 / (2 * count)) / (1 + z2 / count)
    width = _NORMAL_95 * sqrt(share * (1 - share) / count + z2 / (4 * count**2))
    width /= 1 + z2 / count
    low = max(middle - width, 0.0) if part else 0.0
    high = min(middle + width, 1.0) if part < count else 1.0
    return Share(part=part, count=count, low=low, high=high)


@dataclass(frozen=True, slots=True)
class Shares:
    """The options of choices as numbers: [choice, option, factor], filled up with zeros.

    A factor that is asked for several times has its shares summed, and its count beside.
    """

    fits: Floats
    counts: Floats  # [choice, factor]
    qualities: Floats
    rotations: Floats  # [choice, option]
    real: NDArray[np.bool_]  # [choice, option]: no filling
    chosen: NDArray[np.int64]
    weights: Floats

    @classmethod
    def of(cls, choices: Sequence[PastChoice]) -> "Shares":
        """Take the numbers out of choices."""
        rows, most = len(choices), max((len(c.options) for c in choices), default=1)
        empty = cls(
            fits=np.zeros((rows, most, len(FITS))),
            counts=np.zeros((rows, len(FITS))),
            qualities=np.zeros((rows, most, len(QUALITIES))),
            rotations=np.zeros((rows, most)),
            real=np.zeros((rows, most), np.bool_),
            chosen=np.array([choice.chosen for choice in choices], np.int64),
            weights=np.array([choice.weight for choice in choices]),
        )
        for row, choice in enumerate(choices):
            empty._fill(row, choice)
        return empty

    def _fill(self, row: int, choice: PastChoice) -> None:
        table = np.array([option.shares for option in choice.options])
        count = len(choice.options)
        self.real[row, :count] = True
        for at, factor in enumerate(choice.factors):
            if factor in FIT:
                self.fits[row, :count, FITS.index(factor)] += table[:, at]
                self.counts[row, FITS.index(factor)] += 1
            elif factor in QUALITY:
                self.qualities[row, :count, QUALITIES.index(factor)] = table[:, at]
            elif factor == ROTATION:
                self.rotations[row, :count] = table[:, at]

    def fit(self, weights: Floats) -> Floats:
        """Give each option's part (0 to 1) of the points for fit; [choice, option]."""
        asked = self.counts @ weights
        summed = self.fits @ weights
        fitting: Floats = summed / np.where(asked > 0, asked, 1)[:, None]
        return fitting


def ranks_of(choices: Sequence[PastChoice], policy: MatchingPolicy) -> list[int]:
    """Give the rank, from 1, at which a policy would have shown each chosen one."""
    orders = orders_of(choices, policy)
    return [order.index(c.chosen) + 1 for order, c in zip(orders, choices, strict=True)]


def orders_of(choices: Sequence[PastChoice], policy: MatchingPolicy) -> list[list[int]]:
    """Give the options' places in the order in which a policy would have shown them.

    As the matcher ranks: who fits too little comes last, equal tenths are told apart by rotation,
    and an account stands once among the first three unless it was asked for.
    """
    shares = Shares.of(choices)
    fitting = shares.fit(np.array([policy.fit.get(name, 0) for name in FITS], float))
    points = policy.fit_points * fitting + policy.rotation_points * shares.rotations
    points += shares.qualities @ np.array([policy.quality.get(n, 0) for n in QUALITIES], float)
    enough = (fitting * 100 >= policy.least_fit_percent - _ROUNDING) | ~_asks(shares, policy)
    tenths = np.floor(points * 10 + 0.5)
    orders = []
    for row, choice in enumerate(choices):
        count = len(choice.options)
        order = np.lexsort((-tenths[row, :count], ~enough[row, :count]))
        orders.append(_listed(choice, order.tolist()))
    return orders


_ROUNDING = 1.0  # percent: the matcher compares in tenths of whole shares


def _asks(shares: Shares, policy: MatchingPolicy) -> NDArray[np.bool_]:
    asked = shares.counts @ np.array([policy.fit.get(name, 0) for name in FITS], float)
    some: NDArray[np.bool_] = (asked > 0)[:, None]
    return some


def _listed(choice: PastChoice, places: Sequence[int]) -> list[int]:
    """Let an account stand once among the first three."""
    if _NAMED_ACCOUNT in choice.factors:
        return list(places)
    first: list[int] = []
    seen: set[int | None] = set()
    for place in places:
        account = choice.options[place].account_id
        if account is None or account not in seen:
            first.append(place)
            seen.add(account)
        if len(first) == FIRST_SHOWN:
            break
    return [*first, *(place for place in places if place not in first)]
