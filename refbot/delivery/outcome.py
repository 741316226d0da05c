"""What became of an attempt, and when to try again: pure decisions."""

import re
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

FIRST_RETRY = timedelta(seconds=1)
LAST_RETRY = timedelta(minutes=10)
MOST_ATTEMPTS = 1000  # a week of the longest pauses: a network may be down over a weekend
SLACKS_OWN = re.compile(r"[a-z0-9_]+")  # how Slack writes its error codes


class Verdict(StrEnum):
    """How an attempt ended."""

    SENT = "sent"
    AGAIN = "again"  # it is certain that nothing arrived: try later
    UNCERTAIN = "uncertain"  # it may have arrived: look before trying again
    NEVER = "never"  # it cannot arrive
    SENSELESS = "senseless"  # there is nothing to tell any more


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """A verdict with what belongs to it. `wait` is Slack's own wish (Retry-After).

    `looked` is set when Slack showed what stands there, and the message was not among it.
    """

    verdict: Verdict
    channel: str | None = None
    ts: str | None = None
    error: str | None = None
    wait: timedelta | None = None
    method: str | None = None
    looked: bool = False


HOPELESS = frozenset(
    {
        "invalid_blocks",
        "invalid_blocks_format",
        "msg_too_long",
        "msg_blocks_too_long",
        "no_text",
        "metadata_too_large",
        "invalid_arguments",
        "cannot_dm_bot",
        "user_not_found",
        "user_disabled",
        "users_not_found",
    }
)
DOUBTFUL = frozenset(
    {"internal_error", "fatal_error", "request_timeout", "service_unavailable", "team_added_to_org"}
)


def backoff(attempts: int) -> timedelta:
    """Give the pause after so many attempts: doubling, ten minutes at the most."""
    doubled = FIRST_RETRY * 2.0 ** min(attempts - 1, 20)
    return min(doubled, LAST_RETRY)


def verdict_on_error_code(code: str) -> Verdict:
    """Judge an `ok: false`. What an administrator can mend is tried again.

    Words that are no code of Slack's come from the library, for an answer that it could not read.
    """
    if code in HOPELESS:
        return Verdict.NEVER
    if code in DOUBTFUL or not SLACKS_OWN.fullmatch(code):
        return Verdict.UNCERTAIN
    return Verdict.AGAIN
