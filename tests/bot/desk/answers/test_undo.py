"""A table of answers is taken back as a whole; what somebody has worked with since stays."""

from collections.abc import Iterator

import pytest

from bot.desk.answers.listing import list_answer_imports
from bot.desk.people import case_changes
from bot.fieldwork.planned_waves import find_wave_now
from storage.database import Conflict, Database, NotFound
from storage.fieldwork.waves import find_wave
from storage.office.audit import Act, entries
from storage.responses.theme_marks import MarkedText, add_marks
from storage.responses.verifications import add_verification
from surveys.planning.wave_states import WaveState
from surveys.theme import Marks, Part
from tests.bot.desk.answers.earlier_world import CODE, EarlierWorld
from tests.bot.fieldwork_world import utc

TABLE = "name,date,conf\nAda,2027-09-20,4\nBen,2027-09-21,2\nCy,2027-09-22,3\n"
KEEP = {"people not found": "without a person"}
STORED = ("answer_history", "answers", "cases", "imported_cases")


@pytest.fixture
def world(office_database: Database) -> Iterator[EarlierWorld]:
    world = EarlierWorld(office_database)
    world.people("Ada", "Ben")
    yield world
    world.close()


def counts(world: EarlierWorld) -> list[int]:
    return [world.count(table) for table in (*STORED, "unlinked_responses", "unlinked_answers")]


def state(world: EarlierWorld) -> WaveState:
    return world.database.read(find_wave_now, world.office, CODE, "M3").state(world.now)


async def test_taken_back_nothing_is_left_and_the_wave_is_as_it_was(world: EarlierWorld) -> None:
    await world.tick()
    assert state(world) is WaveState.NOT_ASKED
    missed = world.database.read(find_wave, CODE, "M3")
    number = world.imports(TABLE, KEEP).number
    assert state(world) is WaveState.CLOSED
    assert counts(world) == [0, 2, 2, 2, 1, 1]
    done = world.undo()
    assert (done.number, done.linked, done.unlinked, done.left, done.wave_back) == (
        *(number, 2, 1, (), True),
    )
    assert counts(world) == [0, 0, 0, 0, 0, 0]
    assert world.database.read(find_wave, CODE, "M3") == missed
    (line,) = (one for one in world.database.read(entries) if one.act == Act.ANSWERS_TAKEN_BACK)
    assert line.counts == {"linked": 2, "unlinked": 1, "left": 0}
    with pytest.raises(Conflict, match="is taken back already"):
        world.undo(number)
    with pytest.raises(NotFound, match="no table of answers to take back"):
        world.undo()


async def test_a_table_that_was_taken_back_can_be_imported_again(world: EarlierWorld) -> None:
    first = world.imports(TABLE, KEEP).number
    world.undo()
    again = world.imports(TABLE, KEEP)
    assert (again.linked, again.unlinked, again.before) == (2, 1, None)
    shown = world.database.read(list_answer_imports, CODE)
    assert [(one.number, one.linked, one.unlinked) for one in shown] == [
        (again.number, 2, 1),
        (first, 0, 0),
    ]
    assert [one.undone_at is None for one in shown] == [True, False]


async def test_answers_that_the_office_has_worked_with_stay_and_are_named(
    world: EarlierWorld,
) -> None:
    world.imports(TABLE, KEEP)
    case = world.cases()["Ada", "M3"].case.id
    world.database.run(add_verification, (case, "sop"), "Eva", "seen", world.now)
    done = world.undo()
    assert (done.linked, done.left, done.wave_back) == (1, ("P-ADA",), False)
    assert counts(world) == [0, 1, 1, 1, 0, 0]


async def test_answers_whose_themes_somebody_has_marked_stay(world: EarlierWorld) -> None:
    world.imports(TABLE, KEEP)
    text = MarkedText(world.cases()["Ada", "M3"].case.id, "proof", "0" * 64, world.now)
    marks = Marks("S-EVA", world.now, Part.READING, frozenset({"staff"}))
    world.database.run(add_marks, text, marks)
    assert world.undo().left == ("P-ADA",)
    assert world.count("theme_marks") == 1


async def test_people_who_were_being_asked_are_asked_again(world: EarlierWorld) -> None:
    world.now = utc("2027-06-20T00:00")
    await world.until(utc("2027-09-25T00:00"))
    sent = len(world.channel.to_people)
    world.imports("name,date,conf\nAda,2027-09-20,4\n")
    assert world.undo().asked_again == 1
    await world.until(utc("2027-12-01T00:00"))
    assert {chat for _, chat, _ in world.channel.to_people[sent:]} == {"ada", "ben"}


async def test_the_office_opens_no_imported_case_again_and_tells_nobody_of_it(
    world: EarlierWorld,
) -> None:
    world.imports(TABLE, KEEP)
    case = world.cases()["Ada", "M3"].case.id

    def act(change, *more):  # type: ignore[no-untyped-def]
        return world.database.run(change, world.office, case, *more, world.now)

    for change, more in ((case_changes.reopen, 14), (case_changes.move_answers, "RM")):
        with pytest.raises(Conflict, match="comes from an earlier table"):
            act(change, more)
    assert "is not told" in act(case_changes.set_aside, "wrong person").told
    assert "is not told" in act(case_changes.put_back).told
    assert world.count("notices") == 0
