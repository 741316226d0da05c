"""A reference's strengths and passion, 1 to 5 each, in one number; 0 is a mark not known."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from refbot.matching.profile import STRENGTHS

_BASE = 6
MOST_MARKS = _BASE ** len(STRENGTHS)
# The mark of each strength in each number.
MARKS: Mapping[str, NDArray[np.int64]] = {
    name: np.arange(MOST_MARKS) // _BASE**place % _BASE for place, name in enumerate(STRENGTHS)
}


def coded(strengths: Mapping[str, Sequence[int]]) -> NDArray[np.int64]:
    """Give the numbers of many references' marks, from the marks of each strength."""
    found = np.zeros(len(next(iter(strengths.values()))), np.int64)
    for place, name in enumerate(STRENGTHS):
        found += np.clip(np.array(strengths[name], np.int64), 0, _BASE - 1) * _BASE**place
    return found


def marks_of(number: int) -> dict[str, int]:
    """Give the mark of each strength, 0 for one that is not known."""
    return {name: number // _BASE**place % _BASE for place, name in enumerate(STRENGTHS)}
