"""Several threads that do the same thing in the same instant."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Found = TypeVar("Found")


def together(count: int, do: Callable[[int], Found]) -> list[Found]:
    """Let `count` threads begin at once; give what each found."""
    start = threading.Barrier(count)

    def begin(number: int) -> Found:
        start.wait(10)
        return do(number)

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(begin, range(count)))
