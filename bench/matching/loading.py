"""Many rows into a RefBot database quickly: one statement for thousands, COPY on PostgreSQL."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Protocol

from refbot.storage import Database


class Load(Protocol):
    """Takes rows of one table."""

    def __call__(self, table: str, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
        """Write the rows."""


@contextmanager
def loading(database: Database) -> Iterator[Load]:
    """Give what writes rows, all in one transaction."""
    if database.url.get_backend_name() == "sqlite":
        with _sqlite(database) as load:
            yield load
    else:
        with _postgresql(database) as load:
            yield load


@contextmanager
def _sqlite(database: Database) -> Iterator[Load]:
    with database.writer.connect() as connection:
        driver: Any = connection.connection.dbapi_connection
        # The rows are generated whole; the disk need not follow each page of a bench's database.
        driver.execute("PRAGMA foreign_keys=OFF")
        driver.execute("PRAGMA synchronous=OFF")
        driver.execute("PRAGMA cache_size=-400000")
        driver.execute("BEGIN IMMEDIATE")

        def load(table: str, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
            names, marks = ", ".join(f'"{name}"' for name in columns), ", ".join("?" * len(columns))
            driver.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)  # noqa: S608

        try:
            yield load
            driver.execute("COMMIT")
        finally:
            connection.invalidate()  # the next one gets the usual pragmas


@contextmanager
def _postgresql(database: Database) -> Iterator[Load]:
    with database.writer.connect() as connection:
        driver: Any = connection.connection.dbapi_connection
        loaded: set[str] = set()

        def load(table: str, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
            names = ", ".join(f'"{name}"' for name in columns)
            loaded.add(table)
            with driver.cursor().copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)

        yield load
        with driver.cursor() as cursor:
            for table in sorted(loaded):
                _go_on_counting(cursor, table)
        driver.commit()
        driver.autocommit = True
        driver.execute("ANALYZE")
        driver.autocommit = False


def _go_on_counting(cursor: Any, table: str) -> None:
    """Let ids that the database gives follow the ones written."""
    cursor.execute(
        "SELECT 1 FROM information_schema.columns WHERE table_name = %s AND column_name = 'id'",
        (table,),
    )
    if cursor.fetchone():
        cursor.execute(
            f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}"  # noqa: S608
        )
