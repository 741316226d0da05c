"""PostgreSQL's pg_trgm over the records' texts: the nearest by similarity, from a GiST index.

Only free references are in the table. Known synonyms in the line are replaced by names before.
"""

from typing import Any

from sqlalchemy import create_engine, text

from bench.matching.peers import Source
from bench.matching.peers.rapid import ASSUMED
from bench.matching.records import in_names, records
from refbot.storage import Database


class PgTrgm:
    """Asks for similar texts."""

    def build(self, source: Source) -> None:
        """Fill and index a table."""
        self._connection = create_engine(source.server or "").connect()
        driver: Any = self._connection.connection.dbapi_connection
        driver.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        driver.execute("CREATE TABLE record (id integer PRIMARY KEY, line text NOT NULL)")
        database = Database.open(source.database)
        with (
            database.reader.connect() as connection,
            driver.cursor().copy("COPY record (id, line) FROM STDIN") as copy,
        ):
            for record in records(connection, source.as_of):
                if record.free and ASSUMED not in record.refuses:
                    copy.write_row((record.reference_id, record.line))
        driver.execute(
            "CREATE INDEX record_line ON record USING gist (line gist_trgm_ops(siglen=256))"
        )
        driver.execute("ANALYZE record")
        driver.commit()
        database.close()

    def top3(self, line: str) -> list[int]:
        """Give the three most similar."""
        found = self._connection.execute(
            text("SELECT id FROM record ORDER BY line <-> :line LIMIT 3"),
            {"line": in_names(line)},
        )
        return [row[0] for row in found]

    def megabytes_on_disk(self) -> float:
        """Ask the server."""
        size = "SELECT pg_total_relation_size('record')"
        return float(self._connection.execute(text(size)).scalar() or 0) / 1e6
