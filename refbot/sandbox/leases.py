"""What Slack lends for a while: trigger ids (3 s, once) and response URLs (30 min, 5 uses)."""

import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from refbot.sandbox.shapes import SlackError

TRIGGER_SECONDS = 3.0
RESPONSE_SECONDS = 30 * 60.0
RESPONSE_USES = 5
KEPT = 5_000


@dataclass(kw_only=True, slots=True)
class Trigger:
    """Who acted, and in which open view."""

    user_id: str
    view_id: str | None
    issued: float
    spent: bool = False


@dataclass(kw_only=True, slots=True)
class ResponseUrl:
    """Where an answer by `response_url` goes, and which message it was lent for."""

    user_id: str
    channel_id: str
    ts: str | None
    issued: float
    uses: int = 0


class Leases:
    """All that is lent now. Times are real seconds that only go forward."""

    def __init__(self, seconds: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self._lock = threading.Lock()
        self._triggers: dict[str, Trigger] = {}
        self._responses: dict[str, ResponseUrl] = {}

    def trigger(self, user_id: str, *, view_id: str | None = None) -> str:
        """Lend a trigger id for one act of a person."""
        trigger_id = f"{time.time_ns() // 1000}.{secrets.randbelow(10**6)}.{secrets.token_hex(16)}"
        with self._lock:
            self._triggers[trigger_id] = Trigger(
                user_id=user_id, view_id=view_id, issued=self._seconds()
            )
            _drop_oldest(self._triggers)
        return trigger_id

    def redeem(self, trigger_id: str) -> Trigger:
        """Use a trigger id up, or say as Slack does why that cannot be."""
        with self._lock:
            trigger = self._triggers.get(trigger_id)
            if trigger is None:
                raise SlackError("invalid_trigger_id")
            if trigger.spent:
                raise SlackError("exchanged_trigger_id")
            if self._seconds() - trigger.issued > TRIGGER_SECONDS:
                raise SlackError("expired_trigger_id")
            trigger.spent = True
            return trigger

    def response_url(self, user_id: str, channel_id: str, *, ts: str | None = None) -> str:
        """Lend the key of a response URL; `ts` is the message that `replace_original` speaks of."""
        key = secrets.token_urlsafe(18)
        with self._lock:
            self._responses[key] = ResponseUrl(
                user_id=user_id, channel_id=channel_id, ts=ts, issued=self._seconds()
            )
            _drop_oldest(self._responses)
        return key

    def use(self, key: str) -> ResponseUrl:
        """Count one use of a response URL, or refuse."""
        with self._lock:
            lease = self._responses.get(key)
            if lease is None or self._seconds() - lease.issued > RESPONSE_SECONDS:
                raise SlackError("expired_url")
            if lease.uses >= RESPONSE_USES:
                raise SlackError("used_url")
            lease.uses += 1
            return lease


def _drop_oldest(kept: dict[str, Trigger] | dict[str, ResponseUrl]) -> None:
    """Keep the ledger from growing without end in a long demo."""
    while len(kept) > KEPT:
        del kept[next(iter(kept))]
