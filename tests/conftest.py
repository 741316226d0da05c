"""Databases on both engines, the sandbox, a RefBot connected to it, and the cast."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from refbot.sandbox.sandbox import Sandbox
from tests.databases import Databases
from tests.story import Story

ENGINES = ("sqlite", "postgresql")


@pytest.fixture(scope="session")
def databases() -> Iterator[Databases]:
    made = Databases()
    yield made
    made.close()


@pytest.fixture(params=ENGINES)
def database_url(request: pytest.FixtureRequest, databases: Databases) -> Iterator[str]:
    """A fresh database, once on each engine."""
    url = getattr(databases, request.param)()
    yield url
    databases.drop(url)


@pytest.fixture(scope="session")
def shared_sandbox() -> Iterator[Sandbox]:
    sandbox = Sandbox()
    sandbox.start()
    yield sandbox
    sandbox.stop()


@pytest.fixture
def sandbox(shared_sandbox: Sandbox) -> Iterator[Sandbox]:
    """A Slack and a mailbox on this machine, as new."""
    shared_sandbox.reset()
    yield shared_sandbox
    shared_sandbox.faults.clear()


@pytest.fixture
def story(sandbox: Sandbox, database_url: str, tmp_path: Path) -> Iterator[Story]:
    """RefBot at work in the sandbox, with a small program of references."""
    told = Story(sandbox, database_url, tmp_path)
    with told.running():
        yield told
