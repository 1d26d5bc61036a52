"""Servers that do not speak as they should: they answer with what a test says, or with nothing."""

import asyncio
import re
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

ANSWER = b'{"ok":true,"result":"here"}'
GOOD = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%b" % (len(ANSWER), ANSWER)
TUNNEL = b"HTTP/1.1 200 Connection established\r\n\r\n"


@dataclass
class Peer:
    """A server on a free port of 127.0.0.1, and what came to it.

    `answers` are given to one request after the other, over all connections; b"" ends the connection,
    None keeps it open without an answer. The last one goes on.
    """

    answers: list[bytes | None]
    reads: bool = True
    """Whether it reads what is sent to it."""
    port: int = 0
    heads: list[bytes] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    ended: asyncio.Event = field(default_factory=asyncio.Event)
    working: int = 0
    lines: list[asyncio.StreamWriter] = field(default_factory=list)

    @property
    def connections(self) -> int:
        """How many connections there were."""
        return len(self.lines)

    @property
    def url(self) -> str:
        """The address of a method."""
        return f"http://127.0.0.1:{self.port}/method"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer the requests of one connection."""
        self.lines.append(writer)
        self.working += 1
        if not self.reads:
            writer.transport.pause_reading()  # type: ignore[attr-defined]
            await self.ended.wait()
        with suppress(asyncio.IncompleteReadError, ConnectionError):
            while answer := await self._answer(reader):
                writer.write(answer)
        writer.close()
        self.working -= 1

    async def _answer(self, reader: asyncio.StreamReader) -> bytes:
        head = await reader.readuntil(b"\r\n\r\n")
        length = re.search(rb"content-length: (\d+)", head, re.IGNORECASE)
        self.heads.append(head)
        self.bodies.append(await reader.readexactly(int(length[1]) if length else 0))
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if answer is None:
            await self.ended.wait()
        return answer or b""


@asynccontextmanager
async def listening(
    *answers: bytes | None, reads: bool = True, certificate: Path | None = None
) -> AsyncIterator[Peer]:
    """Run a peer, with TLS if it has a certificate."""
    context = None
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
    peer = Peer(list(answers), reads)
    server = await asyncio.start_server(peer.serve, "127.0.0.1", 0, ssl=context)
    peer.port = server.sockets[0].getsockname()[1]
    try:
        yield peer
    finally:
        peer.ended.set()
        server.close()
        for line in peer.lines:
            line.transport.abort()
        while peer.working:
            await asyncio.sleep(0)
