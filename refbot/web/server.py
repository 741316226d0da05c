"""The web server of one process, in a thread of its own."""

import threading
import time
from dataclasses import dataclass

import uvicorn
from slack_bolt import App
from sqlalchemy import text
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from refbot.errors import RefBotError
from refbot.storage import Database
from refbot.web.slack import SlackEndpoint


@dataclass(frozen=True, slots=True)
class WebServer:
    """A running server."""

    server: uvicorn.Server
    thread: threading.Thread

    def stop(self) -> None:
        """End after the requests under way."""
        self.server.should_exit = True
        self.thread.join(10)


def serve(database: Database, bolt: App, *, host: str, port: int) -> WebServer:
    """Start serving; returns when the port is open."""
    config = uvicorn.Config(
        pages(database, bolt),
        host=host,
        port=port,
        log_config=None,
        access_log=False,
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, name="web", daemon=True)
    thread.start()
    deadline = time.monotonic() + 10
    while not server.started and thread.is_alive() and time.monotonic() < deadline:
        time.sleep(0.01)
    if not server.started:
        raise RefBotError(
            f"Port {port} on {host} cannot be opened. Is it in use? Set http_port in refbot.toml."
        )
    return WebServer(server, thread)


def pages(database: Database, bolt: App) -> Starlette:
    """Give the application: Slack's endpoint and health."""

    def health(_request: Request) -> JSONResponse:
        with database.read() as session:
            session.execute(text("SELECT 1"))
        return JSONResponse({"ok": True})

    return Starlette(
        routes=[
            Route("/slack/events", SlackEndpoint(bolt).__call__, methods=["POST"]),
            Route("/health", health),
        ]
    )
