"""One demo and one browser for the tests of this folder."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.demo_process import Demo, refbot_demo
from tests.browser.screen import Screen, a_browser
from tests.chromium import HOW, chromium


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if chromium() is None:
        pytest.fail(HOW)
    with a_browser() as started:
        yield started


@pytest.fixture(scope="module")
def temporary(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the demo puts its temporary files."""
    return tmp_path_factory.mktemp("temporary")


@pytest.fixture(scope="module")
def demo(temporary: Path) -> Iterator[Demo]:
    with refbot_demo(temporary=temporary) as started:
        yield started


@pytest.fixture
def screen(browser: Browser, demo: Demo) -> Iterator[Screen]:
    opened = Screen.opened(browser, demo.url)
    yield opened
    opened.page.close()
