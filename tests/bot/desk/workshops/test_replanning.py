"""Changes of a running plan: other days, a cancellation, a wave closed and reopened."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from sqlalchemy import update

from bot.desk.people.participant_lists import import_participants
from bot.desk.waves import acts
from bot.desk.workshops import replanning
from bot.importing.files import open_list
from storage import schema
from storage.database import Conflict, Database
from storage.fieldwork.next_contact import refresh_person
from storage.instruments.questionnaires import newest, publish
from storage.people.enrolments import set_declined
from storage.people.participants import get_participant
from surveys.planning.plan import Plan
from surveys.planning.plans_file import packaged_plans
from tests.bot.fieldwork_world import BLOCKED, Enrolled, World, utc
from tests.templates import ON_SQLITE

pytestmark = ON_SQLITE

INVITED = utc("2018-08-10T00:00")
"""M6 went out on Thursday 9 August in Fiji."""


@pytest.fixture
def world(office_database: Database) -> Iterator[World]:
    """Only M6 and M12 follow the workshop of 5 to 9 February 2018."""
    world = World(office_database, utc("2018-07-01T00:00"))
    world.keeps_only("M6", "M12")
    world.workshop()
    yield world
    world.check_messages()
    world.close()


def state(world: World, key: str = "M6", code: str = "RM") -> str:
    lines = world.database.read(acts.list_waves, world.office, code, world.now)
    return next(line.state for line in lines if line.key == key)


def move(world: World, ends: str, code: str = "RM") -> acts.WorkshopResult:
    days = (None, date.fromisoformat(ends))
    return world.replan(replanning.move, code, days)


def finish(world: World, who: Enrolled, key: str = "M6") -> None:
    """Complete the interview of a person, as the interviewer would store it."""
    number = next(
        file.case.id
        for (_, wave), file in world.cases().items()
        if wave == key and file.participant.id == who.participant
    )
    done = update(schema.cases).where(schema.cases.c.id == number)
    world.database.run(
        lambda c: c.execute(done.values(started_at=world.now, completed_at=world.now))
    )
    world.database.run(refresh_person, who.participant, world.office.rules, world.now)


# Other days


async def test_a_workshop_that_moves_says_what_becomes_of_each_wave(world: World) -> None:
    world.enrol("Ada")
    later = move(world, "2018-02-16")
    assert later.changed
    assert later.said == (
        "RM is now on Mon 12 February 2018 to Fri 16 February 2018.",
        "M6: from Thu 16 August 2018 to Thu 13 September 2018: 1 of 1 person, first on "
        "Thu 16 August 2018, 10:39 (+12:00).",
        "M12: from Sat 16 February 2019 to Sat 16 March 2019: 1 of 1 person, first on "
        "Mon 18 February 2019, 10:39 (+12:00).",
    )
    again = move(world, "2018-02-16")
    assert not again.changed
    assert again.said[0].endswith("Nothing was changed.")
    past = move(world, "2017-10-13")
    assert past.said[1] == "M6: is not asked: its last day was Fri 11 May 2018."
    await world.tick()
    assert (state(world), state(world, "M12")) == ("not asked", "planned")
    earlier = move(world, "2018-01-05")
    await world.tick(utc("2018-07-05T00:00"))
    assert earlier.said[1].startswith("M6: from Thu 5 July 2018 to Thu 2 August 2018: 1 of 1")
    assert state(world) == "open"


async def test_moving_to_the_same_days_does_not_bring_back_what_was_missed(world: World) -> None:
    move(world, "2017-10-13")
    await world.tick()
    told = world.channel.to_boss
    move(world, "2017-10-13")
    await world.tick()
    assert world.channel.to_boss == told


async def test_a_wave_that_nobody_has_seen_moves_along_although_it_was_opened(
    world: World,
) -> None:
    ada = world.enrol("Ada")
    await world.tick(utc("2018-08-08T12:00"))  # opened, and the morning in Fiji is to come
    assert state(world) == "open"
    move(world, "2018-02-16")
    assert (state(world), world.cases()) == ("planned", {})
    await world.until(utc("2018-08-17T00:00"))
    assert [f"{at:%d}" for at in world.channel.times(ada.chat)] == ["15"]


async def test_a_wave_that_somebody_has_seen_keeps_its_days_and_says_so(world: World) -> None:
    ada = world.enrol("Ada")
    await world.until(INVITED)
    moved = move(world, "2018-02-16")
    assert moved.said[1].startswith("M6: is open until Thu 6 September 2018: 1 of 1 person")
    await world.until(utc("2018-09-20T00:00"))
    assert len(world.channel.times(ada.chat)) == 4
    assert state(world) == "closed"
    assert move(world, "2018-02-09").said[1].startswith("M6: closed, from Thu 9 August 2018")


async def test_provisional_days_are_confirmed_once_or_by_other_days(world: World) -> None:
    for code in ("TBC", "TBD"):
        world.workshop(code, confirmed=False)
        world.enrol("Ada" + code, workshop=code)
    confirmed = world.replan(replanning.confirm, "TBC")
    assert confirmed.changed
    assert (
        confirmed.said[0]
        == "The days of TBC are confirmed: Mon 5 February 2018 to Fri 9 February 2018."
    )
    assert confirmed.said[1].startswith(
        "M6: from Thu 9 August 2018 to Thu 6 September 2018: 1 of 1"
    )
    again = world.replan(replanning.confirm, "TBC")
    assert not again.changed
    assert "confirmed already" in again.said[0]
    assert "With that its days are confirmed." in move(world, "2018-02-09", "TBD").said[0]
    await world.until(INVITED)
    assert (state(world, code="TBC"), state(world, code="TBD")) == ("open", "open")


# Cancelled and on again


async def test_s16_cancelling_and_restoring_twice_changes_nothing_and_says_so(
    world: World,
) -> None:
    def does(what: str) -> acts.WorkshopResult:
        return world.replan(getattr(replanning, what), "RM")

    assert does("restore").said == ("RM is not cancelled. Nothing was changed.",)
    first = does("cancel")
    world.now += timedelta(hours=2)
    second = does("cancel")
    assert (first.changed, second.changed) == (True, False)
    assert second.said[0].startswith(
        "RM is cancelled already, since Sun 1 July 2018, 07:00 in Bangkok."
    )
    assert second.workshop.cancelled_at == first.workshop.cancelled_at
    assert (does("restore").changed, does("restore").changed) == (True, False)


# On hold, closed, open again


async def test_every_order_to_a_wave_says_when_it_changed_nothing(world: World) -> None:
    world.enrol("Ada")
    await world.until(INVITED)

    def does(what: str) -> acts.WaveResult:
        order = getattr(acts, f"{what}_wave")
        done: acts.WaveResult = world.database.run(order, world.office, "RM", "m6", world.now)
        return done

    for what in ("hold", "release", "close", "reopen"):
        first, second = does(what), does(what)
        assert (what, first.changed, second.changed) == (what, True, False)
        assert second.said.endswith("Nothing was changed.")
        assert second.wave == first.wave
    assert state(world) == "open"
    with pytest.raises(Conflict, match=r"M12 cannot be opened again \(planned\)"):
        world.database.run(acts.reopen_wave, world.office, "RM", "M12", world.now)


async def test_a_wave_opened_again_goes_on_with_whoever_has_not_finished(world: World) -> None:
    ada, ben, chi, dee = (world.enrol(name) for name in ("Ada", "Ben", "Chi", "Dee"))
    world.channel.failures["chi"] = [BLOCKED]
    await world.until(INVITED)
    finish(world, ada)
    world.database.run(lambda c: set_declined(c, dee.enrolment, world.now, final=True))
    world.database.run(refresh_person, dee.participant, world.office.rules, world.now)
    world.database.run(acts.hold_wave, world.office, "RM", "M6", world.now)
    world.database.run(acts.close_wave, world.office, "RM", "M6", world.now)
    before = {name: file.case for (name, _), file in world.cases().items()}
    assert before["Dee"].disposition == "refusal"
    world.now += timedelta(hours=1)
    done = world.database.run(acts.reopen_wave, world.office, "RM", "M6", world.now)
    assert (
        done.said == "RM M6 is open again until Thu 6 September 2018: 2 people have not finished."
    )
    assert done.wave is not None
    assert done.wave.held_at is None
    world.check()
    after = {name: file.case for (name, _), file in world.cases().items()}
    assert after["Dee"] == before["Dee"]
    assert {after[name].disposition for name in ("Ada", "Ben", "Chi")} == {None}
    assert after["Ada"].completed_at == before["Ada"].completed_at
    await world.until(utc("2018-09-08T00:00"))
    assert [len(world.channel.times(one.chat)) for one in (ada, ben, chi, dee)] == [1, 4, 0, 1]
    final = {name: file.case.disposition for (name, _), file in world.cases().items()}
    assert final == {
        "Ada": "complete", "Ben": "unknown", "Chi": "non_contact", "Dee": "refusal",
    }  # fmt: skip


async def test_a_wave_whose_last_day_has_ended_is_not_opened_again(world: World) -> None:
    world.enrol("Ada")
    await world.until(utc("2018-09-07T12:00"))
    with pytest.raises(Conflict, match="its last day was Thu 6 September 2018"):
        world.database.run(acts.reopen_wave, world.office, "RM", "M6", world.now)


async def test_a_wave_of_a_cancelled_workshop_is_not_opened_again(world: World) -> None:
    world.enrol("Ada")
    await world.until(INVITED)
    world.database.run(acts.close_wave, world.office, "RM", "M6", world.now)
    world.database.run(replanning.cancel, world.office, "RM", world.now)
    with pytest.raises(Conflict, match="cancelled"):
        world.database.run(acts.reopen_wave, world.office, "RM", "M6", world.now)


async def test_opening_a_wave_again_lets_a_third_questionnaire_wait_again(world: World) -> None:
    for code, day in (("TFA", 2), ("AEO", 5)):
        world.workshop(code, ends=date(2018, 2, day))
    ada = world.enrol("Ada", workshop="TFA")
    for code in ("AEO", "RM"):
        world.enrol("Ada", workshop=code, same_as=ada)
    await world.until(utc("2018-08-13T12:00"))

    def reason() -> str:
        shown = world.database.read(acts.preview_wave, world.office, "RM", "M6", world.now)
        return shown.messages[0].reason

    assert reason() == "has two other questionnaires open"
    world.database.run(acts.close_wave, world.office, "TFA", "M6", world.now)
    world.check()
    assert reason() == "gets another message in the days before"
    world.database.run(acts.reopen_wave, world.office, "TFA", "M6", world.now)
    world.check()
    assert reason() == "has two other questionnaires open"


async def test_a_questionnaire_published_again_is_asked_from_the_next_wave_on(
    world: World,
) -> None:
    world.enrol("Ada")
    await world.until(INVITED)
    m6 = world.database.read(newest, "M6")
    assert m6 is not None
    again, new = world.database.run(publish, m6.model_copy(update={"minutes": 9}), world.now)
    assert (again.version, new) == (m6.version + 1, True)
    world.workshop("TFA", ends=date(2018, 2, 20))
    world.enrol("Ben", workshop="TFA")
    await world.until(utc("2018-08-22T00:00"))
    pinned = {name: file.wave.questionnaire_version for (name, _), file in world.cases().items()}
    assert pinned == {"Ada": m6.version, "Ben": again.version}


async def test_whoever_stops_between_queue_and_morning_gets_nothing(world: World) -> None:
    ada = world.enrol("Ada")
    await world.tick(utc("2018-08-08T20:00"))
    assert world.cases()["Ada", "M6"].case.next_contact_at is not None
    await world.stops(ada)
    await world.until(utc("2018-09-08T00:00"))
    assert world.channel.times(ada.chat) == []


async def test_s19_a_name_and_a_language_corrected_after_planning_are_the_ones_used(
    world: World,
) -> None:
    ada = world.enrol("Ada Vae", email="ada@ex.org")
    await world.tick(utc("2018-08-08T20:00"))  # the message is planned already
    corrected = open_list(
        b"name,administration,email,language\nAda Vea,FJ,ada@ex.org,fr\n",
        "people.csv",
        answers={"row 2 is": world.database.read(get_participant, ada.participant).code},
    )
    import_participants(world.database, world.office, "RM", corrected, world.now)
    await world.until(INVITED)
    (text,) = world.channel.texts(ada.chat)
    assert text.startswith("Bonjour Ada Vea.")


# While people are at the workshop


async def test_the_last_day_is_asked_by_the_clock_of_the_host_also_at_a_weekend(
    world: World,
) -> None:
    """Saturday 11 August 2018 in Suva: a weekend for most, and for some of them night at home."""
    end = packaged_plans()["standard"].wave("END")
    assert end is not None
    world.plans["standard"] = Plan("standard", (end,))
    world.workshop("SAT", ends=date(2018, 8, 11))
    people = {
        place: world.enrol(name, place, workshop="SAT")
        for name, place in (("Ada", "FJ"), ("Ben", "NP"), ("Chi", "WS"), ("Dee", "RW"))
    }
    world.now = utc("2018-08-10T00:00")
    shown = world.database.read(acts.preview_wave, world.office, "SAT", "END", world.now)
    assert {one.local[:13] for one in shown.messages} == {"Sat 11 August"}
    assert {one.local[-8:] for one in shown.messages} == {"(+12:00)"}
    await world.until(utc("2018-08-12T12:00"))
    first = {place: world.channel.times(one.chat)[0] for place, one in people.items()}
    assert {one.at for one in shown.messages} == set(first.values())
    for at in first.values():
        assert utc("2018-08-10T21:30") <= at < utc("2018-08-10T23:30")
    await world.until(utc("2018-08-20T00:00"))
    # At home again: reminders by each person's own clock, on working days there.
    calendars = {place: world.cases()[name, "END"].calendar for name, place in (
        ("Ada", "FJ"), ("Ben", "NP"), ("Dee", "RW"))}  # fmt: skip
    for place, calendar in calendars.items():
        (_, second, *_) = world.channel.times(people[place].chat)
        assert calendar.in_window(second)
        assert calendar.local(second).tzinfo == calendar.zone
        assert calendar.local_day(second) >= date(2018, 8, 15)


async def test_a_preview_says_where_the_holidays_of_a_year_are_not_known(world: World) -> None:
    world.now = utc("2026-11-01T00:00")
    world.workshop("LATE", ends=date(2026, 10, 9))
    world.enrol("Ada", "LK", workshop="LATE")
    world.enrol("Ben", "FJ", workshop="LATE")
    shown = world.database.read(acts.preview_wave, world.office, "LATE", "M6", world.now)
    assert {one.administration: one.warning for one in shown.messages} == {
        "LK": "the public holidays of Sri Lanka are not known for 2027; only weekends are respected",
        "FJ": "",
    }
