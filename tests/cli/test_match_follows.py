"""Another process sees at once what this one writes: `refbot match -` fed line by line."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from refbot.lifecycle import ReferenceStatus
from refbot.storage import Database, revisions
from refbot.storage.accounts import CompanyWord
from refbot.storage.references import Reference
from refbot.storage.revisions import Changed
from tests.program import seed_program

WITHIN = 1.0  # seconds, from the commit here to the answer there


class Matching:
    """A running `refbot match - --json`."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        assert process.stdin
        assert process.stdout
        self._typed, self._told = process.stdin, process.stdout

    def answer(self, line: str) -> dict[str, Any]:
        self._typed.write(line + "\n")
        self._typed.flush()
        answer: dict[str, Any] = json.loads(self._told.readline())
        return answer


@contextmanager
def matching(database_url: str, folder: Path) -> Iterator[Matching]:
    environment = {**os.environ, "REFBOT_DATABASE_URL": database_url}
    command = [sys.executable, "-m", "refbot", "match", "-", "--json"]
    with subprocess.Popen(  # noqa: S603 - our own program
        command, env=environment, cwd=folder, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    ) as process:  # fmt: skip
        yield Matching(process)
        assert process.stdin
        process.stdin.close()
        assert process.wait(20) == 0


def test_another_process_sees_a_change_within_a_second(database_url: str, tmp_path: Path) -> None:
    database = Database.open(database_url)
    seed_program(database, datetime.now(UTC))
    with matching(database_url, tmp_path) as there:
        before = there.answer("healthcare director")["candidates"][0]
        with database.write() as session:
            session.get_one(Reference, before["reference_id"]).status = ReferenceStatus.PAUSED
            session.add(CompanyWord(facet="industry", value="healthcare", text="zorkish"))
            changes = [(Changed.REFERENCE, before["reference_id"]), (Changed.WORDS, 0)]
            revisions.record(session, changes)
        committed = time.monotonic()
        after = there.answer("zorkish director")
        assert time.monotonic() - committed < WITHIN
    assert after["criteria"]["industry"] == ["healthcare"]
    found = [candidate["reference_id"] for candidate in after["candidates"]]
    assert found
    assert before["reference_id"] not in found
    database.close()
