"""Tells open pages what changed, so that they fetch it anew."""

import asyncio
import contextlib
from dataclasses import dataclass, field

from starlette.websockets import WebSocket, WebSocketDisconnect

from refbot.sandbox.world import World

GATHER_SECONDS = 0.02  # a click changes several things at once: one notice for all
PERSONAL = {"view", "home"}


@dataclass(eq=False, slots=True)
class _Page:
    user_id: str
    topics: set[str] = field(default_factory=set)
    is_due: asyncio.Event = field(default_factory=asyncio.Event)


class Pages:
    """The pages that are open now."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._pages: set[_Page] = set()
        self._loop: asyncio.AbstractEventLoop | None = None

    def attach(self, loop: asyncio.AbstractEventLoop) -> None:
        """Say in which loop the pages' sockets live, and listen from now on."""
        self._loop = loop
        self._world.watchers.append(self._changed)

    def detach(self) -> None:
        """Listen no more."""
        self._world.watchers.remove(self._changed)

    async def serve(self, socket: WebSocket) -> None:
        """One page, as long as it is open."""
        await socket.accept()
        page = _Page(socket.query_params.get("as", ""))
        self._pages.add(page)
        writer = asyncio.create_task(_tell(socket, page))
        with contextlib.suppress(WebSocketDisconnect):
            while True:
                await socket.receive_text()
        self._pages.discard(page)
        writer.cancel()

    def _changed(self, topic: str) -> None:
        if self._pages and self._loop is not None:
            self._loop.call_soon_threadsafe(self._note, topic)

    def _note(self, topic: str) -> None:
        for page in self._pages:
            page.topics |= set(self._as_seen_by(page.user_id, topic))
            page.is_due.set()

    def _as_seen_by(self, user_id: str, topic: str) -> list[str]:
        """`view:U0RILEY` is `view` to Riley and nothing to others; a reset is everything."""
        if topic == "everything":
            channels = [f"messages:{channel}" for channel in self._world.memory.channels]
            return ["state", "view", "home", "mails", "traffic", *channels]
        kind, _, whose = topic.partition(":")
        if kind in PERSONAL:
            return [kind] if whose == user_id else []
        return [topic]


async def _tell(socket: WebSocket, page: _Page) -> None:
    with contextlib.suppress(WebSocketDisconnect, RuntimeError):
        while True:
            await page.is_due.wait()
            await asyncio.sleep(GATHER_SECONDS)
            page.is_due.clear()
            topics, page.topics = sorted(page.topics), set()
            if topics:
                await socket.send_json({"type": "changed", "what": topics})
