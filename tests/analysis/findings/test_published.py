"""What stands in one report is held against all others."""

from analysis.findings.reading import read_outside
from analysis.model import Report
from analysis.reports.audiences import Wishes
from analysis.reports.workshops import build
from tests.analysis.builder import CUT_OFF, PLACES, Story


def two_workshops() -> Story:
    """A workshop of ten administrations, of which one agrees to be named, and one of 22 others."""
    told = Story().workshop("A", donors=("JICA",)).workshop("B", donors=("NORAD",))
    for number, place in enumerate(PLACES[:32]):
        person = told.person("AB"[number >= 10], place)
        told.answers(person, "PRE", attribution="no" if number else "yes")
        told.answers(person, "M6", use_1=("regular", "not_yet")[number % 2])
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
