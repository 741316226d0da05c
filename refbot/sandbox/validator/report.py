"""Where a check writes down what it found."""

from collections.abc import Collection
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from refbot.sandbox.shapes import Json


class Surface(StrEnum):
    """What a payload is for."""

    POST = "post"  # the arguments of chat.postMessage: a message, and unfurling switched off
    MESSAGE = "message"  # text, blocks, metadata
    UPDATE = "update"  # the arguments of chat.update
    EPHEMERAL = "ephemeral"  # the arguments of chat.postEphemeral
    ACK = "ack"  # what a slash command's ack carries
    RESPONSE_URL = "response_url"  # what is posted to a response_url
    MODAL = "modal"  # a view of type modal
    HOME = "home"  # a view of type home
    OPTIONS = "options"  # the ack of block_suggestion
    SUBMISSION = "submission"  # the ack of view_submission


MESSAGE_SURFACES = frozenset(
    {
        Surface.POST,
        Surface.MESSAGE,
        Surface.UPDATE,
        Surface.EPHEMERAL,
        Surface.ACK,
        Surface.RESPONSE_URL,
    }
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Problem:
    """One thing that Slack would not take, with the code of its refusal."""

    code: str
    sentence: str


@dataclass(slots=True)
class Report:
    """What was found so far, for one surface."""

    surface: Surface
    found: list[Problem] = field(default_factory=list)

    def add(self, where: str, what: str, *, code: str | None = None) -> None:
        """Write a problem down; without a code it is the surface's usual one."""
        usual = "invalid_blocks" if self.surface in MESSAGE_SURFACES else "invalid_arguments"
        self.found.append(Problem(code=code or usual, sentence=f"{where}: {what}"))

    def require(self, where: str, thing: Any, keys: Collection[str]) -> bool:
        """Whether a thing is an object that has these keys."""
        if not isinstance(thing, dict):
            self.add(where, f"must be an object, not {type(thing).__name__}")
            return False
        missing = [key for key in keys if thing.get(key) is None]
        for key in missing:
            self.add(where, f"{key} is missing")
        return not missing

    def allow(self, where: str, thing: Json, keys: Collection[str]) -> None:
        """Refuse keys that Slack does not know there."""
        for key in thing:
            if key not in keys:
                self.add(where, f"{key} is not known here")

    def length(self, where: str, text: Any, most: int, *, code: str | None = None) -> None:
        """A string no longer than `most` characters."""
        if not isinstance(text, str):
            self.add(where, f"must be text, not {type(text).__name__}", code=code)
        elif len(text) > most:
            self.add(where, f"{len(text)} characters, at most {most}", code=code)

    def count(self, where: str, items: Any, most: int, *, least: int = 1) -> list[Any]:
        """A list with so many items; gives it back, or an empty one."""
        if not isinstance(items, list):
            self.add(where, f"must be a list, not {type(items).__name__}")
            return []
        if not least <= len(items) <= most:
            self.add(where, f"{len(items)} items, from {least} to {most} are allowed")
        return items

    def one_of(self, where: str, value: Any, allowed: Collection[str]) -> None:
        """A value out of a few."""
        if value not in allowed:
            self.add(where, f"{value!r} is none of {', '.join(sorted(allowed))}")

    def unique(self, where: str, values: list[str]) -> None:
        """No value twice."""
        for value in sorted({v for v in values if values.count(v) > 1}):
            self.add(where, f"{value!r} occurs more than once")
