"""A database on each engine, and sheets as people write them."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from refbot.imports import Applying, FileReport, import_files
from refbot.storage import Database

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
DATA = Path(__file__).parent.parent / "data"
Sheet = Callable[[str, str], Path]
Import = Callable[..., list[FileReport]]


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = Database.open(database_url)
    yield opened
    opened.close()


@pytest.fixture
def sheet(tmp_path: Path) -> Sheet:
    """Write a file of this name and text."""

    def written(name: str, text: str) -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return written


@pytest.fixture
def imported(database: Database) -> Import:
    """Import files into the database."""

    def run(
        *paths: Path, applying: Applying = Applying.ALL_OR_NOTHING, now: datetime = NOW
    ) -> list[FileReport]:
        return import_files(database, paths, now=now, applying=applying)

    return run
