"""How an act of a person reaches the bot, and what the bot's acknowledgement says."""

import asyncio
import threading
import uuid
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from refbot.sandbox.shapes import Json

ACK_SECONDS = 3.0
# An event that is not acknowledged comes again: at once, after a minute, after five.
RETRY_SECONDS = (0.0, 60.0, 300.0)


class EnvelopeKind(StrEnum):
    """The three kinds of envelope, as Socket Mode names them."""

    COMMAND = "slash_commands"  # somebody typed a command
    INTERACTIVE = "interactive"  # buttons, modals, shortcuts, type-ahead
    EVENT = "events_api"  # nobody waits for an answer


@dataclass(frozen=True, kw_only=True, slots=True)
class Envelope:
    """One delivery to the bot."""

    kind: EnvelopeKind
    payload: Json
    id: str = field(default_factory=lambda: str(uuid.uuid4()))

    @property
    def what(self) -> str:
        """The name in the log: the command, the interaction's type, the event's type."""
        if self.kind is EnvelopeKind.COMMAND:
            return self.kind.value
        event = self.payload.get("event", self.payload)
        return str(event["type"])


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """The bot's acknowledgement, or why there is none."""

    payload: Json | None = None
    ms: float | None = None
    error: str | None = None  # timeout, dispatch_failed, http_error


Answered = Callable[[Answer], None]


class Delivery(Protocol):
    """The way to the bot: Socket Mode or signed HTTP."""

    connected: threading.Event

    def attach(self, loop: asyncio.AbstractEventLoop) -> None:
        """Say in which event loop the sandbox serves."""

    def send(self, envelope: Envelope, answered: Answered) -> None:
        """Deliver, and call back once: with the acknowledgement or with the failure."""

    def reset(self) -> None:
        """Forget what still waits for an acknowledgement."""

    def close(self) -> None:
        """End for good."""


def ask(delivery: Delivery, envelope: Envelope) -> Answer:
    """Deliver and wait for the acknowledgement, no longer than Slack does."""
    waiting: Future[Answer] = Future()

    def answered(answer: Answer) -> None:
        if not waiting.done():
            waiting.set_result(answer)

    delivery.send(envelope, answered)
    try:
        return waiting.result(timeout=ACK_SECONDS + 1)
    except TimeoutError:  # the way to the bot itself is stuck or was stopped
        return Answer(error="timeout")
