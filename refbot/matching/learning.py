"""Better weights, learnt from what champions decided: proposed, never put in force by itself.

A conditional logit: the chance that an option is chosen grows with its score under the weights. The
weights are searched near the present ones, by a penalty on how many times larger or smaller each
gets, and are proposed only if they rank decisions better that they were not learnt from.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from math import ceil, sqrt

import numpy as np
from numpy.typing import NDArray

from refbot.matching.judging import FITS, QUALITIES, Floats, PastChoice, Shares, ranks_of
from refbot.matching.weights import MatchingPolicy

FEWEST = 40  # decisions, below which nothing is proposed
FOLDS = 5
SURE = 1.645  # standard errors by which better must be better: one false alarm in twenty
ROTATION_FLOOR = 5  # points: the same five are not to carry the program, whoever prefers them
QUALITY_PER_ROTATION = 3  # points of quality for one of rotation, at most
_SPREAD = 0.5  # of a weight's logarithm around the present one: half of them within 1.4 times
_SPREAD_OF_SCALE = 2.0
_POINTS = 10.0  # that make the better of two e times as likely, before it is learnt how many do
_STEPS = 60
_SMALL = 1e-7
_MOST = 100

Told = Callable[[int, int], None]


class Verdict(StrEnum):
    """What came of the search for better weights."""

    TOO_FEW = "too_few"
    NOTHING_BETTER = "nothing_better"
    BETTER = "better"


@dataclass(frozen=True, kw_only=True, slots=True)
class Lesson:
    """What past choices teach. `learnt_ranks` are those of weights learnt without each choice.

    `gain` is how much the mean of 1/rank rises by them, with its standard error.
    """

    verdict: Verdict
    policy: MatchingPolicy | None
    present_ranks: tuple[int, ...]
    learnt_ranks: tuple[int, ...] = ()
    gain: float = 0.0
    gain_error: float = 0.0


def learn(
    choices: Sequence[PastChoice],
    present: MatchingPolicy,
    *,
    told: Told = lambda _done, _total: None,
) -> Lesson:
    """Look for weights that rank past choices better; `told` hears of the progress in steps."""
    ranks = tuple(ranks_of(choices, present))
    if len(choices) < FEWEST:
        return Lesson(verdict=Verdict.TOO_FEW, policy=None, present_ranks=ranks)
    learnt = _ranks_unseen(choices, present, told)
    gain, error = _gain(choices, ranks, learnt)
    proposed = fitted(choices, present)
    told(FOLDS + 1, FOLDS + 1)
    better = gain > SURE * error and proposed != present
    return Lesson(
        verdict=Verdict.BETTER if better else Verdict.NOTHING_BETTER,
        policy=proposed if better else None,
        present_ranks=ranks,
        learnt_ranks=learnt,
        gain=gain,
        gain_error=error,
    )


def _ranks_unseen(
    choices: Sequence[PastChoice], present: MatchingPolicy, told: Told
) -> tuple[int, ...]:
    """Rank each fold of requests by weights learnt from the others."""
    requests = sorted({choice.request_id for choice in choices})
    folds = {request: at % FOLDS for at, request in enumerate(requests)}
    ranks: dict[int, int] = {}
    for fold in range(FOLDS):
        told(fold, FOLDS + 1)
        inside = [at for at, c in enumerate(choices) if folds[c.request_id] == fold]
        others = [c for c in choices if folds[c.request_id] != fold]
        policy = fitted(others, present)
        ranks |= zip(inside, ranks_of([choices[at] for at in inside], policy), strict=True)
    return tuple(ranks[at] for at in range(len(choices)))


def _gain(
    choices: Sequence[PastChoice], before: Sequence[int], after: Sequence[int]
) -> tuple[float, float]:
    """Give the mean rise of 1/rank and its standard error, choices counted by their weight."""
    weights = np.array([choice.weight for choice in choices])
    rises = 1 / np.array(after) - 1 / np.array(before)
    mean = float((weights * rises).sum() / weights.sum())
    return mean, float(sqrt(((weights * (rises - mean)) ** 2).sum()) / weights.sum())


def fitted(choices: Sequence[PastChoice], present: MatchingPolicy) -> MatchingPolicy:
    """Give the likeliest weights near the present ones, in whole points."""
    ordered = sorted(choices, key=lambda choice: choice.choice_id)
    model = _Model(Shares.of(ordered), present)
    at = np.zeros(model.size)
    badness = model.badness(at)
    for _ in range(_STEPS):
        slope, curve = model.slope_and_curve(at)
        step = np.linalg.solve(curve, -slope)
        length = 1.0
        while (tried := model.badness(at + length * step)) > badness and length > _SMALL:
            length /= 2
        if badness - tried < _SMALL:
            break
        at, badness = at + length * step, tried
    return _whole(present, np.exp(at[:-1]))


class _Model:
    """How unlikely the choices are, by the logarithms of how many times each weight is changed.

    Parameters: the weights of fit, its points, the points of quality, those of rotation, and last
    the scale, which says how many points make a difference. A weight of 0 stays 0: a champion who
    switched a factor off meant it.
    """

    def __init__(self, shares: Shares, present: MatchingPolicy) -> None:
        self._shares = shares
        self._fit = np.array([present.fit.get(name, 0) for name in FITS], float)
        self._points = np.array(
            [
                present.fit_points,
                *(present.quality.get(name, 0) for name in QUALITIES),
                present.rotation_points,
            ],
            float,
        )
        self.size = len(self._fit) + len(self._points) + 1
        spreads = np.full(self.size, _SPREAD)
        spreads[-1] = _SPREAD_OF_SCALE
        self._penalty = spreads**-2.0

    def badness(self, at: Floats) -> float:
        """Give the negative logarithm of the likelihood, with the penalty."""
        utility, _ = self._utilities(at)
        logs = utility[self._rows, self._shares.chosen] - _log_sum(utility)
        penalty = 0.5 * float((self._penalty * at**2).sum())
        return penalty - float((self._shares.weights * logs).sum())

    def slope_and_curve(self, at: Floats) -> tuple[Floats, Floats]:
        """Give the first derivatives, and in place of the second the expected ones (Fisher)."""
        utility, parts = self._utilities(at)
        chance = np.exp(utility - _log_sum(utility)[:, None])
        mean = np.einsum("no,nop->np", chance, parts)
        weights = self._shares.weights
        lack = mean - parts[self._rows, self._shares.chosen]
        slope = self._penalty * at + np.einsum("n,np->p", weights, lack)
        around = parts - mean[:, None, :]
        weighted = (weights[:, None] * chance)[:, :, None] * around
        rows = (-1, self.size)
        curve: Floats = weighted.reshape(rows).T @ around.reshape(rows) + np.diag(self._penalty)
        return slope, curve

    @property
    def _rows(self) -> NDArray[np.int64]:
        return np.arange(len(self._shares.chosen))

    def _utilities(self, at: Floats) -> tuple[Floats, Floats]:
        """Give the options' utilities and their derivatives by each parameter."""
        shares = self._shares
        fits = len(self._fit)
        weights = self._fit * np.exp(at[:fits])
        points = self._points * np.exp(at[fits:-1])
        scale = np.exp(at[-1]) / _POINTS
        asked = shares.counts @ weights
        fitting = shares.fit(weights)
        lifts = shares.fits - fitting[:, :, None] * shares.counts[:, None, :]
        by_weight = points[0] * lifts * weights / np.where(asked > 0, asked, 1)[:, None, None]
        by_points = points * np.concatenate(
            [fitting[:, :, None], shares.qualities, shares.rotations[:, :, None]], axis=2
        )
        utility = scale * by_points.sum(axis=2)
        parts = np.concatenate([scale * by_weight, scale * by_points, utility[:, :, None]], axis=2)
        return np.where(shares.real, utility, -np.inf), parts


def _log_sum(utility: Floats) -> Floats:
    most = utility.max(axis=1)
    logs: Floats = most + np.log(np.exp(utility - most[:, None]).sum(axis=1))
    return logs


def _whole(present: MatchingPolicy, times: Floats) -> MatchingPolicy:
    """Give a policy of whole points that is `times` the present one, and sums to the same.

    No factor is switched off or on, and rotation keeps its floor.
    """
    fits = len(FITS)
    fit = {
        name: min(max(round(present.fit.get(name, 0) * float(factor)), 1), _MOST)
        if present.fit.get(name, 0)
        else 0
        for name, factor in zip(FITS, times[:fits], strict=True)
    }
    now = [
        present.fit_points,
        *(present.quality.get(name, 0) for name in QUALITIES),
        present.rotation_points,
    ]
    ideal = np.array(now) * times[fits:]
    ideal *= present.most_points / ideal.sum()
    least = [min(points, 1) for points in now]
    for _ in range(2):  # the floor of rotation depends on the points of quality
        points = _apportioned(ideal, present.most_points, least)
        floor = max(ROTATION_FLOOR, ceil(sum(points[1:-1]) / QUALITY_PER_ROTATION))
        least[-1] = min(present.rotation_points, floor)
    points = _apportioned(ideal, present.most_points, least)
    return replace(
        present,
        fit=fit,
        fit_points=points[0],
        quality=dict(zip(QUALITIES, points[1:-1], strict=True)),
        rotation_points=points[-1],
    )


def _apportioned(ideal: Floats, total: int, least: Sequence[int]) -> list[int]:
    """Round to whole numbers that sum to the total, none below its least."""
    points = np.maximum(np.floor(ideal), least)
    while points.sum() < total:
        points[int(np.argmax(ideal - points))] += 1
    while points.sum() > total:
        over = np.where(points > least, points - ideal, -np.inf)
        points[int(np.argmax(over))] -= 1
    return [int(number) for number in points]
