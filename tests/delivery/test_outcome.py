"""What an answer of Slack or a mail server means, and when to try again: tables."""

import http.client
from datetime import timedelta
from urllib.error import URLError

import pytest
from slack_sdk.errors import SlackApiError, SlackRequestError

from refbot.delivery import slack
from refbot.delivery.outcome import Verdict, backoff, verdict_on_error_code

CODES = [
    ("invalid_blocks", Verdict.NEVER),
    ("msg_too_long", Verdict.NEVER),
    ("user_disabled", Verdict.NEVER),
    ("internal_error", Verdict.UNCERTAIN),
    ("fatal_error", Verdict.UNCERTAIN),
    ("channel_not_found", Verdict.AGAIN),  # an administrator can mend it
    ("not_in_channel", Verdict.AGAIN),
    ("invalid_auth", Verdict.AGAIN),
    ("something_new", Verdict.AGAIN),
]


@pytest.mark.parametrize(("code", "verdict"), CODES)
def test_a_known_refusal_is_judged_by_its_code(code: str, verdict: Verdict) -> None:
    assert verdict_on_error_code(code) is verdict


PAUSES = [(1, 1), (2, 2), (3, 4), (5, 16), (10, 512), (11, 600), (30, 600), (10_000, 600)]


@pytest.mark.parametrize(("attempts", "seconds"), PAUSES)
def test_pauses_double_up_to_ten_minutes(attempts: int, seconds: int) -> None:
    assert backoff(attempts) == timedelta(seconds=seconds)


class Answer(dict[str, object]):
    """As much of Slack's answer as an error carries."""

    def __init__(
        self, status: int, headers: dict[str, object] | None = None, **body: object
    ) -> None:
        super().__init__(body)
        self.status_code = status
        self.headers = headers or {}


BROKEN = [
    (URLError(ConnectionRefusedError()), Verdict.AGAIN),
    (ConnectionRefusedError(), Verdict.AGAIN),
    (URLError("Name or service not known"), Verdict.AGAIN),
    (URLError(TimeoutError()), Verdict.UNCERTAIN),
    (TimeoutError(), Verdict.UNCERTAIN),
    (ConnectionResetError(), Verdict.UNCERTAIN),
    (http.client.RemoteDisconnected(), Verdict.UNCERTAIN),
    (http.client.IncompleteRead(b"half"), Verdict.UNCERTAIN),
    (SlackRequestError("no JSON"), Verdict.UNCERTAIN),
    (SlackApiError("x", Answer(503)), Verdict.UNCERTAIN),
    (SlackApiError("x", Answer(200, ok=False, error="invalid_blocks")), Verdict.NEVER),
    (SlackApiError("x", Answer(200, ok=False, error="not_in_channel")), Verdict.AGAIN),
    (SlackApiError("x", Answer(429, {"Retry-After": "7"})), Verdict.AGAIN),
]


def raising(error: Exception) -> object:
    def call() -> None:
        raise error

    return call


@pytest.mark.parametrize(("error", "verdict"), BROKEN, ids=repr)
def test_only_what_certainly_carried_nothing_is_sent_again_without_a_look(
    error: Exception, verdict: Verdict
) -> None:
    judged = slack._attempt("chat.postMessage", "C0", raising(error))  # noqa: SLF001
    assert judged.verdict is verdict


WAITS = [("7", 7), (["30"], 30), ("0", 0.1)]


@pytest.mark.parametrize(("header", "seconds"), WAITS)
def test_slacks_own_wish_to_wait_is_kept(header: object, seconds: float) -> None:
    error = SlackApiError("x", Answer(429, {"retry-after": header}))
    judged = slack._attempt("chat.postMessage", "C0", raising(error))  # noqa: SLF001
    assert judged.wait == timedelta(seconds=seconds)
    assert judged.method == "chat.postMessage"
