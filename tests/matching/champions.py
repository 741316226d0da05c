"""Champions who decide by hidden weights, over seeded pools."""

from dataclasses import replace

import numpy as np

from refbot.matching.judging import FITS, QUALITIES, Option, PastChoice, Shares
from refbot.matching.weights import FIT, QUALITY, MatchingPolicy

PRESENT = MatchingPolicy()
HIDDEN = replace(
    PRESENT,
    fit={**FIT, "function": 30, "level": 8, "industry": 10, "company_size": 25},
    quality={**QUALITY, "results": 8, "strengths": 2},
    rotation_points=5,
    fit_points=76,
)
ASKED = ("industry", "product", "level", "function", "country", "tag", "company_size")
GRADES = (0.0, 0.25, 0.5, 0.8, 1.0)
KNOWN = tuple(name for name in QUALITIES if name != "named")
NEVER = -1e9


def decides(
    by: MatchingPolicy,
    count: int,
    *,
    seed: int,
    whim: float = 1.0,
    options: int = 25,
    first_id: int = 1,
) -> list[PastChoice]:
    """Let a champion decide so often by these weights; `whim` is the noise of a score in points."""
    chance = np.random.default_rng(seed)
    made = []
    for number in range(first_id, first_id + count):
        asked = chance.choice(ASKED, chance.integers(2, 5), replace=False).tolist()
        columns = [chance.choice(GRADES, options, p=(0.2, 0.1, 0.2, 0.1, 0.4)) for _ in asked]
        columns += [chance.choice((0.25, 0.5, 0.75, 1.0), options) for _ in KNOWN]
        columns.append(chance.random(options))
        shares = np.stack(columns, axis=1).round(4).tolist()
        open_choice = PastChoice(
            choice_id=number,
            request_id=number,
            activity=("sales_call", "case_study")[number % 2],
            factors=(*asked, *KNOWN, "rotation"),
            options=tuple(
                Option(reference_id=at + 1, account_id=at + 1, shares=tuple(row))
                for at, row in enumerate(shares)
            ),
            chosen=0,
        )
        liked = scores(open_choice, by) + chance.gumbel(0, whim, options) * (whim > 0)
        made.append(replace(open_choice, chosen=int(np.argmax(liked))))
    return made


def scores(choice: PastChoice, policy: MatchingPolicy) -> np.ndarray:
    """Give each option's points; who fits less than is wanted gets none."""
    shares = Shares.of([choice])
    fitting = shares.fit(np.array([policy.fit[name] for name in FITS], float))[0]
    points = policy.fit_points * fitting + policy.rotation_points * shares.rotations[0]
    points = points + shares.qualities[0] @ np.array([policy.quality[n] for n in QUALITIES], float)
    return np.where(fitting * 100 >= policy.least_fit_percent, np.floor(points * 10 + 0.5) / 10,
                    NEVER)  # fmt: skip
