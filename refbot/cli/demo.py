"""`refbot demo`: RefBot with a Slack of its own on this machine, on sample data."""

import logging
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated

import structlog
import typer
from rich.console import Console
from sqlalchemy import func, select

from refbot.app import RefBot, build
from refbot.cli.run import asked_to_end, wait_for
from refbot.config import Settings, load_settings
from refbot.handlers.guard import look_up
from refbot.imports.run import import_files
from refbot.sandbox import seed
from refbot.sandbox.program import write_sample_program
from refbot.sandbox.sandbox import Sandbox
from refbot.startup import program_is_ready
from refbot.storage import Database, outbox, upgrade
from refbot.storage.colleagues import Part, champions, with_part
from refbot.storage.nudges import next_due_at
from refbot.storage.references import Reference
from refbot.workflow.acts import acting
from refbot.workflow.clock import tick
from refbot.workflow.people import name_people

out = Console(highlight=False, soft_wrap=True)

IDLE_WITHIN = 5.0  # seconds that a skip of the clock waits for messages to be sent
STATE = "refbot.db"
PROGRAM_CHANNEL = "C0PROGRAM"
QUESTION = "Anyone got a bank reference in Germany, ideally a CFO?"
PARTS = {Part.CHAMPION: "casey", Part.DEPUTY: "devon", Part.LEADER: "lee"}


def demo(
    *,
    data: Annotated[
        Path | None, typer.Option(help="Keep the state here for the next start.")
    ] = None,
    port: Annotated[int, typer.Option(help="The page's port; 0 takes a free one.")] = 0,
) -> None:
    """Run everything on this machine: no Slack workspace, no data of yours."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    out.print("Starting RefBot on sample data …")
    with _folder(data) as folder, running(folder, port) as (sandbox, _bot):
        end = asked_to_end()
        out.print(f"Open [bold]{sandbox.url}[/bold] in a browser.")
        out.print("Ctrl-C stops it" + ("; the state is kept." if data else " and leaves nothing."))
        wait_for(end)


@contextmanager
def running(folder: Path, port: int = 0) -> Iterator[tuple[Sandbox, RefBot]]:
    """Start sandbox and bot on a folder, and end both."""
    sandbox = Sandbox(data_dir=folder / "slack", port=port)
    sandbox.start()
    try:
        settings = demo_settings(sandbox, f"sqlite:///{folder / STATE}")
        prepare(settings, sandbox.clock.now())
        bot = build(settings, clock=sandbox.clock.now)
        program_is_ready(bot)
        set_the_scene(bot, sandbox)
        sandbox.on_skip = lambda target: skip_through(bot, sandbox, target)
        bot.start()
        try:
            sandbox.connected.wait(10)
            yield sandbox, bot
        finally:
            bot.stop()
    finally:
        sandbox.stop()


def demo_settings(sandbox: Sandbox, database_url: str, **other: object) -> Settings:
    """Give the settings that point RefBot at a sandbox."""
    given: dict[str, object] = {
        "database_url": database_url,
        "slack_bot_token": sandbox.bot_token,
        "slack_app_token": sandbox.app_token,
        "slack_signing_secret": sandbox.signing_secret,
        "slack_api_url": sandbox.api_url,
        "program_channel": PROGRAM_CHANNEL,
        "program_timezone": "Europe/Berlin",
        "company": seed.TEAM_NAME,
        "champions": ["casey.morgan@northbeam.example"],
        "smtp_url": sandbox.smtp_url,
        "mail_from": "references@northbeam.example",
        "tick_seconds": 1.0,
    }
    return load_settings(**(given | other))


def prepare(settings: Settings, now: datetime) -> None:
    """Create the database and import the sample program, the first time."""
    database = Database.open(settings.database_url)
    try:
        upgrade.upgrade(database)
        with database.read() as session:
            if session.scalar(select(func.count()).select_from(Reference)):
                return
        with tempfile.TemporaryDirectory(prefix="refbot-sample-") as folder:
            files = write_sample_program(Path(folder), now.date())
            import_files(database, files, now=now)
    finally:
        database.close()


def set_the_scene(bot: RefBot, sandbox: Sandbox) -> None:
    """Do once what went before the story: Casey has named people, Rex asks in #sales.

    So a reminder has somebody to escalate to, and the message shortcut something to read.
    """
    named = {part: [seed.IDS_BY_KEY[key]] for part, key in PARTS.items()}
    with bot.world.database.read() as session:
        if with_part(session, [Part.DEPUTY, Part.LEADER]):
            return
        casey = champions(session)[0].id
    for slack_ids in named.values():
        look_up(bot.desk, slack_ids[0])
    with acting(bot.world, by=casey) as act:
        name_people(act, named)
    sandbox.person("rex").types(QUESTION, channel="#sales")


def skip_through(bot: RefBot, sandbox: Sandbox, target: datetime) -> None:
    """Move the clock on to an instant, and let everything due on the way happen in its turn."""
    clock, world = sandbox.clock, bot.world
    while (now := clock.now()) < target:
        step = min(_next_step(world.database, now) or target, target)
        clock.skip_to(max(step, now + timedelta(milliseconds=1)))
        tick(world)
        _let_messages_go(bot)


def _next_step(database: Database, now: datetime) -> datetime | None:
    """Give the next instant at which something is due."""
    with database.read() as session:
        steps = [next_due_at(session), outbox.next_not_before(session, now)]
    return min((step for step in steps if step is not None and step > now), default=None)


def _let_messages_go(bot: RefBot) -> None:
    bot.delivery.wake()
    deadline = time.monotonic() + IDLE_WITHIN
    while time.monotonic() < deadline:
        with bot.world.database.read() as session:
            if not outbox.unfinished(session, due_by=bot.world.clock()):
                return
        time.sleep(0.02)


@contextmanager
def _folder(data: Path | None) -> Iterator[Path]:
    if data is not None:
        data.mkdir(parents=True, exist_ok=True)
        yield data
        return
    with tempfile.TemporaryDirectory(prefix="refbot-demo-") as folder:
        yield Path(folder)
