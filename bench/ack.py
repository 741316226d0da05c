"""How long a rep waits for `/reference`: from the command to its ack, over the socket."""

import os
import threading

from bench.bots import Bench, quantile, running
from bench.pool import LINES

REFERENCES = 10_000
COMMANDS = 1_000
WARM_UP = 50
AT_ONCE = (1, 4)
BOUND_MS = 100.0


def measure() -> None:
    """Print p50 and p99 with so many references stored."""
    print(f"\nAck of the slash command, {REFERENCES:,} references, {os.cpu_count()} cores")
    print(f"{'at once':>8} {'commands':>9} {'p50 ms':>8} {'p99 ms':>8} {'max ms':>8}")
    with running(REFERENCES) as bench:
        _type(bench, "riley", WARM_UP)
        for people in AT_ONCE:
            taken = _together(bench, people)
            p50, p99 = quantile(taken, 0.5), quantile(taken, 0.99)
            verdict = "" if p99 < BOUND_MS else f"   over {BOUND_MS:.0f} ms"
            print(
                f"{people:>8} {len(taken):>9} {p50:>8.1f} {p99:>8.1f} {max(taken):>8.1f}{verdict}"
            )


def _together(bench: Bench, people: int) -> list[float]:
    """Have several people type at the same time."""
    taken: list[float] = []
    cast = ("riley", "casey", "devon", "rex")[:people]
    typing = [
        threading.Thread(target=lambda n=name: taken.extend(_type(bench, n, COMMANDS // people)))
        for name in cast
    ]
    for one in typing:
        one.start()
    for one in typing:
        one.join()
    return taken


def _type(bench: Bench, name: str, commands: int) -> list[float]:
    """Type commands one after the other; give the milliseconds that each ack took."""
    person = bench.sandbox.person(name)
    taken = []
    for number in range(commands):
        answer = person.types(f"/reference {LINES[number % len(LINES)]}", channel="#general")
        if not answer.ok or answer.ack_ms is None:
            raise RuntimeError(answer.error)
        taken.append(answer.ack_ms)
    return taken
