"""A sandbox for each test file, and real bolt apps that connect to it."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient
from slack_sdk.socket_mode.builtin import SocketModeClient

from refbot.sandbox import Sandbox
from refbot.sandbox.seed import APP
from refbot.sandbox.shapes import Json

Connect = Callable[[App], SocketModeHandler]


@pytest.fixture(scope="module")
def running() -> Iterator[Sandbox]:
    sandbox = Sandbox(app=replace(APP, scopes=APP.scopes | {"files:read", "files:write"}))
    sandbox.start()
    yield sandbox
    sandbox.stop()


@pytest.fixture
def sandbox(running: Sandbox) -> Iterator[Sandbox]:
    yield running
    running.reset()


@pytest.fixture
def client(sandbox: Sandbox) -> WebClient:
    return WebClient(token=sandbox.bot_token, base_url=sandbox.api_url, retry_handlers=[])


@pytest.fixture
def app(client: WebClient) -> App:
    return App(client=client, token_verification_enabled=False)


@pytest.fixture
def connect(sandbox: Sandbox) -> Iterator[Connect]:
    """Connect a bolt app by its real Socket Mode handler."""
    handlers: list[SocketModeHandler] = []

    def connected(app: App) -> SocketModeHandler:
        web_client = WebClient(token=sandbox.app_token, base_url=sandbox.api_url)
        handler = SocketModeHandler(app, sandbox.app_token, web_client=web_client)
        handler.client.connect()
        handlers.append(handler)
        assert sandbox.connected.wait(3)
        return handler

    yield connected
    for handler in handlers:
        disconnect(sandbox, handler)
    assert sandbox.until(lambda: not sandbox.connected.is_set())


def disconnect(sandbox: Sandbox, handler: SocketModeHandler) -> None:
    """Close a client in a moment."""
    leave(sandbox, handler.client)


def leave(sandbox: Sandbox, client: SocketModeClient) -> None:
    """Cut the socket and wake the queue first: else the client waits seconds to read from each."""
    client.auto_reconnect_enabled = client.default_auto_reconnect_enabled = False
    client.current_session_state.terminated = client.closed = True
    client.enqueue_message("")
    sandbox.drop_sockets()
    client.close()


def section(text: str) -> Json:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


def button(label: str, action_id: str, value: str = "1") -> Json:
    text = {"type": "plain_text", "text": label}
    return {"type": "button", "text": text, "action_id": action_id, "value": value}


def actions(*elements: Json, block_id: str = "acts") -> Json:
    return {"type": "actions", "block_id": block_id, "elements": list(elements)}


def text_input(block_id: str, label: str, **more: object) -> Json:
    element = {"type": "plain_text_input", "action_id": "typed", **more}
    plain = {"type": "plain_text", "text": label}
    return {"type": "input", "block_id": block_id, "label": plain, "element": element}


def modal(*blocks: Json, callback_id: str = "form", **more: object) -> Json:
    return {
        "type": "modal",
        "callback_id": callback_id,
        "title": {"type": "plain_text", "text": "Request"},
        "submit": {"type": "plain_text", "text": "Send"},
        "blocks": list(blocks),
        **more,
    }


QUIET: dict[str, Any] = {"unfurl_links": False, "unfurl_media": False}
