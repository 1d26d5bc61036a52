"""What readers outside could conclude from one report beside another, of a part or of another day."""

import pytest

from analysis.formats import render
from analysis.model import Report
from analysis.reports.audiences import Wishes
from analysis.reports.workshops import build
from tests.analysis.builder import CUT_OFF, PLACES, Story

# Names


def agreeing(elsewhere: str) -> Story:
    """A workshop in which all six of Fiji agree to be named, and another one in which one says so."""
    told = Story().workshop("A", donors=("JICA",)).workshop("B")
    for number, place in enumerate((*["FJ"] * 6, *(one for one in PLACES if one != "FJ"))):
        person = told.person("A", place)
        agrees = "yes" if place == "FJ" else "no"
        told.answers(person, "PRE", attribution=agrees)
        case = told.answers(
            person,
            "M6",
            job="same",
            use_1=("regular", "not_yet")[number % 2],
            project_name=f"Engine {number}",
            quote="administration",
        )
        told.decides(case, "project_name")
    for number, place in enumerate(("FJ", *PLACES[20:])):
        person = told.person("B", place)
        told.answers(person, "PRE", attribution="no" if number else elsewhere)
        told.answers(person, "M6", use_1=("regular", "not_yet")[number % 2])
    return told


@pytest.mark.parametrize(("elsewhere", "named"), [("yes", True), ("no", False)])
def test_a_name_in_one_report_that_another_one_lacks_does_not_tell_who_refused(
    elsewhere: str, named: bool
) -> None:
    told = agreeing(elsewhere)
    for codes in (("A",), None):
        found = build(told.connection, codes, CUT_OFF, Wishes("good_practice"))
        assert ("Administration FJ" in render(found, "txt").decode()) is named, codes


# Replies beside a table


def planning(not_yet: int) -> Story:
    """Of 25 people 20 planned one change, of whom four are silent later, as are all others."""
    told = Story().workshop("RM", donors=("CCF/Japan",))
    for number, place in enumerate(PLACES[:25]):
        person = told.person("RM", place)
        told.answers(person, "END", changes="procedure" if number < 20 else "training")
        if number < 16:
            use = "not_yet" if number < not_yet else "used"
            told.answers(person, "M6", use_1="regular" if use == "used" else use)
        else:
            told.silent(person, "M6")
    return told


def row_of(told: Story, key: str, label: str) -> list[object]:
    found = build(told.connection, None, CUT_OFF, Wishes("good_practice"))
    tables = [one for part in found.sections for one in part.tables if one.key == key]
    return [cell for one in tables for row in one.rows if label in row for cell in row]


@pytest.mark.parametrize("not_yet", [1, 2])
def test_beside_the_replies_nobody_is_left_over_of_those_who_planned_a_change(
    not_yet: int,
) -> None:
    """20 planned it, 9 of 25 are silent and 5 planned another: of the 20 four or five are silent."""
    told = planning(not_yet)
    assert (
        "16 of 25"
        in render(build(told.connection, None, CUT_OFF, Wishes("good_practice")), "txt").decode()
    )
    assert 16 - not_yet not in row_of(told, "commitments", "Change a procedure")


def using(regularly: int) -> Report:
    """Of 25 administrations with one delegate 16 replied, of which some use it and the others do not."""
    told = Story().workshop("RM", donors=("CCF/Japan",))
    for number, place in enumerate(PLACES[:25]):
        person = told.person("RM", place)
        if number < 16:
            use = "regular" if number < regularly else "not_yet"
            told.answers(person, "M6", use_1=use, anchors="none")
        else:
            told.silent(person, "M6")
    return build(told.connection, None, CUT_OFF, Wishes("good_practice"))


@pytest.mark.parametrize("regularly", [15, 14, 13, 12])
def test_beside_the_replies_nobody_is_left_over_of_those_who_use_it(regularly: int) -> None:
    found = using(regularly)
    text = render(found, "txt").decode()
    assert "16 of 25" in text
    assert f"{regularly} of 25" not in text
    assert str(regularly) not in found.title


def test_beside_the_replies_five_who_do_not_use_it_are_enough() -> None:
    assert "at least 11 of 25" in using(11).title


def test_who_planned_another_change_at_another_workshop_is_in_one_group_only() -> None:
    told = Story().workshop("RM").workshop("AEO")
    for number, place in enumerate(PLACES[:30]):
        first = told.person("RM", place)
        told.answers(first, "END", changes="procedure")
        told.answers(first, "M3", use_1="not_yet" if number % 2 else "tried")
        if number % 4:
            told.answers(first, "M6", use_1="not_yet" if number % 3 else "regular")
        if number < 8:
            again = told.person("AEO", place, same_as=first)
            told.answers(again, "END", changes="training")
            told.answers(again, "M3", use_1="tried")
    assert "procedure" in row_of(told, "commitments", "procedure")
