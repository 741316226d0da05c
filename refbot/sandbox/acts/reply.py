"""What a person gets back for an act."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from refbot.sandbox.delivery import Answer
from refbot.sandbox.shapes import Json

SLACKBOT = {"user": "USLACKBOT", "username": "Slackbot"}
TROUBLE = "We had some trouble connecting. Try again?"
# How Slack words the failures that it shows after a command.
FAILURE_WORDS = {
    "timeout": "operation_timeout",
    "dispatch_failed": "dispatch_failed",
    "http_error": "http_service_error",
    "invalid_answer": "invalid_command_response",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Reply:
    """The answer to one act: what was shown at once, or what went wrong and how Slack says it."""

    ok: bool
    ack_ms: float | None = None
    text: str = ""
    blocks: list[Json] = field(default_factory=list)
    error: str | None = None
    sentence: str | None = None
    errors: Mapping[str, str] = field(default_factory=dict)  # by block_id, of a modal
    message: Json | None = None  # what was shown, to be clicked in


def answered(answer: Answer, *, sentence: str = TROUBLE) -> Reply:
    """The reply to an act that shows nothing itself; a failure says `sentence`."""
    if answer.error:
        return Reply(ok=False, ack_ms=answer.ms, error=answer.error, sentence=sentence)
    return Reply(ok=True, ack_ms=answer.ms)


def refused(error: str, sentence: str) -> Reply:
    """The reply when Slack itself does not do it, and the bot never hears of it."""
    return Reply(ok=False, error=error, sentence=sentence)
