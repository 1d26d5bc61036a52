"""Between midnight and seven in Bangkok it is the day before in UTC. Days are those of the office."""

from collections.abc import Iterator
from datetime import date

import pytest

from bot.desk.people.person import move_person
from bot.desk.people.stopping import pause_person, stop_person
from bot.desk.today.coming import coming
from bot.desk.today.needs import needs
from bot.desk.waves import acts
from bot.desk.waves.texts import hold_text
from bot.web.desk.pages.today import today
from storage.database import Conflict, Database
from storage.office.staff import StaffRole, member_with
from storage.people.stops import StopReason
from tests.bot.fieldwork_world import World, utc
from tests.staff import employ

NIGHT = utc("2018-08-09T19:00")
"""Two in the morning of 10 August in Bangkok."""
TODAY, YESTERDAY = date(2018, 8, 10), date(2018, 8, 9)
M6 = ("RM", "M6")


@pytest.fixture
def world(database: Database) -> Iterator[World]:
    world = World(database)
    world.keeps_only("M6", "M12")
    world.workshop()
    world.enrol("Ada")
    world.now = NIGHT
    yield world
    world.close()


def test_a_wave_that_is_opened_at_night_begins_on_the_day_of_the_office(world: World) -> None:
    done = world.database.run(acts.open_wave, world.office, "RM", "M12", NIGHT)
    assert done.wave.opens_on == TODAY
    asked = world.database.read(acts.open_question, world.office, *M6, NIGHT)
    assert asked == ""


def test_what_is_yesterday_at_the_office_is_no_day_to_come(world: World) -> None:
    run, office = world.database.run, world.office
    with pytest.raises(Conflict, match="The day to remind, Fri 10 August 2018, is not to come"):
        run(acts.hold_wave, office, "RM", "M12", NIGHT, ("", TODAY))
    with pytest.raises(Conflict, match="The last day Thu 9 August 2018 is past"):
        run(acts.change_days, office, *M6, NIGHT, (None, YESTERDAY))
    with pytest.raises(Conflict, match="Fri 10 August 2018 is not to come"):
        run(pause_person, office, "P-ADA", TODAY, NIGHT)


def test_a_hold_of_the_night_is_told_with_the_day_of_the_office(world: World) -> None:
    world.database.run(acts.hold_wave, world.office, "RM", "M12", NIGHT)
    one = world.database.read(acts.find_wave_now, world.office, "RM", "M12")
    assert hold_text(one, world.office.zone) == (
        "On hold since Fri 10 August 2018. Nothing is sent. Reminder on Fri 17 August 2018."
    )


def test_a_reminder_of_a_hold_stands_on_today_from_midnight_at_the_office(world: World) -> None:
    world.database.run(
        acts.hold_wave, world.office, "RM", "M12", utc("2018-08-01T09:00"), ("", TODAY)
    )
    waves = [world.database.read(acts.find_wave_now, world.office, "RM", "M12")]
    for at, urgent in (("2018-08-09T16:59", 0), ("2018-08-09T17:00", 1)):
        found = world.database.read(needs, world.office, waves, utc(at))
        assert len(found) == urgent


def test_a_person_may_have_moved_today(world: World) -> None:
    run, office = world.database.run, world.office
    assert run(move_person, office, "P-ADA", "TO", TODAY, NIGHT) >= 0
    with pytest.raises(Conflict, match="Sat 11 August 2018 is in the future"):
        run(move_person, office, "P-ADA", "TO", date(2018, 8, 11), NIGHT)


def test_a_stop_of_the_night_has_the_day_of_the_office(world: World) -> None:
    run, office = world.database.run, world.office
    run(stop_person, office, "P-ADA", StopReason.TELEPHONE, NIGHT)
    again = run(stop_person, office, "P-ADA", StopReason.TELEPHONE, utc("2018-08-12T09:00"))
    assert "since Fri 10 August 2018" in again.said


def test_a_workshop_that_ended_yesterday_at_the_office_does_not_come(world: World) -> None:
    world.workshop("AUG", ends=YESTERDAY)
    world.workshop("NEXT", ends=date(2018, 9, 7))
    shown = [one.workshop.code for one in world.database.read(coming, world.office.day_of(NIGHT))]
    assert shown == ["NEXT"]
    code = world.database.run(employ, ("demo", "eva"), StaffRole.ORGANISER, NIGHT, "Eva")
    member = world.database.read(member_with, code)
    page = world.database.read(today, world.office, member, NIGHT)
    assert [one.workshop.code for one in page.coming] == ["NEXT"]
