"""Today: what needs somebody, what leaves, what is open, what was done; and what managers see of it."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import event

from bot.desk.people.messages import settle_message
from bot.desk.questionnaires.publishing import publish_version
from storage.instruments.questionnaires import newest
from storage.office.staff import StaffRole
from storage.people.office_messages import keep_message
from surveys.planning.wave_states import UNDO_TIME
from tests.benchmarks.crowd import NOW as NOON
from tests.benchmarks.crowd import Crowd, crowded
from tests.bot.stage import SUVA, Person, Stage
from tests.bot.web.desk.conftest import SignIn
from tests.bot.web.desk.offices import Desk

M6 = f"/desk/workshops/{SUVA.code}/waves/M6"


@pytest.fixture
async def ada(stage: Stage) -> Person:
    stage.at("2018-03-20 10:00")
    await stage.workshop(SUVA)
    return await stage.joined("Ada Vea")


async def test_an_office_without_anything_to_do_is_told_so(
    stage: Stage, signed_in: SignIn
) -> None:
    stage.at("2018-03-20 10:00")
    ana = await signed_in()
    await ana.opens("/desk")
    assert ana.heading == "Tuesday, 20 March 2018"
    assert "Needs you There is no workshop yet. Begin with the calendar of the office" in ana.text
    assert "Nothing leaves in the next two days." in ana.text
    await stage.workshop(SUVA)
    await ana.opens("/desk")
    assert "Needs you Nothing." in ana.text


async def test_what_leaves_in_two_days_is_listed_with_its_moment_and_a_hold(
    stage: Stage, ada: Person, signed_in: SignIn
) -> None:
    stage.at("2018-06-07 10:00")
    ana = await signed_in()
    await ana.opens("/desk")
    assert "6 months after Combating counterfeiting and piracy for Oceania, Suva" in ana.text
    assert "tomorrow, 04:39 1 planned" in ana.text
    await ana.follows("Hold … IPR-OC-2017 M6")
    assert ana.panel.startswith("Hold IPR-OC-2017 M6?")
    await ana.presses("Hold this wave")
    await ana.opens("/desk")
    assert "nothing leaves on hold, was planned" in ana.text
    await ana.presses("Undo of wave held IPR-OC-2017 M6")
    assert "opens by itself on Fri 8 June 2018" in ana.note


async def test_an_open_wave_shows_how_many_have_answered(
    stage: Stage, ada: Person, signed_in: SignIn
) -> None:
    ana = await signed_in()
    await ana.opens(f"{M6}?do=open")
    await ana.presses("Open now")
    stage.now += UNDO_TIME
    await ana.opens("/desk")
    assert (
        "6 months after Combating counterfeiting and piracy for Oceania, Suva 0 of 1" in ana.text
    )
    assert "Ana Wave opened: IPR-OC-2017 M6" in ana.text


async def test_a_message_to_the_office_needs_somebody_until_it_is_settled(
    stage: Stage, ada: Person, signed_in: SignIn
) -> None:
    enrolment = ada.enrolments[SUVA.code]
    write = stage.application.transactions.write
    await write(keep_message, enrolment.participant_id, "Wrong workshop!", stage.now)
    ana = await signed_in()
    await ana.opens("/desk")
    assert "today 1 message to the office waits" in ana.text
    assert "Wrong workshop!" not in ana.text
    await write(settle_message, stage.application.office, 1, stage.now)
    assert "message to the office" not in (await ana.opens("/desk")).text


async def test_managers_see_numbers_of_their_workshops_and_no_acts(
    stage: Stage, ada: Person, signed_in: SignIn
) -> None:
    ana = await signed_in()
    await ana.opens(f"{M6}?do=open")
    await ana.presses("Open now")
    max_ = await signed_in(StaffRole.MANAGER, "Max")
    await max_.opens("/desk")
    assert "0 of 1" in max_.text
    assert max_.buttons == []
    assert "Done lately" not in max_.text
    other = await signed_in(StaffRole.MANAGER, "Ann", ("RM-2017",))
    await other.opens("/desk")
    assert "6 months" not in other.text


async def test_a_list_and_a_calendar_are_undone_from_what_was_done_lately(
    stage: Stage, signed_in: SignIn
) -> None:
    stage.at("2018-03-20 10:00")
    ana = await signed_in()
    await ana.opens("/desk")
    await ana.follows("Import a calendar")
    head = "code,title,start,end,city,country,kind\n"
    await ana.presses(
        "Look at it", table=f"{head}RM,Risk,2018-06-04,2018-06-08,Kashiwa,JP,regional"
    )
    await ana.presses("Save 1")
    assert "Risk RM, Kashiwa Mon 4 June 2018 to Fri 8 June 2018 no list yet" in ana.text
    await ana.opens("/desk/workshops/RM/import")
    await ana.presses("Look at it", table="name,administration\nAda Vea,Tonga")
    await ana.presses("Save 1")
    await ana.opens("/desk")
    await ana.presses("Undo of imported RM people")
    assert "is undone: 1 person" in ana.note
    await ana.opens("/desk")
    assert "Undo of imported RM people" not in ana.buttons
    await ana.presses("Undo of imported workshops")
    assert ana.note.startswith("Calendar 1 is undone")


async def test_a_workshop_that_was_moved_is_moved_back_from_what_was_done_lately(
    stage: Stage, ada: Person, signed_in: SignIn
) -> None:
    ana = await signed_in()
    await ana.opens(f"/desk/workshops/{SUVA.code}?do=move")
    for button in ("Show what would move", "Move the workshop"):
        await ana.presses(button, days="11 to 15 December 2017")
    await ana.opens("/desk")
    moved = f"{SUVA.code} moved: 2017-12-04 to 2017-12-08, now 2017-12-11 to 2017-12-15"
    assert f"Ana Workshop changed: {moved}" in ana.text
    await ana.presses(f"Undo of workshop changed {moved}")
    assert f"{SUVA.code} is now on Mon 4 December 2017 to Fri 8 December 2017." in ana.note
    await ana.opens("/desk")
    assert f"Undo of workshop changed {moved}" not in ana.buttons


async def test_a_version_that_was_published_is_taken_back_from_what_was_done_lately(
    stage: Stage, ada: Person, signed_in: SignIn
) -> None:
    ana, office = await signed_in(), stage.application.office
    before = await stage.application.transactions.read(newest, "M6")
    changed = before.model_copy(update={"items": before.items[:-1]})
    await stage.application.transactions.write(publish_version, office, changed, stage.now)
    await ana.opens("/desk")
    await ana.presses("Undo: version 1 again of questionnaire published M6 version 2")
    assert ana.note.startswith("M6 version 3 is published.")
    await ana.opens("/desk")
    assert "Undo: version 2 again of questionnaire published M6 version 3" in ana.buttons
    assert "Undo: version 1 again of questionnaire published M6 version 2" not in ana.buttons
    assert "Questionnaire published: M6 version 2 1 change Something came after it." in ana.text


async def test_each_kind_of_act_is_taken_back_from_what_was_done_lately(
    stage: Stage, ada: Person, signed_in: SignIn
) -> None:
    ana, code = await signed_in(), SUVA.code
    there, person = f"/desk/workshops/{code}", f"/desk/people/P-{ada.identifier}"
    acts = (
        (f"{there}?do=cancel", "Cancel the workshop", f"workshop changed {code} cancelled"),
        (f"{there}?do=hold", "Hold the workshop", f"workshop held {code}"),
        (f"{person}?do=stop", "Stop messages", f"person stopped P-{ada.identifier} telephone"),
    )
    for address, button, done in acts:
        await ana.opens(address)
        await ana.presses(button)
        await ana.opens("/desk")
        (undo,) = [one for one in ana.buttons if one.endswith(f" of {done}")]
        await ana.presses(undo)
        assert ana.note
        assert "Nothing was changed" not in ana.note
        await ana.opens("/desk")
        assert undo not in ana.buttons


async def test_what_was_done_to_a_workshop_and_a_wave_stays_in_their_history_with_its_undo(
    stage: Stage, ada: Person, signed_in: SignIn
) -> None:
    ana, there = await signed_in(), f"/desk/workshops/{SUVA.code}"
    person, held = f"P-{ada.identifier}", f"Undo of wave held {SUVA.code} M6"
    await ana.opens(M6)
    await ana.presses("Leave out Ada Vea")
    await ana.opens(f"{M6}?do=hold")
    await ana.presses("Hold this wave")
    await ana.opens(f"{there}?do=hold")
    await ana.presses("Hold the workshop")
    stage.now += timedelta(days=3)
    ana = await signed_in(name="Bo")
    await ana.opens("/desk")
    assert held not in ana.buttons
    await ana.opens(there)
    assert {held, f"Undo of workshop held {SUVA.code}"} <= set(ana.buttons)
    assert person not in ana.text.partition("History")[2]
    await ana.opens(M6)
    out = f"Undo of left out of a wave {person} {SUVA.code} M6"
    assert {held, out} <= set(ana.buttons)
    assert f"workshop held {SUVA.code}" not in ana.text.lower()
    await ana.presses(out)
    assert out not in (await ana.opens(M6)).buttons
    await ana.presses(held)
    assert (ana.note, ana.errors) == ("", "")
    assert ana.panel.startswith(f"Release {SUVA.code} M6?")
    assert "Undo of wave held" not in (await ana.opens(f"{there}/waves/M12")).answer.text


async def test_the_page_asks_as_little_of_the_database_for_100_workshops_as_for_two(
    tmp_path: Path, office_sqlite_template: Path
) -> None:
    statements = {}
    for cases in (60, 3000):
        file = shutil.copy(office_sqlite_template, tmp_path / f"{cases}.sqlite3")
        database = crowded(f"sqlite:///{file}", Crowd(cases))
        desk = Desk(database)
        desk.now = NOON
        ana = await desk.signs_in("Ana", StaffRole.ORGANISER)
        said: list[str] = []
        event.listen(
            database.engine, "before_cursor_execute", lambda *c, said=said: said.append(c[2])
        )
        await ana.opens("/desk")
        statements[cases] = len(said)
        desk.transactions.close()
    assert "88 more waves are open: see the workshops." in ana.text
    assert statements[60] == statements[3000] <= 14
