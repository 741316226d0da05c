"""The database's shape: brought up to date, and compared with what this version expects."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain, count
from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from refbot.errors import RefBotError
from refbot.storage.backup import back_up
from refbot.storage.base import Base
from refbot.storage.engine import Database

MIGRATING = 7_263_417  # the advisory lock that keeps two upgrades apart on PostgreSQL

PATIENT_SECONDS = 60  # an upgrade waits for another one, unlike a person's act


class OldDatabase(RefBotError):
    """The database is of another version than the program."""


def alembic_config(connection: Connection | None = None) -> Config:
    """Point Alembic at our migrations and, when one is given, at an open connection."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    return config


def upgrade(database: Database, to: str = "head") -> None:
    """Bring the database up to date, one process at a time; an older one is backed up first."""
    if database.url.get_backend_name() == "sqlite":
        at = revision(database)
        if at not in {None, head()}:
            back_up(database, _unused(Path(f"{database.url.database}.before-{head()}")))
    with _alone(database) as connection:
        command.upgrade(alembic_config(connection), to)


def _unused(path: Path) -> Path:
    """Give the path, or one beside it when an upgrade that failed has left its backup there."""
    numbered = (path.with_name(f"{path.name}.{number}") for number in count(2))
    return next(free for free in chain([path], numbered) if not free.exists())


def head() -> str:
    """Give the newest revision that this version knows."""
    newest = ScriptDirectory.from_config(alembic_config()).get_current_head()
    if newest is None:
        raise OldDatabase("This installation holds no migrations. Please install RefBot again.")
    return newest


def revision(database: Database) -> str | None:
    """Give the revision the database is at; None in an empty one."""
    with database.reader.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def must_be_current(database: Database) -> None:
    """Say what to do when the database is of another version."""
    at = revision(database)
    if at != head():
        state = "has not been set up" if at is None else "is of another version of RefBot"
        raise OldDatabase(f"The database {state}. Run `refbot db upgrade` first.")


def differences(database: Database) -> list[str]:
    """Tell where the database differs from what this version expects; empty when it does not."""
    with database.reader.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return [str(difference) for difference in compare_metadata(context, Base.metadata)]


@contextmanager
def _alone(database: Database) -> Iterator[Connection]:
    """Hold the whole database, foreign keys off while tables are copied, then checked."""
    engine = database.writer
    if engine.dialect.name == "postgresql":
        with engine.begin() as connection:
            connection.execute(text(f"SET LOCAL lock_timeout = '{PATIENT_SECONDS}s'"))
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": MIGRATING})
            yield connection
        return
    with engine.connect() as connection:
        # The pragma is without effect inside a transaction, so it goes to the driver directly.
        driver = connection.connection.dbapi_connection
        if driver is None:
            raise OldDatabase("The database could not be opened.")
        driver.cursor().execute("PRAGMA foreign_keys=OFF")
        driver.cursor().execute(f"PRAGMA busy_timeout={PATIENT_SECONDS * 1000}")
        try:
            with connection.begin():
                yield connection
                if broken := connection.exec_driver_sql("PRAGMA foreign_key_check").all():
                    raise OldDatabase(f"The upgrade would leave {len(broken)} rows without parent.")
        finally:
            connection.invalidate()  # the next one gets the usual pragmas
