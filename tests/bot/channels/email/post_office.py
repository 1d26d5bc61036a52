"""A mail server for tests on a real port: keeps letters, and refuses them on demand."""

import asyncio
import warnings
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any, cast

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

SILENT = "silent"
"""An answer that never comes: the client times out."""
GONE = "gone"
"""The server accepts the letter and closes the connection without an answer."""


@dataclass
class PostOffice:
    """Letters that arrived with their addresses, and the refusals still to come.

    `at_address` are answers to RCPT by address, `after_text` those after the final dot, `at_door`
    those to MAIL ("" lets one in); each is used once, in order.
    """

    port: int = 0
    letters: list[tuple[str, EmailMessage]] = field(default_factory=list)
    connections: int = 0
    logins: list[str] = field(default_factory=list)
    at_address: dict[str, list[str]] = field(default_factory=dict)
    after_text: list[str] = field(default_factory=list)
    at_door: list[str] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)

    def to(self, address: str) -> list[EmailMessage]:
        """Return the letters that arrived for an address."""
        return [letter for to, letter in self.letters if to == address]

    async def handle_MAIL(  # noqa: N802 - the library's names
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        answer = self.at_door.pop(0) if self.at_door else ""
        if answer:
            return answer
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        waiting = self.at_address.get(address, [])
        if waiting:
            return waiting.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        answer = self.after_text.pop(0) if self.after_text else "250 OK"
        if not answer.startswith(("4", "5")):
            content = cast(bytes, envelope.content)
            self.raw.append(content)
            letter = message_from_bytes(content, policy=default)
            self.letters += [(to, letter) for to in envelope.rcpt_tos]
        if answer == GONE:
            cast(Any, server).transport.abort()
        if answer == SILENT:
            await asyncio.sleep(3600)
        return answer


class _Counting(SMTP):
    def __init__(self, office: PostOffice, **settings: Any) -> None:
        super().__init__(office, **settings)
        self._office = office

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._office.connections += 1
        super().connection_made(transport)


@asynccontextmanager
async def post_office(password: str = "") -> AsyncIterator[PostOffice]:
    """Run a mail server for one test; with a password it requires a login."""
    office = PostOffice()

    def authenticate(
        server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any
    ) -> AuthResult:
        office.logins.append(data.login.decode())
        return AuthResult(success=data.password.decode() == password, handled=False)

    loop = asyncio.get_running_loop()
    settings: dict[str, Any] = {
        "hostname": "post.example.org",
        "enable_SMTPUTF8": True,
        "loop": loop,
        "data_size_limit": 10_000_000,
    }
    if password:
        settings |= {
            "authenticator": authenticate,
            "auth_required": True,
            "auth_require_tls": False,
        }

    def answering() -> _Counting:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a password without TLS, between two ends of a test
            return _Counting(office, **settings)

    server = await loop.create_server(answering, "127.0.0.1", 0)
    office.port = server.sockets[0].getsockname()[1]
    try:
        yield office
    finally:
        server.close()
        for task in asyncio.all_tasks():
            if "_handle_client" in repr(task.get_coro()):
                task.cancel()
