"""Connections: pragmas, one writer at a time, a busy database told, instants in UTC."""

import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import insert, literal, select, text, update
from sqlalchemy.exc import IntegrityError, StatementError

from refbot.errors import NotSaved
from refbot.storage import Database, revisions
from refbot.storage.beside import day_of, text_of
from refbot.storage.colleagues import Colleague, by_email
from refbot.storage.engine import keeps_wal_safely, sqlite_module
from refbot.storage.inbox import Inbox
from refbot.storage.references import Consent
from refbot.storage.revisions import Revision
from refbot.storage.upgrade import upgrade
from tests.storage.together import together

NOW = datetime(2027, 2, 1, 14, tzinfo=UTC)


@pytest.fixture
def hurried(database_url: str) -> Iterator[Database]:
    """A database whose lock nobody waits for long."""
    opened = Database.open(database_url, patience=timedelta(milliseconds=150))
    yield opened
    opened.close()


VERSIONS = [
    ((3, 40, 1), False),
    ((3, 44, 5), False),
    ((3, 44, 6), True),
    ((3, 45, 0), False),
    ((3, 50, 6), False),
    ((3, 50, 7), True),
    ((3, 51, 0), False),
    ((3, 51, 2), False),
    ((3, 51, 3), True),
    ((3, 53, 0), True),
    ((4, 0, 0), True),
]


@pytest.mark.parametrize(("version", "safe"), VERSIONS)
def test_only_a_sqlite_without_the_bug_is_trusted_with_wal(
    version: tuple[int, ...], *, safe: bool
) -> None:
    assert keeps_wal_safely(version) is safe


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_every_sqlite_connection_has_its_pragmas(database: Database) -> None:
    safe = keeps_wal_safely(sqlite_module().sqlite_version_info)
    expected = {
        "journal_mode": "wal" if safe else "delete",
        "synchronous": 2 if safe else 3,
        "foreign_keys": 1,
        "busy_timeout": 1500,
    }
    for engine in (database.writer, database.reader):
        one, other = engine.raw_connection(), engine.raw_connection()
        for connection in (one, other):
            for pragma, value in expected.items():
                assert connection.cursor().execute(f"PRAGMA {pragma}").fetchone() == (value,)
            connection.close()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_an_upgrade_leaves_the_usual_pragmas_behind(database: Database) -> None:
    upgrade(database)
    with database.writer.connect() as connection:
        assert connection.execute(text("PRAGMA foreign_keys")).scalar() == 1
        assert connection.execute(text("PRAGMA busy_timeout")).scalar() == 1500


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_days_are_read_as_text_whatever_the_server_writes_to_others(
    database: Database, database_url: str
) -> None:
    name = database.writer.url.database
    with database.write() as session:
        session.execute(text(f"ALTER DATABASE \"{name}\" SET datestyle TO 'SQL, DMY'"))
    opened = Database.open(database_url)
    with opened.read() as session:
        assert day_of(session.scalar(select(text_of(literal(NOW.date()))))) == NOW.date()
    opened.close()


def test_foreign_keys_and_checks_hold(database: Database) -> None:
    with pytest.raises(IntegrityError), database.write() as session:
        session.add(Consent(reference_id=4711, granted_on=NOW.date(), evidence="none"))
    emperor = "INSERT INTO colleague (name, part, standing) VALUES ('x', 'emperor', 'member')"
    with pytest.raises(IntegrityError), database.write() as session:
        session.execute(text(emperor))


def test_what_is_read_and_then_written_is_read_by_one_writer_at_a_time(database: Database) -> None:
    with database.write() as session:
        session.add(Colleague(name="0", email="counter@x.example"))

    def count_up(_: int) -> None:
        with database.write() as session:
            row = session.scalars(
                select(Colleague).where(Colleague.email == "counter@x.example").with_for_update()
            ).one()
            time.sleep(0.002)
            row.name = str(int(row.name) + 1)

    together(12, count_up)
    with database.read() as session:
        assert by_email(session, "Counter@X.example").name == "12"


def test_an_error_leaves_nothing_behind(database: Database) -> None:
    half = insert(Inbox).values(key="half", received_at=NOW)
    with pytest.raises(ZeroDivisionError), database.write() as session:
        _ = session.execute(half).rowcount / 0
    with database.read() as session:
        assert session.scalars(select(Inbox)).all() == []


def test_a_database_that_stays_busy_is_told_and_writes_again_later(hurried: Database) -> None:
    holding, done = threading.Event(), threading.Event()

    def hold() -> None:
        with hurried.write() as session:
            session.execute(update(Revision).values(number=Revision.number))
            holding.set()
            done.wait(5)

    holder = threading.Thread(target=hold)
    holder.start()
    assert holding.wait(5)
    began = time.monotonic()
    with pytest.raises(NotSaved, match="Nothing was changed"), hurried.write() as session:
        session.execute(update(Revision).values(number=99))
    assert time.monotonic() - began < 3
    done.set()
    holder.join(5)
    with hurried.write() as session:
        session.execute(update(Revision).values(number=7))
    with hurried.read() as session:
        assert revisions.current(session) == 7


def test_a_reader_does_not_wait_for_a_writer(hurried: Database) -> None:
    with hurried.write() as session:
        session.execute(update(Revision).values(number=Revision.number + 1))
        with hurried.read() as reading:
            assert revisions.current(reading) is not None


def test_instants_come_back_in_utc_and_naive_ones_are_refused(database: Database) -> None:
    berlin = NOW.astimezone(ZoneInfo("Europe/Berlin"))
    with database.write() as session:
        session.execute(insert(Inbox).values(key="a", received_at=berlin))
    with database.read() as session:
        found = session.scalars(select(Inbox.received_at)).one()
    assert found == NOW
    assert found.utcoffset() == timedelta()
    with pytest.raises(StatementError), database.write() as session:
        session.execute(insert(Inbox).values(key="b", received_at=NOW.replace(tzinfo=None)))
