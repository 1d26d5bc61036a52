"""Runs the web server on the event loop of the program. Knows no pages.

The program handles signals itself, and stops the server when it ends.
"""

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn import Config, Server

from bot.settings.logs import mark, new_number
from bot.web.connections import Limits, bounded
from bot.web.guard import HeadLimit

FINISH_SECONDS = 5
USUAL = Limits()


class WebServer:
    """A server on a host and port; port 0 takes a free one. `trusted` are networks of proxies."""

    def __init__(
        self,
        app: ASGIApp,
        host: str,
        port: int,
        trusted: tuple[str, ...] = (),
        limits: Limits = USUAL,
    ) -> None:
        config = Config(
            _marked(HeadLimit(app)),
            # The library calls it, and needs no class.
            http=bounded(limits, trusted),  # type: ignore[arg-type]
            h11_max_incomplete_event_size=limits.head_bytes,
            # Addresses of pages contain secrets, so no access log is written.
            access_log=False,
            log_config=None,
            # Warnings are about what strangers send, who could fill the log with them.
            log_level="error",
            lifespan="off",
            ws="none",
            server_header=False,
            proxy_headers=bool(trusted),
            forwarded_allow_ips=list(trusted),
            timeout_keep_alive=limits.idle_seconds,
            timeout_graceful_shutdown=FINISH_SECONDS,
        )
        self._address = (host, port)
        self._server = _Quiet(config)
        self._serving: asyncio.Task[None] | None = None

    async def start(self) -> int:
        """Start to serve and return the port. Raises OSError if the port cannot be opened."""
        family = socket.AF_INET6 if ":" in self._address[0] else socket.AF_INET
        # The library would exit the whole program if the port were in use.
        listening = socket.create_server(self._address, family=family)
        # Accepted connections inherit this option. Without it each page on an open connection waits
        # 40 ms for an ACK of its head: asyncio sets it only if the protocol of the socket is given.
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._serving = asyncio.create_task(self._server.serve([listening]))
        while not self._server.started and not self._serving.done():
            await asyncio.wait({self._serving}, timeout=0.01)
        return int(listening.getsockname()[1])

    async def stop(self) -> None:
        """Accept no new requests and finish those in progress."""
        self._server.end()
        if self._serving is not None:
            await self._serving


def _marked(app: ASGIApp) -> ASGIApp:
    """Return the application, whose logs name their request. Each request has a task of its own."""

    async def marked(scope: Scope, receive: Receive, send: Send) -> None:
        mark(request=new_number())
        await app(scope, receive, send)

    return marked


class _Quiet(Server):
    """The library's server without its signal handling, which wakes once a second when it is idle.

    The library wakes ten times: a hundred offices on one machine would never let it rest.
    """

    def __init__(self, config: Config) -> None:
        super().__init__(config)
        self._ending = asyncio.Event()

    def end(self) -> None:
        """Accept no new requests; the server ends after those in progress."""
        self.should_exit = True
        self._ending.set()

    async def main_loop(self) -> None:
        """Renew the date of the answers each second until the end."""
        while not await self.on_tick(0):
            with suppress(TimeoutError):
                await asyncio.wait_for(self._ending.wait(), 1)

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield
