"""Whether reps are served while a long file is imported by another process."""

import os
import subprocess
import sys
import time

from bench.bots import quantile, running
from bench.pool import LINES, write_references

REFERENCES = 10_000
ROWS = 50_000
BOUND_MS = 1000.0
PAUSE = 0.05  # seconds between two commands
MATCHER_READS = 15.0  # seconds after the import in which the bot reads its pool again
LOST = 3000.0  # ms that a person waits before Slack says that it failed


def measure() -> None:
    """Print the acks' times while the import runs, and until the pool is read again."""
    print(f"\nAck while {ROWS:,} rows are imported, {os.cpu_count()} cores")
    with running(REFERENCES) as bench:
        riley = bench.sandbox.person("riley")
        sheet = write_references(bench.folder / "long.csv", ROWS, seed=8)
        command = [sys.executable, "-m", "refbot", "import", str(sheet), "--yes", "--json"]
        started = time.monotonic()
        importing = subprocess.Popen(  # noqa: S603
            command, env=bench.environment, cwd=bench.folder, stdout=subprocess.DEVNULL
        )
        taken: list[float] = []
        refused = 0
        ended: float | None = None
        while ended is None or time.monotonic() < ended + MATCHER_READS:
            line = LINES[len(taken) % len(LINES)]
            answer = riley.types(f"/reference {line}", channel="#general")
            refused += "Not saved" in answer.text
            taken.append(answer.ack_ms if answer.ok and answer.ack_ms else LOST)
            if ended is None and importing.poll() is not None:
                ended = time.monotonic()
            time.sleep(PAUSE)
        if importing.returncode:
            sys.exit("The import failed.")
        p99 = quantile(taken, 0.99)
        print(f"import took {ended - started:.1f} s; {len(taken)} commands, {refused} not saved")
        print(
            f"p50 {quantile(taken, 0.5):.1f} ms, p99 {p99:.1f} ms, max {max(taken):.1f} ms"
            + ("" if p99 < BOUND_MS else f"   over {BOUND_MS:.0f} ms")
        )
