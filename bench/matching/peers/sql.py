"""The facets of RefBot's own reading as SQL: every rule of eligibility, score and order."""

from collections.abc import Iterator
from contextlib import closing
from typing import Any

from sqlalchemy import Connection, create_engine, text

from bench.matching import flat
from bench.matching.oracle import Asked, candidates
from bench.matching.peers import Source
from refbot.matching.parse import read
from refbot.matching.vocabulary import Vocabulary
from refbot.storage import Database
from refbot.storage.words import account_names, words

_PAGE = 20_000


class _OverSql:
    """Reads a line as RefBot does and asks a database."""

    def _open(self, source: Source, connection: Connection) -> None:
        self._as_of = source.as_of
        self._connection = connection
        database = Database.open(source.database)
        with database.read() as session:
            self._vocabulary = Vocabulary.of(words(session), account_names(session))
        database.close()

    def top3(self, line: str) -> list[int]:
        """Parse, write the SQL, run it."""
        criteria = read(line, self._vocabulary, as_of=self._as_of).criteria
        asked = Asked(criteria=criteria, as_of=self._as_of)
        return [found.reference_id for found in candidates(self._connection, asked)]


class OverSqlite(_OverSql):
    """SQLite with 256 MB of page cache and memory-mapped reads."""

    def build(self, source: Source) -> None:
        """The flat tables were made with the corpus, which tells their time and size."""
        connection = Database.open(source.database).reader.connect()
        for pragma in ("cache_size=-262144", "mmap_size=4294967296"):
            connection.exec_driver_sql(f"PRAGMA {pragma}")
        self._open(source, connection)

    def megabytes_on_disk(self) -> float:
        """Told with the corpus too."""
        return 0.0


class OverPostgresql(_OverSql):
    """PostgreSQL on a socket of this machine, one worker a query."""

    def build(self, source: Source) -> None:
        """Copy the flat tables over, index and analyse them."""
        engine = create_engine(source.server or "")
        connection = engine.connect()
        flat.create(connection)
        with closing(Database.open(source.database)) as database, database.reader.connect() as rows:
            for table, columns in {"flat": flat.COLUMNS, **flat.BESIDE}.items():
                _copy(rows, connection, table, list(columns))
        flat.index(connection)
        connection.commit()
        self._open(source, connection)

    def megabytes_on_disk(self) -> float:
        """Ask the server."""
        size = "SELECT pg_database_size(current_database())"
        return float(self._connection.execute(text(size)).scalar() or 0) / 1e6


def _copy(source: Connection, to: Connection, table: str, columns: list[str]) -> None:
    driver: Any = to.connection.dbapi_connection
    listed = ", ".join(f'"{name}"' for name in columns)
    with driver.cursor().copy(f"COPY {table} ({listed}) FROM STDIN") as copy:
        for row in _rows(source, table, listed):
            copy.write_row(row)


def _rows(source: Connection, table: str, listed: str) -> Iterator[Any]:
    chosen = source.execution_options(yield_per=_PAGE)
    return iter(chosen.execute(text(f"SELECT {listed} FROM {table}")))  # noqa: S608 - our tables
