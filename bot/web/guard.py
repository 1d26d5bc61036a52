"""What stands between the network and the pages: sizes, paces, and headers on every answer.

Knows addresses of visitors only for as long as it counts them; stores and logs none.
"""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MOST_BYTES = 64 * 1024
"""A page sends some codes, or one text of some hundred characters."""
HEADERS = {
    # Nothing of a page may run, be framed, be sent elsewhere, or be kept by what is in between.
    "content-security-policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    # The address of a page holds the secret of its link.
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "x-robots-tag": "noindex, nofollow",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
_SENT = [(name.encode(), value.encode()) for name, value in HEADERS.items()]


class Headers:
    """Puts the headers above on every answer that does not set them itself."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = list(message.get("headers", []))
                known = {name.lower() for name, _ in given}
                given += [header for header in _SENT if header[0] not in known]
                message = {**message, "headers": given}
            await send(message)

        await self.app(scope, receive, with_headers)


class BodyLimit:
    """Refuses what is longer than `most` bytes, also where the length was not told before."""

    def __init__(self, app: ASGIApp, most: int = MOST_BYTES) -> None:
        self.app = app
        self._most = most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        read = 0

        async def limited() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > self._most:
                raise HTTPException(413)
            return message

        await self.app(scope, limited, send)


@dataclass
class _Bucket:
    tokens: float
    at: float


class Pace:
    """How often one address may do a thing: `burst` at once, then `per_minute`.

    Remembers at most `remembered` addresses; the one that was quiet longest is forgotten first.
    """

    def __init__(
        self,
        per_minute: float,
        burst: int,
        clock: Callable[[], float],
        remembered: int = 10_000,
    ) -> None:
        self._per_second = per_minute / 60
        self._burst = burst
        self._clock = clock
        self._remembered = remembered
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()

    def allows(self, address: str, cost: int = 1) -> bool:
        """Whether the address may do it once more now; with `cost` 0 it only asks."""
        now = self._clock()
        bucket = self._buckets.pop(address, None) or _Bucket(self._burst, now)
        bucket.tokens = min(self._burst, bucket.tokens + (now - bucket.at) * self._per_second)
        bucket.at = now
        allowed = bucket.tokens >= 1
        if allowed:
            bucket.tokens -= cost
        self._buckets[address] = bucket
        if len(self._buckets) > self._remembered:
            self._buckets.popitem(last=False)
        return allowed


def address_in(scope: dict[str, Any] | Scope) -> str:
    """The visitor's address, as the server or a trusted proxy tells it; IPv6 by its network."""
    client = scope.get("client")
    host = str(client[0]) if client else ""
    # One household or office has a whole /64 of them.
    return ":".join(host.split(":")[:4]) if ":" in host else host
