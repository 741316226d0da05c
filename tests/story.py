"""RefBot at work in the sandbox: what a story test holds in its hands."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from refbot.app import RefBot, build
from refbot.cli.demo import demo_settings, skip_through
from refbot.handlers.guard import keep_facts
from refbot.sandbox.person import Person
from refbot.sandbox.sandbox import Sandbox
from refbot.startup import program_is_ready
from refbot.storage import outbox
from refbot.storage.engagements import Engagement
from refbot.storage.requests import Request
from tests.program import name_part, seed_program

PROGRAM = "#reference-program"
SALES = "#sales"
BOT = "@refbot"
MONDAY = datetime(2027, 2, 1, 14, 0, tzinfo=UTC)


class Story:
    """A sandbox, a RefBot connected to it, and the people who play."""

    def __init__(self, sandbox: Sandbox, database_url: str, folder: Path) -> None:
        self.sandbox = sandbox
        self.folder = folder
        self.settings = demo_settings(
            sandbox, database_url, grace_seconds=0.2, lease_seconds=5.0, tick_seconds=60.0
        )
        self.bot: RefBot | None = None
        self.riley, self.casey, self.devon, self.sam, self.gina, self.noor, self.rex = (
            sandbox.person(name)
            for name in ("riley", "casey", "devon", "sam", "gina", "noor", "rex")
        )

    @contextmanager
    def running(self) -> Iterator[RefBot]:
        """Seed the program, start the bot, stop it."""
        to_a_working_monday(self.sandbox)
        bot = build(self.settings, clock=self.sandbox.clock.now)
        self.bot = bot
        seed_program(bot.world.database, self.now())
        program_is_ready(bot)
        for name in ("riley", "devon", "sam", "noor", "rex", "lee"):
            keep_facts(bot.desk, bot.desk.slack.users_info(user=f"U0{name.upper()}")["user"])
        name_part(bot.world.database, "devon.shah@northbeam.example", "deputy")
        bot.start()
        assert self.sandbox.connected.wait(10)
        try:
            yield bot
        finally:
            bot.stop()

    def now(self) -> datetime:
        return self.sandbox.clock.now()

    def skip(self, **ahead: float) -> None:
        """Move the clock on; everything due on the way happens in its turn."""
        assert self.bot is not None
        skip_through(self.bot, self.sandbox, self.now() + timedelta(**ahead))
        self.settled()

    def settled(self, timeout: float = 10.0) -> None:
        """Wait until everything that may leave has left."""

        def empty(session: Session) -> bool:
            return outbox.unfinished(session, due_by=self.now()) == 0

        self.wait_for(empty, timeout)

    def wait_for(self, holds: Callable[[Session], bool], timeout: float = 10.0) -> None:
        assert self.bot is not None
        deadline = time.monotonic() + timeout
        while time.monotonic() < deadline:
            with self.bot.world.database.read() as session:
                if holds(session):
                    return
            time.sleep(0.01)
        raise AssertionError("it did not come about in time")

    def reading(self) -> Any:
        assert self.bot is not None
        return self.bot.world.database.read()

    def statuses(self) -> list[str]:
        """The engagements' statuses, in the order of their making."""
        with self.reading() as session:
            found = session.scalars(select(Engagement).order_by(Engagement.id))
            return [engagement.status.value for engagement in found]

    def request_status(self) -> str:
        with self.reading() as session:
            return session.scalars(select(Request).order_by(Request.id.desc())).first().status.value

    def card(self) -> dict[str, Any]:
        """The newest card in the program's channel, as Casey sees it."""
        self.settled()
        return self.casey.sees(PROGRAM)[-1]

    def newest(self, person: Person, holding: str) -> dict[str, Any]:
        """The newest direct message to a person that holds a text."""
        self.settled()
        for message in reversed(person.sees(BOT)):
            if holding in str(message):
                return message
        raise AssertionError(f"{person.id} has no message with {holding!r}: {person.sees(BOT)}")

    def requests(self, line: str = "healthcare product-A director", **fields: Any) -> None:
        """Riley asks, and takes the first candidate."""
        found = self.riley.types(f"/reference {line}", channel=SALES)
        assert found.ok, found
        self.riley.clicks("Request", in_=found)
        deal = {"opportunity": "Globex rollout (OPP-1)", "prospect": "Globex", "amount": "250000"}
        self.riley.fills(deal | fields)
        sent = self.riley.submits()
        assert sent.ok, sent
        self.settled()


def to_a_working_monday(sandbox: Sandbox) -> None:
    """Stories begin on a Monday at 14:00 UTC: all but Lee are at work, no holiday is near."""
    sandbox.clock.skipped = MONDAY - datetime.now(UTC)
