"""Data entry of answers from paper and telephone, through the same interview."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import select

from analysis.exports.answers import cases_table
from analysis.exports.audience import Audience, content_for
from analysis.exports.facts import read_facts
from bot.desk.people import data_entry
from bot.desk.people.data_entry import DataEntry
from storage.database import Conflict, Database, NotFound
from storage.office.audit import Act, entries
from storage.schema import answer_history, answers
from surveys.interview.interview import Back, Move, Pick, Skip, Step, Write, current
from tests.bot.fieldwork_world import World, utc

OPEN = utc("2018-08-12T00:00")


@pytest.fixture
def world(office_database: Database) -> Iterator[World]:
    world = World(office_database)
    world.keeps_only("M6")
    world.workshop()
    yield world
    world.close()


def entry(mode: str = "paper", who: str = "P-LAN", **facts: Any) -> DataEntry:
    return DataEntry("RM", "m6", who, mode, **facts)


def begun(world: World, wanted: DataEntry) -> tuple[int, Step]:
    return world.database.run(data_entry.begin_entry, world.office, wanted, world.now)


def types(world: World, number: int, mode: str, *moves: Move) -> Step:
    for move in moves:
        done = world.database.run(
            data_entry.enter_answer, world.office, (number, mode), move, world.now
        )
    return done


def stored(world: World) -> dict[str, tuple[str, str]]:
    rows = world.database.read(lambda connection: connection.execute(select(answers)).all())
    return {row.item: (row.value, row.channel) for row in rows}


async def test_a_form_without_any_address_is_typed_in_whole_and_marked(world: World) -> None:
    world.enrol("Lan", "VN", chat="", agreed=False)
    await world.until(OPEN)
    number, done = begun(world, entry(agreed=True))
    done = types(world, number, "paper", Write("1"), Pick("use_any", "regular"))
    while (name := current(done.interview)) is not None:
        done = types(world, number, "paper", Skip(name))
    file = world.cases()["Lan", "M6"]
    assert file.case.completed_at == OPEN
    assert file.enrolment.consented_at == OPEN
    assert stored(world)["job"] == ("same", "paper")
    assert stored(world)["use_any"] == ("regular", "paper")
    assert {channel for _, channel in stored(world).values()} == {"paper"}


async def test_who_typed_and_from_what_is_exported_with_the_case_by_staff_code(
    world: World,
) -> None:
    world.enrol("Lan", "VN", chat="")
    await world.until(OPEN)
    with pytest.raises(NotFound, match="No member of staff has the code S-NOBODY"):
        begun(world, entry(by="S-NOBODY"))
    number, _ = begun(world, entry("telephone", by="s-boss"))
    types(world, number, "telephone", Write("1"))
    facts = world.database.read(read_facts, None, world.now)
    table = cases_table(facts)
    (row,) = (dict(zip(table.columns, row, strict=True)) for row in table.rows)
    assert (row["entered_mode"], row["entered_by"]) == ("telephone", "S-BOSS")
    viewers = {table.name: table for table in content_for(Audience.VIEWER, facts).tables}
    assert "entered_by" not in viewers["cases"].columns
    (line,) = (one for one in world.database.read(entries) if one.act is Act.ANSWERS_ENTERED)
    assert line.about == "RM M6 P-LAN telephone S-BOSS"


async def test_what_was_begun_by_letter_goes_on_by_telephone_and_ends_the_reminders(
    world: World,
) -> None:
    world.enrol("Lan", "VN", chat="", email="lan@ex.org")
    await world.until(OPEN)
    number, _ = begun(world, entry())
    types(world, number, "paper", Write("1"))
    again, step = begun(world, entry("telephone"))
    assert (again, current(step.interview)) == (number, "use_any")
    step = types(world, number, "telephone", Back("use_any"), Pick("job", "left"))
    while (name := current(step.interview)) is not None:
        step = types(world, number, "telephone", Skip(name))
    assert stored(world)["job"] == ("left", "phone")
    (before,) = world.database.read(lambda c: c.execute(select(answer_history)).all())
    assert (before.value, before.channel) == ("same", "paper")
    await world.until(utc("2018-09-10T00:00"))
    assert len(world.mail.to_people) == 1


async def test_nothing_is_typed_for_people_who_said_no_or_are_not_asked(world: World) -> None:
    world.enrol("Lan", "VN", agreed=False)
    ben = world.enrol("Ben")
    with pytest.raises(NotFound, match="P-LAN is not asked in m6 of RM, or it is not open yet"):
        begun(world, entry())
    await world.until(OPEN)
    with pytest.raises(Conflict, match=r"has not agreed to take part yet.*add --agreed"):
        begun(world, entry())
    await world.stops(ben)
    with pytest.raises(Conflict, match="P-BEN has asked to stop"):
        begun(world, entry(who="P-BEN", agreed=True))
    number, _ = begun(world, entry(agreed=True))
    world.now = utc("2018-09-20T00:00")
    for late in (lambda: begun(world, entry()), lambda: types(world, number, "paper", Write("1"))):
        with pytest.raises(
            Conflict, match="M6 of RM is closed; its last day was Thu 6 September 2018"
        ):
            late()
    assert stored(world) == {}
