"""Whether a request may have arrived, at each moment in which a connection can fail."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from telegram import InputFile
from telegram.error import NetworkError, TelegramError
from telegram.ext import ExtBot

from bot.channels.telegram import TelegramChannel, TokenRefused, transport
from bot.channels.telegram.errors import translated
from bot.channels.telegram.transport import NotConnected, Transport
from bot.messaging.messages import Card, DeliveryError, File
from tests.bot.channels.telegram.conftest import IMPATIENT, QUICK
from tests.bot.channels.telegram.peers import GOOD, TUNNEL, listening
from tests.patience import PATIENCE
from tests.standin.control import StandIn
from tests.standin.faults import Fault

CERTIFICATE = Path(__file__).parent / "localhost.pem"
"""Of 127.0.0.1 and localhost, signed by itself."""
SHORT = 0.2
"""Seconds: the time in which something is not going to happen."""
PROXIES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")
HEAD = b"HTTP/1.1 200 OK\r\nContent-Length: 200\r\n"
MOMENTS = {
    "drop": (Fault.reset_after, "network"),
    "reset": (Fault.reset_before, "network"),
    "half a head": (lambda: Fault.torn(HEAD), "network"),
    "half a body": (lambda: Fault.torn(HEAD + b'\r\n{"ok":tr'), "network"),
    "another protocol": (lambda: Fault.torn(b"220 mail.example.org ESMTP\r\n"), "network"),
    "a page": (lambda: Fault.garbage(accepted=True), "server"),
    "silence": (Fault.silent, "timed_out"),
}


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in PROXIES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@asynccontextmanager
async def opened(
    connections: int = 4,
    connect: float = PATIENCE,
    answer: float = PATIENCE,
    wait: float = PATIENCE,
) -> AsyncIterator[Transport]:
    """A transport that is closed at the end."""
    line = Transport(connections, connect, answer, wait)
    await line.initialize()
    yield line
    await line.shutdown()


async def meaning(line: Transport, url: str) -> tuple[str, bool]:
    """Return what the failure of a request means: its reason, and whether the outcome is unknown."""
    with pytest.raises(TelegramError) as caught:
        await line.post(url)
    found = translated(caught.value)
    assert isinstance(found, DeliveryError)
    return found.reason, found.outcome_unknown


@pytest.mark.parametrize("kept", [False, True], ids=["new", "kept"])
@pytest.mark.parametrize(
    ("moment", "timing"),
    [(name, IMPATIENT if name == "silence" else QUICK) for name in MOMENTS],
    ids=list(MOMENTS),
)
async def test_a_message_that_may_have_left_is_sent_once_and_its_outcome_unknown(
    tg: StandIn, channel: TelegramChannel, moment: str, kept: bool
) -> None:
    tg.person(7001, started=True)
    fault, reason = MOMENTS[moment]
    if kept:
        await channel.send("7001", Card("Before"))
    else:
        tg.pause_network()
        tg.resume_network()
    tg.faults.add(fault())
    with pytest.raises(DeliveryError) as caught:
        await channel.send("7001", Card("Hello"))
    assert (caught.value.reason, caught.value.outcome_unknown) == (reason, True)
    assert len(tg.calls("sendMessage")) == 1 + kept
    await channel.send("7001", Card("After"))


async def test_a_connection_that_is_refused_has_sent_nothing() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        async with opened() as line:
            url = f"http://127.0.0.1:{taken.getsockname()[1]}/method"
            assert await meaning(line, url) == ("network", False)


async def test_a_name_that_nobody_knows_has_got_nothing() -> None:
    async with opened() as line:
        assert await meaning(line, "http://nobody.invalid/method") == ("network", False)


async def test_a_handshake_that_is_not_answered_has_sent_nothing() -> None:
    async with listening(reads=False) as peer, opened(connect=SHORT) as line:
        assert await meaning(line, f"https://127.0.0.1:{peer.port}/m") == ("network", False)


async def test_a_server_with_a_wrong_certificate_gets_nothing() -> None:
    async with listening(GOOD, certificate=CERTIFICATE) as peer, opened() as line:
        assert await meaning(line, f"https://127.0.0.1:{peer.port}/m") == ("network", False)
        assert peer.heads == []


async def test_a_server_with_a_trusted_certificate_is_spoken_to_over_one_connection(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    async with listening(GOOD, certificate=CERTIFICATE) as peer, opened() as line:
        for _ in range(3):
            assert await line.post(f"https://127.0.0.1:{peer.port}/m") == "here"
        assert (len(peer.heads), peer.connections) == (3, 1)


async def test_who_waits_in_vain_for_a_connection_has_sent_nothing() -> None:
    async with listening(None) as peer, opened(1, wait=SHORT) as line:
        first = asyncio.create_task(line.post(peer.url))
        while not peer.heads:
            await asyncio.sleep(0)
        assert await meaning(line, peer.url) == ("network", False)
        assert len(peer.heads) == 1
        first.cancel()


async def test_a_connection_that_was_ended_meanwhile_is_not_used(
    tg: StandIn, channel: TelegramChannel
) -> None:
    ada = tg.person(7001, started=True)
    for number in range(3):
        await channel.send("7001", Card(str(number)))
        tg.pause_network()
        tg.resume_network()
    assert [message.text for message in ada.screen] == ["0", "1", "2"]


async def test_what_a_server_says_unasked_is_not_taken_for_the_next_answer() -> None:
    stale = GOOD.replace(b"here", b"late")
    async with listening(GOOD + stale, GOOD) as peer, opened() as line:
        assert await line.post(peer.url) == "here"
        assert await line.post(peer.url) == "here"
        assert peer.connections == 2


async def test_the_door_opens_when_there_is_a_connection_and_before_anything_is_sent() -> None:
    seen: list[tuple[str, int, int]] = []

    async def door(method: str) -> None:
        while not peer.connections:
            await asyncio.sleep(0)
        seen.append((method, peer.connections, len(peer.heads)))

    async with listening(GOOD) as peer:
        line = Transport(4, PATIENCE, PATIENCE, PATIENCE, door)
        await line.initialize()
        for _ in range(2):
            await line.post(peer.url)
        await line.shutdown()
    assert seen == [("method", 1, 0), ("method", 1, 1)]


async def test_a_token_that_is_refused_is_no_failure_of_the_network() -> None:
    refusal = b'HTTP/1.1 401 Unauthorized\r\nContent-Length: 12\r\n\r\n{"ok":false}'
    async with listening(refusal) as peer, opened() as line:
        with pytest.raises(TelegramError) as caught:
            await line.post(peer.url)
    assert isinstance(translated(caught.value), TokenRefused)


async def test_a_redirection_is_not_followed() -> None:
    moved = b"HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n"
    async with listening(moved, GOOD) as peer, opened() as line:
        assert await meaning(line, peer.url) == ("server", True)
        assert len(peer.heads) == 1


async def test_a_proxy_of_the_environment_is_used_except_for_named_hosts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with listening(GOOD) as proxy, listening(GOOD) as peer, opened() as line:
        monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{proxy.port}")
        monkeypatch.setenv("no_proxy", "127.0.0.1")
        assert await line.post("http://api.example.org/method") == "here"
        assert await line.post(peer.url) == "here"
        assert proxy.heads[0].startswith(b"POST http://api.example.org/method HTTP/1.1\r\n")
        assert peer.heads[0].startswith(b"POST /method HTTP/1.1\r\n")


@pytest.mark.parametrize(
    "answer", [b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n", b"", b"220 ESMTP\r\n\r\n"]
)
async def test_behind_a_proxy_that_gives_no_way_nothing_has_left(
    monkeypatch: pytest.MonkeyPatch, answer: bytes
) -> None:
    async with listening(answer) as proxy, opened() as line:
        monkeypatch.setenv("https_proxy", f"http://127.0.0.1:{proxy.port}")
        assert await meaning(line, "https://api.example.org/method") == ("network", False)
        assert proxy.heads[0].startswith(b"CONNECT api.example.org:443 ")


async def test_behind_a_proxy_that_is_away_nothing_has_left(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("all_proxy", "http://127.0.0.1:1")
    async with opened() as line:
        assert await meaning(line, "https://api.example.org/method") == ("network", False)


async def test_a_tunnel_in_which_nobody_answers_has_carried_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with listening(TUNNEL) as proxy, opened(connect=SHORT) as line:
        monkeypatch.setenv("https_proxy", f"http://127.0.0.1:{proxy.port}")
        assert await meaning(line, "https://api.example.org/method") == ("network", False)
        assert len(proxy.heads) == 1


async def test_an_uploaded_file_arrives_with_its_name_in_any_script(
    tg: StandIn, channel: TelegramChannel
) -> None:
    ada = tg.person(7001, started=True)
    content = bytes(range(256)) * 8000
    await channel.send_file("7001", File('របាយការណ៍ "2018".xlsx', content), Card("ลิ"))
    assert (ada.last.document, ada.last.text) == ('របាយការណ៍ "2018".xlsx', "ลิ")
    assert ada.last.file_bytes == content


@pytest.mark.parametrize("answer", [b"", b"220 ESMTP\r\n\r\n"])
async def test_an_upload_that_breaks_has_an_unknown_outcome(tg: StandIn, answer: bytes) -> None:
    async with listening(answer) as peer, opened() as line:
        base = f"http://127.0.0.1:{peer.port}/bot"
        library = ExtBot(tg.token, base, request=line)
        with pytest.raises(NetworkError) as caught:
            await library.send_document(7001, InputFile(b"x" * 100_000, "list.xlsx"))
    found = translated(caught.value)
    assert isinstance(found, DeliveryError) and found.outcome_unknown
    assert len(peer.heads) == 1


async def test_an_upload_that_nobody_reads_ends_and_its_outcome_is_unknown(
    tg: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transport, "SLOWEST", 10**9)
    async with listening(reads=False) as peer, opened(answer=SHORT, wait=SHORT) as line:
        library = ExtBot(tg.token, f"http://127.0.0.1:{peer.port}/bot", request=line)
        with pytest.raises(NetworkError) as caught:
            await library.send_document(7001, InputFile(bytes(20_000_000), "list.xlsx"))
    found = translated(caught.value)
    assert isinstance(found, DeliveryError) and found.outcome_unknown


async def test_a_failure_says_nothing_of_the_address() -> None:
    """The address holds the token of the bot."""
    async with opened() as line:
        with pytest.raises(NetworkError) as caught:
            await line.post("http://nobody.invalid/bot42:secret/getMe")
    assert isinstance(caught.value.__cause__, NotConnected)
    assert "secret" not in repr(caught.value) + repr(caught.value.__cause__)
