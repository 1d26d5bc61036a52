"""The page behind real proxies, configured as the documentation says.

Changed are only what a test cannot have: names, ports, the certificate and the place of logs. Each
proxy takes half a second to start.
"""

import asyncio
import os
import re
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing, suppress
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from httpx import AsyncClient, HTTPError
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.access.links import address_of, new_link
from bot.web import WEBHOOK_PATH, WebServer, build_app, webhook_route
from bot.web.connections import Limits
from storage.people.links import Purpose
from tests.bot.stage import SUVA, Stage, copied, shared_template
from tests.bot.web.browser import Screen
from tests.patience import PATIENCE
from tests.places import ROOT
from tests.tools import CADDY, NGINX

HOST = "followup.example.org"
LOCAL = "127.0.0.1"
SECRET, PUSH_SECRET = "ThatSecretOfAda1234567", "ThatSecretOfTheMessenger"
PUSHED = {"x-telegram-bot-api-secret-token": PUSH_SECRET}
SLOW = 60
"""So many visitors send a body that does not end."""


def documented(language: str) -> str:
    """Return the example of a proxy."""
    page = (ROOT / "docs" / "administrators.md").read_text("utf-8")
    found: list[str] = re.findall(rf"```{language}\n(.*?)```", page, re.DOTALL)
    assert len(found) == 1
    return found[0]


def changed(text: str, *changes: tuple[str, str]) -> str:
    """Return a configuration with these words replaced; each of them must be there."""
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return text


def caddy_of(folder: Path, port: int, behind: int, path: str) -> list[str]:
    text = changed(
        documented("caddy"),
        (f"{HOST} {{", f"http://{HOST}:{port} {{"),
        ("{\n    log {", "{\n    admin off\n    auto_https off\n    log {"),
        ("127.0.0.1:8080", f"{LOCAL}:{behind}"),
    )
    if path:
        start = text.index("    reverse_proxy")
        text = f"{text[:start]}handle_path {path}/* {{\n{text[start:]}}}\n"
    (folder / "Caddyfile").write_text(text, "utf-8")
    return ["run", "--config", "Caddyfile", "--adapter", "caddyfile"]


def nginx_of(folder: Path, port: int, behind: int, path: str) -> list[str]:
    text = changed(
        documented("nginx"),
        ("listen 443 ssl;", f"listen {LOCAL}:{port};"),
        ("/var/log/nginx/", f"{folder}/"),
        ("127.0.0.1:8080", f"{LOCAL}:{behind}"),
    )
    text = re.sub(r" *ssl_certificate.*\n", "", text)
    if path:
        text = changed(
            text, ("location / {", f"location {path}/ {{"), (f":{behind};", f":{behind}/;")
        )
    (folder / "logs").mkdir()
    places = "".join(
        f"{kind}_temp_path {folder}/{kind};\n"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    user = "user root;" if os.geteuid() == 0 else ""
    around = f"{user}\ndaemon off;\npid nginx.pid;\nevents {{}}\nhttp {{\n{places}{text}}}\n"
    (folder / "nginx.conf").write_text(around, "utf-8")
    return ["-p", str(folder), "-c", "nginx.conf", "-e", "start.log"]


KINDS = {"caddy": (CADDY, caddy_of), "nginx": (NGINX, nginx_of)}
PROXIES = [pytest.param(name, id=name, marks=tool.needed) for name, (tool, _) in KINDS.items()]
PATHS = [pytest.param("", id="root"), pytest.param("/followup", id="path")]


def free_port() -> int:
    with closing(socket.create_server((LOCAL, 0))) as taken:
        return int(taken.getsockname()[1])


@asynccontextmanager
async def proxy(name: str, folder: Path, behind: int, path: str = "") -> AsyncIterator[int]:
    """Run a proxy in a folder, where it also writes what it says; give its port."""
    tool, arguments_of = KINDS[name]
    port = free_port()
    said = (folder / "said.log").open("wb")
    process = await asyncio.create_subprocess_exec(
        str(tool.path),
        *arguments_of(folder, port, behind, path),
        cwd=folder,
        env={**os.environ, "HOME": str(folder), "XDG_DATA_HOME": str(folder)},
        stdout=said,
        stderr=said,
    )
    try:
        await _listening(port, process)
        yield port
    finally:
        process.terminate()
        await asyncio.wait_for(process.wait(), PATIENCE)
        said.close()


async def _listening(port: int, process: asyncio.subprocess.Process) -> None:
    """Wait until a program of others listens, which tells nobody."""
    async with asyncio.timeout(PATIENCE):
        while True:
            assert process.returncode is None, "the proxy has ended"
            try:
                _, writer = await asyncio.open_connection(LOCAL, port)
            except OSError:
                await asyncio.sleep(0.02)
            else:
                writer.close()
                return


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shared_template(tmp_path_factory)


async def _client(request: Request) -> Response:
    return PlainTextResponse(request.client.host if request.client else "")


async def _take(_update: bytes) -> None:
    return None


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("name", PROXIES)
async def test_a_participant_and_the_messenger_reach_the_page_behind_a_proxy(
    name: str, path: str, template: Path, tmp_path: Path
) -> None:
    stage = Stage(copied(template, tmp_path / "office.sqlite3"), {})
    ada = await stage.enrol("Ada Vea")
    secret = await stage.application.transactions.write(
        new_link, ada.enrolments[SUVA.code].id, Purpose.INTERVIEW, stage.now
    )
    public = f"http://{HOST}{path}"
    more = [Route("/client", _client), webhook_route(PUSH_SECRET, _take)]
    server = WebServer(build_app(stage.application.pages, public, more), LOCAL, 0, (LOCAL,))
    async with proxy(name, tmp_path, await server.start(), path) as port:
        at = f"http://{LOCAL}:{port}"
        async with AsyncClient(base_url=at, headers={"host": HOST}, timeout=PATIENCE) as client:
            link = urlsplit(address_of(public, Purpose.INTERVIEW, secret)).path
            screen = Screen((await client.get(link)).text)
            agree = next(one for one in screen.controls if one.label == "I agree")
            answer = await client.post(link, data={agree.name: agree.value})
            assert (answer.status_code, answer.headers["location"]) == (303, link)
            assert "strict-transport-security" in answer.headers
            screen = Screen((await client.get(link)).text)
            assert screen.heading != ""
            (style,) = re.findall(r'href="(\S*style.css\S*)"', screen.html)
            assert (await client.get(style)).headers["content-type"].startswith("text/css")
            # A slash too much leads nowhere else.
            assert "location" not in (await client.get(f"{link}/")).headers
            push = await client.post(path + WEBHOOK_PATH, content=b"{}", headers=PUSHED)
            assert push.status_code == 200
            forged = {"x-forwarded-for": "203.0.113.7"}
            assert (await client.get(f"{path}/client", headers=forged)).text == LOCAL
            for kept in ("/healthz", "/metrics"):
                assert (await client.get(path + kept)).status_code == 404
    await server.stop()
    assert (await stage.enrolment(ada)).consented_at is not None
    stage.close()


class Trouble(asyncio.Protocol):
    """A page that answers half, not at all, or nonsense, as the path of a request says."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        if b"/half" in data:
            self._transport.write(b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nabc")
        elif b"/nonsense" in data:
            self._transport.write(b"nonsense\r\n\r\n")
        elif b"/long" in data:
            self._transport.write(b"HTTP/1.1 200 OK\r\nx: " + b"x" * 2_000_000 + b"\r\n\r\n")
        self._transport.close()


@pytest.mark.parametrize("name", PROXIES)
async def test_no_secret_is_in_what_a_proxy_writes_whatever_goes_wrong(
    name: str, tmp_path: Path
) -> None:
    loop = asyncio.get_running_loop()
    behind = await loop.create_server(Trouble, LOCAL, 0)
    async with proxy(name, tmp_path, behind.sockets[0].getsockname()[1]) as port:
        at = f"http://{LOCAL}:{port}"
        async with AsyncClient(
            base_url=at, headers={"host": HOST} | PUSHED, timeout=PATIENCE
        ) as client:
            page = f"/q/{SECRET}"
            for trouble in ("half", "nonsense", "long", "nothing"):
                await _tried(client, "GET", f"{page}/{trouble}")
                await _tried(client, "POST", f"{page}/{trouble}", b"tap=1")
            await _tried(client, "POST", page, b"x" * 2_000_000)
            await _tried(client, "POST", WEBHOOK_PATH, b"{}")
            await _hung_up(
                port, f"POST {page} HTTP/1.1\r\nhost: {HOST}\r\ncontent-length: 9\r\n\r\nx"
            )
            await _hung_up(port, f"GET {page}/half HTTP/1.1\r\nhost: {HOST}\r\n\r\n")
            await _hung_up(port, f"GET {page} HTTP/1.1\r\nhost: {HOST}\r\nno header\r\n\r\n")
            await _hung_up(port, f"GET {page}/%zz HTTP/1.1\r\nhost: {HOST}\r\n\r\n")
            behind.close()
            await behind.wait_closed()
            assert (await client.get(page)).status_code == 502
            if (folder := tmp_path / "client_body").exists():
                folder.rmdir()
            await _tried(client, "POST", page, b"x" * 500_000)
            await _tried(client, "POST", WEBHOOK_PATH, b"{}")
    written = {path.name: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert "said.log" in written
    leaking = [
        file
        for file, text in written.items()
        for one in (SECRET, PUSH_SECRET)
        if one.encode() in text
    ]
    assert leaking == []


async def _tried(client: AsyncClient, method: str, path: str, body: bytes = b"") -> None:
    """Send a request whose answer may be anything."""
    with suppress(HTTPError):
        await client.request(method, path, content=body)


async def _hung_up(port: int, request: str) -> None:
    """Send something and go away."""
    _, writer = await asyncio.open_connection(LOCAL, port)
    writer.write(request.encode())
    await writer.drain()
    writer.close()
    await writer.wait_closed()


@pytest.mark.parametrize("name", PROXIES)
async def test_a_proxy_keeps_slow_visitors_to_itself(name: str, tmp_path: Path) -> None:
    seen: list[str] = []

    async def page(request: Request) -> Response:
        seen.append(request.method)
        return PlainTextResponse(f"{len(await request.body())}")

    app = Starlette(routes=[Route("/", page, methods=["GET", "POST"])])
    server = WebServer(app, LOCAL, 0, (LOCAL,), Limits(connections=3))
    async with proxy(name, tmp_path, await server.start()) as port:
        head = f"POST / HTTP/1.1\r\nhost: {HOST}\r\ncontent-length: 9000\r\n\r\n"
        slow = [await asyncio.open_connection(LOCAL, port) for _ in range(SLOW)]
        for _, writer in slow:
            writer.write(head.encode() + b"x")
            await writer.drain()
        async with AsyncClient(
            base_url=f"http://{LOCAL}:{port}", headers={"host": HOST}, timeout=PATIENCE
        ) as client:
            for _ in range(5):
                assert (await client.get("/")).text == "0"
            assert seen == ["GET"] * 5
            slow[0][1].write(b"x" * 8999)
            assert b"9000" in await asyncio.wait_for(slow[0][0].readuntil(b"9000"), PATIENCE)
        for _, writer in slow:
            writer.close()
    await server.stop()
