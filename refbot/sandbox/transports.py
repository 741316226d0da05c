"""The server's open TCP connections, so that a fault can cut one."""

import asyncio
from typing import Any

from starlette.datastructures import Address
from uvicorn.protocols.http.h11_impl import H11Protocol


class Transports:
    """Open connections by the client's address."""

    def __init__(self) -> None:
        self._open: dict[tuple[str, int], asyncio.Transport] = {}

    async def abort(self, client: Address | None) -> None:
        """Cut the connection of a client at once, as a failing network does."""
        self.cut(client)
        await asyncio.sleep(0.01)  # lets the server see the end before an answer is begun

    def cut(self, client: Address | None) -> None:
        """The same without waiting, from the event loop."""
        transport = self._open.pop((client.host, client.port), None) if client else None
        if transport is not None:
            transport.abort()

    def cut_all(self) -> None:
        """Cut everything that is still open when the server ends."""
        for transport in self._open.values():
            transport.abort()
        self._open.clear()

    def forget(self, client: Address | None) -> None:
        """A WebSocket ended: after the upgrade the server's own notice comes no more."""
        if client:
            self._open.pop((client.host, client.port), None)

    def protocol(self) -> type[H11Protocol]:
        """The server's HTTP protocol, made to note its connections here."""
        connections = self._open

        class TrackedProtocol(H11Protocol):
            """Notes each connection while it is open."""

            def connection_made(self, transport: Any) -> None:
                super().connection_made(transport)
                connections[transport.get_extra_info("peername")[:2]] = transport

            def connection_lost(self, exc: Exception | None) -> None:
                super().connection_lost(exc)
                for address, transport in list(connections.items()):
                    if transport is self.transport:
                        del connections[address]

        return TrackedProtocol
