import socket
import statistics
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from slack_bolt import Ack, App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.builtin import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse

from refbot.sandbox import Sandbox, socket_mode
from refbot.sandbox.shapes import Json
from tests.sandbox.conftest import Connect, disconnect, leave

COMMAND = "/reference"


def answering(app: App, **answer: Any) -> list[Json]:
    """An app that answers the command; gives the list in which it notes what it got."""
    got: list[Json] = []

    @app.command(COMMAND)
    def answer_command(ack: Ack, command: Json) -> None:
        got.append(command)
        ack(**answer)

    return got


class Mute:
    """A socket client that takes envelopes and acknowledges only when told to."""

    def __init__(self, sandbox: Sandbox) -> None:
        web = WebClient(token=sandbox.app_token, base_url=sandbox.api_url)
        self.socket = SocketModeClient(app_token=sandbox.app_token, web_client=web)
        self.got: list[SocketModeRequest] = []
        self.arrived = threading.Event()
        self.socket.socket_mode_request_listeners.append(self._note)  # type: ignore[arg-type]
        self.socket.connect()
        assert sandbox.connected.wait(3)

    def _note(self, _client: SocketModeClient, request: SocketModeRequest) -> None:
        self.got.append(request)
        self.arrived.set()

    def acknowledge(self, payload: Json | None = None) -> None:
        response = SocketModeResponse(envelope_id=self.got[-1].envelope_id, payload=payload)
        self.socket.send_socket_mode_response(response)

    def break_off(self) -> None:
        session = self.socket.current_session
        assert session is not None
        assert session.sock is not None
        self.socket.auto_reconnect_enabled = False
        session.sock.shutdown(socket.SHUT_RDWR)

    def leave(self, sandbox: Sandbox) -> None:
        leave(sandbox, self.socket)


@pytest.fixture
def mute(sandbox: Sandbox) -> Iterator[Callable[[], Mute]]:
    """Socket clients that say nothing by themselves; they leave at the end."""
    there: list[Mute] = []

    def arrive() -> Mute:
        there.append(Mute(sandbox))
        return there[-1]

    yield arrive
    for one in there:
        one.leave(sandbox)
    assert sandbox.until(lambda: not sandbox.connected.is_set())


def soon(condition: Callable[[], bool]) -> bool:
    """Whether something comes true within three seconds; for what happens in the client."""
    deadline = time.monotonic() + 3
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.005)
    return condition()


def in_background(act: Any) -> tuple[threading.Thread, list[Any]]:
    gave: list[Any] = []
    thread = threading.Thread(target=lambda: gave.append(act()))
    thread.start()
    return thread, gave


def test_the_answer_in_the_ack_is_shown_to_the_typist_alone(
    sandbox: Sandbox, app: App, connect: Connect
) -> None:
    answering(app, text="Three candidates")
    connect(app)
    reply = sandbox.person("riley").types("/reference healthcare", channel="#sales")
    assert (reply.ok, reply.text) == (True, "Three candidates")
    (seen,) = sandbox.person("riley").sees("#sales")
    assert (seen["is_ephemeral"], seen["text"]) == (True, "Three candidates")
    assert sandbox.person("rex").sees("#sales") == []


def test_a_command_carries_what_slack_sends(sandbox: Sandbox, app: App, connect: Connect) -> None:
    (got,) = [answering(app)]
    connect(app)
    line = "/reference R&D <b> @casey #sales @channel https://a.example/x?y=1&z=2"
    sandbox.person("riley").types(line, channel="#sales")
    command = got[0]
    assert command["text"] == (
        "R&amp;D &lt;b&gt; <@U0CASEY|casey.morgan> <#C0SALES|sales> <!channel> "
        "<https://a.example/x?y=1&amp;z=2>"
    )
    assert (command["user_id"], command["team_id"]) == ("U0RILEY", "T0REFBOT")
    assert (command["channel_id"], command["channel_name"]) == ("C0SALES", "sales")
    assert command["is_enterprise_install"] == "false"
    assert command["response_url"].startswith(f"{sandbox.url}response/")


def test_an_answer_to_the_channel_is_seen_by_all_in_it(
    sandbox: Sandbox, app: App, connect: Connect
) -> None:
    answering(app, text="For all", response_type="in_channel")
    connect(app)
    sandbox.person("riley").types(COMMAND, channel="#sales")
    assert [m["text"] for m in sandbox.person("rex").sees("#sales")] == ["For all"]


def test_an_answer_over_the_limits_is_refused_and_the_person_told(
    sandbox: Sandbox, app: App, connect: Connect
) -> None:
    answering(app, text="x" * 4001)
    connect(app)
    reply = sandbox.person("riley").types(COMMAND, channel="#sales")
    assert reply.error == "invalid_answer"
    assert reply.sentence == '/reference failed with the error "invalid_command_response"'
    assert "4001 characters" in sandbox.traffic()[-1]["error"]


def test_without_a_bot_the_command_fails_at_once(sandbox: Sandbox) -> None:
    reply = sandbox.person("riley").types(COMMAND, channel="#sales")
    assert reply.error == "dispatch_failed"
    (told,) = sandbox.person("riley").sees("#sales")
    assert told["username"] == "Slackbot"
    assert told["text"] == '/reference failed with the error "dispatch_failed"'


def test_an_unknown_command_never_reaches_the_bot(sandbox: Sandbox) -> None:
    reply = sandbox.person("riley").types("/weather", channel="#sales")
    assert (reply.error, sandbox.traffic()) == ("unknown_command", [])


def test_a_command_cannot_be_typed_in_a_thread(sandbox: Sandbox) -> None:
    riley = sandbox.person("riley")
    parent = riley.types("Anyone got a bank?", channel="#sales").message
    assert parent is not None
    assert riley.types(COMMAND, channel="#sales", thread_ts=parent["ts"]).error == "not_in_threads"


def test_a_late_ack_is_a_failure_for_the_person_and_is_noted(
    sandbox: Sandbox, mute: Callable[[], Mute]
) -> None:
    silent = mute()
    reply = sandbox.person("riley").types(COMMAND, channel="#sales")
    silent.acknowledge({"text": "Sorry, late"})
    assert reply.error == "timeout"
    assert reply.sentence == '/reference failed with the error "operation_timeout"'
    assert sandbox.until(lambda: "late ack" in sandbox.traffic()[-1].get("error", ""))
    assert [m["username"] for m in sandbox.person("riley").sees("#sales")] == ["Slackbot"]


def test_an_unacknowledged_envelope_comes_again_on_another_socket(
    sandbox: Sandbox, mute: Callable[[], Mute], app: App, connect: Connect
) -> None:
    silent = mute()
    acting, gave = in_background(
        lambda: sandbox.person("riley").types("/reference bank", channel="#sales")
    )
    assert silent.arrived.wait(3)
    silent.leave(sandbox)
    got = answering(app, text="Here")
    connect(app)
    acting.join()
    assert gave[0].text == "Here"
    assert got[0]["trigger_id"] == silent.got[0].payload["trigger_id"]


def test_an_unacknowledged_envelope_goes_to_a_socket_that_is_still_open(
    sandbox: Sandbox, mute: Callable[[], Mute]
) -> None:
    first, second = mute(), mute()
    acting, gave = in_background(lambda: sandbox.person("riley").types(COMMAND, channel="#sales"))
    assert soon(lambda: bool(first.got or second.got))
    holder, other = (first, second) if first.got else (second, first)
    holder.break_off()
    assert other.arrived.wait(3)
    other.acknowledge({"text": "Here"})
    acting.join()
    assert gave[0].text == "Here"


def test_envelopes_go_round_the_open_sockets(sandbox: Sandbox, mute: Callable[[], Mute]) -> None:
    first, second = mute(), mute()
    for _ in range(4):
        sandbox.tells({"type": "user_change", "user": {"id": "U0SAM"}})
    assert soon(lambda: len(first.got) + len(second.got) == 4)
    assert len(first.got) == len(second.got) == 2


def test_a_duplicate_delivery_brings_the_same_envelope_twice(
    sandbox: Sandbox, app: App, connect: Connect
) -> None:
    got = answering(app, text="Here")
    connect(app)
    sandbox.faults.set("duplicate_delivery", method="slash_commands", times=1)
    assert sandbox.person("riley").types(COMMAND, channel="#sales").ok
    assert soon(lambda: len(got) == 2)
    assert len({command["trigger_id"] for command in got}) == 1 < len(got)
    assert len(sandbox.person("riley").sees("#sales")) == 1


def test_an_event_that_is_not_acknowledged_comes_again_with_its_number(
    sandbox: Sandbox, mute: Callable[[], Mute], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket_mode, "ACK_SECONDS", 0.05)
    silent = mute()
    sandbox.tells({"type": "user_change", "user": {"id": "U0SAM"}})
    assert soon(lambda: len(silent.got) >= 2)
    first, again = silent.got[:2]
    assert (first.retry_attempt, again.retry_attempt, again.retry_reason) == (None, 1, "timeout")
    assert first.payload["event_id"] == again.payload["event_id"]


def heard_into(heard: list[Json]) -> Callable[[Json], None]:
    def listen(event: Json) -> None:
        heard.append(event)

    return listen


def test_an_event_waits_for_a_socket(sandbox: Sandbox, app: App, connect: Connect) -> None:
    heard: list[Json] = []
    app.event("message")(heard_into(heard))
    sandbox.person("riley").types("Hello bot", channel="@refbot")
    connect(app)
    assert sandbox.until(lambda: any(e["what"] == "message" for e in sandbox.traffic()))
    assert (heard[0]["text"], heard[0]["channel"], heard[0]["channel_type"]) == (
        "Hello bot",
        "D0RILEY",
        "im",
    )


def test_a_client_comes_back_when_it_is_asked_to(
    sandbox: Sandbox, app: App, connect: Connect
) -> None:
    answering(app, text="Still here")
    handler = connect(app)
    before = handler.client.session_id()
    sandbox.ask_to_reconnect()
    assert soon(lambda: handler.client.session_id() != before)
    assert sandbox.person("riley").types(COMMAND, channel="#sales").text == "Still here"


def test_an_eleventh_socket_is_refused(
    sandbox: Sandbox, mute: Callable[[], Mute], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket_mode, "MOST_LINKS", 1)
    mute()
    client = WebClient(base_url=sandbox.api_url)
    with pytest.raises(SlackApiError, match="too_many_websockets"):
        client.apps_connections_open(app_token=sandbox.app_token)


def test_the_socket_answers_pings(mute: Callable[[], Mute]) -> None:
    silent = mute()
    session = silent.socket.current_session
    assert session is not None
    before = session.last_ping_pong_time
    session.check_state()
    assert soon(lambda: session.last_ping_pong_time != before)


def test_connected_says_whether_a_bot_is_there(
    sandbox: Sandbox, app: App, connect: Connect
) -> None:
    handler = connect(app)
    assert sandbox.connected.is_set()
    disconnect(sandbox, handler)
    assert sandbox.until(lambda: not sandbox.connected.is_set())


class Prompt(Mute):
    """A client that acknowledges at once: what is left is the sandbox's own time."""

    def _note(self, client: SocketModeClient, request: SocketModeRequest) -> None:
        super()._note(client, request)
        self.acknowledge({"text": "Here"})


def test_a_round_trip_takes_few_milliseconds(sandbox: Sandbox) -> None:
    prompt = Prompt(sandbox)
    riley = sandbox.person("riley")
    took = [riley.types(COMMAND, channel="#sales").ack_ms or 0.0 for _ in range(60)]
    prompt.leave(sandbox)
    assert statistics.median(took) < 15
