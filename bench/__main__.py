"""`python -m bench [name …]`: run the measurements and print their tables."""

import sys

from bench import ack, importing

MEASUREMENTS = {"ack": ack.measure, "importing": importing.measure}


def main() -> None:
    """Run what was named, or everything."""
    names = sys.argv[1:] or list(MEASUREMENTS)
    if unknown := [name for name in names if name not in MEASUREMENTS]:
        sys.exit(f"There is no {', '.join(unknown)}; there are {', '.join(MEASUREMENTS)}.")
    for name in names:
        MEASUREMENTS[name]()


main()
