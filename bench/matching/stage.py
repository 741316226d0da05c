"""One size of corpus in a folder: the database, its flat tables, the lines and what is right."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bench.matching import corpus, truth
from bench.matching.flat import flatten
from bench.matching.oracle import Asked
from bench.matching.queries import Line, lines
from refbot.policy import Policy
from refbot.storage import Database
from refbot.storage.upgrade import upgrade

TODAY = corpus.NOW.date()
_EPOCH = date(1970, 1, 1).toordinal()


@dataclass(frozen=True, kw_only=True, slots=True)
class Stage:
    """A corpus; `right` has what there is to find for each of the first lines."""

    references: int
    url: str
    folder: Path
    corpus_seconds: float
    flat_seconds: float
    flat_megabytes: float
    lines: list[Line]
    right: list[truth.Right]
    connection: Connection

    def marks(self, shown: list[list[int]]) -> list[truth.Marks]:
        """Mark what was shown for the first lines."""
        return [
            truth.marked(self.connection, _asked(line), right, found)
            for line, right, found in zip(self.lines, self.right, shown, strict=False)
        ]


@contextmanager
def set_up(folder: Path, references: int, queries: int, marked: int) -> Iterator[Stage]:
    """Make a corpus with so many lines, and find out what is right for the first of them."""
    path = folder / "refbot.db"
    url = f"sqlite:///{path}"
    database = Database.open(url)
    upgrade(database)
    started = time.perf_counter()
    corpus.write(database, references, seed=corpus.SEED)
    written, size = time.perf_counter(), path.stat().st_size
    with database.writer.connect() as connection:
        rest = Policy().rest_after_held_days
        flatten(connection, today=TODAY, zone=ZoneInfo("UTC"), rest_after_held_days=rest)
        connection.commit()
    flattened = time.perf_counter()
    with database.reader.connect() as connection:
        connection.exec_driver_sql("PRAGMA cache_size=-262144")
        made = lines(connection, queries, day=TODAY.toordinal() - _EPOCH)
        right = [truth.right(connection, _asked(line)) for line in made[:marked]]
        connection.rollback()  # a reader would hold writers up
        yield Stage(
            references=references,
            url=url,
            folder=folder,
            corpus_seconds=written - started,
            flat_seconds=flattened - written,
            flat_megabytes=(path.stat().st_size - size) / 1e6,
            lines=made,
            right=right,
            connection=connection,
        )
    database.close()


def _asked(line: Line) -> Asked:
    return Asked(criteria=line.intent, as_of=TODAY)
