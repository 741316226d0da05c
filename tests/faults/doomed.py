"""A RefBot in a process of its own, on the test's clock, which may have to die at some point."""

import os
import signal
import threading
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from refbot.app import build
from refbot.config import Settings
from refbot.startup import program_is_ready
from tests.faults.crash_points import CRASH_POINTS


@dataclass(frozen=True, kw_only=True, slots=True)
class Life:
    """What a RefBot is born with. The clock's file holds how many seconds were skipped."""

    settings: Settings
    clock: Path
    log: Path
    dies: str | None = None  # a crash point's name

    def now(self) -> datetime:
        """Real time and what the test skipped."""
        return datetime.now(UTC) + timedelta(seconds=float(self.clock.read_text()))


def live(life: Life) -> None:
    """Work as `refbot run` does, until SIGTERM or death."""
    _write_to(life.log)
    if life.dies is not None:
        CRASH_POINTS[life.dies]()
    asked = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: asked.set())
    bot = build(life.settings, clock=life.now)
    program_is_ready(bot)
    bot.start()
    asked.wait()
    bot.stop()


def _write_to(log: Path) -> None:
    """Keep out of the test run's own output."""
    kept = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(kept, 1)
    os.dup2(kept, 2)
