"""Keys taken once; numbers of changes in the order of their commits."""

import threading
import time
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from refbot.storage import Database, inbox, revisions
from refbot.storage.inbox import Inbox
from refbot.storage.revisions import Changed
from tests.storage.together import together

NOW = datetime(2027, 2, 1, 14, tzinfo=UTC)


def test_a_key_is_new_once_however_many_take_it_at_once(database: Database) -> None:
    def take(_: int) -> bool:
        try:
            with database.write() as session:
                return inbox.is_new(session, "trigger:1", now=NOW)
        except IntegrityError:
            return False

    assert sorted(together(8, take)) == [False] * 7 + [True]


def test_a_key_of_a_transaction_that_failed_is_new_again(database: Database) -> None:
    with pytest.raises(ZeroDivisionError), database.write() as session:
        _ = 1 / (not inbox.is_new(session, "k", now=NOW))
    with database.write() as session:
        assert inbox.is_new(session, "k", now=NOW)


def test_old_keys_are_forgotten_and_young_ones_kept(database: Database) -> None:
    with database.write() as session:
        inbox.is_new(session, "old", now=NOW - timedelta(days=3))
        inbox.is_new(session, "young", now=NOW)
        inbox.forget_before(session, NOW - timedelta(days=2))
    with database.read() as session:
        assert session.scalars(select(Inbox.key)).all() == ["young"]


def test_changes_are_numbered_in_the_order_of_their_commits(database: Database) -> None:
    with database.read() as session:
        before = revisions.current(session)
    seen: list[int] = []
    stop = threading.Event()

    def watch() -> None:
        last = before
        while not stop.is_set():
            with database.read() as session:
                found = [change.number for change in revisions.since(session, last)]
            seen.extend(found)
            last = max([last, *found])
            time.sleep(0.001)

    watcher = threading.Thread(target=watch)
    watcher.start()

    def change(number: int) -> None:
        for _ in range(3):
            with database.write() as session:
                revisions.record(session, [(Changed.REFERENCE, number)])

    together(5, change)
    stop.set()
    watcher.join(5)
    with database.read() as session:
        assert revisions.current(session) == before + 15
        seen += [c.number for c in revisions.since(session, max(seen, default=before))]
    assert seen == list(range(before + 1, before + 16))
