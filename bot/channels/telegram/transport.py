"""Carries requests to the messenger's server over HTTP, on aiohttp.

The one question after an error is whether the message may have arrived. `NotConnected` is the answer no:
there was no connection, so no byte of the request has left. After any other error it may have.
"""

import asyncio
import select
import ssl
from collections.abc import Awaitable, Callable
from functools import cache
from io import BytesIO
from typing import Any
from urllib.parse import urlencode
from urllib.request import getproxies, proxy_bypass
from weakref import WeakSet

import aiohttp
import certifi
from aiohttp.client_reqrep import ClientRequest
from aiohttp.connector import Connection
from aiohttp.tracing import Trace
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData
from yarl import URL

KEPT = 5.0
"""Seconds that a connection is kept for the next request: an older one may be dead without a sign."""
SLOWEST = 10_000
"""Bytes a second: what is transmitted more slowly is given up."""
_LARGEST_ANSWER = 2_000_000
"""Bytes for which the time of an answer is reckoned: a file that somebody has sent."""
_FORM = {"Content-Type": "application/x-www-form-urlencoded"}


Door = Callable[[str], Awaitable[None]]
"""Awaited with the name of a method when its request has a connection, before its first byte."""


async def open_door(method: str) -> None:
    """Let a request leave at once."""


class NotConnected(aiohttp.ClientConnectionError):
    """There was no connection for a request. Nothing of it has left."""


class _Connector(aiohttp.TCPConnector):
    """A pool of connections that says of each failure to connect that it is one.

    The kinds of errors do not tell: a proxy that hangs up raises the same as the server itself.
    """

    def __init__(self, most: int, door: Door) -> None:
        super().__init__(limit=most, keepalive_timeout=KEPT, ssl=_trusted())
        self._door = door
        self._used: WeakSet[asyncio.BaseProtocol] = WeakSet()

    async def connect(
        self,
        req: ClientRequest,
        traces: list[Trace],
        timeout: aiohttp.ClientTimeout,  # noqa: ASYNC109
    ) -> Connection:
        """Return a connection, when the request may leave over it; NotConnected if there is none."""
        connection = await self._silent(req, traces, timeout)
        try:
            await self._door(req.url.name)
        except BaseException:
            connection.close()
            raise
        return connection

    async def _silent(
        self, req: ClientRequest, traces: list[Trace], times: aiohttp.ClientTimeout
    ) -> Connection:
        """Return a connection on which nothing is under way."""
        while True:
            try:
                connection = await super().connect(req, traces, times)
            except (aiohttp.ClientError, OSError) as error:
                raise NotConnected(type(error).__name__) from error
            if self._is_silent(connection):
                return connection
            connection.close()

    def _is_silent(self, connection: Connection) -> bool:
        """Return whether nothing has come over a kept connection since its last answer.

        The server has ended such a connection, or what it says would pass for the next answer.
        """
        protocol, transport = connection.protocol, connection.transport
        assert protocol is not None and transport is not None  # noqa: S101 - just taken
        if protocol not in self._used:
            self._used.add(protocol)
            return True
        return not (protocol.should_close or _is_readable(transport))


def _is_readable(transport: asyncio.Transport) -> bool:
    """Return whether the loop has still to read something, such as the end of the connection."""
    poll = select.poll()
    poll.register(transport.get_extra_info("socket").fileno(), select.POLLIN)
    return bool(poll.poll(0))


def _trusted() -> ssl.SSLContext:
    """Return what is trusted: certifi's certificates, and those of the system, which may have none."""
    return _read(ssl.get_default_verify_paths(), certifi.where())


@cache
def _read(_system: ssl.DefaultVerifyPaths, packaged: str) -> ssl.SSLContext:
    """Return the certificates of the system and of a file, read once: it takes 0.04 seconds."""
    context = ssl.create_default_context()
    context.load_verify_locations(packaged)
    return context


class Transport(BaseRequest):
    """The connections of one kind of request, for the messenger's library.

    Times are in seconds: to `connect`, for an `answer`, and to wait for one of the `connections`.
    """

    def __init__(
        self,
        connections: int,
        connect: float,
        answer: float,
        wait: float,
        door: Door = open_door,
    ) -> None:
        self._connections = connections
        self._connect = connect
        self._answer = answer
        self._wait = wait
        self._door = door
        self._session: aiohttp.ClientSession | None = None
        self._proxies: dict[str, str | None] = {}

    @property
    def read_timeout(self) -> float:
        """The seconds for an answer."""
        return self._answer

    async def initialize(self) -> None:
        """Open the pool; called again, it does nothing."""
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=_Connector(self._connections, self._door),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": self.USER_AGENT},
            )

    async def shutdown(self) -> None:
        """Close all connections."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def do_request(  # noqa: PLR0913 - the library's own
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Return the status and the body of the answer. TimedOut, or NetworkError from the cause.

        Of the times only that of an answer can be set for a single request.
        """
        answer = read_timeout if isinstance(read_timeout, int | float) else self._answer
        data, size = _body_of(request_data)
        try:
            return await self._exchange(URL(url), method, data, self._times(answer, size))
        except TimeoutError as error:
            raise TimedOut from error
        except (aiohttp.ClientError, OSError) as error:
            raise NetworkError(f"aiohttp.{type(error).__name__}") from error

    async def _exchange(
        self, url: URL, method: str, data: Any, times: aiohttp.ClientTimeout
    ) -> tuple[int, bytes]:
        if self._session is None:
            raise RuntimeError("The transport is not initialized.")
        async with self._session.request(
            method,
            url,
            data=data,
            headers=_FORM if isinstance(data, bytes) else None,
            timeout=times,
            proxy=self._proxy_of(url),
            allow_redirects=False,
        ) as answer:
            return answer.status, await answer.read()

    def _times(self, answer: float, size: int) -> aiohttp.ClientTimeout:
        # The library has no limit for sending, so there is one for all of it.
        most = self._wait + self._answer + answer + size / SLOWEST
        return aiohttp.ClientTimeout(most, self._wait, answer, self._connect)

    def _proxy_of(self, url: URL) -> str | None:
        """Return the proxy of the environment for an address; looked up once for each host."""
        host = f"{url.scheme}:{url.authority}"
        if host not in self._proxies:
            known = getproxies()
            proxy = known.get(url.scheme) or known.get("all")
            self._proxies[host] = None if proxy_bypass(url.authority) else proxy
        return self._proxies[host]


def _body_of(request: RequestData | None) -> tuple[Any, int]:
    """Return the body of a request, and the bytes for which its time is reckoned."""
    if request is None:
        return None, _LARGEST_ANSWER
    if not request.contains_files:
        body = urlencode(request.json_parameters).encode()
        return body, len(body)
    # The messenger shows names of files as they are written here.
    form, size = aiohttp.FormData(quote_fields=False), 0
    for name, value in request.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, kind) in request.multipart_data.items():
        read = content if isinstance(content, bytes) else content.read()
        form.add_field(name, BytesIO(read), filename=filename, content_type=kind)
        size += len(read)
    return form, size
