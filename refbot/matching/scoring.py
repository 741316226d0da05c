"""Points: fit to what is asked, then quality, then rotation. In tenths, so that sums are exact."""

from collections.abc import Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from refbot.matching.asks import Ask, Places, Tenths
from refbot.matching.columns import (
    Columns,
    day_number,
)
from refbot.matching.eligibility import quarter_of
from refbot.matching.postings import WORD, holds


def fits(asks: Sequence[Ask], places: Places) -> list[Tenths]:
    """Give each place's points for each criterion."""
    bytes_, shifts = places >> 3, (places & 7).astype(np.uint8)
    found = []
    for ask in asks:
        if ask.measure is not None:
            found.append(ask.measure(places))
            continue
        points = np.zeros(len(places), np.int32)
        for grade in reversed(ask.grades):  # the best is written last
            has = grade.bits.view(np.uint8)[bytes_] >> shifts & np.uint8(1)
            points[has.view(np.bool_)] = grade.tenths
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
    points = np.zeros(words * WORD, np.uint16)
    for ask in asks:
        best = np.zeros(len(points), np.uint16)
        for grade in ask.grades:
            has = np.unpackbits(grade.bits.view(np.uint8), bitorder="little")
            np.maximum(best, has * np.uint16(grade.tenths), out=best)
        points += best
    return points


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
