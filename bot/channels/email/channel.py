"""Takes letters to the mail server: one connection for a batch, not too many in a minute.

Knows addresses and letters, not what they ask or who reads them. Logs the server's numbers only:
its words may quote an address.
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
from bot.channels.email.errors import numbers, of_connection, of_data, of_recipient
from bot.messaging.messages import Card, DeliveryError, File, Leave, check_time
from surveys.planning.channels import EMAIL

log = logging.getLogger("bot.email")


@dataclass(frozen=True)
class Server:
    """A mail server. `tls` is starttls, implicit or none; `answer` how long it may take, in seconds."""

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

        Raises DeliveryError; whatever happens after the letter has begun to leave, other than a
        clear answer of the server, has an outcome that is not known.
        """
        return await self._send(identifier, card, leave=leave)

    async def send_file(self, identifier: str, file: File, card: Card) -> str:
        """Send a file with the card as the text of the letter. Raises DeliveryError."""
        return await self._send(identifier, card, file=file)

    async def check(self) -> None:
        """Connect and log in, and send nothing. Raises DeliveryError."""
        try:
            async with self._turn:
                self._kept = await self._connect()
        except (SMTPException, OSError) as problem:
            meaning = of_connection(problem)
        else:
            await self._hang_up()
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
                await self._hang_up()
        key: str = letter["Message-ID"].strip("<>").rpartition("@")[0]
        return key[:64]

    async def _post(self, to: Address, letter: EmailMessage, leave: Leave | None) -> None:
        """Give one letter to the server. What an error means depends on how far the letter was."""
        meant_by = of_connection
        try:
            client = await self._begin(to)
            meant_by = of_recipient
            await client.rcpt(to.addr_spec, encoding="utf-8")
            meant_by = of_data
            check_time(leave)
            await client.data(letter.as_bytes())
            return
        except DeliveryError:
            await self._make_ready()
            raise
        except (SMTPException, OSError) as problem:
            meaning, told = meant_by(problem), numbers(problem)
        await self._make_ready()
        self._report(meaning, told)
        # Outside of the handler: the library's error may quote the address.
        raise meaning

    async def _begin(self, to: Address) -> SMTP:
        """Announce a letter, on a new connection where the server has ended the kept one."""
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
            await client.ehlo()  # what the server can do counts before the first letter
        return client

    async def _make_ready(self) -> None:
        """After an error: ready for the next letter, or no longer connected."""
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

    async def _hang_up(self) -> None:
        """Nobody waits any more: end the connection politely."""
        client, self._kept = self._kept, None
        if client is not None:
            with suppress(SMTPException, OSError):
                await client.quit()
            client.close()

    def _report(self, meaning: DeliveryError, told: str) -> None:
        """What is not the fault of one address is for the operator; each kind is logged once."""
        if not meaning.permanent and told not in self._reported:
            self._reported.add(told)
            log.error("the mail server did not take a letter: %s (%s)", meaning.reason, told)
