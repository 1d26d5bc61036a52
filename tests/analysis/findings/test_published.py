"""What stands in one report is held against all others."""

from dataclasses import replace
from typing import Any

from analysis.disclosure.crowds import choosing
from analysis.disclosure.protection import Work
from analysis.facts.cut_offs import WHOLE
from analysis.findings.published import Published, Told
from analysis.findings.questions import item_question
from analysis.findings.reading import read_outside
from analysis.model import Report
from analysis.reports.audiences import Wishes
from analysis.reports.workshops import build
from tests.analysis.builder import CUT_OFF, PLACES, Story


def two_workshops(use: tuple[str, ...] = ("regular", "not_yet")) -> Story:
    """A workshop of ten administrations, of which one agrees to be named, and one of 22 others."""
    told = Story().workshop("A", donors=("JICA",)).workshop("B", donors=("NORAD",))
    for number, place in enumerate(PLACES[:32]):
        person = told.person("AB"[number >= 10], place)
        told.answers(person, "PRE", attribution="no" if number else "yes")
        told.answers(person, "M6", use_1=use[number % len(use)])
    return told


def named(told: Story, *codes: str) -> list[str]:
    found: Report = build(told.connection, codes or None, CUT_OFF, Wishes("good_practice"))
    section = next(one for one in found.sections if one.key == "stage_table")
    return [str(row[0]) for table in section.tables for row in table.rows]


def test_an_administration_is_named_in_no_report_if_another_one_would_tell_of_few_without_it() -> (
    None
):
    assert named(two_workshops(), "A") == []
    assert named(two_workshops()) == []


def test_an_administration_is_named_where_no_report_tells_of_few_without_it() -> None:
    told = two_workshops()
    for place in PLACES[20:30]:
        person = told.person("A", place)
        told.answers(person, "PRE", attribution="no")
        told.answers(person, "M6", use_1="not_yet" if PLACES.index(place) % 2 else "regular")
    assert named(told, "A") == [f"Administration {PLACES[0]}"]
    assert named(told) == [f"Administration {PLACES[0]}, A"]


def test_facts_by_delegation_are_for_the_same_readers() -> None:
    reading = read_outside(two_workshops().frames(), None, CUT_OFF)
    assert reading is not None
    assert reading.of_administrations.outside
    told = reading.of_administrations.rows("use_1", "M6")
    assert [row.people for row in told.rows] == [
        row.people for row in reading.rows("use_1", "M6").rows
    ]


def published(told: Story) -> Published:
    reading = read_outside(told.frames(), None, CUT_OFF)
    assert reading is not None
    assert reading.published is not None
    return reading.published


def used(one: Published, key: str = "") -> Told:
    """What a report tells of use, of all its people or of those of another set."""
    return one.of_people(
        lambda all_: item_question(all_, "use_1", ("M6",), "participant"), "use", key=key
    )


def beside_itself(one: Published, told: dict[str, dict[str, Any]]) -> Published:
    """The same report for other readers, beside the form of it that readers have."""
    before = replace(
        one, recalled={key: part["questions"] for key, part in told.items()}, same=True
    )
    return replace(one, earlier=(before,), work=Work(), _tables={}, _asked={})


def test_what_readers_of_a_version_were_told_is_told_to_its_other_readers_without_a_program() -> (
    None
):
    first = published(two_workshops(("regular", "not_yet", "tried")))
    rows = used(first).rows
    assert rows
    assert first.work.programs > 0
    second = beside_itself(first, first.told())
    assert used(second).rows == rows
    assert second.work.programs == 0


def test_what_was_told_of_people_who_are_gone_is_not_told_to_other_readers() -> None:
    first = published(two_workshops())
    used(first)
    told = first.told()
    stored = next(iter(told[WHOLE]["questions"].values()))
    stored["rows"][0][1] += 1
    assert all(
        row.units == len(choosing(used(beside_itself(first, told)).crowd, row.codes))
        for row in used(beside_itself(first, told)).rows
    )


def test_a_set_is_told_of_where_the_whole_report_told_nothing() -> None:
    first = published(two_workshops())
    rows = used(first, "workshop B").rows
    assert rows
    used(first)
    told = first.told()
    del told["workshop B"]
    next(iter(told[WHOLE]["questions"].values()))["rows"] = []
    second = beside_itself(first, told)
    assert used(second).rows == ()
    there = second.seen_from("workshop B").published
    assert there is not None
    assert used(there).rows == rows
