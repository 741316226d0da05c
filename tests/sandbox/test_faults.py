import time

import pytest
from slack_bolt import App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from refbot.sandbox import Sandbox
from refbot.sandbox.clock import SandboxClock
from tests.sandbox.conftest import QUIET, Connect

POST = "chat.postMessage"


def post(client: WebClient) -> None:
    client.chat_postMessage(channel="C0PROGRAM", text="Once", **QUIET)


def posted(sandbox: Sandbox) -> int:
    return len(sandbox.messages("C0PROGRAM"))


def test_too_many_calls_are_told_when_to_come_back(client: WebClient, sandbox: Sandbox) -> None:
    sandbox.faults.set("rate_limited", method=POST, times=1, retry_after=7)
    with pytest.raises(SlackApiError) as raised:
        post(client)
    assert raised.value.response.status_code == 429
    assert raised.value.response.headers["Retry-After"] == "7"
    post(client)
    assert posted(sandbox) == 1


def test_a_server_error_leaves_open_whether_it_was_done(
    client: WebClient, sandbox: Sandbox
) -> None:
    sandbox.faults.set("server_error", method=POST, times=1)
    with pytest.raises(SlackApiError) as raised:
        post(client)
    assert (raised.value.response.status_code, posted(sandbox)) == (503, 0)
    sandbox.faults.set("server_error", method=POST, times=1, done=True)
    with pytest.raises(SlackApiError):
        post(client)
    assert posted(sandbox) == 1


@pytest.mark.parametrize(("kind", "count"), [("drop_before", 0), ("drop_after", 1)])
def test_a_dropped_connection_gives_no_answer(
    client: WebClient, sandbox: Sandbox, kind: str, count: int
) -> None:
    sandbox.faults.set(kind, method=POST, times=1)
    with pytest.raises(OSError, match=r"[Cc]losed|reset"):
        post(client)
    assert posted(sandbox) == count


def test_the_library_posts_twice_when_it_may_retry(sandbox: Sandbox) -> None:
    """The very mistake that `retry_handlers=[]` avoids: the sandbox shows it."""
    client = WebClient(token=sandbox.bot_token, base_url=sandbox.api_url)
    sandbox.faults.set("drop_after", method=POST, times=1)
    post(client)
    assert posted(sandbox) == 2


def test_a_late_answer_comes_after_the_deed(client: WebClient, sandbox: Sandbox) -> None:
    sandbox.faults.set("late_answer", method=POST, times=1, seconds=0.3)
    client.timeout = 0.1  # type: ignore[assignment] # whole seconds are all it declares
    with pytest.raises(TimeoutError):
        post(client)
    assert posted(sandbox) == 1


def test_history_can_be_withheld(client: WebClient, sandbox: Sandbox) -> None:
    sandbox.faults.set("no_history")
    with pytest.raises(SlackApiError, match="missing_scope"):
        client.conversations_history(channel="C0PROGRAM")
    sandbox.faults.clear("no_history")
    assert client.conversations_history(channel="C0PROGRAM")["messages"] == []


def test_history_can_lag_behind(client: WebClient, sandbox: Sandbox) -> None:
    post(client)
    sandbox.faults.set("late_history", times=1, seconds=60)
    assert client.conversations_history(channel="C0PROGRAM")["messages"] == []
    assert len(client.conversations_history(channel="C0PROGRAM")["messages"]) == 1


def test_a_fault_strikes_only_its_method_and_so_many_times(
    client: WebClient, sandbox: Sandbox
) -> None:
    sandbox.faults.set("rate_limited", method=POST, times=2)
    client.auth_test()
    for _ in range(2):
        with pytest.raises(SlackApiError):
            post(client)
    post(client)
    assert posted(sandbox) == 1


def test_slack_can_be_down_when_a_client_connects(
    sandbox: Sandbox, app: App, connect: Connect
) -> None:
    sandbox.faults.set("server_error", method="apps.connections.open", times=1)
    with pytest.raises(SlackApiError):
        connect(app)
    connect(app)
    assert sandbox.connected.is_set()


def test_each_fault_is_in_the_log(client: WebClient, sandbox: Sandbox) -> None:
    sandbox.faults.set("drop_after", method=POST, times=1)
    with pytest.raises(OSError, match=r"[Cc]losed|reset"):
        post(client)
    (entry,) = sandbox.traffic()
    assert (entry["what"], entry["ok"], entry["error"]) == (POST, False, "done, then dropped")


def test_the_clock_skips_ahead_and_never_back() -> None:
    clock = SandboxClock()
    start = clock.now()
    clock.skip_to(start.replace(year=start.year + 1))
    skipped = clock.now()
    clock.skip_to(start)
    assert clock.now() >= skipped > start


def test_messages_carry_the_time_of_the_sandbox(client: WebClient) -> None:
    sandbox = Sandbox()
    sandbox.start()
    try:
        sandbox.clock.skip_to(sandbox.clock.now().replace(year=2090))
        client = WebClient(token=sandbox.bot_token, base_url=sandbox.api_url)
        ts = client.chat_postMessage(channel="C0PROGRAM", text="x", **QUIET)["ts"]
    finally:
        sandbox.stop()
    assert float(ts) > time.time() + 50 * 365 * 86_400
