"""The sample program: fictional customers, their people and our pipeline, dated around today."""

import re
from datetime import date
from pathlib import Path

SAMPLE = Path(__file__).parent / "program"
AS_OF = date(2026, 11, 22)  # the day on which the sample's dates are right as they stand
_DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")


def write_sample_program(folder: Path, today: date) -> list[Path]:
    """Write the sample's files for import, every date moved as far as `today` is from AS_OF."""
    later = today - AS_OF

    def moved(found: re.Match[str]) -> str:
        return (date.fromisoformat(found.group()) + later).isoformat()

    written = []
    for source in sorted(SAMPLE.glob("*.csv")):
        copy = folder / source.name
        copy.write_text(_DAY.sub(moved, source.read_text(encoding="utf-8")), encoding="utf-8")
        written.append(copy)
    return written
