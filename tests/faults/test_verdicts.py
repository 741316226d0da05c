from datetime import timedelta

import pytest

from refbot.delivery.outcome import MOST_ATTEMPTS, Verdict, backoff, verdict_on_error_code


def test_a_weekend_without_a_network_loses_no_message() -> None:
    tried_for = sum((backoff(attempt) for attempt in range(1, MOST_ATTEMPTS)), timedelta())
    assert tried_for > timedelta(days=4)


@pytest.mark.parametrize(
    ("said", "verdict"),
    [
        ("Received a response in a non-JSON format: <html>", Verdict.UNCERTAIN),  # half an answer
        ("", Verdict.UNCERTAIN),
        ("internal_error", Verdict.UNCERTAIN),
        ("not_in_channel", Verdict.AGAIN),  # an administrator can mend it
        ("invalid_blocks", Verdict.NEVER),
    ],
)
def test_only_a_known_no_is_definite(said: str, verdict: Verdict) -> None:
    assert verdict_on_error_code(said) is verdict
