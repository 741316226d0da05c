"""Each guard is broken once: what the other tests look at must show it. Else they see nothing."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa
from slack_sdk import WebClient

from refbot.delivery.outcome import Outcome, Verdict
from refbot.delivery.sending import SOON, Sender
from refbot.errors import NotSaved
from refbot.sandbox.sandbox import Sandbox
from refbot.storage import Database, inbox
from refbot.storage.outbox import real_now
from tests.faults.test_a_faulty_slack import ask, each_message_is_there_once
from tests.story import Story

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
on_postgresql = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
POST = "chat.postMessage"
WRITERS, TURNS = 4, 25


def retries_of_the_library(patch: pytest.MonkeyPatch) -> None:
    def client(settings: object, token: str | None, timeout: int) -> WebClient:
        return WebClient(token=token, base_url=settings.slack_api_url, timeout=timeout)  # type: ignore[attr-defined]

    patch.setattr("refbot.app._client", client)


def send_then_mark(patch: pytest.MonkeyPatch) -> None:
    """What is not marked is sent again, without a look."""
    again = Outcome(verdict=Verdict.AGAIN, wait=SOON)
    patch.setattr(Sender, "_looked_for", lambda *_: again)


def mark_then_send(patch: pytest.MonkeyPatch) -> None:
    """What was begun counts as sent."""
    patch.setattr(Sender, "_looked_for", lambda *_: Outcome(verdict=Verdict.SENT, channel="C0"))


@on_sqlite
@pytest.mark.parametrize(
    ("broken", "fault"),
    [
        (retries_of_the_library, "drop_after"),
        (send_then_mark, "drop_after"),
        (mark_then_send, "drop_before"),
    ],
)
def test_a_message_lost_or_doubled_is_seen(  # noqa: PLR0917 - fixtures, by name
    broken: Callable[[pytest.MonkeyPatch], None],
    fault: str,
    sandbox: Sandbox,
    database_url: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    broken(monkeypatch)
    story = Story(sandbox, database_url, tmp_path)
    with story.running():
        sandbox.faults.set(fault, method=POST, times=1)
        ask(story)
        story.settled()
        with pytest.raises(AssertionError, match=r"== \[1, 1\]"):
            each_message_is_there_once(story)


def takes_a_key_twice_at_once(database: Database) -> int:
    """How many of two rivals, who both looked before either wrote, hold the key as theirs."""
    both_looked = threading.Barrier(2, timeout=5)

    def about_to(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.startswith("INSERT INTO inbox"):
            both_looked.wait()

    def take(_rival: int) -> bool:
        try:
            with database.write() as session:
                return inbox.is_new(session, "trigger:1", now=real_now(session))
        except sa.exc.IntegrityError:
            return False

    if database.url.get_backend_name() == "postgresql":  # SQLite lets one in at a time
        sa.event.listen(database.writer, "before_cursor_execute", about_to)
    with ThreadPoolExecutor(2) as rivals:
        return sum(rivals.map(take, range(2)))


def test_of_two_deliveries_one_takes_the_key(database_url: str) -> None:
    database = Database.open(database_url)
    try:
        assert takes_a_key_twice_at_once(database) == 1
    finally:
        database.close()


@on_postgresql
def test_a_key_without_its_uniqueness_is_seen(database_url: str) -> None:
    database = Database.open(database_url)
    try:
        with database.writer.begin() as connection:
            connection.exec_driver_sql("ALTER TABLE inbox DROP CONSTRAINT pk_inbox")
        assert takes_a_key_twice_at_once(database) == 2
    finally:
        database.close()


def refusals_among_writers(database: Database) -> int:
    """How many of a hundred acts, four at a time, were not saved. Each reads, then writes."""

    def turn(writer: int) -> int:
        refused = 0
        for number in range(TURNS):
            try:
                with database.write() as session:
                    inbox.is_new(session, f"{writer}:{number}", now=real_now(session))
            except NotSaved:
                refused += 1
        return refused

    with ThreadPoolExecutor(WRITERS) as writers:
        return sum(writers.map(turn, range(WRITERS)))


def test_writers_wait_for_each_other(database_url: str) -> None:
    database = Database.open(database_url)
    try:
        assert refusals_among_writers(database) == 0
        assert kept(database) == WRITERS * TURNS
    finally:
        database.close()


@on_sqlite
def test_a_plain_begin_is_seen(database_url: str) -> None:
    """The reader's engine begins without the lock: who reads first and then writes is refused."""
    database = Database.open(database_url)
    database.writer.dispose()
    plain = Database(
        database.url, database.reader, database.reader, database._reading, database._reading  # noqa: SLF001
    )  # fmt: skip
    try:
        assert refusals_among_writers(plain) > 0
    finally:
        plain.close()


def kept(database: Database) -> int:
    with database.read() as session:
        return session.scalar(sa.select(sa.func.count()).select_from(inbox.Inbox)) or 0
