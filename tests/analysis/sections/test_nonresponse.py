"""Who did not answer the next wave: for the office all of it, outside only where all may be told."""

from datetime import UTC, datetime, time, timedelta

import pytest

from analysis.findings.nonresponse import by_promptness
from analysis.findings.reading import read_outside
from analysis.measures.nonresponse import Part, When
from analysis.model import Section
from analysis.sections.nonresponse import nonresponse
from tests.analysis.builder import CUT_OFF, OPENS, PLACES, Story

PARTS = {"replied": (30, 6), "silent": (6, 12)}
"""How many used it at six months, and did not, by whether they replied at twelve."""


def story(parts: dict[str, tuple[int, int]], beside: int = 0) -> Story:
    """People of one workshop; `beside` are those who were silent at six months and replied later."""
    told = Story().workshop("TFA", donors=("JICA",))
    number = 0
    for group, counts in parts.items():
        for use, people in zip(("regular", "not_yet"), counts, strict=True):
            for _ in range(people):
                number += 1
                person = told.person("TFA", PLACES[number % 12])
                told.answers(person, "PRE", stage_now="s0" if use == "not_yet" else "s2")
                told.answers(person, "M6", use_any=use)
                reply(told, person, group)
    for _ in range(beside):
        person = told.person("TFA", PLACES[number % 12])
        told.silent(person, "M6")
        reply(told, person, "replied")
    return told


def reply(told: Story, person: int, group: str) -> None:
    if group == "replied":
        told.answers(person, "M12", use_any="regular")
    else:
        told.silent(person, "M12")


@pytest.fixture(scope="module")
def differing() -> Story:
    return story(PARTS)


def section(told: Story) -> Section:
    return nonresponse(told.reading())


def outside(told: Story) -> Section:
    reading = read_outside(told.frames(), None, CUT_OFF)
    assert reading is not None
    return nonresponse(reading)


def rows(told: Story, key: str) -> tuple[tuple[object, ...], ...]:
    return next(one.rows for one in section(told).tables if one.key == key)


USE = (
    ("6 months", "Replied: 12 months", 36, 30, "30 of 36 (83 %)"),
    ("6 months", "No reply: 12 months", 18, 6, "6 of 18 (33 %)"),
)


def test_use_is_told_by_the_reply_to_the_next_wave(differing: Story) -> None:
    assert rows(differing, "use_by_reply") == USE
    assert section(differing).notes == (
        "Those without a reply after 12 months had used it less after 6 months: 6 of 18 (33 %), "
        "against 30 of 36 (83 %) of those who replied. What is told after 12 months may be too good.",
    )


def test_how_the_silent_differ_stands_on_the_one_page_too(differing: Story) -> None:
    assert section(differing).notes[0] in differing.report().method


def test_outside_it_is_told_where_all_four_parts_may_be_told(differing: Story) -> None:
    found = outside(differing)
    assert [one.key for one in found.tables] == ["use_by_reply"]
    assert found.tables[0].rows == USE
    assert found.notes == section(differing).notes


@pytest.mark.parametrize(
    ("parts", "beside"), [({**PARTS, "silent": (4, 12)}, 0), (PARTS, 3)], ids=["part", "beside"]
)
def test_outside_nothing_is_told_where_four_people_could_be_found(
    parts: dict[str, tuple[int, int]], beside: int
) -> None:
    found = outside(story(parts, beside))
    assert (found.tables[0].rows, found.notes) == ((), ())
    assert found.tables[0].note.startswith("Not shown")


def test_who_was_never_asked_at_the_next_wave_is_in_no_group() -> None:
    told = story({"replied": (8, 0), "silent": (0, 8)})
    person = told.person("TFA", "FJ")
    told.answers(person, "M6", use_any="regular")
    told.set("enrolments", person, handed_over_at=CUT_OFF - timedelta(days=60))
    assert [row[2] for row in rows(told, "use_by_reply")] == [8, 8]


def test_what_the_silent_had_answered_before_stands_beside_the_others(differing: Story) -> None:
    found = rows(differing, "before_by_reply")
    assert found[0][1:] == ("It is not used yet", "6 of 36 (17 %)", "12 of 18 (67 %)")
    assert found[2][1:] == ("Officers teach it to others", "30 of 36 (83 %)", "6 of 18 (33 %)")


def test_replies_of_each_group_are_of_those_asked(differing: Story) -> None:
    found = {row[:2]: row[2:] for row in rows(differing, "replies_by_group")}
    every = ("54 of 54 (100 %)", "36 of 54 (67 %)")
    assert found["Kind of workshop", "Regional"] == found["Workshop", "TFA"] == every


def begun(told: Story, reminders: int, use: str, days: int = 9) -> None:
    """Somebody answers so many days after a wave has opened; invitation and reminders come daily."""
    case = told.case(told.person("TFA", "FJ"), "M6", ("sent",) * (reminders + 1))
    at = datetime.combine(OPENS["M6"], time(12), UTC) + timedelta(days=days)
    told.set("cases", case, started_at=at, completed_at=at, disposition="complete", answered=1)
    told.values(case, at, {"use_any": use})


def test_answers_are_early_after_one_reminder_or_late() -> None:
    told = Story().workshop("TFA")
    uses = ((0, "regular"), (1, "regular"), (1, "not_yet"), (2, "tried"), (3, "not_yet"))
    for reminders, use in uses:
        begun(told, reminders, use)
    assert by_promptness(told.reading(), "M6") == {
        When.EARLY: Part(1, 1),
        When.FIRST_REMINDER: Part(1, 2),
        When.LATE: Part(1, 2),
    }


def test_a_reminder_after_the_answer_was_begun_does_not_make_it_late() -> None:
    told = Story().workshop("TFA")
    begun(told, reminders=2, use="regular", days=1)
    assert by_promptness(told.reading(), "M6")[When.EARLY] == Part(1, 1)
