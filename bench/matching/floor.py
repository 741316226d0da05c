"""What the memory's bandwidth allows: AND of bitmaps of the pool's size, count, locate.

Beside it what a loop of Python takes, for a machine's pace changes when others share it.
"""

import time
from collections.abc import Callable
from statistics import median

import numpy as np

_TIMES = 300
_BITMAPS = 4
TURNS = 1000


def floor(rows: int) -> dict[str, float]:
    """Give the median microseconds of each step of a scan over so many rows."""
    chance = np.random.default_rng(5)
    words = (rows + 63) // 64
    whole = np.iinfo(np.uint64).max
    bitmaps = [chance.integers(0, whole, words, np.uint64) for _ in range(_BITMAPS)]
    both = np.zeros(words, np.uint64)

    def joined() -> None:
        np.bitwise_and(bitmaps[0], bitmaps[1], out=both)
        for bitmap in bitmaps[2:]:
            np.bitwise_and(both, bitmap, out=both)

    def located() -> None:
        found = np.flatnonzero(both)
        np.flatnonzero(np.unpackbits(both[found].view(np.uint8), bitorder="little"))

    return {
        "and of four": _median(joined),
        "count": _median(lambda: np.bitwise_count(both).sum()),
        "locate": _median(located),
        f"{TURNS} turns of a loop in Python": _median(a_loop),
    }


def a_loop() -> None:
    """Do what takes as long as the machine is slow at this moment."""
    total = 0
    for number in range(TURNS):
        total += number


def microseconds(step: Callable[[], object]) -> float:
    """Time a step once."""
    started = time.perf_counter()
    step()
    return (time.perf_counter() - started) * 1e6


def _median(step: Callable[[], object]) -> float:
    return median(microseconds(step) for _ in range(_TIMES))
