"""The sandbox: a Slack and a mailbox on this machine, for the demo and the tests."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket

from refbot.sandbox import messages, seed
from refbot.sandbox.acts import admin
from refbot.sandbox.api.routes import WebApi
from refbot.sandbox.clock import SandboxClock
from refbot.sandbox.faults import Faults
from refbot.sandbox.leases import Leases
from refbot.sandbox.mailbox import Mail, Mailbox, kept_mails
from refbot.sandbox.page_api import PageApi
from refbot.sandbox.page_push import Pages
from refbot.sandbox.persistence import Keeper
from refbot.sandbox.person import Person
from refbot.sandbox.server import LOOPBACK, Server, bound
from refbot.sandbox.shapes import Json
from refbot.sandbox.signed_http import SignedHttp
from refbot.sandbox.socket_mode import SocketMode
from refbot.sandbox.traffic import Traffic
from refbot.sandbox.transports import Transports
from refbot.sandbox.workspace import Workspace
from refbot.sandbox.world import World


class Sandbox:
    """Starts, stops and is asked; the work is done by the parts it puts together.

    `request_url` turns to signed HTTP instead of Socket Mode; `app` says which commands and
    shortcuts people find and which scopes were granted.
    """

    bot_token = seed.BOT_TOKEN
    app_token = seed.APP_TOKEN
    signing_secret = seed.SIGNING_SECRET

    def __init__(
        self,
        data_dir: Path | None = None,
        port: int = 0,
        smtp_port: int = 0,
        *,
        request_url: str | None = None,
        app: seed.AppFace = seed.APP,
    ) -> None:
        web, smtp = bound(port), bound(smtp_port)
        self.url = f"http://{LOOPBACK}:{web.getsockname()[1]}/"
        self.api_url = f"{self.url}api/"
        self.smtp_url = f"smtp://{LOOPBACK}:{smtp.getsockname()[1]}"
        self.clock = SandboxClock()
        self.faults = Faults()
        self.on_skip: Callable[[datetime], None] = self.clock.skip_to
        self._world = World(self.clock)
        self._traffic = Traffic(self.clock.now, lambda: self._world.changed("traffic"))
        self._delivery = self._way_to_the_bot(request_url)
        self.connected = self._delivery.connected
        self._workspace = Workspace(
            url=self.url,
            app=app,
            clock=self.clock,
            world=self._world,
            leases=Leases(),
            faults=self.faults,
            traffic=self._traffic,
            delivery=self._delivery,
        )
        self._transports = Transports()
        self._pages = Pages(self._world)
        self._keeper = Keeper(self._world, data_dir) if data_dir else None
        mailbox = Mailbox(self._world, self.faults)
        self._server = Server(web, smtp, self._transports, mailbox)

    def _way_to_the_bot(self, request_url: str | None) -> SocketMode | SignedHttp:
        if request_url is not None:
            return SignedHttp(request_url, self.signing_secret, self.faults)
        return SocketMode(self.faults, self._traffic.refuse, lambda: self._world.changed("state"))

    def start(self) -> None:
        """Serve, in a thread of its own, from the kept state or from the seed."""
        if self._keeper is not None:
            self._keeper.load()
            self._keeper.start()
        self._server.start(self._application(), self._attach)

    def stop(self) -> None:
        """End: no thread, no open socket is left, and the state is on disk."""
        self._server.stop()
        self._delivery.close()
        if self._keeper is not None:
            self._keeper.stop()

    def _attach(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._delivery.attach(loop)
        self._pages.attach(loop)

    def _application(self) -> Starlette:
        page = PageApi(self._workspace, self._skip)
        return Starlette(
            routes=[
                *WebApi(self._workspace, self._transports).routes(),
                WebSocketRoute("/link/", self._link),
                WebSocketRoute("/page/ws", self._page),
                *page.routes(),
            ],
            # A page from elsewhere that found this port would come with another host's name.
            middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=[LOOPBACK, "localhost"])],
        )

    def _skip(self, instant: datetime) -> None:
        self.on_skip(instant)  # looked up when it is needed: the demo puts in its own

    async def _link(self, socket: WebSocket) -> None:
        try:
            if isinstance(self._delivery, SocketMode):
                await self._delivery.serve(socket)
        finally:
            self._transports.forget(socket.client)

    async def _page(self, socket: WebSocket) -> None:
        try:
            await self._pages.serve(socket)
        finally:
            self._transports.forget(socket.client)

    def person(self, name: str) -> Person:
        """Somebody of the seed, by key ("riley") or id, who acts and looks."""
        return Person(self._workspace, seed.IDS_BY_KEY.get(name, name))

    def mails(self) -> list[Mail]:
        """What arrived by mail, oldest first."""
        return kept_mails(self._world)

    def traffic(self) -> list[Json]:
        """Everything that went between bot and sandbox, oldest first."""
        return self._traffic.entries()

    def messages(self, channel_id: str) -> list[Json]:
        """Everything that stands in a channel, replies and metadata included, for an oracle."""
        with self._world.lock:
            return [dict(message) for message in messages.everything_in(self._world, channel_id)]

    def until(self, condition: Callable[[], object], *, timeout: float = 5.0) -> bool:
        """Wait until a condition holds, looked at after each change."""
        return self._world.until(lambda: bool(condition()), timeout=timeout)

    def reset(self) -> None:
        """Back to the seed; sockets and the clock stay as they are."""
        self._world.reset()
        self._traffic.reset()
        self.faults.clear()
        self._delivery.reset()

    def changes_user(self, name: str, **changes: Any) -> None:
        """Change a member's profile (`deleted=True`, `tz=…`) and tell the bot."""
        admin.change_user(self._workspace, seed.IDS_BY_KEY.get(name, name), changes)

    def shares_channel(self, channel_id: str) -> None:
        """Share a channel with another company and tell the bot."""
        admin.share_channel(self._workspace, channel_id)

    def tells(self, event: Json) -> None:
        """Send any event, as `{"type": …}`."""
        self._workspace.tell(event)

    def drop_sockets(self) -> None:
        """Cut every Socket Mode connection without a goodbye."""
        self._in_loop(lambda way: way.drop_links(lambda s: self._transports.cut(s.client)))

    def ask_to_reconnect(self) -> None:
        """Tell every Socket Mode client to come back on a new connection."""
        self._in_loop(SocketMode.ask_to_reconnect)

    def _in_loop(self, do: Callable[[SocketMode], None]) -> None:
        if isinstance(self._delivery, SocketMode):
            self._loop.call_soon_threadsafe(do, self._delivery)
