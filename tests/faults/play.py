"""The story as people play it against a RefBot that may die: who sees an error tries again."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from refbot.sandbox.acts.reply import Reply
from refbot.sandbox.filling import pressable
from refbot.sandbox.person import Person
from refbot.sandbox.sandbox import Sandbox
from tests.faults.oracle import Oracle
from tests.faults.supervised import Supervised
from tests.story import BOT, SALES

TRIES = 5
PATIENCE = 40.0  # seconds until something must show


@dataclass(kw_only=True, slots=True)
class Play:
    """One run of the story. The clock's file is the one that the RefBot reads."""

    sandbox: Sandbox
    refbot: Supervised
    oracle: Oracle
    clock: Path
    riley: Person
    casey: Person
    sam: Person

    def does(self, act: str, do: Callable[[], Reply]) -> None:
        """Act until Slack says that it is done, as a person would."""
        for _ in range(TRIES):
            self.refbot.is_at_work()
            if do().ok:
                self.oracle.notes(act)
                return
        raise AssertionError(f"{act}: {TRIES} tries failed")

    def requests(self) -> None:
        """Riley asks for a reference, and takes the first candidate."""
        found: list[Reply] = []

        def searches() -> Reply:
            found.append(
                self.riley.types("/reference healthcare product-A director", channel=SALES)
            )
            return found[-1]

        self.does("search", searches)
        self.does("open the form", lambda: self.riley.clicks("Request", in_=found[-1]))
        self.until(lambda: self.riley.modal)
        self.riley.fills(
            {"opportunity": "Globex rollout (OPP-1)", "prospect": "Globex", "amount": "250000"}
        )
        self.does("request", self.riley.submits)

    def clicks(self, act: str, person: Person, label: str, channel: str = BOT) -> None:
        """Press the newest button of that name."""
        shown = self.message_with(person, label, channel)
        self.does(act, lambda: person.clicks(label, in_=shown))

    def reports(self) -> None:
        """Riley tells that it took place."""
        self.clicks("open the report", self.riley, "How did it go?")
        self.until(lambda: self.riley.modal)
        self.riley.fills({"expected_grade": "4", "actual_grade": "5", "report": "Went well"})
        self.does("report", self.riley.submits)

    def message_with(self, person: Person, label: str, channel: str) -> dict[str, Any]:
        """The newest message with a button, once it is there."""

        def newest() -> dict[str, Any] | None:
            seen = reversed(person.sees(channel))
            return next(
                (m for m in seen if pressable(m.get("blocks", []), label=label, action_id=None)),
                None,
            )

        self.until(newest)
        found = newest()
        assert found is not None
        return found

    def skips(self, target: datetime) -> None:
        """Move both clocks on."""
        self.sandbox.clock.skip_to(target)
        self.clock.write_text(str(self.sandbox.clock.skipped.total_seconds()))

    def skips_by(self, **ahead: float) -> None:
        """Move both clocks on by so much."""
        self.skips(self.sandbox.clock.now() + timedelta(**ahead))

    def until(self, holds: Callable[[], object]) -> None:
        """Wait until something shows in Slack or the mailbox."""
        assert self.sandbox.until(holds, timeout=PATIENCE), "it did not show in time"

    def settles(self) -> None:
        """Wait until nothing is left to send."""
        deadline = time.monotonic() + PATIENCE
        unended = {"pending", "sending", "uncertain"}
        while any(row["status"] in unended for row in self.oracle.rows("outbox")):
            assert time.monotonic() < deadline, self.oracle.rows("outbox")
            time.sleep(0.05)
