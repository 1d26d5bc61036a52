"""One wave by letter and by messenger: Hanoi answers on the page, Bangkok in the chat.

Nothing is replaced: a real mail server, the stand-in of the Bot API behind the real library, and
the real web page. Only the clock is the test's.
"""

import re
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.access.codes import one_time_code
from bot.channels.email import EmailChannel, Letterhead, Server
from bot.channels.telegram import TelegramBot, build_telegram
from bot.desk.people.call_list import call_list
from bot.desk.reports import reporting
from bot.desk.waves.previewing import preview_wave
from bot.web import build_app
from storage.database import Database
from storage.people.codes import add_code
from storage.schema import answers, cases, enrolments
from tests.bot.channels.email.post_office import PostOffice, post_office
from tests.bot.channels.telegram.conftest import QUICK
from tests.bot.fieldwork_world import World, utc
from tests.bot.web.browser import PUBLIC, Browser
from tests.patience import PATIENCE
from tests.standin.control import StandIn
from tests.standin.faults import Fault
from tests.standin.fixtures import telegram_standin
from tests.standin.people import Person

__all__ = ["telegram_standin"]

BANGKOK = 7001
HANOI = 7002
DAY = utc("2018-08-09T00:00")
SECOND = timedelta(seconds=1)


@pytest.fixture
async def office() -> AsyncIterator[PostOffice]:
    async with post_office() as office:
        yield office


@pytest.fixture
async def world(
    tmp_path: Path, sqlite_template: Path, telegram_standin: StandIn, office: PostOffice
) -> AsyncIterator[World]:
    """The application with both real channels, before the wave six months after a workshop."""
    path = tmp_path / "followup.sqlite3"
    path.write_bytes(sqlite_template.read_bytes())
    world = World(Database(f"sqlite:///{path}"), ways=("telegram", "email"))
    world.keeps_only("M6")
    world.workshop()
    bot = messenger(world, telegram_standin)
    server = Server("127.0.0.1", office.port, tls="none", answer=PATIENCE)
    mail = EmailChannel(server, Letterhead("ROCB <bot@rocb.example>"), lambda: world.now)
    world.channels |= {"telegram": bot.channel, "email": mail}
    await bot.start()
    yield world
    await bot.stop()
    world.check_messages()
    world.close()


def messenger(world: World, tg: StandIn) -> TelegramBot:
    return build_telegram(
        tg.token,
        world.application.reception,
        world.application.inbox,
        base_url=tg.base_url,
        base_file_url=tg.base_file_url,
        timing=QUICK,
    )


async def joins(
    world: World, tg: StandIn, name: str, place: str, chat: int = BANGKOK, email: str = ""
) -> Person:
    """Somebody who opens the link on their sheet and agrees."""
    who = world.enrol(name, place, chat="", email=email, agreed=False)
    code = one_time_code()
    world.database.run(add_code, code, who.enrolment, world.now)
    person = tg.person(chat, name)
    person.sends(f"/start {code}")
    await tg.until(lambda: tg.accepted(chat))
    person.taps("I agree")
    await tg.until(lambda: "Thank you." in person.last.text)
    return person


async def answers_in_chat(world: World, tg: StandIn, person: Person) -> None:
    """Taps the first choice of every question, and skips what is to be typed."""
    person.taps("Start")
    await tg.until(lambda: person.last.text.startswith("Question 1 "))
    for _ in range(60):
        labels, seen = person.last.labels, (person.last.text, person.last.labels)
        if not {"Skip", "‹ Back"} & set(labels):
            return
        world.now += SECOND
        done = next((label for label in labels if label.startswith("Done (")), "")
        person.taps(done or labels[0] if labels[0] != "‹ Back" else "Skip")
        await tg.until(lambda seen=seen: (person.last.text, person.last.labels) != seen)


async def answers_on_the_page(world: World, window: Browser) -> None:
    """Agrees, chooses the first answer of every question, and skips what is to be typed."""
    await window.presses("I agree")
    await window.presses("Start")
    while {"Continue", "Skip"} & set(window.screen.buttons):
        world.now += SECOND
        choices = window.screen.choices
        await (window.chooses(choices[0]) if choices else window.presses("Skip"))


async def test_hanoi_by_letter_and_bangkok_by_messenger_stand_in_one_report(
    world: World, telegram_standin: StandIn, office: PostOffice
) -> None:
    tg = telegram_standin
    world.enrol("An Lê", "VN", chat="", email="an@customs.example", agreed=False)
    somchai = await joins(world, tg, "Somchai", "TH")
    before = len(tg.accepted(BANGKOK))

    await world.until(DAY + timedelta(hours=12))
    (letter,) = office.to("an@customs.example")
    (invitation,) = tg.accepted(BANGKOK)[before:]
    assert invitation.params["text"].startswith("Hello Somchai.")
    # Both are in the same time zone; each has their own time in the local morning.
    assert world.outcomes("An Lê") == world.outcomes("Somchai") == [("invitation", "sent", "")]

    part = letter.get_body(("plain",))
    assert part is not None
    page, stop = re.findall(rf"{PUBLIC}(/\S+)", part.get_content())
    window = Browser(build_app(world.application.pages, PUBLIC), page)
    assert (await window.opens()).heading == "Hello An Lê."
    await answers_on_the_page(world, window)
    assert window.screen.heading.startswith("Thank you. That was the last question")
    await answers_in_chat(world, tg, somchai)
    await tg.until(lambda: "Thank you. That was the last question" in somchai.last.text)

    query = (
        select(enrolments.c.administration_code, answers.c.item, answers.c.channel)
        .join(cases, cases.c.enrolment_id == enrolments.c.id)
        .join(answers, answers.c.case_id == cases.c.id)
    )
    rows = world.database.read(lambda connection: connection.execute(query).all())
    items = {place: {row.item for row in rows if row[0] == place} for place in ("VN", "TH")}
    assert items["VN"] == items["TH"]
    assert {(row[0], row.channel) for row in rows} == {("VN", "web"), ("TH", "telegram")}
    made = reporting.reports_of(world.database, world.office, ["RM"], ["txt"], world.now)
    report = made["txt"].decode()
    assert re.search(r"\b2 of 2\b", report), report

    # A person who has answered is not reminded through any channel.
    await world.until(DAY + timedelta(days=20))
    assert len(office.letters) == 1
    # What mail programs send when somebody taps "unsubscribe" (RFC 8058).
    mail_program = Browser(build_app(world.application.pages, PUBLIC), stop)
    await mail_program.sends([("List-Unsubscribe", "One-Click")])
    assert mail_program.answer.status_code == 200
    assert world.cases()["An Lê", "M6"].participant.stopped_at == world.now


async def test_d06_a_lost_way_hands_over_to_the_other_one_and_nobody_hears_twice(
    world: World, telegram_standin: StandIn, office: PostOffice
) -> None:
    tg = telegram_standin
    await joins(world, tg, "Somchai", "TH", email="somchai@ex.org")
    await joins(world, tg, "Minh", "VN", HANOI, email="minh@ex.org")
    world.enrol("Lan", "VN", chat="", email="lan@ex.org")
    before = {chat: len(tg.accepted(chat)) for chat in (BANGKOK, HANOI)}
    tg.faults.add(Fault.blocked(method="sendMessage", chat_id=BANGKOK))
    for address in ("minh@ex.org", "lan@ex.org"):
        office.at_address[address] = ["550 5.1.1 no such user"]

    await world.until(DAY + timedelta(hours=12))
    assert office.letters == []
    assert {chat: len(tg.accepted(chat)) for chat in before} == before
    (call,) = world.database.read(call_list, world.office, world.now)
    assert (call.name, call.reason) == ("Lan", "the e-mail address does not work")

    await world.until(DAY + timedelta(hours=36))
    assert [to for to, _ in office.letters] == ["somchai@ex.org"]
    assert len(tg.accepted(BANGKOK)) == before[BANGKOK]
    (invitation,) = tg.accepted(HANOI)[before[HANOI] :]
    assert invitation.params["text"].startswith("Hello Minh.")
    for name, reason in (("Somchai", "blocked"), ("Minh", "no_mailbox")):
        assert world.outcomes(name) == [
            ("invitation", "failed", reason),
            ("invitation", "sent", ""),
        ]
    assert world.outcomes("Lan") == [("invitation", "failed", "no_mailbox")]
    shown = world.database.read(preview_wave, world.office, "RM", "M6", world.now)
    assert {line.name: line.why_channel for line in shown.messages if line.name != "Lan"} == {
        "Somchai": "telegram does not work: blocked",
        "Minh": "email does not work: no_mailbox",
    }
