"""The monthly message says what the desk and the figures of a workshop say, to the digit."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import update

from bot.desk.reports.figures import figures
from bot.desk.today.digest import digest_lines, digest_of
from bot.desk.today.leaving import open_waves
from bot.settings.office import Office
from storage import schema
from storage.database import Database
from storage.fieldwork.next_contact import Rules
from storage.office.staff import Member, StaffRole, member_with
from surveys.planning.plans_file import packaged_plans
from tests.analysis.builder import CUT_OFF, Story
from tests.staff import employ

OFFICE = Office(Rules(packaged_plans(), ("telegram",)))
CLOSED = datetime(2018, 6, 7, 18, tzinfo=UTC)
"""The eighth of June in Bangkok."""
STAGES = (("s1", "s2"), ("s1", "s4"), ("s2", "s2"), ("s3", "s1"), ("s1", ""))


@pytest.fixture
def story(empty_url: str) -> Iterator[Story]:
    """A workshop whose wave of six months has closed; two of six were silent or told no stage."""
    story = Story(empty_url).workshop("W")
    for number, (before, after) in enumerate(STAGES):
        person = story.person("W", ("FJ", "TO", "VU")[number % 3])
        story.answers(person, "PRE", stage_now=before)
        if after:
            story.answers(person, "M6", job="same", stage_now=after)
        else:
            story.case(person, "M6")
    wave = schema.waves.c.key == "M6"
    story.connection.execute(update(schema.waves).where(wave).values(closed_at=CLOSED))
    story.connection.commit()
    yield story
    story.close()


def test_who_moved_up_and_who_is_silent_are_those_of_the_figures(
    story: Story, empty_url: str
) -> None:
    database = Database(empty_url)
    code = database.run(employ, ("demo", "max"), StaffRole.MANAGER, CUT_OFF, "Max")
    max_: Member = database.read(member_with, code)
    found = database.read(digest_of, OFFICE, max_, date(2018, 6, 1), CUT_OFF)
    (closed,) = found.closed
    *_, trend = figures(database, OFFICE, ["W"], 6, CUT_OFF).trend
    database.close()
    assert closed.moved is not None
    assert (closed.moved.up, closed.moved.same, closed.moved.down) == (
        trend.up,
        trend.same,
        trend.down,
    )
    assert (trend.up, trend.same, trend.down) == (2, 1, 1)
    assert digest_lines(found)[:4] == [
        "The surveys in June 2018",
        "",
        "Closed: 1",
        "- “6 months after” of “Trade Facilitation Agreement”: 4 of 5 answered, 1 silent; "
        "2 people are further than before, 1 as before, 1 less far",
    ]


def test_all_open_waves_are_counted_and_the_first_to_close_are_listed(
    story: Story, empty_url: str
) -> None:
    for number in range(12):
        story.workshop(f"O{number}")
        story.wave(f"O{number}", "M3")
    story.connection.commit()
    database = Database(empty_url)
    code = database.run(employ, ("demo", "max"), StaffRole.MANAGER, CUT_OFF, "Max")
    max_: Member = database.read(member_with, code)
    found = database.read(digest_of, OFFICE, max_, date(2018, 6, 1), CUT_OFF)
    number, _ = database.read(open_waves, OFFICE, CUT_OFF, 1)
    database.close()
    lines = digest_lines(found)
    assert f"Open now: {number}" in lines
    assert lines[-1] == f"- and {number - 10} more, at the desk"
