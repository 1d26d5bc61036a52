"""What `followup init` tries outside: the mail server, the page with its certificate, the database."""

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import make_url

from bot.settings.reading import read_settings
from storage.database import Database
from tests.bot.access.accounts.provider_server import CLIENT, SECRET, provider_server
from tests.bot.channels.email.post_office import post_office
from tests.cli.conftest import Terminal
from tests.cli.test_init import answered
from tests.places import DATA
from tests.standin.control import StandIn
from tests.standin.fixtures import telegram_standin

__all__ = ["telegram_standin"]

CERTIFICATE = DATA / "tls" / "localhost.pem"
"""A certificate for localhost with its key, until 2126: only for tests."""


@pytest.fixture
def tg(telegram_standin: StandIn) -> StandIn:
    return telegram_standin


async def test_the_mail_server_is_greeted_with_user_and_password(terminal: Terminal) -> None:
    terminal.write("secret", "right\n")
    async with post_office("right") as post:
        mail = {
            "page": "http://localhost:8080",
            "mail_host": "127.0.0.1",
            "mail_port": str(post.port),
            "mail_from": "office@example.org",
            "mail_tls": "none",
        }
        said = await asyncio.to_thread(answered, terminal, **mail)
        assert said.code == 0, said
        assert "email: 127.0.0.1 lets the bot in\n" in said.out
        assert post.connections == 1


async def test_a_mail_server_that_is_not_there_is_said(terminal: Terminal) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = str(listening.getsockname()[1])
    mail = {"mail_host": "127.0.0.1", "mail_port": port, "mail_from": "office@example.org"}
    said = await asyncio.to_thread(answered, terminal, page="http://localhost:8080", **mail)
    assert said.code == 2
    assert "mail_host: '127.0.0.1' cannot be reached." in said.err


def test_a_page_is_looked_at(terminal: Terminal, tg: StandIn) -> None:
    plain = tg.base_url.replace("http://", "https://").removesuffix("/bot")
    said = answered(terminal, page=plain)
    assert said.code == 2
    assert "page: " in said.err
    assert "does not speak https: what answers there is not https." in said.err
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    said = answered(terminal, page=f"https://127.0.0.1:{port}")
    assert said.code == 0, said
    assert f"page: https://127.0.0.1:{port}: nothing answers there yet; none is needed" in said.out
    assert {one.name for one in (terminal.folder / "suva" / "setup").iterdir()} >= {
        *("Caddyfile", "nginx.conf", "followup@.service"),
    }


def test_the_provider_of_the_accounts_is_asked_by_init_and_by_check(terminal: Terminal) -> None:
    terminal.write("accounts", f"{SECRET}\n")
    known = {"accounts_client": CLIENT, "accounts_secret_file": "accounts"}
    page = "http://localhost:8080"
    with provider_server(datetime.now(UTC)) as server:
        said = answered(terminal, accounts_issuer=f"{server.url}/", **known)
        assert "accounts_issuer: " in said.err
        assert "calls itself by another address" in said.err
        said = answered(terminal, accounts_issuer=server.url, page=page, **known)
        assert said.code == 0, said
        assert f"accounts: {server.url} can be used\n" in said.out
        config = str(terminal.folder / "suva" / "config.yaml")
        back = f"let it lead back to {page}/desk/sign-in/account/back"
        said = terminal.type("check", "--offline", "--config", config)
        assert f"accounts: {server.url}, not asked\n" in said.out
        said = terminal.type("check", "--config", config)
        assert f"accounts: {server.url} can be used; {back}\n" in said.out
        server.broken = 500
        said = terminal.type("check", "--config", config)
        (wrong,) = (one for one in said.out.splitlines() if one.startswith("accounts: WRONG"))
        assert f"desk.oidc.issuer: '{server.url}' answers with 500." in wrong
        assert said.code == 2
    secret = terminal.folder / "suva" / "accounts-secret"
    assert (secret.read_text(), secret.stat().st_mode & 0o777) == (f"{SECRET}\n", 0o600)


@asynccontextmanager
async def secure_page() -> AsyncIterator[str]:
    """A page with the certificate of the tests, which nobody knows; its address."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n")
        await writer.drain()
        writer.close()

    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(CERTIFICATE)
    server = await asyncio.start_server(answer, "127.0.0.1", 0, ssl=context)
    async with server:
        yield f"https://localhost:{server.sockets[0].getsockname()[1]}"


async def test_a_page_needs_a_certificate_that_browsers_know(terminal: Terminal) -> None:
    async with secure_page() as page:
        said = await asyncio.to_thread(answered, terminal, page=page)
        assert said.code == 2
        assert f"page: '{page}' does not speak https: self-signed certificate" in said.err
        terminal.patch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
        said = await asyncio.to_thread(answered, terminal, page=page)
        assert said.code == 0, said
        assert f"page: {page}: https works, and something answers there (404)" in said.out


def test_the_password_of_a_server_is_in_a_file_that_its_driver_reads(
    terminal: Terminal, postgresql_url: str
) -> None:
    secret = r"a:b\c"
    asked = make_url(postgresql_url).set(password=secret).render_as_string(hide_password=False)
    said = answered(terminal, database=asked)
    assert said.code == 0, said
    assert "database: it is there already\n" in said.out
    office = terminal.folder / "suva"
    assert "a%3Ab" not in (office / "config.yaml").read_text("utf-8")
    assert (office / "postgresql-password").read_text("utf-8").endswith(r":a\:b\\c" + "\n")
    database = Database(read_settings(office / "config.yaml").database)
    with database.engine.connect() as connection:
        raw: Any = connection.connection.driver_connection
        assert raw.info.password == secret
    database.close()
