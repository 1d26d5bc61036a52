"""Sends letters through the mail server: one connection for a batch, a limit per minute.

Knows addresses and letters, not what they ask or who reads them. Of the server's answers only the
codes are logged, because the texts may quote an address.
"""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import make_msgid

from aiolimiter import AsyncLimiter
from aiosmtplib import SMTP, SMTPException

from bot.channels.email.composing import NO_MAILBOX, Letterhead, compose, mailbox
from bot.channels.email.errors import codes_of, of_connection, of_data, of_recipient
from bot.messaging.messages import Card, DeliveryError, File, Leave, check_time
from surveys.planning.channels import EMAIL

log = logging.getLogger("bot.email")


@dataclass(frozen=True)
class Server:
    """A mail server. `tls` is starttls, implicit or none; `answer` is its time limit in seconds."""

    host: str
    port: int
    tls: str = "starttls"
    user: str | None = None
    password: str | None = None
    per_minute: int = 60
    answer: float = 60.0


class EmailChannel:
    """The channel "email": identifiers are addresses, refs are the names of letters."""

    name = EMAIL

    def __init__(self, server: Server, head: Letterhead, clock: Callable[[], datetime]) -> None:
        self._server = server
        self._head = head
        self._clock = clock
        self._pace = AsyncLimiter(server.per_minute, 60)
        self._turn = asyncio.Lock()
        self._waiting = 0
        self._kept: SMTP | None = None
        self._reported: set[str] = set()

    async def send(
        self, identifier: str, card: Card, replace: str = "", leave: Leave | None = None
    ) -> str:
        """Send a card as a letter; a letter cannot be edited, so `replace` changes nothing.

        Raises DeliveryError. Once the text of the letter is being sent, its outcome is unknown unless
        the server answers.
        """
        return await self._send(identifier, card, leave=leave)

    async def send_file(self, identifier: str, file: File, card: Card) -> str:
        """Send a file with the card as the text of the letter. Raises DeliveryError."""
        return await self._send(identifier, card, file=file)

    async def check(self) -> None:
        """Connect and log in without sending. Raises DeliveryError."""
        try:
            async with self._turn:
                self._kept = await self._connect()
        except (SMTPException, OSError) as problem:
            meaning = of_connection(problem)
        else:
            await self._quit()
            return
        raise meaning

    async def _send(
        self, identifier: str, card: Card, *, file: File | None = None, leave: Leave | None = None
    ) -> str:
        to = mailbox(identifier)
        letter = compose(self._head, to, card, self._clock(), file)
        if "Message-ID" not in letter:
            letter["Message-ID"] = make_msgid(domain=self._head.domain)
        self._waiting += 1
        try:
            async with self._pace, self._turn:
                await self._post(to, letter, leave)
        finally:
            self._waiting -= 1
            if not self._waiting:
                await self._quit()
        key: str = letter["Message-ID"].strip("<>").rpartition("@")[0]
        return key[:64]

    async def _post(self, to: Address, letter: EmailMessage, leave: Leave | None) -> None:
        """Hand one letter to the server. The meaning of an error depends on the step that failed."""
        meant_by = of_connection
        try:
            client = await self._begin(to)
            meant_by = of_recipient
            await client.rcpt(to.addr_spec, encoding="utf-8")
            meant_by = of_data
            await check_time(leave)
            await client.data(letter.as_bytes())
            return
        except DeliveryError:
            await self._reset()
            raise
        except (SMTPException, OSError) as problem:
            meaning, codes = meant_by(problem), codes_of(problem)
        await self._reset()
        self._report(meaning, codes)
        # Raised outside of the handler, because the library's error may quote the address.
        raise meaning

    async def _begin(self, to: Address) -> SMTP:
        """Announce a letter, on a new connection if the server has closed the last one."""
        if self._kept is not None:
            try:
                await self._announce(self._kept, to)
                return self._kept
            except (SMTPException, OSError):
                self._drop()
        self._kept = await self._connect()
        await self._announce(self._kept, to)
        return self._kept

    async def _announce(self, client: SMTP, to: Address) -> None:
        options = []
        if not to.addr_spec.isascii():
            if not client.supports_extension("smtputf8"):
                raise DeliveryError(NO_MAILBOX, permanent=True)
            options = ["SMTPUTF8", "BODY=8BITMIME"]
        await client.mail(self._head.address, options=options)

    async def _connect(self) -> SMTP:
        server = self._server
        client = SMTP(
            hostname=server.host,
            port=server.port,
            username=server.user,
            password=server.password,
            use_tls=server.tls == "implicit",
            start_tls=server.tls == "starttls",
            timeout=server.answer,
        )
        await client.connect()
        if client.is_ehlo_or_helo_needed:
            await client.ehlo()  # the extensions of the server are needed for the first letter
        return client

    async def _reset(self) -> None:
        """Prepare for the next letter after an error, or drop the connection."""
        if self._kept is None:
            return
        try:
            await self._kept.rset()
        except (SMTPException, OSError):
            self._drop()

    def _drop(self) -> None:
        if self._kept is not None:
            self._kept.close()
        self._kept = None

    async def _quit(self) -> None:
        """Close the connection with QUIT; no letter is waiting."""
        client, self._kept = self._kept, None
        if client is not None:
            with suppress(SMTPException, OSError):
                await client.quit()
            client.close()

    def _report(self, meaning: DeliveryError, codes: str) -> None:
        """Log an error that is not about one address, for the administrator; each kind once."""
        if not meaning.permanent and codes not in self._reported:
            self._reported.add(codes)
            log.error("the mail server did not take a letter: %s (%s)", meaning.reason, codes)
