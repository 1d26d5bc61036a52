"""The HTTP side: one thread with its own loop, real sockets, and the faults of the line.

Knows how calls arrive and how answers leave; what a call does is not decided here.
"""

import asyncio
import json
import re
import socket
import struct
import threading
from concurrent.futures import Future
from contextlib import suppress
from functools import partial
from http import HTTPStatus
from typing import Any, cast

from starlette.applications import Starlette
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send
from uvicorn.config import Config
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState

from tests.patience import PATIENCE
from tests.standin.calls import Call, Json, Upload
from tests.standin.faults import Fault
from tests.standin.limits import RefusalError, bad_request
from tests.standin.methods import Methods
from tests.standin.world import World

_TOKEN = re.compile(r"\d+:[\w-]{35,}")
_WORDS = {"text", "caption", "parse_mode", "callback_query_id", "file_id", "language_code"}
_WORDS |= {"action", "url", "secret_token", "name", "description", "short_description"}
_WORDS |= {"photo", "document"}


class Line(H11Protocol):
    """A connection whose requests know their transport, so that a fault can cut it."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        self.app_state = {"transport": transport}
        super().connection_made(transport)


class Cut(Response):
    """No answer: the connection is reset (hard), closed, or held until the client gives up.

    `words` are written before, past all rules of HTTP.
    """

    def __init__(self, how: str, words: bytes = b"") -> None:
        super().__init__()
        self.how = how
        self.words = words

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        transport = scope["state"]["transport"]
        transport.write(self.words)
        if self.how == "reset":
            # Without lingering the system sends RST in place of FIN.
            now = struct.pack("ii", 1, 0)
            transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, now)
            transport.abort()
        elif self.how == "close":
            transport.close()
        while (await receive())["type"] != "http.disconnect":
            pass


class Server:
    """Serves a world at 127.0.0.1 on a free port, which stays the same while it is paused."""

    def __init__(self, world: World, token: str) -> None:
        self._world = world
        self._token = token
        self._methods = Methods(world)
        self._state = ServerState()
        self._listener: asyncio.Server | None = None
        self._ready: Future[int] = Future()
        self._thread = threading.Thread(target=self._run, name="stand-in", daemon=True)
        self.port = 0

    def start(self) -> None:
        """Returns when the port is open."""
        self._thread.start()
        self.port = self._ready.result(timeout=PATIENCE)

    def stop(self) -> None:
        """Cuts all connections, also those that are held, and waits for the thread."""
        with suppress(RuntimeError):  # the loop is closed: a second stop is no mistake
            self._loop.call_soon_threadsafe(self._stopping.set)
        self._thread.join(timeout=PATIENCE)

    def pause(self) -> None:
        """Cuts all connections and refuses new ones."""
        asyncio.run_coroutine_threadsafe(self._shut(), self._loop).result(timeout=PATIENCE)

    def resume(self) -> None:
        """Accepts connections again, on the same port."""
        asyncio.run_coroutine_threadsafe(self._open(), self._loop).result(timeout=PATIENCE)

    # Life of the thread

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        except Exception as problem:
            if self._ready.done():
                self._world.crashes.append(problem)
            else:
                self._ready.set_exception(problem)

    async def _serve(self) -> None:
        self._loop, self._stopping = asyncio.get_running_loop(), asyncio.Event()
        routes = [
            Route("/bot{token}/{method}", self._call, methods=["GET", "POST"]),
            Route("/file/bot{token}/{path:path}", self._fetch),
        ]
        # The line is kept open long: a client must not meet a connection that is just closing.
        self._config = Config(
            Starlette(routes=routes),
            lifespan="off",
            ws="none",
            log_config=None,
            log_level="critical",
            access_log=False,
            proxy_headers=False,
            timeout_keep_alive=3600,
        )
        self._config.load()
        # This socket never listens; it keeps the port ours while the network is paused.
        with _bound(0) as keeper:
            self._keeper = keeper
            await self._open()
            self._ready.set_result(keeper.getsockname()[1])
            await self._stopping.wait()
            await self._shut()
            await self._end_tasks()

    async def _open(self) -> None:
        if self._listener is None:
            sock = _bound(self._keeper.getsockname()[1])
            make = partial(Line, self._config, self._state, {})
            self._listener = await self._loop.create_server(make, sock=sock, backlog=256)

    async def _shut(self) -> None:
        if self._listener is not None:
            self._listener.close()
            self._listener = None
        for line in list(self._state.connections):
            cast(Line, line).transport.abort()
        await asyncio.sleep(0)

    async def _end_tasks(self) -> None:
        if self._state.tasks:
            await asyncio.wait(list(self._state.tasks), timeout=0.2)
        for task in list(self._state.tasks):
            task.cancel()
        await asyncio.gather(*self._state.tasks, return_exceptions=True)
        await asyncio.sleep(0)

    # Requests

    async def _call(self, request: Request) -> Response:
        try:
            problem, params = None, await _params(request)
        except RefusalError as refusal:
            problem, params = refusal, {}
        call = Call(request.path_params["method"], params)
        with self._world.changing():
            self._world.calls.append(call)
            fault = self._world.faults.strike(call)
        gone = request.state.transport.is_closing
        if fault is not None and not fault.accepted:
            status, body = fault.status, fault.answer()
        else:
            status, body = await self._process(call, request, problem, gone)
        with self._world.changing():
            call.outcome = "ok" if status == HTTPStatus.OK else str(status)
            call.description = body.get("description", "")
            if fault is not None and not (fault.kind == "slow" and not call.accepted):
                call.outcome = fault.label
        return await _faulty(fault, JSONResponse(body, status))

    async def _process(
        self, call: Call, request: Request, problem: RefusalError | None, gone: Any
    ) -> tuple[int, Json]:
        try:
            self._check_token(request)
            if problem is not None:
                raise problem
            if call.method == "getUpdates":
                return 200, {"ok": True, "result": await self._methods.get_updates(call, gone)}
            with self._world.changing():
                return 200, {"ok": True, "result": self._methods.carry_out(call)}
        except RefusalError as refusal:
            return refusal.status, refusal.answer()
        except Exception as crash:
            # A mistake of the stand-in itself: the test must fail, not meet one more 500.
            self._world.crashes.append(crash)
            return 500, RefusalError(500, "Internal Server Error").answer()

    async def _fetch(self, request: Request) -> Response:
        try:
            self._check_token(request)
        except RefusalError as refusal:
            return JSONResponse(refusal.answer(), refusal.status)
        with self._world.lock:
            files = {file.path: file for file in self._world.files.values()}
        file = files.get(request.path_params["path"])
        if file is None:
            return JSONResponse(RefusalError(404, "Not Found").answer(), 404)
        return Response(file.content, media_type=file.mime_type)

    def _check_token(self, request: Request) -> None:
        token = request.path_params["token"]
        if token == self._token:
            return
        raise (
            RefusalError(401, "Unauthorized")
            if _TOKEN.fullmatch(token)
            else RefusalError(404, "Not Found")
        )


async def _faulty(fault: Fault | None, answer: Response) -> Response:
    """The answer as the fault lets it through."""
    if fault is None:
        return answer
    if fault.kind == "slow":
        await asyncio.sleep(fault.seconds)
    elif fault.kind == "garbage":
        return Response(fault.body, fault.status, media_type="text/html")
    elif fault.kind == "silent":
        return Cut("hold")
    elif fault.kind == "torn":
        return Cut("close", fault.body)
    elif fault.kind == "reset":
        return Cut("close" if fault.accepted else "reset")
    elif fault.accepted:
        return JSONResponse(fault.answer(), fault.status)
    return answer


async def _params(request: Request) -> Json:
    """The parameters from address and body (form or multipart), nested fields decoded."""
    params: Json = {name: _decoded(name, value) for name, value in request.query_params.items()}
    async with request.form(max_part_size=1024 * 1024) as form:
        for name, value in form.items():
            if isinstance(value, UploadFile):
                kind = value.content_type or "application/octet-stream"
                params[name] = Upload(value.filename or name, await value.read(), kind)
            else:
                params[name] = _decoded(name, value)
    for name, value in params.items():
        if isinstance(value, str) and value.startswith("attach://"):
            params[name] = params.get(value.removeprefix("attach://"), value)
    return params


def _decoded(name: str, value: str) -> Any:
    if name in _WORDS:
        return value
    if value[:1] in ("{", "["):
        try:
            return json.loads(value)
        except ValueError:
            raise bad_request(f"can't parse {name} JSON object") from None
    with suppress(ValueError):
        return json.loads(value)
    return value


def _bound(port: int) -> socket.socket:
    sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    # Without it the rest of an answer waits for the client to acknowledge its head, for 40 ms.
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    sock.bind(("127.0.0.1", port))
    return sock
