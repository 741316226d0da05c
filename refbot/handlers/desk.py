"""What every handler needs, and what came in and goes back in our own words."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from slack_sdk import WebClient

from refbot.messages.blocks import Block, Message
from refbot.storage.colleagues import Colleague
from refbot.workflow.acts import Act, World, acting


@dataclass(frozen=True, kw_only=True, slots=True)
class Incoming:
    """One act of a person in Slack. `key` names the delivery; `value` is what a button carries."""

    actor: Colleague
    key: str
    trigger_id: str
    value: str
    body: dict[str, Any]

    @property
    def view(self) -> dict[str, Any]:
        """The view that was open, or nothing."""
        return self.body.get("view") or {}

    @property
    def id(self) -> int:
        """The row's id that the button or form carries."""
        return int(self.value)


@dataclass(frozen=True, kw_only=True, slots=True)
class Reply:
    """What the person gets: a message only they see, a view to open, or errors at fields.

    `view` takes the place of the modal that was clicked in, `pushed` lies on top of it, and `below`
    takes the place of the one under a form that was sent, or under the one that was clicked in.
    """

    message: Message | None = None
    view: Block | None = None
    pushed: Block | None = None
    below: Block | None = None
    errors: dict[str, str] = field(default_factory=dict)


DONE = Reply()


def says(sentence: str) -> Reply:
    """Say something to the person alone."""
    return Reply(message=Message(sentence))


@dataclass(frozen=True, slots=True)
class Desk:
    """The handlers' share of the composition root."""

    world: World
    slack: WebClient
    wake: Callable[[], None]

    @contextmanager
    def acting(self, incoming: Incoming) -> Iterator[Act]:
        """Take the person's act in one transaction, then have the outbox looked at."""
        with acting(self.world, by=incoming.actor.id, key=incoming.key) as act:
            yield act
        self.wake()


Handler = Callable[[Desk, Incoming], Reply]
