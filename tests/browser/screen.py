"""The demo's page as the people of the story use it: by what is written there, never by styles."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect, sync_playwright

from refbot.sandbox.seed import CAST
from tests.chromium import chromium

NAMES = {colleague.key: colleague.real_name for colleague in CAST}
CHANNELS = {"#general": "C0GENERAL", "#sales": "C0SALES", "#reference-program": "C0PROGRAM"}
SIZE = ViewportSize(width=1280, height=800)
PATIENCE_MS = 20_000  # on a busy machine; what is there is seen at once
AHEAD = re.compile(r"· .* ahead")  # "in New York · 7 d 1 h ahead"
SHOTS = os.environ.get("REFBOT_SCREENSHOTS")


@contextmanager
def a_browser() -> Iterator[Browser]:
    """Start Debian's Chromium without a window."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        try:
            yield browser
        finally:
            browser.close()


@dataclass(frozen=True, slots=True)
class Screen:
    """One tab with the page; whoever acts sits down at it."""

    page: Page
    url: str

    @classmethod
    def opened(cls, browser: Browser, url: str) -> "Screen":
        """Open the page in a fresh browser profile."""
        page = browser.new_page(viewport=SIZE, reduced_motion="reduce")
        page.set_default_timeout(PATIENCE_MS)
        expect.set_options(timeout=PATIENCE_MS)
        page.goto(url)
        return cls(page, url)

    def sits(self, name: str, where: str) -> "Screen":
        """Let a person sit down at a channel ("#sales"), at RefBot's messages or at its Home."""
        place = {"as": f"U0{name.upper()}", "channel": CHANNELS.get(where, "refbot")}
        if where == "Home":
            place["tab"] = "home"
        self.page.goto(f"{self.url}#{urlencode(place)}")
        expect(self.button(f"Acting as {NAMES[name]}")).to_be_visible()
        expect(self.main).to_be_visible()
        return self

    def closes_the_guide(self) -> None:
        """Make room; the browser remembers."""
        self.button("Close the guide").click()

    @property
    def main(self) -> Locator:
        """The open channel or app."""
        return self.page.get_by_role("main")

    @property
    def form(self) -> Locator:
        """The modal on top."""
        return self.page.get_by_role("dialog").last

    def button(self, label: str) -> Locator:
        """A button anywhere on the page."""
        return self.page.get_by_role("button", name=label)

    def message(self, *words: str) -> Locator:
        """The newest message that holds all these words."""
        found = self.main.get_by_role("article")
        for word in words:
            found = found.filter(has_text=word)
        return found.last

    def types(self, text: str) -> None:
        """Write into the message box and send it."""
        box = self.main.get_by_role("textbox")
        box.fill(text)
        box.press("Enter")

    def clicks(self, label: str, *words: str) -> None:
        """Press a button in the newest message with these words."""
        self.message(*words).get_by_role("button", name=label, exact=True).first.click()

    def confirms(self, label: str) -> None:
        """Answer "Are you sure?"."""
        self.page.get_by_role("alertdialog").get_by_role("button", name=label).click()

    def chooses(self, field: str, typed: str, option: str) -> None:
        """Type into a select and take an option."""
        self.form.get_by_role("combobox", name=field).fill(typed)
        self.page.get_by_role("option", name=option).first.click()

    def submits(self, label: str) -> None:
        """Press the form's own button."""
        self.form.get_by_role("button", name=label, exact=True).click()

    def acts_as(self, name: str) -> None:
        """Use the page's own switch of persons."""
        self.page.get_by_role("button", name="Acting as").click()
        self.page.get_by_role("menuitemradio", name=NAMES[name]).click()
        expect(self.button(f"Acting as {NAMES[name]}")).to_be_visible()

    def sees(self, *words: str) -> None:
        """Find a message with these words; every emoji in it is drawn."""
        expect(self.message(*words)).to_be_visible()
        expect(self.message(*words)).not_to_contain_text(re.compile(r":[a-z_]{3,}:"))

    def sees_no(self, words: str | re.Pattern[str]) -> None:
        """Find nothing of these words, once the messages are there."""
        expect(self.main).not_to_contain_text(words)

    def skips(self, leap: str) -> None:
        """Skip an hour, a day or a week ahead, and wait until all on the way has happened."""
        button = self.button(f"Skip ahead 1 {leap}")
        clock = self.page.get_by_role("group", name="Clock")
        ahead = AHEAD.search(clock.inner_text())
        button.click()
        if ahead:
            expect(clock).not_to_contain_text(ahead.group())
        else:
            expect(clock).to_contain_text(AHEAD)
        expect(button).to_be_enabled()

    def shot(self, name: str) -> None:
        """Keep a picture, when pictures are asked for."""
        if SHOTS:
            self.page.mouse.move(5, 500)  # nothing is pointed at
            self.page.screenshot(path=Path(SHOTS) / f"{name}.png")
