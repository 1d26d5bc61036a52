"""The e-learning before a workshop: read from a list, reported to the office, one reminder each."""

from collections.abc import Iterator
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from bot.desk.people.participant_lists import import_participants
from bot.desk.waves import acts
from bot.importing.files import open_list
from bot.importing.rows.imported import Imported
from bot.messaging.messages import Sender, Tapped
from bot.outbox.after_restore import take_as_sent
from storage import schema
from storage.database import Database
from storage.fieldwork.elearning_reminders import learners
from surveys.people import Role
from surveys.planning.plan import Plan
from surveys.planning.plans_file import packaged_plans
from tests.bot.breaking import Unconfirmed, in_trouble
from tests.bot.fieldwork_world import BLOCKED, NETWORK, TIMED_OUT, World, utc
from tests.templates import ON_SQLITE

CLOSED = utc("2018-02-01T12:00")
"""The questionnaire before the workshop of 5 to 9 February has ended everywhere."""
MORNING = utc("2018-02-01T23:29")
"""Friday 2 February, the last minute of the morning in Fiji."""
LIST = (
    "name,administration,E-learning\nAda,FJ,completed\nBen,FJ,35 %\nCat,FJ,not started\nDee,FJ,\n"
    "Fay,FJ,no access\n"
)


@pytest.fixture
def world(office_database: Database) -> Iterator[World]:
    """Only the wave before the workshop, and five people with their status in a list."""
    world = World(office_database, utc("2018-01-31T00:00"))
    world.keeps_only("PRE")
    world.workshop()
    for name in ("Ada", "Ben", "Cat", "Dee", "Fay"):
        world.enrol(name)
    listed(world, LIST)
    yield world
    world.close()


def listed(world: World, text: str) -> Imported:
    given = open_list(text.encode(), "people.csv")
    wanted = (world.office, "RM", given, world.now)
    return import_participants(world.database, *wanted)


def reminders(world: World) -> dict[str, list[str]]:
    """Return the local times of the e-learning reminders, by chat."""
    found: dict[str, list[str]] = {}
    for at, chat, text in world.channel.to_people:
        if "e-learning" in text:
            local = at.astimezone(ZoneInfo("Pacific/Fiji"))
            found.setdefault(chat, []).append(f"{local:%a %H}")
    return found


async def test_who_has_not_finished_is_reminded_once_on_a_local_morning_before_the_workshop(
    world: World,
) -> None:
    await world.tick(utc("2018-01-31T00:00"))
    night = utc("2018-02-01T20:00")
    next_day = MORNING + timedelta(days=1)
    for moment in (CLOSED, night, MORNING, MORNING + timedelta(minutes=1), next_day):
        await world.tick(moment)
    assert reminders(world) == {"ben": ["Fri 11"], "cat": ["Fri 11"]}
    told = (
        "RM: e-learning before the workshop: 1 done, 1 in progress, 1 not started, 1 no access, "
        "1 not known."
    )
    assert (
        told + " Not finished, so reminded once, on a working morning: 2." in world.channel.to_boss
    )


@ON_SQLITE
async def test_a_list_that_says_done_meanwhile_ends_the_reminder(world: World) -> None:
    await world.tick(utc("2018-01-31T00:00"))
    await world.tick(CLOSED)
    again = listed(world, LIST.replace("35 %", "100%"))
    assert (again.changed, again.same) == (1, 4)
    assert listed(world, LIST.replace("35 %", "nearly")).warnings[0].value == "nearly"
    await world.tick(MORNING)
    assert reminders(world).keys() == {"cat"}
    status = [how for _, how in world.database.read(learners, "RM")]
    assert status == ["done", "done", "not_started", None, "no_access"]


@ON_SQLITE
async def test_nobody_is_reminded_while_the_workshop_is_on_hold(world: World) -> None:
    await world.tick(utc("2018-01-31T00:00"))
    await world.tick(CLOSED)
    world.database.run(acts.hold_workshop, world.office, "RM", world.now)
    await world.tick(MORNING)
    assert reminders(world) == {}
    world.database.run(acts.release_workshop, world.office, "RM", world.now)
    await world.tick()
    assert reminders(world).keys() == {"ben", "cat"}


async def test_a_reminder_is_not_sent_again_whatever_became_of_it(world: World) -> None:
    await world.tick(utc("2018-01-31T00:00"))
    world.channel.failures = {"ben": [TIMED_OUT], "cat": [NETWORK]}
    await world.tick(CLOSED)
    await world.tick(MORNING)
    await world.tick(MORNING + timedelta(minutes=11))
    assert reminders(world) == {}
    # What the network has refused waits for the next morning, which the workshop has begun by.
    await world.tick(utc("2018-02-05T23:00"))
    assert reminders(world) == {}


async def test_a_reminder_that_was_leaving_when_the_process_died_is_left_alone(
    world: World,
) -> None:
    await world.tick(utc("2018-01-31T00:00"))
    await world.tick(CLOSED)
    world.channel.failures["ben"] = [KeyboardInterrupt()]
    world.now = MORNING
    with pytest.raises(KeyboardInterrupt):
        await world.rounds.tick()
    await world.restart()
    await world.tick(MORNING)
    assert sorted(reminders(world)) == ["cat"]


async def test_a_reminder_that_waited_when_the_process_died_is_sent_by_the_next(
    world: World,
) -> None:
    await world.tick(utc("2018-01-31T00:00"))
    await world.tick(CLOSED)

    def died(_number: int, _chat: str) -> None:
        raise KeyboardInterrupt

    world.channel.on_call = died
    world.now = MORNING
    with pytest.raises(KeyboardInterrupt):
        await world.rounds.tick()
    world.channel.on_call = lambda _number, _chat: None
    await world.restart()
    await world.tick(MORNING)
    assert sorted(reminders(world)) == ["ben", "cat"]


@pytest.mark.parametrize("stored", [True, False])
async def test_a_reminder_whose_claim_was_not_confirmed_is_sent_once_by_the_next_round(
    world: World, stored: bool, office_database: Database
) -> None:
    await world.tick(utc("2018-01-31T00:00"))
    await world.tick(CLOSED)
    world.now = MORNING
    if stored:
        database = Unconfirmed(str(office_database.url))
        database.lost = {"leave": 1}
        world.application.transactions.close()
        world._begin(database)
        await world.rounds.tick()
    else:
        with in_trouble(world.database, "UPDATE enrolments SET elearning_reminder_at", 1):
            await world.rounds.tick()
    assert reminders(world).keys() == {"cat"}
    for _ in range(2):
        await world.tick(MORNING + timedelta(seconds=9))
    assert reminders(world) == {"ben": ["Fri 11"], "cat": ["Fri 11"]}


async def test_a_reminder_that_fell_due_since_a_copy_is_not_sent_again_after_a_restore(
    world: World,
) -> None:
    await world.tick(utc("2018-01-31T00:00"))
    caught = world.database.run(take_as_sent, world.office, MORNING)
    assert caught.contacts >= 2
    await world.tick(MORNING)
    assert reminders(world) == {}


async def test_a_blocked_chat_is_known_after_it_and_an_early_end_plans_it_too(
    world: World,
) -> None:
    await world.tick(utc("2018-01-31T00:00"))
    closed = world.database.run(acts.close_wave, world.office, "RM", "PRE", world.now)
    assert "reminded once, on a working morning: 2." in closed.said
    world.channel.failures = {"ben": [BLOCKED]}
    await world.tick(utc("2018-01-31T23:29"))
    states = world.database.read(
        lambda c: c.execute(select(schema.addresses.c.state)).scalars().all()
    )
    assert sorted(states) == ["active", "active", "active", "active", "blocked"]
    assert reminders(world).keys() == {"cat"}


@ON_SQLITE
async def test_a_reminder_by_letter_has_its_links(world: World) -> None:
    world.enrol("Eve", "CN", chat="", email="eve@example.org")
    listed(world, "name,administration,email,elearning\nEve,CN,eve@example.org,not started\n")
    await world.tick(utc("2018-01-31T00:00"))
    await world.tick(CLOSED)
    await world.tick(utc("2018-02-02T03:29"))
    letter = next(card for card in world.mail.cards if "e-learning" in card.text)
    assert letter.envelope is not None
    assert letter.envelope.subject == "E-learning before the workshop: Workshop RM, Suva"
    assert letter.envelope.url.startswith("https://followup.example.org/q/")


@ON_SQLITE
async def test_the_reminder_follows_the_wave_that_asks_and_no_other(world: World) -> None:
    plan = packaged_plans()["needs_first"]
    asked = tuple(one for one in plan.waves if one.key in ("NEEDS", "PRE"))
    world.plans["needs_first"] = Plan("needs_first", asked)
    world.workshop("LATE", ends=date(2018, 6, 8), plan="needs_first")
    world.enrol("Gus", workshop="LATE")
    world.enrol("Nia", workshop="LATE", role=Role.CONTACT_POINT)
    given = open_list(b"name,administration,E-learning\nGus,FJ,not started\n", "people.csv")
    import_participants(world.database, world.office, "LATE", given, world.now)
    await world.tick(utc("2018-04-10T00:00"))
    for moment in ("2018-05-08T12:00", "2018-05-09T23:29"):
        await world.tick(utc(moment))
    assert "LATE NEEDS is closed" in world.channel.to_boss
    assert "gus" not in reminders(world), "nobody was asked about it yet"
    await world.tick(utc("2018-05-15T23:29"))
    for moment in ("2018-05-31T12:00", "2018-05-31T23:29"):
        await world.tick(utc(moment))
    assert reminders(world)["gus"] == ["Fri 11"]


@ON_SQLITE
async def test_a_missed_wave_reminds_and_tells_as_well(world: World) -> None:
    # The first round comes when the questionnaire before the workshop is over.
    await world.tick(CLOSED)
    await world.tick(MORNING)
    assert reminders(world).keys() == {"ben", "cat"}
    assert "PRE was not asked" in world.channel.to_boss
    assert "e-learning before the workshop" in world.channel.to_boss


@ON_SQLITE
async def test_a_person_says_that_it_is_done_or_that_there_is_no_access(world: World) -> None:
    await world.tick(utc("2018-01-31T00:00"))
    await world.tick(CLOSED)
    await world.tick(MORNING)
    both = zip(world.channel.sent, world.channel.cards, strict=True)
    cards = {chat: card for (_, chat, text), card in both if "e-learning" in text}
    done, no_access = (row[0] for row in cards["ben"].rows)
    assert (done.text, no_access.text) == ("I have done it", "I have no access")
    assert "noted that you have done the e-learning" in await taps(world, "ben", done.token)
    assert "no access" in await taps(world, "cat", cards["cat"].rows[1][0].token)
    status = [how for _, how in world.database.read(learners, "RM")]
    assert status == ["done", "done", "no_access", None, "no_access"]
    await taps(world, "cat", cards["ben"].rows[0][0].token)
    assert [how for _, how in world.database.read(learners, "RM")] == status


async def taps(world: World, chat: str, button: str) -> str:
    tapped = Tapped(Sender("demo", chat), button, "1")
    reply = await world.application.reception.receive(tapped)
    return " ".join(say.card.text for say in reply.says) if reply else ""
