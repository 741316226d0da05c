"""A RefBot in a process of its own, as `refbot run` starts it, against a sandbox in this one."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bench.pool import write_references
from refbot.imports.run import import_files
from refbot.sandbox.sandbox import Sandbox
from refbot.storage import Database
from refbot.storage.upgrade import upgrade

CONNECTS_WITHIN = 60.0


@dataclass(frozen=True, slots=True)
class Bench:
    """A sandbox with a connected bot."""

    sandbox: Sandbox
    folder: Path
    environment: dict[str, str]


@contextmanager
def running(references: int) -> Iterator[Bench]:
    """Start both on a SQLite database with so many references."""
    with tempfile.TemporaryDirectory(prefix="refbot-bench-") as name:
        folder = Path(name)
        sandbox = Sandbox()
        environment = _environment(sandbox, folder)
        _fill(environment["REFBOT_DATABASE_URL"], folder, references)
        sandbox.start()
        command = [sys.executable, "-m", "refbot", "run"]
        bot = subprocess.Popen(command, env=environment, cwd=folder, stdout=subprocess.DEVNULL)  # noqa: S603
        try:
            if not sandbox.connected.wait(CONNECTS_WITHIN):
                sys.exit("The bot did not connect.")
            yield Bench(sandbox, folder, environment)
        finally:
            bot.terminate()
            bot.wait(20)
            sandbox.stop()


def quantile(values: list[float], share: float) -> float:
    """Give the value that so large a share stays below."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def _environment(sandbox: Sandbox, folder: Path) -> dict[str, str]:
    return {
        **os.environ,
        "SLACK_API_URL": sandbox.api_url,
        "SLACK_BOT_TOKEN": sandbox.bot_token,
        "SLACK_APP_TOKEN": sandbox.app_token,
        "REFBOT_DATABASE_URL": f"sqlite:///{folder / 'refbot.db'}",
        "REFBOT_PROGRAM_CHANNEL": "C0PROGRAM",
        "REFBOT_CHAMPIONS": '["casey.morgan@northbeam.example"]',
    }


def _fill(url: str, folder: Path, references: int) -> None:
    database = Database.open(url)
    upgrade(database)
    if references:
        sheet = write_references(folder / "references.csv", references)
        import_files(database, [sheet], now=datetime.now(UTC))
    database.close()
