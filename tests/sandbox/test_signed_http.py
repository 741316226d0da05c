import threading
import time
from collections.abc import Iterator, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from slack_bolt import Ack, App, BoltRequest
from slack_sdk import WebClient

from refbot.sandbox import Sandbox, signed_http
from refbot.sandbox.shapes import Json
from tests.sandbox.conftest import modal, section


class BotServer:
    """A bolt app behind a small HTTP server, as a company would run it."""

    def __init__(self) -> None:
        self.app: App | None = None
        self.headers: list[dict[str, str | Sequence[str]]] = []
        self.status = 0  # another than 0 is answered without asking the app
        self.delay = 0.0
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._requests())
        self.url = f"http://127.0.0.1:{self.server.server_port}/slack/events"
        self.thread = threading.Thread(target=self.server.serve_forever)
        self.thread.start()

    def _requests(self) -> type[BaseHTTPRequestHandler]:
        bot = self

        class Requests(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                headers: dict[str, str | Sequence[str]] = {
                    key.lower(): value for key, value in self.headers.items()
                }
                bot.headers.append(headers)
                time.sleep(bot.delay)
                status, content_type, answer = bot.answer(body, headers)
                self.send_response(status)
                self.send_header("Content-Type", content_type)
                self.end_headers()
                self.wfile.write(answer.encode())

            def log_message(self, *_args: object) -> None:
                """Be quiet."""

        return Requests

    def answer(self, body: str, headers: dict[str, str | Sequence[str]]) -> tuple[int, str, str]:
        if self.status or self.app is None:
            return self.status, "text/plain", ""
        response = self.app.dispatch(BoltRequest(body=body, headers=headers))
        content_type = response.headers.get("content-type", ["text/plain"])[0]
        return response.status, content_type, response.body

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


@pytest.fixture
def bot() -> Iterator[BotServer]:
    server = BotServer()
    yield server
    server.stop()


@pytest.fixture
def sandbox(bot: BotServer) -> Iterator[Sandbox]:
    sandbox = Sandbox(request_url=bot.url)
    sandbox.start()
    client = WebClient(token=sandbox.bot_token, base_url=sandbox.api_url)
    bot.app = App(
        client=client, signing_secret=sandbox.signing_secret, token_verification_enabled=False
    )
    yield sandbox
    sandbox.stop()


def test_a_signed_command_is_answered_in_the_response(sandbox: Sandbox, bot: BotServer) -> None:
    assert bot.app is not None
    bot.app.command("/reference")(lambda ack, command: ack(f"Looking for {command['text']}"))
    reply = sandbox.person("riley").types("/reference bank & co", channel="#sales")
    assert (reply.error, reply.text) == (None, "Looking for bank &amp; co")


def test_a_modal_works_over_http(sandbox: Sandbox, bot: BotServer) -> None:
    assert bot.app is not None

    @bot.app.command("/reference")
    def open_modal(ack: Ack, body: Json, client: WebClient) -> None:
        client.views_open(trigger_id=body["trigger_id"], view=modal(section("Sure?")))
        ack()

    bot.app.view("form")(lambda ack: ack(response_action="clear"))
    riley = sandbox.person("riley")
    riley.types("/reference", channel="#sales")
    assert riley.submits().ok
    assert riley.modal is None


def test_another_secret_is_refused_by_the_bot(sandbox: Sandbox, bot: BotServer) -> None:
    bot.app = App(token=sandbox.bot_token, signing_secret="other", token_verification_enabled=False)
    reply = sandbox.person("riley").types("/reference", channel="#sales")
    assert reply.error == "http_error"


def test_an_event_that_fails_comes_again_with_its_number(
    sandbox: Sandbox, bot: BotServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(signed_http, "RETRY_SECONDS", (0.0, 0.05))
    bot.status = 500
    sandbox.person("riley").types("Hello", channel="@refbot")
    assert sandbox.until(lambda: any(e["what"] == "message" for e in sandbox.traffic()))
    numbers = [headers.get("x-slack-retry-num") for headers in bot.headers]
    assert numbers == [None, "1", "2"]
    assert bot.headers[0]["content-type"] == "application/json"


def test_an_answer_after_the_deadline_is_a_failure(
    sandbox: Sandbox, bot: BotServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(signed_http, "ACK_SECONDS", 0.1)
    bot.delay = 0.3
    reply = sandbox.person("riley").types("/reference", channel="#sales")
    assert reply.error == "timeout"


def test_a_bot_that_is_down_is_a_failure_at_once() -> None:
    sandbox = Sandbox(request_url="http://127.0.0.1:9/slack/events")
    sandbox.start()
    reply = sandbox.person("riley").types("/reference", channel="#sales")
    sandbox.stop()
    assert reply.error == "dispatch_failed"
