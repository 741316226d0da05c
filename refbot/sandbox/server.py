"""The sandbox's thread: web server and SMTP server in one event loop, begun and ended as one."""

import asyncio
import contextlib
import socket
import threading
from collections.abc import Callable

import uvicorn
from starlette.types import ASGIApp

from refbot.sandbox.mailbox import Mailbox
from refbot.sandbox.transports import Transports

LOOPBACK = "127.0.0.1"
GRACE_SECONDS = 1
BACKLOG = 2048
# Often: a client that is closing sits in its read until something comes, up to three seconds.
PING_SECONDS = 0.5


def bound(port: int) -> socket.socket:
    """A socket on this machine only; its port is known before anything is served."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((LOOPBACK, port))
    return listener


class Server:
    """Serves an application and a mailbox from one thread."""

    def __init__(
        self, web: socket.socket, smtp: socket.socket, transports: Transports, mailbox: Mailbox
    ) -> None:
        self._web = web
        self._smtp = smtp
        self._transports = transports
        self._mailbox = mailbox
        self._uvicorn: _Uvicorn | None = None
        self._thread: threading.Thread | None = None

    def start(
        self, application: ASGIApp, attach: Callable[[asyncio.AbstractEventLoop], None]
    ) -> None:
        """Serve in a thread; returns when the ports answer."""
        config = uvicorn.Config(
            application,
            http=self._transports.protocol(),
            ws="websockets-sansio",
            ws_ping_interval=PING_SECONDS,
            lifespan="off",
            log_config=None,
            access_log=False,
            backlog=BACKLOG,
            timeout_graceful_shutdown=GRACE_SECONDS,
        )
        server = self._uvicorn = _Uvicorn(config)
        self._thread = threading.Thread(
            target=lambda: asyncio.run(self._serve(server, attach)), name="sandbox", daemon=True
        )
        self._thread.start()
        server.is_up.wait()

    async def _serve(
        self, server: "_Uvicorn", attach: Callable[[asyncio.AbstractEventLoop], None]
    ) -> None:
        loop = asyncio.get_running_loop()
        attach(loop)
        smtp = await loop.create_server(self._mailbox.protocol, sock=self._smtp)
        try:
            await server.serve(sockets=[self._web])
        finally:
            smtp.close()
            self._transports.cut_all()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(smtp.wait_closed(), GRACE_SECONDS)

    def stop(self) -> None:
        """End; open connections are cut after a moment."""
        if self._uvicorn is not None and self._thread is not None:
            self._uvicorn.should_exit = True
            self._thread.join()
        self._web.close()
        self._smtp.close()


class _Uvicorn(uvicorn.Server):
    """A server that says when it is up."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.is_up = threading.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to serve, and say so."""
        await super().startup(sockets)
        self.is_up.set()
