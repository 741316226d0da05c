"""Socket Mode: WebSockets to the bot, envelopes out, acknowledgements in, redelivery."""

import asyncio
import contextlib
import json
import logging
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from starlette.websockets import WebSocket, WebSocketDisconnect

from refbot.sandbox import seed
from refbot.sandbox.delivery import (
    ACK_SECONDS,
    RETRY_SECONDS,
    Answer,
    Answered,
    Envelope,
    EnvelopeKind,
)
from refbot.sandbox.faults import FaultKind, Faults
from refbot.sandbox.shapes import Json, SlackError

log = logging.getLogger(__name__)
MOST_LINKS = 10
# A click whose socket died before its ack is brought again to the next socket for so long.
REDELIVER_SECONDS = 30.0
GOODBYE_SECONDS = 1.0  # between telling a client to come back anew and closing its old socket
Refused = Callable[[str, list[str], Json], None]


@dataclass(eq=False, slots=True)
class _Link:
    """One open WebSocket and what is to be written to it."""

    socket: WebSocket
    outgoing: asyncio.Queue[str] = field(default_factory=asyncio.Queue)


@dataclass(eq=False, slots=True)
class _Pending:
    """A delivery whose acknowledgement is awaited."""

    envelope: Envelope
    answered: Answered
    started: float
    link: _Link | None = None
    retries: int = 0
    is_late: bool = False
    timer: asyncio.TimerHandle | None = None


class SocketMode:
    """Brings each envelope to one of the open sockets. Lives in the server's event loop."""

    def __init__(self, faults: Faults, refused: Refused, on_change: Callable[[], None]) -> None:
        self.connected = threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._faults = faults
        self._refused = refused
        self._on_change = on_change
        self._tickets: set[str] = set()
        self._links: list[_Link] = []
        self._turn = 0
        self._pending: dict[str, _Pending] = {}
        self._closings: set[asyncio.Task[None]] = set()

    def attach(self, loop: asyncio.AbstractEventLoop) -> None:
        """Say in which loop the sockets live."""
        self._loop = loop

    def ticket(self) -> str:
        """Admit one more socket: what `apps.connections.open` gives as part of its address."""
        if len(self._links) >= MOST_LINKS:
            raise SlackError("too_many_websockets")
        ticket = secrets.token_urlsafe(16)
        self._tickets.add(ticket)
        return ticket

    def send(self, envelope: Envelope, answered: Answered) -> None:
        """Deliver from any thread; `answered` is called in the event loop."""
        if self._loop is None or self._loop.is_closed():
            answered(Answer(error="dispatch_failed"))
            return
        self._loop.call_soon_threadsafe(self._begin, envelope, answered)

    def close(self) -> None:
        """Nothing is left to end: the sockets went with the server."""

    def reset(self) -> None:
        """Forget what still waits for an acknowledgement."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._forget)

    def drop_links(self, abort: Callable[[WebSocket], None]) -> None:
        """Cut every socket as a failing network does, without a goodbye."""
        for link in list(self._links):
            abort(link.socket)

    def ask_to_reconnect(self) -> None:
        """Tell every client to come back on a new socket, as Slack does every few hours."""
        goodbye = json.dumps({"type": "disconnect", "reason": "refresh_requested"})
        for link in list(self._links):
            link.outgoing.put_nowait(goodbye)
            closing = asyncio.create_task(_close_soon(link))
            self._closings.add(closing)
            closing.add_done_callback(self._closings.discard)

    async def serve(self, socket: WebSocket) -> None:
        """One client's socket from hello to its end."""
        ticket = socket.query_params.get("ticket", "")
        if ticket not in self._tickets:
            await socket.close(4001, "invalid ticket")
            return
        self._tickets.discard(ticket)
        await socket.accept()
        link = _Link(socket)
        self._links.append(link)
        await socket.send_text(_hello(len(self._links)))
        writer = asyncio.create_task(_write(link))
        self._link_opened()
        try:
            while True:
                self._received(await socket.receive_text())
        except (WebSocketDisconnect, RuntimeError):
            pass  # the other side went away: what it did not acknowledge is brought again below
        finally:
            self._links.remove(link)
            writer.cancel()
            self._link_lost(link)

    def _begin(self, envelope: Envelope, answered: Answered) -> None:
        pending = _Pending(envelope, answered, time.monotonic())
        if not self._links and envelope.kind is not EnvelopeKind.EVENT:
            answered(Answer(error="dispatch_failed"))
            return
        self._pending[envelope.id] = pending
        self._dispatch(pending)

    def _dispatch(self, pending: _Pending) -> None:
        """Write to the next socket in turn; without one it waits until one opens."""
        self._set_timer(pending, ACK_SECONDS, self._overdue)
        envelope = pending.envelope
        twice = self._faults.take(FaultKind.DUPLICATE_DELIVERY, envelope.what) is not None
        for _ in range(2 if twice else 1):
            pending.link = self._next_link()
            if pending.link is not None:
                pending.link.outgoing.put_nowait(_written(envelope, pending.retries))

    def _next_link(self) -> _Link | None:
        if not self._links:
            return None
        self._turn += 1
        return self._links[self._turn % len(self._links)]

    def _received(self, text: str) -> None:
        """Take an acknowledgement."""
        try:
            ack = json.loads(text)
        except json.JSONDecodeError:
            self._refused("ack", ["an acknowledgement that is not JSON"], {"text": text[:200]})
            return
        pending = self._pending.pop(ack.get("envelope_id", ""), None)
        if pending is None:
            return  # acknowledged before: a second copy of the same envelope
        if pending.timer:
            pending.timer.cancel()
        ms = (time.monotonic() - pending.started) * 1000
        if pending.is_late and pending.envelope.kind is not EnvelopeKind.EVENT:
            self._refused(pending.envelope.what, [f"late ack after {ms:.0f} ms"], ack)
            return
        payload = ack.get("payload")
        if payload and pending.envelope.kind is EnvelopeKind.EVENT:
            self._refused(pending.envelope.what, ["an event's ack carries no payload"], ack)
        pending.answered(Answer(payload=payload, ms=ms))

    def _overdue(self, pending: _Pending) -> None:
        """Three seconds are over: tell the person, or bring the event again."""
        pending.is_late = True
        if pending.envelope.kind is EnvelopeKind.EVENT:
            self._retry(pending)
            return
        pending.answered(Answer(error="timeout", ms=ACK_SECONDS * 1000))
        self._set_timer(pending, REDELIVER_SECONDS, self._give_up)

    def _retry(self, pending: _Pending) -> None:
        if pending.retries >= len(RETRY_SECONDS):
            pending.answered(Answer(error="timeout"))
            self._give_up(pending)
            return
        delay = RETRY_SECONDS[pending.retries]
        pending.retries += 1
        self._set_timer(pending, delay, self._dispatch)

    def _give_up(self, pending: _Pending) -> None:
        self._pending.pop(pending.envelope.id, None)

    def _set_timer(
        self, pending: _Pending, delay: float, action: Callable[[_Pending], None]
    ) -> None:
        if pending.timer:
            pending.timer.cancel()
        pending.timer = asyncio.get_running_loop().call_later(delay, action, pending)

    def _link_opened(self) -> None:
        self.connected.set()
        self._on_change()
        for pending in list(self._pending.values()):
            if pending.link is None:
                self._bring_again(pending)

    def _link_lost(self, link: _Link) -> None:
        if not self._links:
            self.connected.clear()
        self._on_change()
        for pending in list(self._pending.values()):
            if pending.link is link:
                pending.link = None
                self._bring_again(pending)

    def _bring_again(self, pending: _Pending) -> None:
        """Write an unacknowledged envelope to another socket. Its three seconds go on."""
        pending.link = self._next_link()
        if pending.link is not None:
            pending.link.outgoing.put_nowait(_written(pending.envelope, pending.retries))

    def _forget(self) -> None:
        for pending in self._pending.values():
            if pending.timer:
                pending.timer.cancel()
        self._pending.clear()


async def _write(link: _Link) -> None:
    with contextlib.suppress(WebSocketDisconnect, RuntimeError):
        while True:
            await link.socket.send_text(await link.outgoing.get())


async def _close_soon(link: _Link) -> None:
    await asyncio.sleep(GOODBYE_SECONDS)
    with contextlib.suppress(WebSocketDisconnect, RuntimeError):
        await link.socket.close()


def _written(envelope: Envelope, retries: int) -> str:
    return json.dumps(
        {
            "envelope_id": envelope.id,
            "type": envelope.kind.value,
            "accepts_response_payload": envelope.kind is not EnvelopeKind.EVENT,
            "payload": envelope.payload,
            **({"retry_attempt": retries, "retry_reason": "timeout"} if retries else {}),
        }
    )


def _hello(links: int) -> str:
    return json.dumps(
        {
            "type": "hello",
            "num_connections": links,
            "debug_info": {"host": "sandbox", "approximate_connection_time": 18060},
            "connection_info": {"app_id": seed.APP_ID},
        }
    )
