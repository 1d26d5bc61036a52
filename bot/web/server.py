"""Serves the web page from within the running program: starts, says its port, stops gracefully.

Knows no pages; signals and the end of the program are for the program itself.
"""

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager

from starlette.types import ASGIApp
from uvicorn import Config, Server

FINISH_SECONDS = 5
MOST_AT_ONCE = 500
KEEP_ALIVE_SECONDS = 15


class WebServer:
    """A server on a host and port; port 0 takes any free one."""

    def __init__(self, app: ASGIApp, host: str, port: int, trusted: tuple[str, ...] = ()) -> None:
        config = Config(
            app,
            # Addresses of pages hold secrets: they are written nowhere.
            access_log=False,
            log_config=None,
            lifespan="off",
            ws="none",
            server_header=False,
            proxy_headers=bool(trusted),
            forwarded_allow_ips=list(trusted),
            limit_concurrency=MOST_AT_ONCE,
            timeout_keep_alive=KEEP_ALIVE_SECONDS,
            timeout_graceful_shutdown=FINISH_SECONDS,
        )
        self._address = (host, port)
        self._server = _Quiet(config)
        self._serving: asyncio.Task[None] | None = None

    async def start(self) -> int:
        """Begin to serve; returns the port. Raises OSError when it cannot be had."""
        family = socket.AF_INET6 if ":" in self._address[0] else socket.AF_INET
        # The library would end the whole program where a port is in use.
        listening = socket.create_server(self._address, family=family)
        # What is accepted inherits this; else each page on an open connection waits 40 ms for the
        # other side to acknowledge its head (asyncio sets it only where the protocol is named).
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._serving = asyncio.create_task(self._server.serve([listening]))
        while not self._server.started and not self._serving.done():
            await asyncio.wait({self._serving}, timeout=0.01)
        return int(listening.getsockname()[1])

    async def stop(self) -> None:
        """Take nothing new, finish what is under way."""
        self._server.should_exit = True
        if self._serving is not None:
            await self._serving


class _Quiet(Server):
    """The library's server without its own handling of signals."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield
