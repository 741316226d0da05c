"""Points: fit to what is asked, then quality, then rotation. In tenths, so that sums are exact."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from refbot.matching.asks import Ask, Places, Tenths
from refbot.matching.bits import WORD, holds
from refbot.matching.columns import Columns, day_number
from refbot.matching.eligibility import quarter_of

_ONE = np.uint8(1)


def fits(asks: Sequence[Ask], places: Places) -> list[Tenths]:
    """Give each place's points for each criterion."""
    bytes_, masks = places >> 3, np.left_shift(_ONE, places & 7, dtype=np.uint8, casting="unsafe")
    found = []
    for ask in asks:
        if ask.measure is not None:
            found.append(ask.measure(places))
            continue
        points = np.zeros(len(places), np.int32)
        for grade in reversed(ask.grades):  # the best is written last
            has: NDArray[Any] = grade.bits.view(np.uint8).take(bytes_)
            has &= masks
            np.putmask(points, has, grade.tenths)
        found.append(points)
    return found


def summed(asks: Sequence[Ask], places: Places) -> Tenths:
    """Give each place's points for all criteria together."""
    points = np.zeros(len(places), np.int32)
    for part in fits(asks, places):
        points += part
    return points


def fits_of_all(asks: Sequence[Ask], words: int) -> NDArray[np.uint16]:
    """Give every row's points for all criteria together that bits are kept for.

    Looking at all is quicker than at each by itself when they are more than a few of all.
    """
    points = np.zeros((words, WORD), np.uint16)
    for ask in asks:
        narrow = np.uint8 if ask.tenths <= np.iinfo(np.uint8).max else np.uint16
        best = np.zeros((words, WORD), narrow)
        for grade in ask.grades:
            bits, at, _ = grade.rows
            earned = np.unpackbits(bits.view(np.uint8), bitorder="little").reshape(-1, WORD)
            earned = earned * narrow(grade.tenths)
            if at is None:
                np.maximum(best, earned, out=best)
            else:
                best[at] = np.maximum(best[at], earned)
        points += best
    return points.reshape(-1)


def fit_of(ask: Ask, place: int) -> int:
    """Give one place's points for a criterion."""
    if ask.measure is not None:
        return ask.measure(np.array([place])).item()
    return next((grade.tenths for grade in ask.grades if holds(grade.bits, place)), 0)


def uses(columns: Columns, places: Places, as_of: date) -> NDArray[np.int64]:
    """Count each place's uses in the quarter of a day."""
    quarter = columns["quarter"][places]
    holds = (quarter == 0) | (quarter == day_number(quarter_of(as_of)))
    return np.where(holds, columns["used"][places], 0).astype(np.int64)
