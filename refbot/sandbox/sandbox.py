"""The sandbox: a Slack and a mailbox on this machine, for the demo and the tests."""

import asyncio
import logging
import socket
import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket

from refbot.sandbox import seed
from refbot.sandbox.acts import admin
from refbot.sandbox.api.routes import WebApi
from refbot.sandbox.clock import SandboxClock
from refbot.sandbox.faults import Faults
from refbot.sandbox.leases import Leases
from refbot.sandbox.person import Person
from refbot.sandbox.shapes import Json
from refbot.sandbox.socket_mode import SocketMode
from refbot.sandbox.traffic import Traffic
from refbot.sandbox.transports import Transports
from refbot.sandbox.workspace import Workspace
from refbot.sandbox.world import World

log = logging.getLogger(__name__)
LOOPBACK = "127.0.0.1"
GRACE_SECONDS = 1


class Sandbox:
    """Starts, stops and is asked; the work is done by the parts it puts together."""

    bot_token = seed.BOT_TOKEN
    app_token = seed.APP_TOKEN
    signing_secret = seed.SIGNING_SECRET

    def __init__(
        self, data_dir: Path | None = None, port: int = 0, smtp_port: int = 0, app: seed.AppFace = seed.APP
    ) -> None:
        self._listener = _bound(port)
        self.url = f"http://{LOOPBACK}:{self._listener.getsockname()[1]}/"
        self.api_url = f"{self.url}api/"
        self.clock = SandboxClock()
        self.faults = Faults()
        self.world = World(self.clock)
        self._traffic = Traffic(lambda: self.world.changed("traffic"))
        self._socket_mode = SocketMode(
            self.faults, lambda *what: self._workspace.refuse(*what), lambda: self.world.changed("state")
        )
        self.connected = self._socket_mode.connected
        self._workspace = Workspace(
            url=self.url,
            app=app,
            clock=self.clock,
            world=self.world,
            leases=Leases(),
            faults=self.faults,
            traffic=self._traffic,
            delivery=self._socket_mode,
        )
        self._transports = Transports()
        self._server: _Server | None = None
        self._thread: threading.Thread | None = None
        self.on_skip: Callable[[datetime], None] = self.clock.skip_to

    def start(self) -> None:
        """Serve, in a thread of its own."""
        config = uvicorn.Config(
            self._application(),
            http=self._transports.protocol(),
            ws="websockets-sansio",
            lifespan="off",
            log_config=None,
            access_log=False,
            timeout_graceful_shutdown=GRACE_SECONDS,
        )
        self._server = _Server(config)
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), name="sandbox", daemon=True)
        self._thread.start()
        self._server.is_up.wait()

    async def _serve(self) -> None:
        self._socket_mode.attach(asyncio.get_running_loop())
        await self._server.serve(sockets=[self._listener])
        self._transports.cut_all()

    def stop(self) -> None:
        self._server.should_exit = True
        self._thread.join()

    def _application(self) -> Starlette:
        return Starlette(
            routes=[
                *WebApi(self._workspace, self._transports).routes(),
                WebSocketRoute("/link/", self._link),
            ],
            middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=[LOOPBACK, "localhost"])],
        )

    async def _link(self, socket: WebSocket) -> None:
        try:
            await self._socket_mode.serve(socket)
        finally:
            self._transports.forget(socket.client)

    def person(self, name: str) -> Person:
        """Somebody of the seed, by key ("riley") or id."""
        return Person(self._workspace, seed.IDS_BY_KEY.get(name, name))

    def traffic(self) -> list[Json]:
        return self._traffic.entries()


class _Server(uvicorn.Server):
    """A server that says when it is up."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.is_up = threading.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.is_up.set()


def _bound(port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((LOOPBACK, port))
    return listener
