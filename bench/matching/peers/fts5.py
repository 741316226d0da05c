"""SQLite FTS5 with trigrams over the records' texts; the line's trigrams, any of them, by bm25.

Only free references are in the index. Known synonyms in the line are replaced by names before.
"""

from pathlib import Path

from bench.matching.peers import Source
from bench.matching.peers.rapid import ASSUMED
from bench.matching.records import in_names, records
from refbot.matching.normal import words_of
from refbot.storage import Database
from refbot.storage.engine import sqlite_module


class Fts5Trigram:
    """Asks for trigrams."""

    def build(self, source: Source) -> None:
        """Fill a database of its own."""
        self._path = Path(source.folder) / "fts5.db"
        self._connection = sqlite_module().connect(str(self._path))
        for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-262144"):
            self._connection.execute(f"PRAGMA {pragma}")
        self._connection.execute(
            "CREATE VIRTUAL TABLE record USING fts5(line, content='', tokenize='trigram')"
        )
        database = Database.open(source.database)
        with database.reader.connect() as connection:
            self._connection.executemany(
                "INSERT INTO record (rowid, line) VALUES (?, ?)",
                (
                    (record.reference_id, record.line)
                    for record in records(connection, source.as_of)
                    if record.free and ASSUMED not in record.refuses
                ),
            )
        self._connection.execute("INSERT INTO record (record) VALUES ('optimize')")
        self._connection.commit()
        database.close()

    def top3(self, line: str) -> list[int]:
        """Give the three of the best bm25."""
        words = words_of(in_names(line))
        grams = dict.fromkeys(word[at : at + 3] for word in words for at in range(len(word) - 2))
        if not grams:
            return []
        asked = " OR ".join(f'"{gram}"' for gram in grams)
        found = self._connection.execute(
            "SELECT rowid FROM record WHERE record MATCH ? ORDER BY rank LIMIT 3", (asked,)
        )
        return [row[0] for row in found]

    def megabytes_on_disk(self) -> float:
        """Count the file."""
        return self._path.stat().st_size / 1e6
