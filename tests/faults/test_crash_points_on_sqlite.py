"""RELIABILITY.md's ten crash points on SQLite: a kill -9 at each, and the story ends right."""

import pytest

from tests.faults.crash_points import CRASH_POINTS
from tests.faults.kills import Start, the_story_ends_right


@pytest.mark.crash
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("point", CRASH_POINTS)
def test_the_story_ends_right_after_a_kill(point: str, start: Start) -> None:
    the_story_ends_right(point, start)
