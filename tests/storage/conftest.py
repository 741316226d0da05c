"""A migrated database on each engine, opened as RefBot opens it."""

from collections.abc import Iterator

import pytest

from refbot.storage import Database


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = Database.open(database_url)
    yield opened
    opened.close()
