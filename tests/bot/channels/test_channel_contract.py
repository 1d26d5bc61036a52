"""The contract of all channels: the whole text arrives unchanged, with a way to answer."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from bot.channels.email import EmailChannel, Letterhead, Server
from bot.cli.terminal import text_of
from bot.messaging.messages import Button, Card, Channel, DeliveryError, Envelope, File, Leave
from bot.runtime.transactions import Transactions
from storage.database import Database
from tests.bot.channels.email.post_office import post_office
from tests.bot.channels.telegram.conftest import QUICK, Diary, build
from tests.patience import PATIENCE
from tests.standin.control import StandIn
from tests.standin.fixtures import telegram_standin

__all__ = ["telegram_standin"]

NOW = datetime(2018, 8, 9, 3, tzinfo=UTC)
AROUND = Envelope(
    subject="M6",
    language="en",
    label="Open the questionnaire",
    url="https://followup.example.org/q/secret",
    alone="Only for you.",
    about="The office writes.",
    stop_label="Stop these messages",
    stop_url="https://followup.example.org/stop/secret",
    key="case1-1.20180809",
)
ROWS = ((Button("1. Same job", "1p1.0.1"), Button("2. Left customs", "1p1.0.2")),)
TEXTS = (
    "Hello Ada.",
    "<b>bold</b> & *stars* _lines_ [x](http://ex.org) {name} %s \\ ` #",
    "ආයුබෝවන් สวัสดี សួស្តី မင်္ဂလာပါ سلام 你好 — naïve",
    ".\n..\nFrom here\n.",
)


@dataclass
class Way:
    """A channel under test: how to send to Ada, what she sees, and an unknown address."""

    channel: Channel
    ada: str
    nobody: str
    seen: Callable[[], Awaitable[list[str]]]


@pytest.fixture(params=["telegram", "email"])
async def way(
    request: pytest.FixtureRequest, telegram_standin: StandIn, sqlite_database: Database
) -> AsyncIterator[Way]:
    if request.param == "telegram":
        ada = telegram_standin.person(7001, started=True)
        telegram_standin.person(7002).never_existed()

        async def on_screen() -> list[str]:
            return ["\n".join([one.text, *one.labels]) for one in ada.screen]

        bot = build(telegram_standin, Diary(Transactions(sqlite_database)), QUICK)
        await bot.start(poll=False)
        yield Way(bot.channel, "7001", "7002", on_screen)
        await bot.stop()
        return
    async with post_office() as office:
        office.at_address["nobody@ex.org"] = ["550 5.1.1 no"] * 9

        async def in_letters() -> list[str]:
            return [
                "\n".join(
                    str(part.get_content()).replace("\r\n", "\n")
                    for part in letter.walk()
                    if part.get_content_maintype() == "text"
                )
                for letter in office.to("ada@ex.org")
            ]

        server = Server("127.0.0.1", office.port, tls="none", answer=PATIENCE)
        mail = EmailChannel(server, Letterhead("Office <bot@rocb.example>"), lambda: NOW)
        yield Way(mail, "ada@ex.org", "nobody@ex.org", in_letters)


@pytest.mark.parametrize("text", TEXTS)
async def test_the_text_arrives_as_it_is_with_a_way_to_go_on(way: Way, text: str) -> None:
    ref = await way.channel.send(way.ada, Card(text, ROWS, AROUND))
    assert 1 <= len(ref) <= 64
    (seen,) = await way.seen()
    assert text in seen
    assert "1. Same job" in seen or AROUND.url in seen


async def test_a_long_text_arrives_whole_and_in_order(way: Way) -> None:
    words = [f"word{number}" for number in range(1500)]
    await way.channel.send(way.ada, Card(" ".join(words), ROWS, AROUND))
    together = " ".join(await way.seen()).split()
    arrived = [word for word in together if word.startswith("word")]
    assert arrived[: len(words)] == words


async def test_two_messages_have_two_refs(way: Way) -> None:
    first = await way.channel.send(way.ada, Card("One."))
    second = await way.channel.send(way.ada, Card("Two."))
    assert first != second


async def test_a_file_arrives_with_its_words(way: Way) -> None:
    await way.channel.send_file(way.ada, File("report.pdf", b"%PDF-1.7"), Card("One page"))
    (seen,) = await way.seen()
    assert "One page" in seen


async def test_d07_an_address_of_nobody_is_lost_for_good(way: Way) -> None:
    with pytest.raises(DeliveryError) as caught:
        await way.channel.send(way.nobody, Card("Hello.", ROWS, AROUND))
    assert (caught.value.permanent, caught.value.outcome_unknown) == (True, False)
    # The next message is delivered.
    assert await way.channel.send(way.ada, Card("Hello.", ROWS, AROUND))


def says(answer: bool) -> Leave:
    async def leave() -> bool:
        return answer

    return leave


async def test_a_message_whose_time_has_passed_does_not_leave_and_holds_nobody_up(
    way: Way,
) -> None:
    with pytest.raises(DeliveryError, match="slept") as caught:
        await way.channel.send(way.ada, Card("Late.", ROWS, AROUND), leave=says(False))
    assert (caught.value.permanent, caught.value.outcome_unknown) == (False, False)
    await way.channel.send(way.ada, Card("In time.", ROWS, AROUND), leave=says(True))
    (seen,) = await way.seen()
    assert "In time." in seen


@pytest.mark.parametrize("text", TEXTS)
def test_the_terminal_shows_text_and_buttons_as_they_are(text: str) -> None:
    shown = text_of(Card(text, ROWS))
    assert shown == f"{text}\n[1. Same job]  [2. Left customs]"
