"""Reports count who asked the office for help, and what was taken up and done: by the moment counted."""

from datetime import datetime, timedelta

import pytest

from analysis.model import Table
from analysis.reports.audiences import Wishes
from analysis.reports.workshops import build
from storage import schema
from tests.analysis.builder import CUT_OFF, PLACES, Story

STAFF = Wishes()
EARLY = CUT_OFF - timedelta(days=30)


def changed(story: Story, place: str, state: str, at: datetime = EARLY) -> None:
    """The office notes how far the templates are that an administration asked for."""
    number = story.connection.execute(
        schema.help_acts.insert()
        .values(changed_by="S-EVA", changed_at=at)
        .returning(schema.help_acts.c.id)
    ).scalar_one()
    need = {"workshop_code": "W", "administration_code": place, "help": "templates"}
    values = need | {"act_id": number, "state": state, "translations": {}}
    story.connection.execute(schema.help_changes.insert().values(values))


def asked(people: int = 14) -> Story:
    """Officers of as many administrations asked for templates, the last three for nothing."""
    story = Story().workshop("W")
    for number, place in enumerate(PLACES[:people]):
        told = (
            "none" if number >= people - 3 else "templates expert" if number < 2 else "templates"
        )
        story.answers(story.person("W", place), "M3", job="same", help=told, actions="report")
    return story


def table(story: Story, cut_off: datetime = CUT_OFF, wishes: Wishes = STAFF) -> Table | None:
    report = build(story.connection, ["W"] if not wishes.outside else None, cut_off, wishes)
    found = (one for section in report.sections for one in section.tables)
    return next((one for one in found if one.key == "help_done" and one.rows), None)


def test_the_office_reads_people_and_administrations_by_kind_of_help() -> None:
    story = asked()
    assert table(story) is None
    for place in PLACES[:6]:
        changed(story, place, "taken up")
    for place in PLACES[:4]:
        changed(story, place, "done")
    found = table(story)
    assert found is not None
    assert found.rows == (
        ("Help of any kind", 11, 11, 6, 4),
        ("Examples or templates", 11, 11, 6, 4),
        ("Advice from an expert", 2, 2, 0, 0),
    )
    told = "11 people asked the office for help. Taken up for 6; for 4 of them done."
    assert found.note.endswith(told)
    story.close()


def test_what_was_done_after_the_moment_does_not_count() -> None:
    story = asked()
    changed(story, PLACES[0], "taken up")
    changed(story, PLACES[0], "done", CUT_OFF + timedelta(days=1))
    found = table(story)
    assert found is not None and found.rows[0] == ("Help of any kind", 11, 11, 1, 0)
    story.close()


@pytest.mark.parametrize(("done", "told"), [(4, None), (6, ("not shown", 12, 6))])
def test_readers_outside_are_told_of_five_people_or_more(
    done: int, told: tuple[object, ...] | None
) -> None:
    story = asked(20)
    for place in PLACES[:12]:
        changed(story, place, "taken up")
    for place in PLACES[:done]:
        changed(story, place, "done")
    found = table(story, wishes=Wishes(audience="rtc"))
    # Three asked for nothing, so the number of those who asked is not told.
    assert (found.rows[0][1:] if found else None) == told
    story.close()


def test_the_next_step_is_about_those_whose_wish_nobody_has_taken_up() -> None:
    story = asked()
    before = steps(story)
    assert before.rows[0][0] == 11 and before.note == ""
    for place in PLACES[2:10]:
        changed(story, place, "taken up")
    found = steps(story)
    assert found.rows[0][0] == 3
    assert found.note == "Help was asked by 11 delegations; 3 have a request nobody took up."
    story.close()


def steps(story: Story) -> Table:
    """What the office does next, on the one page."""
    report = build(story.connection, ["W"], CUT_OFF, STAFF)
    return next(one for section in report.sections for one in section.tables if one.key == "next")
