"""The connections of a web server: how many there may be, and how long each may wait.

uvicorn has a time limit for idle connections only: a head or a body may take for ever. Addresses are
kept while a connection is open, and never logged.
"""

import asyncio
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from functools import partial
from ipaddress import ip_address, ip_network
from typing import Any

import h11
from uvicorn import Config
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState

from bot.web.guard import network_of

SLICE_BYTES = 4 * 1024
"""The server looks at the length of a head after each slice."""


@dataclass(frozen=True)
class Limits:
    """What the connections of a server may take."""

    connections: int = 500
    """Of all addresses. A new one then takes the place of the oldest that waits for its visitor."""
    of_an_address: int = 100
    """Of one network address. A whole workshop may share one. Trusted proxies have no such limit."""
    head_bytes: int = 16 * 1024
    """For the address and all headers of a request."""
    head_seconds: float = 10
    body_seconds: float = 30
    answer_seconds: float = 60
    long_answer_seconds: float = 3600
    """For a large file that staff download."""
    idle_seconds: int = 15


LONG_ANSWER = "followup.long_answer"
"""What the scope of a request holds whose answer may take long."""


class Phase(Enum):
    """What a connection waits for. The library ends idle connections."""

    HEAD = auto()
    BODY = auto()
    ANSWER = auto()
    IDLE = auto()


class Connections:
    """The open connections of one server, the oldest first."""

    def __init__(self, limits: Limits, trusted: tuple[str, ...]) -> None:
        self.seconds = {
            Phase.HEAD: limits.head_seconds,
            Phase.BODY: limits.body_seconds,
            Phase.ANSWER: limits.answer_seconds,
        }
        self.more_seconds = max(0, limits.long_answer_seconds - limits.answer_seconds)
        self._limits = limits
        self._trusted = [ip_network(one) for one in trusted]
        self._open: dict[Connection, str] = {}
        self._counts: Counter[str] = Counter()

    def admit(self, one: "Connection") -> bool:
        """Return whether there is room for a new connection, and count it if there is."""
        host = one.client[0] if one.client else ""
        address = network_of(host)
        full = self._counts[address] >= self._limits.of_an_address
        if full and not any(ip_address(host) in network for network in self._trusted):
            return False
        if len(self._open) >= self._limits.connections and not self._has_ended_one():
            return False
        self._open[one] = address
        self._counts[address] += 1
        return True

    def leave(self, one: "Connection") -> None:
        """Forget a connection that has ended."""
        address = self._open.pop(one, None)
        if address is not None:
            self._counts[address] -= 1
            if not self._counts[address]:
                del self._counts[address]

    def _has_ended_one(self) -> bool:
        """End the oldest connection that waits for its visitor; return False if there is none."""
        oldest = next((one for one in self._open if one.waits_for_visitor), None)
        if oldest is None:
            return False
        self.leave(oldest)
        oldest.transport.abort()
        return True


class Connection(H11Protocol):
    """A connection of the library, which ends if a phase takes longer than its limit."""

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
        *,
        connections: Connections,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self._connections = connections
        self._deadline: asyncio.TimerHandle | None = None
        self._watched: tuple[Phase, object] | None = None

    @property
    def waits_for_visitor(self) -> bool:
        """Whether the next step is the visitor's: no request is being answered."""
        return self._phase() is not Phase.ANSWER

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for a head, or end a connection for which there is no room."""
        super().connection_made(transport)
        if self._connections.admit(self):
            self._watch()
        else:
            transport.abort()

    def data_received(self, data: bytes) -> None:
        """Take data in slices, so that a head that is too long is never read whole."""
        for start in range(0, len(data), SLICE_BYTES):
            if self.transport.is_closing():
                return
            super().data_received(data[start : start + SLICE_BYTES])
        self._watch()

    def on_response_complete(self) -> None:
        """Go on to the next request of the connection."""
        super().on_response_complete()
        self._watch()

    def send_400_response(self, msg: str) -> None:
        """Answer a request that is no HTTP; end the connection if an answer is under way."""
        try:
            super().send_400_response(msg)
        except h11.LocalProtocolError:
            self.transport.abort()

    def timeout_keep_alive_handler(self) -> None:
        """End an idle connection, also if the visitor has not fetched the last answer."""
        self.transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        self._end_watch()
        self._connections.leave(self)
        super().connection_lost(exc)

    def _phase(self) -> Phase:
        cycle = self.cycle
        if cycle is not None and not cycle.response_complete:
            return Phase.BODY if cycle.more_body else Phase.ANSWER
        if self.conn.their_state is h11.SEND_BODY:
            return Phase.BODY
        return Phase.HEAD if self.timeout_keep_alive_task is None else Phase.IDLE

    def _watch(self) -> None:
        """Set the deadline of a new phase. More data in the same phase does not move it."""
        now = (self._phase(), self.cycle)
        if now == self._watched or self.transport.is_closing():
            return
        self._end_watch()
        self._watched = now
        if (seconds := self._connections.seconds.get(now[0])) is not None:
            self._deadline = self.loop.call_later(seconds, self._late)

    def _late(self) -> None:
        """End the connection, unless it gives a large file."""
        if self._phase() is Phase.ANSWER and self.scope.get(LONG_ANSWER):
            seconds = self._connections.more_seconds
            self._deadline = self.loop.call_later(seconds, self.transport.abort)
        else:
            self.transport.abort()

    def _end_watch(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None


def bounded(limits: Limits, trusted: tuple[str, ...]) -> Callable[..., Connection]:
    """Return what makes the connections of one server; `trusted` are networks of proxies."""
    return partial(Connection, connections=Connections(limits, trusted))
