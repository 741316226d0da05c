"""What a line is answered with: RefBot, and what people would use instead of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

PEERS: Mapping[str, tuple[str, str]] = {  # name: module and class, imported by its own process
    "refbot": ("refbot", "RefBot"),
    "symspell+tantivy": ("tantivy_facts", "SymSpellTantivy"),
    "tantivy fuzzy": ("tantivy_words", "TantivyFuzzy"),
    "sqlite": ("sql", "OverSqlite"),
    "postgresql": ("sql", "OverPostgresql"),
    "token_set_ratio": ("rapid", "TokenSetRatio"),
    "wratio": ("rapid", "WRatio"),
    "fts5 trigram": ("fts5", "Fts5Trigram"),
    "pg_trgm": ("pg_trgm", "PgTrgm"),
}
OWN_READING = frozenset(PEERS) - {"refbot", "sqlite", "postgresql"}


@dataclass(frozen=True, slots=True)
class Source:
    """Where the same rows are for all: a SQLite database with the flat tables."""

    database: str
    folder: Path
    as_of: date
    server: str | None  # URL of an empty PostgreSQL database, for those that want one


class Peer(Protocol):
    """Takes in all rows, then answers lines."""

    def build(self, source: Source) -> None:
        """Take in the rows."""

    def top3(self, line: str) -> list[int]:
        """Give the ids of the three best references, from the typed text."""

    def megabytes_on_disk(self) -> float:
        """Tell how much was written for it."""
