"""Signing in by letter: over a real mail server, on both databases."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import event

from bot.channels.email import EmailChannel, Letterhead, Server
from bot.desk.office.signing_in import session_of
from bot.desk.office.staff import remove
from bot.desk.office.staff_addresses import put_address
from bot.messaging.messages import Channel
from bot.outbox.round_summary import RoundSummary
from bot.runtime.transactions import Transactions
from bot.service.sign_in_letters import SignInLetters
from bot.web import DESK_PAGES, DeskContext, Doors, desk_of
from storage.database import Database
from storage.office.audit import Act, entries
from storage.office.staff import StaffRole
from storage.schema import metadata
from tests.bot.channels.email.post_office import GONE, PostOffice, post_office
from tests.bot.web.browser import PUBLIC
from tests.bot.web.desk.offices import NOW, OFFICE
from tests.bot.web.desk.window import Window
from tests.patience import PATIENCE
from tests.staff import employ

EVA = "eva.kula@example.org"
ASK, SENT = "Send me a link", "Look into your mailbox"


class Entrance:
    """A desk with a member, Eva, who has an address, and a mail server that sends her letters."""

    def __init__(self, database: Database, post: PostOffice) -> None:
        self.now, self.post, self.asked = NOW, post, 0
        self.transactions = Transactions(database)
        self.office = replace(OFFICE, public_url=PUBLIC)
        self.app = self._desk()
        self.letters = self.process()

    def _desk(self) -> Doors:
        working = (self.transactions, self.office, lambda: self.now, PUBLIC, lambda: b"key")
        return Doors(desk_of(DeskContext(*working, letters=self._count), DESK_PAGES), None)

    def _count(self) -> None:
        self.asked += 1

    def process(self) -> SignInLetters:
        """Return the letters of another process of the bot."""
        server = Server("127.0.0.1", self.post.port, tls="none", answer=PATIENCE)
        mail = EmailChannel(server, Letterhead("ROCB <bot@rocb.example>"), lambda: self.now)
        channels: dict[str, Channel] = {"email": mail}
        return SignInLetters(self.transactions, self.office, channels, lambda: self.now)

    async def asks(self, address: str = EVA, window: Window | None = None) -> Window:
        """Ask for a letter on the page to sign in."""
        window = window or Window(self.app)
        await window.opens("/desk")
        return await window.presses(ASK, email=address)

    async def posts(self) -> list[str]:
        """Send what is due, and return the links that have arrived for Eva so far."""
        await self.letters.send(RoundSummary())
        return self.links

    @property
    def links(self) -> list[str]:
        texts = [letter.get_content() for letter in self.post.to(EVA)]
        return [re.findall(rf"{PUBLIC}(/desk/sign-in/\S+)", text)[0] for text in texts]


@asynccontextmanager
async def entrance_of(database: Database) -> AsyncIterator[Entrance]:
    """Open the entrance of an office in which Eva has an address."""
    async with post_office() as post:
        one = Entrance(database, post)
        write = one.transactions.write
        await write(employ, ("demo", "eva"), StaffRole.ORGANISER, NOW, "Eva")
        await write(put_address, one.office, "S-EVA", EVA, NOW)
        yield one
        one.transactions.close()


@pytest.fixture
async def entrance(office_database: Database) -> AsyncIterator[Entrance]:
    async with entrance_of(office_database) as one:
        yield one


async def test_who_types_an_address_of_the_staff_signs_in_with_the_link_of_a_letter(
    entrance: Entrance,
) -> None:
    window = await entrance.asks(f" {EVA.upper()} ")
    assert (window.heading, entrance.asked) == (SENT, 1)
    (link,) = await entrance.posts()
    (letter,) = entrance.post.to(EVA)
    assert letter["subject"] == "Sign in to the follow-up desk"
    assert "It works once and until Tue 20 March 2018, 10:15 in Bangkok." in letter.get_content()
    for _ in range(3):
        assert (await Window(entrance.app).opens(link)).buttons == ["Sign in"]
    await window.opens(link)
    assert (await window.presses("Sign in")).sections[0] == "Today"
    assert (await Window(entrance.app).opens(link)).status == 404
    done = await entrance.transactions.read(entries)
    assert [(one.who, one.act) for one in done[-2:]] == [
        ("S-EVA", Act.SIGN_IN_LINK),
        ("S-EVA", Act.SIGNED_IN),
    ]


async def test_a_letter_is_of_no_use_after_a_quarter_of_an_hour(entrance: Entrance) -> None:
    await entrance.asks()
    (link,) = await entrance.posts()
    entrance.now += timedelta(minutes=15)
    assert (await Window(entrance.app).opens(link)).status == 404
    await entrance.asks()
    entrance.now += timedelta(minutes=15)
    assert await entrance.posts() == [link]


async def test_nobody_learns_whether_an_address_is_known(entrance: Entrance) -> None:
    """The same words and the same statements, so that the time is the same too."""
    engine, said = entrance.transactions.database.engine, list[str]()
    event.listen(engine, "before_cursor_execute", lambda *call: said.append(call[2]))
    pages, statements = [], []
    for address in (EVA, "nobody@example.org", EVA, "EVA.KULA@EXAMPLE.ORG", EVA, EVA):
        window = Window(entrance.app)
        await window.opens("/desk/sign-in")
        said.clear()
        pages.append((await window.presses(ASK, email=address)).answer.text)
        statements.append(tuple(said))
    assert (len(set(pages)), len(set(statements))) == (1, 1)
    assert len(await entrance.posts()) == 3
    assert {to for to, _ in entrance.post.letters} == {EVA}


async def test_letters_are_paced_by_address_and_by_network(entrance: Entrance) -> None:
    statuses = [(await entrance.asks()).status for _ in range(10)]
    window = Window(entrance.app)
    await window.opens("/desk/sign-in")
    assert (set(statuses), (await window.presses(ASK, email=EVA)).status) == ({200}, 429)
    assert len(await entrance.posts()) == 3
    entrance.now += timedelta(hours=1)
    entrance.app = entrance._desk()
    await entrance.asks()
    assert len(await entrance.posts()) == 4


async def test_a_letter_is_sent_once_by_several_processes(entrance: Entrance) -> None:
    await entrance.asks()
    others = [entrance.process() for _ in range(2)]
    for one in (*others, entrance.letters):
        await one.send(RoundSummary())
    assert len(entrance.links) == 1


async def test_a_letter_that_may_have_arrived_is_not_sent_again(entrance: Entrance) -> None:
    entrance.post.after_text = [GONE]
    await entrance.asks()
    (link,) = await entrance.posts()
    assert await entrance.posts() == [link]
    assert (await Window(entrance.app).opens(link)).buttons == ["Sign in"]


async def test_a_letter_that_was_put_off_leaves_later_and_one_to_no_mailbox_never(
    entrance: Entrance,
) -> None:
    entrance.post.at_address = {EVA: ["451 4.7.1 Greylisted", "550 5.1.1 No such user"]}
    await entrance.asks()
    assert await entrance.posts() == []
    assert await entrance.posts() == []
    assert (entrance.post.at_address, await entrance.posts()) == ({EVA: []}, [])
    entrance.post.at_address = {EVA: ["451 4.7.1 Greylisted"]}
    await entrance.asks()
    await entrance.posts()
    assert len(await entrance.posts()) == 1


async def test_an_address_that_was_changed_gets_no_letter_and_its_links_end(
    entrance: Entrance,
) -> None:
    await entrance.asks()
    (link,) = await entrance.posts()
    await entrance.asks()
    new = (entrance.office, "S-EVA", "eva@other.example", NOW)
    await entrance.transactions.write(put_address, *new)
    assert (await Window(entrance.app).opens(link)).status == 404
    await entrance.posts()
    assert [to for to, _ in entrance.post.letters] == [EVA, "eva@other.example"]
    assert (await entrance.asks(EVA)).heading == SENT
    await entrance.posts()
    assert len(entrance.post.letters) == 2


async def test_the_address_goes_with_the_access_and_no_secret_is_stored(
    entrance: Entrance,
) -> None:
    await entrance.asks()
    (link,) = await entrance.posts()
    await entrance.asks()
    stored = await entrance.transactions.read(_everything)
    assert EVA in stored
    assert link.rpartition("/")[2] not in stored
    await entrance.transactions.write(remove, entrance.office, "S-EVA", NOW)
    assert EVA not in await entrance.transactions.read(_everything)
    assert (await Window(entrance.app).opens(link)).status == 404
    await entrance.asks()
    assert await entrance.posts() == [link]


def _everything(connection) -> str:  # type: ignore[no-untyped-def]
    tables = metadata.sorted_tables
    return str([connection.execute(table.select()).all() for table in tables])


async def test_what_is_no_address_is_said_and_shown_again(entrance: Entrance) -> None:
    window = await entrance.asks("eva.kula")
    assert (window.status, window.heading) == (422, "This is not an e-mail address")
    assert window.tree.xpath('//input[@name="email"]/@value') == ["eva.kula"]
    assert entrance.asked == 0


async def test_no_other_site_asks_for_letters(entrance: Entrance) -> None:
    window = Window(entrance.app)
    for headers in ({"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}):
        sent = await window.client.post("/desk/sign-in", data={"email": EVA}, headers=headers)
        assert sent.status_code == 403
    assert await entrance.posts() == []


async def test_a_link_of_a_letter_that_was_asked_for_by_another_signs_nobody_in(
    entrance: Entrance,
) -> None:
    """Who asks gets no cookie; only who opens the letter does."""
    stranger = await entrance.asks()
    await entrance.posts()
    assert "desk" not in " ".join(stranger.client.cookies)
    assert await entrance.transactions.read(session_of, "", NOW) is None
    assert (await stranger.opens("/desk")).status == 401


async def test_without_a_mail_server_nobody_is_offered_a_letter(app: Doors) -> None:
    window = Window(app)
    for path in ("/desk", "/desk/sign-in", "/desk/sign-in?sent", "/desk/sign-in/no-link"):
        await window.opens(path)
        assert (ASK in window.buttons, window.heading == SENT) == (False, False)
    sent = await window.client.post(
        "/desk/sign-in", data={"email": EVA}, headers={"origin": PUBLIC}
    )
    assert sent.status_code == 405
