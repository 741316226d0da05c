"""The points that do not depend on what is asked, as SQL in whole tenths: quality and rotation."""

from collections.abc import Iterator

from refbot.matching.shipped import LEVELS
from refbot.matching.weights import SENIORITY, MatchingPolicy

_PUBLIC = frozenset(
    ("media_call", "speaking", "case_study", "article", "quote", "video", "press_release", "review")
)
_FIVE_YEARS = 5 * 365
_TENURE = (
    f"CASE WHEN since <= :day - {_FIVE_YEARS} THEN {_FIVE_YEARS} "
    "WHEN since <= :day THEN :day - since ELSE 0 END"
)
_HEALTH = (
    "CASE health WHEN 'happy' THEN 4 WHEN 'needs_attention' THEN 1 WHEN 'challenged' THEN 0 "
    "ELSE 2 END"
)
_SAY_NOTHING = 3  # fewer askings say nothing of how readily somebody accepts


def prior(activity: str, policy: MatchingPolicy) -> str:
    """Write the sum of all factors."""
    return " + ".join((_rotation(policy), *_quality(activity, policy)))


def _rounded(numerator: str, denominator: str, tenths: int) -> str:
    """Write a share of so many tenths, halves rounded up; both numbers are whole."""
    return f"((2 * ({numerator}) * {tenths} + ({denominator})) / (2 * ({denominator})))"


def _rotation(policy: MatchingPolicy) -> str:
    """Half for the days since the last use, half for few uses in the quarter."""
    most = max(policy.rotation_days, 1)
    days = (
        f"(CASE WHEN last_asked = 0 OR :day - last_asked > {most} THEN {most} "
        f"WHEN last_asked > :day THEN 0 ELSE :day - last_asked END)"
    )
    return _rounded(
        f"{days} * (1 + used) + {most}", f"{2 * most} * (1 + used)", 10 * policy.rotation_points
    )


def _quality(activity: str, policy: MatchingPolicy) -> Iterator[str]:
    shares = {
        "strengths": _strengths(activity, policy),
        "willing": (
            f"CASE willing_{activity} WHEN 'yes' THEN 2 WHEN 'no' THEN 0 ELSE 1 END",
            "2",
        ),
        "results": ("CASE WHEN results < 3 THEN results ELSE 3 END", "3"),
        "tenure_so_far": (_TENURE, str(_FIVE_YEARS)),
        "health": (_HEALTH, "4"),
        "acceptance": (
            f"CASE WHEN asked < {_SAY_NOTHING} THEN 1 ELSE accepted END",
            f"CASE WHEN asked < {_SAY_NOTHING} THEN 1 ELSE asked END",
        ),
    }
    if activity in _PUBLIC:
        shares["named"] = ("named", "1")
    for factor, share in shares.items():
        if share is not None:
            yield _rounded(*share, 10 * policy.quality.get(factor, 0))


def _strengths(activity: str, policy: MatchingPolicy) -> tuple[str, str] | None:
    """Weigh strengths of 1 to 5, doubled so that an unknown one can count as 2½."""
    emphasis = {name: weight for name, weight in policy.emphasis[activity].items() if weight}
    if not emphasis:
        return None
    parts = [f"{weight} * {_doubled(name)}" for name, weight in emphasis.items()]
    return " + ".join(parts), str(2 * 5 * sum(emphasis.values()))


def _doubled(strength: str) -> str:
    if strength != SENIORITY:
        return f"coalesce(2 * {strength}, 5)"
    steps = " ".join(f"WHEN '{level}' THEN {2 * step}" for step, level in enumerate(LEVELS, 1))
    return f"CASE level {steps} ELSE 5 END"
