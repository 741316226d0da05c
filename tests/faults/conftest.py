"""A RefBot in a process of its own, and the people who play against it."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from refbot.cli.demo import demo_settings
from refbot.sandbox.sandbox import Sandbox
from refbot.storage import Database
from tests.faults.cast import know_the_cast
from tests.faults.doomed import Life
from tests.faults.kills import Start
from tests.faults.oracle import Oracle
from tests.faults.play import Play
from tests.faults.supervised import Supervised
from tests.program import seed_program
from tests.story import to_a_working_monday


@pytest.fixture
def start(sandbox: Sandbox, database_url: str, tmp_path: Path) -> Iterator[Start]:
    """Seed the program and bear a RefBot that dies at a crash point, or does not."""
    log = tmp_path / "refbot.log"
    with ExitStack() as ending:

        def started(dies: str | None) -> Play:
            to_a_working_monday(sandbox)
            clock = tmp_path / "clock"
            clock.write_text(str(sandbox.clock.skipped.total_seconds()))
            _prepare(database_url, sandbox)
            settings = demo_settings(
                sandbox, database_url, lease_seconds=3.0, grace_seconds=0.3, tick_seconds=0.2
            )
            refbot = Supervised(Life(settings=settings, clock=clock, log=log, dies=dies), sandbox)
            ending.callback(refbot.kill)
            riley, casey, sam = (sandbox.person(name) for name in ("riley", "casey", "sam"))
            return Play(
                sandbox=sandbox,
                refbot=refbot,
                oracle=Oracle(sandbox, database_url, [riley, casey, sam]),
                clock=clock,
                riley=riley,
                casey=casey,
                sam=sam,
            )

        yield started
    print(log.read_text() if log.exists() else "no log")  # noqa: T201 - shown when a test fails


def _prepare(database_url: str, sandbox: Sandbox) -> None:
    database = Database.open(database_url)
    try:
        seed_program(database, sandbox.clock.now())
        know_the_cast(database)
    finally:
        database.close()
