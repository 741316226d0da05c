"""A reference's answers for all activities in one small number: two bits an activity."""

from collections.abc import Mapping
from functools import lru_cache

from refbot.matching.profile import Willingness

ACTIVITIES: tuple[str, ...] = (
    "sales_call",
    "investor_call",
    "media_call",
    "speaking",
    "case_study",
    "article",
    "quote",
    "video",
    "press_release",
    "site_visit",
    "review",
)
CODES: Mapping[str, int] = {Willingness.ASK_FIRST: 0, Willingness.NO: 1, Willingness.YES: 2}
UNITS: Mapping[str, int] = {a: 1 << (2 * place) for place, a in enumerate(ACTIVITIES)}
_ANSWERS = {code: Willingness(answer) for answer, code in CODES.items() if code}


def packed(willingness: Mapping[str, Willingness]) -> int:
    """Give the number of these answers; activities that nobody knows are left out."""
    return sum(UNITS.get(activity, 0) * CODES[answer] for activity, answer in willingness.items())


@lru_cache(maxsize=4096)
def unpacked(number: int) -> Mapping[str, Willingness]:
    """Give the answers of a number; "ask first" is the answer of those not given."""
    answers = {place: number >> (2 * place) & 3 for place in range(len(ACTIVITIES))}
    return {ACTIVITIES[place]: _ANSWERS[code] for place, code in answers.items() if code}
