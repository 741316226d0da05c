"""Connections to SQLite and PostgreSQL, set up so that nothing committed is lost (RELIABILITY)."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from types import ModuleType
from typing import Any

from sqlalchemy import Engine, create_engine, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm import Session, sessionmaker

from refbot.errors import NotSaved

BUSY = "Not saved: the database is busy right now. Nothing was changed; please try again."
PATIENCE = timedelta(milliseconds=1500)
POOL = 30  # connections: the listeners' threads, delivery and the clock


@dataclass(frozen=True, slots=True)
class Database:
    """The two ways to a database: sessions that write, and sessions that only read."""

    url: URL
    writer: Engine
    reader: Engine
    _writing: sessionmaker[Session]
    _reading: sessionmaker[Session]

    @classmethod
    def open(cls, url: str | URL, *, patience: timedelta = PATIENCE) -> "Database":
        """Connect; `patience` is how long a statement waits for a lock."""
        parsed = make_url(url)
        if parsed.get_backend_name() == "sqlite":
            writer, reader = _sqlite(parsed, patience)
        else:
            writer = reader = _postgresql(parsed, patience)
        writing, reading = (sessionmaker(e, expire_on_commit=False) for e in (writer, reader))
        return cls(parsed, writer, reader, writing, reading)

    @contextmanager
    def write(self) -> Iterator[Session]:
        """One transaction: commit at the end, or nothing at all. A busy database is NotSaved."""
        try:
            with self._writing() as session, session.begin():
                yield session
        except OperationalError as error:
            raise NotSaved(BUSY) from error
        except DBAPIError as error:
            if error.connection_invalidated:
                raise NotSaved(BUSY) from error
            raise

    @contextmanager
    def read(self) -> Iterator[Session]:
        """Look only."""
        try:
            with self._reading() as session:
                yield session
        except OperationalError as error:
            raise NotSaved(BUSY) from error

    def close(self) -> None:
        """Give all connections back."""
        self.writer.dispose()
        self.reader.dispose()


def keeps_wal_safely(version: tuple[int, ...]) -> bool:
    """Whether this SQLite is free of the bug that loses commits in WAL (3.7.0 to 3.51.2)."""
    if version >= (3, 51, 3):
        return True
    return any(version[:2] == fixed[:2] and version >= fixed for fixed in ((3, 50, 7), (3, 44, 6)))


def sqlite_module() -> ModuleType:
    """Choose the SQLite to use: Python's own when it is safe in WAL, else the wheel's."""
    if keeps_wal_safely(sqlite3.sqlite_version_info):
        return sqlite3
    try:
        import pysqlite3  # noqa: PLC0415 - there are platforms without the wheel
    except ImportError:
        return sqlite3
    return pysqlite3 if keeps_wal_safely(pysqlite3.sqlite_version_info) else sqlite3


def _sqlite(url: URL, patience: timedelta) -> tuple[Engine, Engine]:
    module = sqlite_module()
    safe = keeps_wal_safely(module.sqlite_version_info)
    modes = ("WAL", "FULL") if safe else ("DELETE", "EXTRA")

    def connected(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # SQLAlchemy's begin event below opens transactions
        for pragma in (
            f"busy_timeout={int(patience.total_seconds() * 1000)}",
            f"journal_mode={modes[0]}",
            f"synchronous={modes[1]}",
            "foreign_keys=ON",
        ):
            connection.execute(f"PRAGMA {pragma}").close()

    engines = []
    for begin in ("BEGIN IMMEDIATE", "BEGIN"):
        engine = create_engine(url, module=module, pool_size=POOL, max_overflow=0)
        event.listen(engine, "connect", connected)
        event.listen(engine, "begin", lambda c, begin=begin: c.exec_driver_sql(begin))
        engines.append(engine)
    return engines[0], engines[1]


def _postgresql(url: URL, patience: timedelta) -> Engine:
    wait = int(patience.total_seconds() * 1000)
    settings = {
        "lock_timeout": wait,
        "idle_in_transaction_session_timeout": 60_000,
        "timezone": "UTC",
        "datestyle": "ISO",  # days are read as text
    }
    options = " ".join(f"-c {name}={value}" for name, value in settings.items())
    return create_engine(
        url.set(drivername="postgresql+psycopg"),
        pool_pre_ping=True,
        pool_size=POOL,
        max_overflow=0,
        pool_timeout=patience.total_seconds(),
        isolation_level="READ COMMITTED",
        connect_args={"options": options, "connect_timeout": 5},
    )
