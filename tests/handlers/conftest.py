"""A story whose every payload the sandbox took: one refused by its validator fails the test."""

from collections.abc import Iterator

import pytest

from tests.handlers.looking import refused_payloads
from tests.story import Story


@pytest.fixture
def story(story: Story) -> Iterator[Story]:
    yield story
    assert refused_payloads(story) == []
