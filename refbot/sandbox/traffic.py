"""The log of everything that went between bot and sandbox, with tokens masked."""

import logging
import re
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from refbot.sandbox.shapes import Json

log = logging.getLogger(__name__)
KEPT = 20_000
TOKEN = re.compile(r"\b(xox[a-z]|xapp)-[\w-]+")
TO_SLACK = "bot→slack"
FROM_SLACK = "slack→bot"


@dataclass(frozen=True, kw_only=True, slots=True)
class Passage:
    """One call or delivery, before it is numbered."""

    direction: str
    what: str
    ms: float
    payload: Json
    answer: Json | None = None
    error: str | None = None
    summary: str = ""


class Traffic:
    """A ring of the latest passages, numbered from 1."""

    def __init__(self, now: Callable[[], datetime], on_change: Callable[[], None]) -> None:
        self._now = now
        self._lock = threading.Lock()
        self._entries: deque[Json] = deque(maxlen=KEPT)
        self._count = 0
        self._on_change = on_change

    def add(self, passage: Passage) -> None:
        """Note a passage."""
        entry = {
            "when": self._now().isoformat(),
            "direction": passage.direction,
            "what": passage.what,
            "ok": passage.error is None,
            "ms": round(passage.ms, 1),
            "summary": passage.summary or _summary(passage.payload),
            "payload": masked(passage.payload),
        }
        if passage.error is not None:
            entry["error"] = passage.error
        if passage.answer is not None:
            entry["answer"] = masked(passage.answer)
        with self._lock:
            self._count += 1
            self._entries.append({"n": self._count, **entry})
        self._on_change()

    def refuse(self, what: str, problems: list[str], payload: Json) -> None:
        """Note that the bot sent something that Slack would not take."""
        said = "; ".join(problems)
        log.warning("sandbox refused %s: %s", what, said)
        self.add(
            Passage(
                direction=TO_SLACK,
                what=what,
                ms=0,
                payload=payload,
                error=said,
                summary=f"refused: {said}"[:200],
            )
        )

    def entries(self, *, after: int = 0) -> list[Json]:
        """What was noted after a number, oldest first."""
        with self._lock:
            return [entry for entry in self._entries if entry["n"] > after]

    def reset(self) -> None:
        """Forget what was noted; the numbers go on, so that a reader can tell old from new."""
        with self._lock:
            self._entries.clear()
        self._on_change()


def masked(value: Any) -> Any:
    """A copy without secrets: whatever looks like a token is blanked."""
    if isinstance(value, dict):
        return {key: "•••" if key == "token" else masked(item) for key, item in value.items()}
    if isinstance(value, list):
        return [masked(item) for item in value]
    if isinstance(value, str):
        return TOKEN.sub(r"\1-•••", value)
    return value


def _summary(payload: Json) -> str:
    """A few words for the log's line: where to, and the text."""
    words = [payload.get(key) for key in ("command", "channel", "user", "view_id", "text")]
    actions = [action.get("action_id") for action in payload.get("actions", [])]
    line = " ".join(word for word in [*words, *actions] if isinstance(word, str) and word)
    return line[:120]
