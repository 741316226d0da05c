"""What the ranking weighs and how far a reference may be used; the champion sees and changes it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any, Self

from refbot.errors import InvalidInput
from refbot.matching.profile import STRENGTHS

FIT = {
    "industry": 20,
    "product": 20,
    "level": 16,
    "function": 14,
    "country": 16,
    "region": 16,
    "language": 16,
    "tag": 12,
    "account": 30,
    "company_size": 10,
    "tenure": 10,
}
QUALITY = {
    "strengths": 5,
    "willing": 3,
    "results": 2,
    "tenure_so_far": 1,
    "health": 2,
    "acceptance": 1,
    "named": 1,
}
EMPHASIS = {
    "sales_call": {"business_value": 2, "technical_depth": 2, "one_to_one": 3, "passion": 1},
    "investor_call": {"seniority": 4, "business_value": 4, "one_to_one": 2},
    "media_call": {"business_value": 2, "public_speaking": 3, "passion": 2},
    "speaking": {"public_speaking": 4, "passion": 4, "business_value": 1},
    "case_study": {"business_value": 4, "technical_depth": 2},
    "article": {"business_value": 3, "technical_depth": 2, "passion": 1},
    "quote": {"business_value": 3, "passion": 2},
    "video": {"passion": 4, "public_speaking": 3, "business_value": 1},
    "press_release": {"business_value": 3, "passion": 1},
    "site_visit": {"one_to_one": 3, "technical_depth": 2, "passion": 2},
    "review": {"passion": 3, "business_value": 1, "technical_depth": 1},
}
SENIORITY = "seniority"  # weighed like a strength: an investor wants to hear it from the top
_MOST = 100


@dataclass(frozen=True, kw_only=True, slots=True)
class MatchingPolicy:
    """Weights of the factors, caps and margins. Points of a score are shared out by them.

    `fit_points` are shared by the criteria that a line names, by `fit`; `quality` and
    `rotation_points` are points as they stand; the three sum to 100 for the best there can be.
    `emphasis` weighs the strengths, and the seniority, by activity.
    """

    fit_points: int = 77
    rotation_points: int = 8
    fit: Mapping[str, int] = field(default_factory=lambda: dict(FIT))
    quality: Mapping[str, int] = field(default_factory=lambda: dict(QUALITY))
    emphasis: Mapping[str, Mapping[str, int]] = field(
        default_factory=lambda: {activity: dict(row) for activity, row in EMPHASIS.items()}
    )
    person_per_quarter: int = 2
    account_per_quarter: int = 4
    near_renewal_days: int = 30
    rotation_days: int = 180  # who was asked longer ago counts as rested
    least_fit_percent: int = 50  # who fits less of what is asked is no candidate

    def as_dict(self) -> dict[str, Any]:
        """Give plain values for storage."""
        return asdict(self)

    @classmethod
    def from_dict(cls, kept: Mapping[str, Any]) -> Self:
        """Read what `as_dict` wrote or a champion typed; InvalidInput says what is wrong."""
        problems: dict[str, str] = {}
        values: dict[str, Any] = {}
        known = {f.name for f in fields(cls)}
        for name, value in kept.items():
            if name not in known:
                continue
            told = _wrong(name, value)
            if told:
                problems[name] = told
            else:
                values[name] = _completed(name, value)
        if not problems:
            policy = cls(**values)
            if not 1 <= policy.most_points <= _MOST:
                problems["fit_points"] = (
                    f"The points for fit, quality and rotation sum to {policy.most_points}; "
                    "they must not exceed 100."
                )
        if problems:
            raise InvalidInput(problems)
        return policy

    @property
    def most_points(self) -> int:
        """Give the highest score that these weights allow."""
        return self.fit_points + self.rotation_points + sum(self.quality.values())


_DEFAULTS: Mapping[str, Mapping[str, int]] = {"fit": FIT, "quality": QUALITY}


def _completed(name: str, value: Any) -> Any:
    """What an older version did not know keeps its default."""
    if name in _DEFAULTS:
        return {**_DEFAULTS[name], **value}
    if name == "emphasis":
        return {**{activity: dict(row) for activity, row in EMPHASIS.items()}, **value}
    return value


def _wrong(name: str, value: Any) -> str | None:
    """Say in a sentence what is wrong with one setting, or None."""
    if name in _DEFAULTS:
        return _wrong_row(value, _DEFAULTS[name])
    if name == "emphasis":
        return _wrong_emphasis(value)
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        return f"“{name}” must be a whole number, 0 or more."
    return None


def _wrong_emphasis(value: Any) -> str | None:
    if not isinstance(value, Mapping):
        return "The emphasis must name activities."
    unknown = next((activity for activity in value if activity not in EMPHASIS), None)
    if unknown is not None:
        return f"“{unknown}” is no activity."
    told = (_wrong_row(row, (*STRENGTHS, SENIORITY)) for row in value.values())
    return next(filter(None, told), None)


def _wrong_row(value: Any, known: Any) -> str | None:
    if not isinstance(value, Mapping):
        return "The weights must be given by name."
    for key, weight in value.items():
        if key not in known:
            return f"“{key}” is no factor; known are {', '.join(known)}."
        if isinstance(weight, bool) or not isinstance(weight, int) or not 0 <= weight <= _MOST:
            return f"The weight of “{key}” must be a whole number from 0 to {_MOST}."
    return None
