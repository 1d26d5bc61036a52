"""Middleware in front of the pages: response headers, limits of sizes, and rate limits.

Network addresses of visitors are kept in memory for the rate limits only; none is stored or logged.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from ipaddress import IPv6Address, IPv6Network, ip_address
from typing import Any

from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MOST_BYTES = 64 * 1024
"""The limit for the body of a page, which sends some codes or one short text."""
MOST_DROPPED = 2 * 1024 * 1024
"""How much of a body that is too long is still taken, and dropped, before it is refused."""
LONGEST_ADDRESS = 4 * 1024
"""The limit for the path and the query of a request, in bytes."""
LONGEST_HEADER = 4 * 1024
"""The limit for the value of one header, in bytes."""
LONGEST_HOST = 45
"""The longest way to write a network address."""
UPLOAD = b"multipart/form-data"
HEADERS = {
    # A page runs no scripts, is not framed, sends forms nowhere else, and is not cached.
    "content-security-policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    # The address of a page contains the secret of its link.
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "x-robots-tag": "noindex, nofollow",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
_SENT = [(name.encode(), value.encode()) for name, value in HEADERS.items()]


class Headers:
    """Adds `HEADERS` to each response that does not set them itself."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = list(message.get("headers", []))
                known = {name.lower() for name, _ in given}
                given += [header for header in _SENT if header[0] not in known]
                message = {**message, "headers": given}
            await send(message)

        await self.app(scope, receive, with_headers)


class HeadLimit:
    """Answers 414 to a long address and 431 to a long header, before anything reads them."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        status = _too_long(scope)
        app = PlainTextResponse("", status, {"connection": "close"}) if status else self.app
        await app(scope, receive, send)


def _too_long(scope: Scope) -> int:
    """Return the status for a head with something too long in it, 0 if all of it fits."""
    if len(scope["raw_path"]) + len(scope["query_string"]) > LONGEST_ADDRESS:
        return 414
    return 431 if any(len(value) > LONGEST_HEADER for _, value in scope["headers"]) else 0


class BodyLimit:
    """Answers 413 to a body longer than `most` bytes, also if its length was not declared.

    A form that can bring a file may have `uploads` bytes.
    """

    def __init__(self, app: ASGIApp, most: int = MOST_BYTES, uploads: int = 0) -> None:
        self.app = app
        self._most, self._uploads = most, max(most, uploads)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        read, most = 0, self._uploads if _is_upload(scope) else self._most

        async def limited() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read <= most:
                return message
            # A connection that ends before all was read loses the answer.
            while message.get("more_body") and read <= most + MOST_DROPPED:
                message = await receive()
                read += len(message.get("body", b""))
            raise HTTPException(413)

        await self.app(scope, limited, send)


def _is_upload(scope: Scope) -> bool:
    """Return whether a request says that it sends a form with a file."""
    kinds = (value for name, value in scope["headers"] if name.lower() == b"content-type")
    return any(kind.lower().startswith(UPLOAD) for kind in kinds)


@dataclass
class _Bucket:
    tokens: float
    at: float


class RateLimit:
    """A limit per network address: `burst` requests at once, then `per_minute`.

    Keeps at most `remembered` addresses and drops the one that was idle longest.
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

    def allows(self, address: str) -> bool:
        """Return whether an address may go on, and count what it does."""
        now = self._clock()
        bucket = self._buckets.pop(address, None) or _Bucket(self._burst, now)
        bucket.tokens = min(self._burst, bucket.tokens + (now - bucket.at) * self._per_second)
        bucket.at = now
        allowed = bucket.tokens >= 1
        if allowed:
            bucket.tokens -= 1
        self._buckets[address] = bucket
        if len(self._buckets) > self._remembered:
            self._buckets.popitem(last=False)
        return allowed


class AtOnce:
    """A limit for the requests that are worked on at the same time: 503 to what comes beyond it."""

    def __init__(self, most: int) -> None:
        self._free = most

    @contextmanager
    def one(self) -> Iterator[None]:
        """Hold one of the places. Raises HTTPException if none is free."""
        if self._free < 1:
            raise HTTPException(503, headers={"retry-after": "5"})
        self._free -= 1
        try:
            yield
        finally:
            self._free += 1


def address_in(scope: dict[str, Any] | Scope) -> str:
    """Return the network of the visitor, whom the server or a trusted proxy names."""
    client = scope.get("client")
    return network_of(str(client[0]) if client else "")


def network_of(host: str) -> str:
    """Return what counts as one address: of IPv6 the /64 network, which one household has whole."""
    try:
        address = ip_address(host)
    except ValueError:
        return host[:LONGEST_HOST]
    if not isinstance(address, IPv6Address):
        return host
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return str(IPv6Network((int(address), 64), strict=False))
