"""How soon a change made in one process is seen in another: `python -m bench.matching.fresh`."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import update

from bench.matching import corpus
from refbot.lifecycle import ReferenceStatus
from refbot.matching.criteria import Criteria
from refbot.storage import Database, revisions
from refbot.storage.references import Reference
from refbot.workflow.pool import Pool

_CHANGES = 20
_PAUSE = 0.0005  # seconds between two queries of the one who looks


def milliseconds_until_seen(url: str) -> list[float]:
    """Pause references one by one; give the time from each commit until another process knows."""
    database = Database.open(url)
    taken = []
    with _watching(url) as watcher:
        for _ in range(_CHANGES):
            first = _told(watcher)["first"]
            _pause(database, first)
            committed = time.monotonic()
            taken.append((_told(watcher)["seen"] - committed) * 1000)
    database.close()
    return taken


def _pause(database: Database, reference_id: int) -> None:
    with database.write() as session:
        session.execute(
            update(Reference)
            .where(Reference.id == reference_id)
            .values(status=ReferenceStatus.PAUSED, version=Reference.version + 1)
        )
        revisions.record(session, [(revisions.Changed.REFERENCE, reference_id)])


@contextmanager
def _watching(url: str) -> Iterator["subprocess.Popen[str]"]:
    command = [sys.executable, "-m", "bench.matching.fresh", url]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as watcher:  # noqa: S603
        yield watcher
        watcher.wait(60)


def _told(watcher: "subprocess.Popen[str]") -> dict[str, Any]:
    if watcher.stdout is None:
        raise RuntimeError
    for line in watcher.stdout:
        if line.startswith("{"):
            return dict(json.loads(line))
    sys.exit("The process that looks for changes has ended.")


def _watch(url: str) -> None:
    """Say who is first, look until somebody else is, say when; the clock is the machine's."""
    pool, everybody = Pool(Database.open(url), ZoneInfo("UTC")), Criteria()

    def first() -> int:
        answer = pool.matcher(corpus.NOW).match(everybody, as_of=corpus.NOW.date())
        return answer.candidates[0].reference_id

    for _ in range(_CHANGES):
        before = first()
        print(json.dumps({"first": before}), flush=True)
        while first() == before:
            time.sleep(_PAUSE)
        print(json.dumps({"seen": time.monotonic()}), flush=True)


if __name__ == "__main__":
    _watch(sys.argv[1])
