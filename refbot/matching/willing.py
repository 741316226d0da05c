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
_CODES = {Willingness.ASK_FIRST: 0, Willingness.NO: 1, Willingness.YES: 2}
_ANSWERS = {code: answer for answer, code in _CODES.items() if code}
PARTS: Mapping[tuple[str, Willingness], int] = {
    (activity, answer): code << (2 * place)
    for place, activity in enumerate(ACTIVITIES)
    for answer, code in _CODES.items()
}


def packed(willingness: Mapping[str, Willingness]) -> int:
    """Give the number of these answers; activities that nobody knows are left out."""
    return sum(PARTS.get(answered, 0) for answered in willingness.items())


@lru_cache(maxsize=4096)
def unpacked(number: int) -> Mapping[str, Willingness]:
    """Give the answers of a number; "ask first" is the answer of those not given."""
    answers = {place: number >> (2 * place) & 3 for place in range(len(ACTIVITIES))}
    return {ACTIVITIES[place]: _ANSWERS[code] for place, code in answers.items() if code}
