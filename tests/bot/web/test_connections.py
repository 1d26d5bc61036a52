"""Connections that say nothing, too little or too much, over real sockets."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.web import WebServer
from bot.web.connections import LONG_ANSWER, Limits
from tests.patience import PATIENCE

LOCAL = "127.0.0.1"
GET = b"GET / HTTP/1.1\r\nhost: x\r\n\r\n"
POST = b"POST / HTTP/1.1\r\nhost: x\r\ncontent-length: %d\r\n\r\n"
SHORT = Limits(head_seconds=0.1, body_seconds=0.1, answer_seconds=0.1)
LONG = "x" * 300_000
Client = tuple[asyncio.StreamReader, asyncio.StreamWriter]
Serving = Callable[..., Awaitable["Served"]]


class Served:
    """A server whose application echoes bodies, and its clients."""

    def __init__(self, limits: Limits, trusted: tuple[str, ...]) -> None:
        self.hold = asyncio.Event()
        routes = [
            Route("/", self._echo, methods=["GET", "POST"]),
            Route("/slow", self._slow),
            Route("/long", self._long),
            Route("/file", self._file),
        ]
        self.server = WebServer(Starlette(routes=routes), LOCAL, 0, trusted, limits)
        self.clients: list[Client] = []
        self.port = 0

    async def _echo(self, request: Request) -> Response:
        return PlainTextResponse(f"[{len(await request.body())}]")

    async def _slow(self, _request: Request) -> Response:
        await self.hold.wait()
        return PlainTextResponse("[slow]")

    async def _file(self, request: Request) -> Response:
        request.scope[LONG_ANSWER] = True
        return await self._slow(request)

    async def _long(self, _request: Request) -> Response:
        return PlainTextResponse(LONG)

    async def client(self, sent: bytes = b"") -> Client:
        """Open a connection and send something."""
        reader, writer = await asyncio.open_connection(LOCAL, self.port)
        self.clients.append((reader, writer))
        writer.write(sent)
        return reader, writer

    async def answered(self, sent: bytes = GET) -> bytes:
        """Return the answer on a new connection, up to the body in brackets; b"" if there is none."""
        return await answer_of(await self.client(sent))


async def answer_of(client: Client) -> bytes:
    try:
        return await asyncio.wait_for(client[0].readuntil(b"]"), PATIENCE)
    except asyncio.IncompleteReadError as short:
        return short.partial
    except ConnectionError:
        return b""


async def ended(client: Client) -> bytes:
    """Wait until the server has ended a connection, and return what it said before."""
    try:
        return await asyncio.wait_for(client[0].read(), PATIENCE)
    except ConnectionError:
        return b""


@pytest.fixture
async def serving() -> AsyncIterator[Serving]:
    """Return a function that starts a server with some limits."""
    begun: list[Served] = []

    async def start(limits: Limits, trusted: tuple[str, ...] = ()) -> Served:
        served = Served(limits, trusted)
        begun.append(served)
        served.port = await served.server.start()
        return served

    yield start
    for served in begun:
        served.hold.set()
        for _, writer in served.clients:
            writer.close()
        await served.server.stop()


@pytest.mark.parametrize(
    "sent",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"GET / HT", id="half a line"),
        pytest.param(GET[:-2], id="half a head"),
        pytest.param(POST % 9 + b"x", id="half a body"),
        pytest.param(GET.replace(b" / ", b" /slow "), id="a request that is never answered"),
    ],
)
async def test_who_does_not_go_on_is_ended(serving: Serving, sent: bytes) -> None:
    served = await serving(SHORT)
    assert await ended(await served.client(sent)) == b""


async def test_a_second_head_and_the_rest_of_a_refused_body_have_a_time_limit(
    serving: Serving,
) -> None:
    served = await serving(SHORT)
    second = await served.client(GET)
    assert b"200 OK" in await answer_of(second)
    second[1].write(GET[:9])
    refused = await served.client((POST % 99).replace(b" / ", b" /nowhere ") + b"x")
    assert await ended(second) == b""
    assert b"404" in await ended(refused)


async def test_data_in_drops_moves_no_deadline(serving: Serving) -> None:
    served = await serving(replace(SHORT, head_seconds=0.3))
    reader, writer = await served.client(GET[:-2])
    came = asyncio.create_task(reader.read())
    loop = asyncio.get_running_loop()
    begun = loop.time()
    while not came.done() and loop.time() < begun + PATIENCE:
        writer.write(b"a: b\r\n")
        await asyncio.wait({came}, timeout=0.02)
    assert loop.time() < begun + PATIENCE / 2


async def test_who_does_not_fetch_the_answers_is_ended(serving: Serving) -> None:
    served = await serving(replace(SHORT, of_an_address=1))
    many = GET.replace(b" / ", b" /long ") * 40
    reader, _ = await served.client(many)
    assert await asyncio.wait_for(reader.read(9), PATIENCE) == b"HTTP/1.1 "
    # The reader takes 64 kB; the rest stays with the server, which has room for one connection.
    answers = [await served.answered()]
    async with asyncio.timeout(PATIENCE):
        while not answers[-1]:
            answers.append(await served.answered())
    assert (answers[0], answers[-1][-3:]) == (b"", b"[0]")


async def test_500_that_say_nothing_keep_nobody_away(serving: Serving) -> None:
    served = await serving(Limits(), (LOCAL,))
    silent = [await served.client() for _ in range(Limits().connections + 20)]
    for _ in range(5):
        assert b"200 OK" in await served.answered()
    # The oldest have made room.
    assert await ended(silent[0]) == b""
    assert b"200 OK" in await _asked(silent[-1])


async def test_slow_bodies_and_idle_connections_make_room_and_requests_at_work_do_not(
    serving: Serving,
) -> None:
    served = await serving(Limits(connections=3), (LOCAL,))
    working = await served.client(GET.replace(b" / ", b" /slow "))
    body = await served.client(POST % 9 + b"x")
    idle = await served.client(GET)
    assert b"[0]" in await answer_of(idle)
    assert b"200 OK" in await served.answered()
    assert await ended(body) == b""
    assert b"200 OK" in await served.answered()
    assert await ended(idle) == b""
    served.hold.set()
    assert b"[slow]" in await answer_of(working)


async def test_when_all_are_at_work_a_new_one_is_turned_away(serving: Serving) -> None:
    served = await serving(Limits(connections=1), (LOCAL,))
    working = await served.client(GET.replace(b" / ", b" /slow ") + GET)
    served.hold.set()
    assert b"[slow]" in await answer_of(working)
    served.hold.clear()
    working[1].write(GET.replace(b" / ", b" /slow "))
    assert b"[0]" in await answer_of(working)
    assert await served.answered() == b""
    served.hold.set()
    assert b"[slow]" in await answer_of(working)


async def test_one_address_has_its_share_and_gets_it_back(serving: Serving) -> None:
    served = await serving(Limits(of_an_address=2))
    first, second = await served.client(), await served.client(GET)
    assert b"200 OK" in await answer_of(second)
    assert await served.answered() == b""
    first[1].close()
    await first[1].wait_closed()
    assert b"200 OK" in await _asked(second)
    assert b"200 OK" in await served.answered()


@pytest.mark.parametrize("trusted", [LOCAL, "127.0.0.0/8"])
async def test_a_trusted_proxy_has_no_share(serving: Serving, trusted: str) -> None:
    served = await serving(Limits(of_an_address=1), ("2001:db8::/32", trusted))
    await served.client()
    await served.client()
    assert b"200 OK" in await served.answered()


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (GET[:-2] + b"".join(b"a%d: %s\r\n" % (n, b"x" * 3000) for n in range(9)), b"400"),
        (GET[:-2] + b"a: " + b"x" * 60_000 + b"\r\n\r\n", b"400"),
        (GET[:-2] + b"a: " + b"x" * 5_000 + b"\r\n\r\n", b"431"),
        (GET.replace(b" / ", b" /" + b"x" * 5_000 + b" "), b"414"),
        (GET.replace(b" / ", b" /?" + b"x" * 5_000 + b" "), b"414"),
        (b"\x16\x03\x01\x02\x00", b"400"),
        (GET[:-2] + b"content-length: " + b"9" * 4000 + b"\r\n\r\n", b"400"),
    ],
    ids=["head", "one huge header", "header", "path", "query", "tls", "length"],
)
async def test_a_head_that_is_too_long_or_no_http_is_refused(
    serving: Serving, sent: bytes, status: bytes
) -> None:
    served = await serving(Limits())
    client = await served.client(sent)
    client[1].write_eof()
    assert (await ended(client)).startswith(b"HTTP/1.1 " + status)


async def test_nonsense_after_an_answer_ends_the_connection_and_nothing_else(
    serving: Serving, caplog: pytest.LogCaptureFixture
) -> None:
    served = await serving(Limits())
    head = b"POST /nowhere HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n"
    client = await served.client(head)
    assert b"404" in await asyncio.wait_for(client[0].read(100), PATIENCE)
    client[1].write(b"nonsense\r\n" * 3)
    await ended(client)
    assert b"200 OK" in await served.answered()
    assert caplog.records == []


async def _asked(client: Client) -> bytes:
    client[1].write(GET)
    return await answer_of(client)


async def test_a_large_file_gets_more_time_but_not_for_ever(serving: Serving) -> None:
    asked = GET.replace(b" / ", b" /file ")
    served = await serving(replace(SHORT, long_answer_seconds=PATIENCE))
    file, other = await served.client(asked), await served.client(GET.replace(b" / ", b" /slow "))
    assert await ended(other) == b""
    served.hold.set()
    assert (await answer_of(file)).endswith(b"[slow]")
    served = await serving(replace(SHORT, long_answer_seconds=0.2))
    assert await ended(await served.client(asked)) == b""
