"""What the sandbox remembers: people, channels, messages, views, files, mail; behind one lock."""

import json
import secrets
import string
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, fields
from datetime import timedelta

from refbot.sandbox import founding
from refbot.sandbox.clock import SandboxClock
from refbot.sandbox.shapes import Json

LOOK_SECONDS = 0.05
LETTERS = string.ascii_uppercase + string.digits


@dataclass(slots=True)
class Memory:
    """All that is kept over a restart. Everything in it is JSON."""

    people: dict[str, Json] = field(default_factory=dict)
    channels: dict[str, Json] = field(default_factory=dict)
    messages: dict[str, dict[str, Json]] = field(default_factory=dict)  # by channel, then ts
    ephemerals: list[Json] = field(default_factory=list)  # each with `channel` and `to`
    views: dict[str, Json] = field(default_factory=dict)  # open modals, by id
    stacks: dict[str, list[str]] = field(default_factory=dict)  # view ids by person, top last
    homes: dict[str, Json] = field(default_factory=dict)
    files: dict[str, Json] = field(default_factory=dict)
    mails: list[Json] = field(default_factory=list)
    unread: dict[str, dict[str, int]] = field(default_factory=dict)  # by person, then channel
    last_stamp: int = 0  # microseconds


class World:
    """The memory with its lock, its clock and those who want to know of changes."""

    def __init__(self, clock: SandboxClock) -> None:
        self.clock = clock
        self.lock = threading.RLock()
        self.changes = threading.Condition(self.lock)
        self.watchers: list[Callable[[str], None]] = []
        self._count = 0
        self.memory = Memory()
        self.reset()

    def reset(self) -> None:
        """Forget everything and start from the seed again."""
        with self.lock:
            now = self.clock.now()
            self.memory = Memory(
                people=founding.users(now=now), channels=founding.channels(now=now)
            )
            self.changed("everything")

    def changed(self, *topics: str) -> None:
        """Tell those who watch what changed, as `messages:C0SALES`, `view:U0RILEY`, `state`."""
        with self.lock:
            for topic in topics:
                for watcher in self.watchers:
                    watcher(topic)
            self._count += 1
            self.changes.notify_all()

    def until(self, condition: Callable[[], bool], *, timeout: float) -> bool:
        """Wait for a condition, looked at after each change; False when time is over.

        It is looked at without the lock, so that it may ask the sandbox by HTTP, and now and then
        without a change, so that it may speak of things outside.
        """
        deadline = time.monotonic() + timeout
        while True:
            before = self._count
            if condition():
                return True
            left = deadline - time.monotonic()
            if left <= 0:
                return False
            self._await_change(before, min(left, LOOK_SECONDS))

    def _await_change(self, before: int, seconds: float) -> None:
        with self.changes:
            self.changes.wait_for(lambda: self._count != before, seconds)

    def next_stamp(self) -> str:
        """A message's `ts`: seconds with six decimals, never the same twice."""
        with self.lock:
            micros = int(self.clock.now().timestamp() * 1_000_000)
            self.memory.last_stamp = max(micros, self.memory.last_stamp + 1)
            return f"{self.memory.last_stamp // 1_000_000}.{self.memory.last_stamp % 1_000_000:06d}"

    def written(self) -> str:
        """The memory and the skipped time as JSON text."""
        with self.lock:
            kept = {f.name: getattr(self.memory, f.name) for f in fields(Memory)}
            return json.dumps({"skipped_seconds": self.clock.skipped.total_seconds(), **kept})

    def restore(self, written: str) -> None:
        """Go on from what `written` gave."""
        kept = json.loads(written)
        skipped = timedelta(seconds=kept.pop("skipped_seconds"))
        with self.lock:
            self.memory = Memory(**kept)
            self.clock.skipped = skipped


def new_id(prefix: str) -> str:
    """An id as Slack makes them: a letter or two, then capitals and digits."""
    return prefix + "".join(secrets.choice(LETTERS) for _ in range(10))
