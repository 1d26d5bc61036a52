"""The monthly message: at most once a month to each who wishes it, with the figures of the desk."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from bot.desk.office.digest_wishes import digest_way, set_digest
from bot.desk.office.staff import remove
from bot.desk.today.digest import digest_of
from bot.desk.today.digest_day import claim_digest, digests_due, let_digest_leave
from bot.desk.today.leaving import open_waves
from bot.messaging.messages import Sender, Tapped
from bot.outbox.after_restore import take_as_sent
from storage.database import Conflict, Database
from storage.office.digests import Way, digest_in_doubt
from storage.office.staff import StaffRole, member_with, set_email
from tests.bot.breaking import listening
from tests.bot.fieldwork_world import NETWORK, TIMED_OUT, World, utc
from tests.staff import employ
from tests.templates import ON_SQLITE

JUNE, JULY, AUGUST = date(2018, 6, 1), date(2018, 7, 1), date(2018, 8, 1)
MORNING = utc("2018-07-02T02:30")
"""Monday, half past nine in Bangkok."""
MAX = "max"


class Office:
    """An office whose manager wishes the message since spring, in chat."""

    def __init__(self, database: Database) -> None:
        self.world = World(database, utc("2018-05-08T00:00"))
        self.database = database
        self.code = database.run(employ, ("demo", MAX), StaffRole.MANAGER, self.world.now, "Max")
        self.wishes(Way.CHAT)

    def wishes(self, way: Way | None, code: str = "") -> None:
        given = (self.world.office, code or self.code, way, self.world.now)
        self.database.run(set_digest, *given)

    async def at(self, now: datetime) -> list[str]:
        """What Max has read after a round at a moment."""
        self.world.now = now
        await self.world.rounds.tick()
        return self.world.channel.texts(MAX)


@pytest.fixture
def office(office_database: Database) -> Iterator[Office]:
    made = Office(office_database)
    yield made
    made.world.close()


async def test_it_is_sent_once_on_the_first_working_day(office: Office) -> None:
    assert await office.at(MORNING - timedelta(minutes=1)) == []
    (text,) = await office.at(MORNING)
    assert text.splitlines()[0] == "The surveys in June 2018"
    assert await office.at(MORNING + timedelta(hours=1)) == [text]
    await office.world.restart()
    assert await office.at(MORNING + timedelta(days=1)) == [text]
    # The clock is put back, and forward again.
    assert await office.at(MORNING) == [text]
    assert len(await office.at(utc("2018-08-01T03:00"))) == 2


@ON_SQLITE
async def test_a_month_missed_is_caught_up_within_the_month_alone(office: Office) -> None:
    (text,) = await office.at(utc("2018-07-20T03:00"))
    assert text.startswith("The surveys in June 2018")
    found = await office.at(utc("2018-09-12T03:00"))
    assert [one.splitlines()[0] for one in found] == [
        "The surveys in June 2018",
        "The surveys in August 2018",
    ]


async def test_two_processes_send_one_message(office: Office) -> None:
    (due,) = office.database.read(digests_due, office.world.office, MORNING)
    assert office.database.run(claim_digest, due, MORNING)
    assert not office.database.run(claim_digest, due, MORNING)
    assert office.database.read(digests_due, office.world.office, MORNING) == []


async def test_who_was_killed_before_it_left_is_followed_and_who_was_killed_after_it_is_not(
    office: Office,
) -> None:
    (due,) = office.database.read(digests_due, office.world.office, MORNING)
    office.database.run(claim_digest, due, MORNING)
    assert await office.at(MORNING + timedelta(minutes=1)) == []
    (text,) = await office.at(MORNING + timedelta(minutes=11))
    assert text.splitlines()[0] == "The surveys in June 2018"
    # The first process was only slow: it does not send a second message.
    assert not office.database.run(let_digest_leave, due, MORNING)
    august = utc("2018-08-01T03:00")
    (due,) = office.database.read(digests_due, office.world.office, august)
    office.database.run(claim_digest, due, august)
    assert office.database.run(let_digest_leave, due, august)
    assert await office.at(august + timedelta(days=1)) == [text]
    doubt = (due.member.id, office.world.now - timedelta(minutes=10))
    assert office.database.read(digest_in_doubt, *doubt) == AUGUST
    assert office.database.read(digest_in_doubt, due.member.id, august) is None


@ON_SQLITE
async def test_what_was_refused_is_sent_later_and_what_may_have_arrived_is_not(
    office: Office,
) -> None:
    office.world.channel.failures[MAX] = [NETWORK]
    assert await office.at(MORNING) == []
    assert len(await office.at(MORNING + timedelta(hours=1))) == 1
    office.world.channel.failures[MAX] = [TIMED_OUT]
    assert len(await office.at(utc("2018-08-01T03:00"))) == 1
    assert len(await office.at(utc("2018-08-01T04:00"))) == 1


@ON_SQLITE
async def test_what_was_stored_as_left_too_late_to_leave_is_sent_in_the_next_round(
    office: Office,
) -> None:
    world = office.world

    def sleeps(*call: object) -> None:
        if str(call[2]).startswith("UPDATE digests SET outcome"):
            world.now += timedelta(minutes=5)

    with listening(office.database, "after_cursor_execute", sleeps):
        assert await office.at(MORNING) == []
    assert len(await office.at(MORNING + timedelta(hours=1))) == 1


@ON_SQLITE
async def test_no_letter_is_promised_by_an_office_that_sends_none(office: Office) -> None:
    member = office.database.read(member_with, office.code)
    office.database.run(set_email, member.id, "max@example.org")
    world = office.world
    world.office = replace(world.office, rules=replace(world.office.rules, channels=("demo",)))
    with pytest.raises(Conflict, match="sends no e-mail"):
        office.wishes(Way.EMAIL)
    assert len(await office.at(MORNING)) == 1


@ON_SQLITE
async def test_it_is_off_until_somebody_wishes_it_and_ends_with_a_button(office: Office) -> None:
    await office.at(MORNING)
    stop = office.world.channel.cards[-1].rows[0][0]
    assert stop.text == "Stop these messages"
    tapped = Tapped(Sender("demo", MAX), stop.token, "1")
    reply = await office.world.application.reception.receive(tapped)
    assert reply.says[0].card.text == "No monthly message is sent."
    assert len(await office.at(utc("2018-08-01T03:00"))) == 1


@ON_SQLITE
async def test_by_letter_to_who_has_an_address_and_not_to_who_was_removed(office: Office) -> None:
    with pytest.raises(Conflict, match="no e-mail address"):
        office.wishes(Way.EMAIL)
    member = office.database.read(member_with, office.code)
    office.database.run(set_email, member.id, "max@example.org")
    office.wishes(Way.EMAIL)
    assert await office.at(MORNING) == []
    (text,) = office.world.mail.texts("max@example.org")
    assert text.endswith("https://followup.example.org/desk/monthly")
    office.database.run(remove, office.world.office, office.code, office.world.now)
    await office.at(utc("2018-08-01T03:00"))
    assert office.world.mail.texts("max@example.org") == [text]
    assert office.world.count("digest_wishes") == 0


@ON_SQLITE
async def test_another_way_on_the_day_itself_leaves_no_month_out(office: Office) -> None:
    member = office.database.read(member_with, office.code)
    office.database.run(set_email, member.id, "max@example.org")
    office.world.now = MORNING + timedelta(minutes=1)
    office.wishes(Way.EMAIL)
    assert await office.at(MORNING + timedelta(hours=1)) == []
    assert len(office.world.mail.texts("max@example.org")) == 1


@ON_SQLITE
async def test_nobody_without_an_address_is_said_to_get_letters(office: Office) -> None:
    def way(email: str) -> Way | None:
        number = office.database.read(member_with, office.code).id
        office.database.run(set_email, number, email)
        member = office.database.read(member_with, office.code)
        return office.database.read(digest_way, member)

    way("max@example.org")
    office.wishes(Way.EMAIL)
    assert way("") is None
    assert way("max@example.org") is Way.EMAIL


@ON_SQLITE
async def test_after_a_restore_the_message_of_the_month_is_not_sent_again(office: Office) -> None:
    office.database.run(take_as_sent, office.world.office, MORNING + timedelta(days=1))
    assert await office.at(MORNING + timedelta(days=2)) == []
    assert len(await office.at(utc("2018-08-01T03:00"))) == 1


@ON_SQLITE
async def test_its_figures_are_those_of_today_and_of_the_workshops_that_a_member_sees(
    office: Office,
) -> None:
    world = office.world
    world.keeps_only("M3", "M6")
    for code in ("RM", "TFA"):
        world.workshop(code)
        world.enrol(f"Ada{code}", workshop=code)
        world.enrol(f"Ben{code}", workshop=code)
    await world.until(utc("2018-06-10T00:00"))
    bound = office.database.run(
        employ, ("demo", "mia"), StaffRole.MANAGER, world.now, "Mia", ("RM",)
    )
    mia, now = office.database.read(member_with, bound), world.now
    found = office.database.read(digest_of, world.office, mia, date(2018, 5, 1), now)
    assert [one.name for one in found.opened] == ["RM M3"]
    june = office.database.read(digest_of, world.office, mia, JUNE, now)
    assert [(one.wave.name, one.figures.cases, one.silent) for one in june.closed] == [
        ("RM M3", 2, 2)
    ]
    await world.until(utc("2018-08-12T00:00"))
    office.wishes(Way.CHAT, bound)
    august = office.database.read(digest_of, world.office, mia, AUGUST, world.now)
    _, listed = office.database.read(open_waves, world.office, world.now, 12, ["RM"])
    assert [one.figures for one in august.open] == [one.figures for one in listed]
    assert [one.wave.name for one in august.open] == ["RM M6"]
    assert {
        one for text in world.channel.texts("mia") for one in ("Ada", "Ben") if one in text
    } == set()
