"""The program's office on each engine."""

from collections.abc import Iterator

import pytest

from refbot.storage import Database
from tests.workflow.office import Office


@pytest.fixture
def office(database_url: str) -> Iterator[Office]:
    database = Database.open(database_url)
    yield Office(database)
    database.close()
