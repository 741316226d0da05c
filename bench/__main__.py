"""`python -m bench [name …]`: run the measurements and print their tables.

What follows the names and begins with a dash goes to `matching`.
"""

import signal
import sys
from collections.abc import Callable, Mapping
from itertools import takewhile

from bench import ack, importing
from bench.matching import labelled, run, spelling


def main() -> None:
    """Run what was named, or everything."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))  # servers end too
    named = list(takewhile(lambda word: not word.startswith("-"), sys.argv[1:]))
    options = sys.argv[1 + len(named) :]
    measurements: Mapping[str, Callable[[], None]] = {
        "ack": ack.measure,
        "importing": importing.measure,
        "labelled": labelled.measure,
        "matching": lambda: run.measure(options),
        "spelling": spelling.measure,
    }
    if unknown := [name for name in named if name not in measurements]:
        sys.exit(f"There is no {', '.join(unknown)}; there are {', '.join(measurements)}.")
    for name in named or measurements:
        measurements[name]()


main()
