"""The server on a real port."""

import socket

from httpx import AsyncClient
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from bot.web import WebServer
from tests.patience import PATIENCE


async def test_an_answer_on_an_open_connection_does_not_wait_for_the_other_side() -> None:
    waits = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        accepted = send.__self__.transport.get_extra_info("socket")  # type: ignore[attr-defined]
        waits.append(accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) == 0)
        await PlainTextResponse("well")(scope, receive, send)

    server = WebServer(app, "127.0.0.1", 0)
    try:
        async with AsyncClient(timeout=PATIENCE) as client:
            answer = await client.get(f"http://127.0.0.1:{await server.start()}/")
    finally:
        await server.stop()
    assert (answer.text, waits) == ("well", [False])
