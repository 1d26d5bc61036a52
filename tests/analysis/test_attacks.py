"""What readers outside the office could once conclude from reports that are right in every figure."""

import re
from collections.abc import Sequence

import pytest

from analysis.formats import render
from analysis.model import Report, Section, Table
from analysis.reports.audiences import Wishes
from analysis.reports.workshops import build
from tests.analysis.builder import CUT_OFF, PLACES, Story

OUTSIDE = (("newsletter", ""), ("donor", "CCF/Japan"), ("rtc", ""), ("good_practice", ""))
LARGEST, NEXT = "Too few staff", "No chance to use it"


def report(told: Story, audience: str, whom: str = "", *codes: str) -> Report:
    return build(told.connection, codes or None, CUT_OFF, Wishes(audience, whom))


def table(found: Report, key: str) -> Table:
    return next(one for part in found.sections for one in part.tables if one.key == key)


def section(found: Report, key: str) -> Section:
    return next(one for one in found.sections if one.key == key)


def words(found: Report) -> str:
    return render(found, "txt").decode()


def two_workshops(item: str, here: Sequence[str], there: Sequence[str], wave: str) -> Story:
    """A workshop of 20 people and another one, in which few named the largest answer of the first."""
    told = Story().workshop("RM", donors=("CCF/Japan",)).workshop("AEO")
    role = "contact_point" if wave == "NCP12" else "participant"
    for code, said in (("RM", here), ("AEO", there)):
        for place, answer in zip(PLACES, said, strict=False):
            if role == "contact_point":
                told.answers(told.person(code, place), "M6", use_1="tried")
            told.answers(told.person(code, place, role), wave, **{item: answer})
    return told


# The largest


HERE = ["staff"] * 7 + ["no_opportunity"] * 6 + ["time"] * 4 + ["budget"] * 3
THERE = ["staff"] * 2 + ["no_opportunity"] * 9 + ["time"] * 9


@pytest.fixture(scope="module")
def obstacles() -> Story:
    return two_workshops("obstacles", HERE, THERE, "M6")


@pytest.mark.parametrize(("audience", "whom"), OUTSIDE)
def test_the_obstacle_told_is_the_true_one_or_none(
    obstacles: Story, audience: str, whom: str
) -> None:
    found = report(obstacles, audience, whom, "RM")
    assert NEXT not in " ".join(found.in_short)
    if audience == "newsletter":
        assert NEXT not in render(found, "newsletter").decode()
    else:
        assert_largest_is_first(table(found, "obstacles"), 1)


def test_a_newsletter_names_no_obstacle_where_a_hidden_one_may_be_named_more_often() -> None:
    here = ["none"] * 8 + ["staff"] * 7 + ["no_opportunity"] * 5
    there = ["staff"] * 2 + ["no_opportunity"] * 9 + ["none"] * 9
    told = two_workshops("obstacles", here, there, "M6")
    lines = render(report(told, "newsletter", "", "RM"), "newsletter").decode()
    assert NEXT not in lines
    assert "not shown" not in lines


def test_the_obstacle_that_contact_points_name_most_is_the_true_one() -> None:
    told = two_workshops("obstacles", HERE, THERE, "NCP12")
    assert_largest_is_first(table(report(told, "good_practice", "", "RM"), "obstacles_points"), 1)


def test_most_projects_are_in_the_state_that_is_shown_as_most() -> None:
    told = two_workshops(
        "project",
        ["done"] * 7 + ["running"] * 6 + ["none"] * 7,
        ["done"] * 2 + ["running"] * 5 + ["planned"] * 13,
        "M12",
    )
    assert_largest_is_first(table(report(told, "good_practice"), "project"), 0, "Planned", 13)


def assert_largest_is_first(
    found: Table, label: int, largest: str = LARGEST, people: int = 7
) -> None:
    """The largest has its number, or nothing has: no order and no scale of a chart tells another."""
    numbers = {row[label]: row[label + 1] for row in found.rows}
    if any(isinstance(number, int) for number in numbers.values()):
        assert numbers[largest] == people
    else:
        assert not found.rows or not found.chart


@pytest.mark.parametrize("audience", ["staff", "good_practice", "donor"])
def test_title_and_headline_tell_one_number_of_what_is_embedded(audience: str) -> None:
    told = Story().workshop("RM", donors=("CCF/Japan",))
    for number, place in enumerate(PLACES[:20]):
        anchors = {"anchors": "procedure", "anchor_status_procedure": "new"}
        proof = {"title_procedure": "Order 12 of 2018"} if number < 5 else {}
        said = anchors | proof if number < 6 else {}
        told.answers(told.person("RM", place), "M6", use_1="regular", others_use="most", **said)
    found = report(told, audience, "CCF/Japan" if audience == "donor" else "")
    headline = next(one for one in found.headlines if one.key == "embedded")
    in_title = re.findall(r"in (?:at least )?(\d+) it is", found.title)
    assert in_title in ([], [str(headline.value)])
    assert audience != "staff" or in_title == ["5"]


# Subtraction


def test_oceania_the_one_administration_that_refuses_is_not_found() -> None:
    told = Story().workshop("IPR", donors=("CCF/China",))
    for place, wish in (("FJ", "yes"), ("PG", "yes"), ("TO", "yes"), ("WS", "yes"), ("VU", "no")):
        for _ in range(3):
            person = told.person("IPR", place)
            told.answers(person, "PRE", attribution=wish)
            told.answers(person, "M6", use_1="regular" if place != "VU" else "not_yet")
    for audience, whom in (*OUTSIDE[2:], ("donor", "CCF/China")):
        assert "Administration" not in words(report(told, audience, whom)).replace(
            "Administrations", ""
        )


def silence(silent: int, asked: int = 20) -> Story:
    told = Story().workshop("RM", donors=("CCF/Japan",))
    for number in range(asked):
        person = told.person("RM", PLACES[number])
        if number < silent:
            told.silent(person, "M6")
        else:
            told.answers(person, "M6", effects="faster" if number % 2 else "accurate")
    return told


@pytest.mark.parametrize("silent", [1, 2, 3, 4])
def test_nowhere_is_told_that_one_to_four_people_are_silent(silent: int) -> None:
    found = report(silence(silent), "good_practice")
    assert not {str(silent), str(20 - silent)} & numbers_beside_days(words(found))


def test_many_silent_people_are_told() -> None:
    assert "14 of 20" in words(report(silence(6), "good_practice"))


def numbers_beside_days(text: str) -> set[str]:
    """Every number of a text, but for days, names of stages and rates, and what is at least so."""
    text = re.sub(r"at least \d+ of \d+", "", text)
    text = re.sub(r"\d+ [A-Z][a-z]+ \d{4}|\d\d:\d\d|[“ ]\d(?= [A-Z])|\d+%|\d+ months", "", text)
    return set(re.findall(r"(?<![\w-])\d+(?![\d-])", text))


def test_what_everybody_says_has_no_count() -> None:
    told = Story().workshop("RM", donors=("CCF/Japan",))
    for place in PLACES[:12]:
        told.answers(told.person("RM", place), "M6", use_1="regular", effects="faster")
    found = report(told, "good_practice")
    for key in ("effects", "stages"):
        counts = [row[1] for row in table(found, key).rows]
        assert not any(isinstance(count, int) for count in counts)


def test_a_question_that_a_few_were_not_asked_does_not_tell_how_many() -> None:
    told = Story().workshop("RM", donors=("CCF/Japan",))
    for number, place in enumerate(PLACES[:20]):
        said = {"effects": "none"}
        if number >= 3:
            said = {"effects": "faster", "effect_source": ("records", "estimate")[number % 2]}
        told.answers(told.person("RM", place), "M6", **said)
    found = report(told, "good_practice")
    assert not {"3", "17"} & numbers_beside_days(words(found))


# What became of a few


def test_those_who_planned_a_change_and_did_not_answer_later_are_not_told_if_few() -> None:
    told = Story().workshop("RM", donors=("CCF/Japan",))
    for number, place in enumerate(PLACES[:24]):
        person = told.person("RM", place)
        told.answers(person, "END", changes="procedure" if number < 14 else "training")
        if number not in (0, 1):
            told.answers(person, "M6", use_1="regular" if number % 2 else "not_yet")
    rows = {row[0]: row[1:] for row in table(report(told, "good_practice"), "commitments").rows}
    assert all(row[1] != 12 for row in rows.values())
    assert len({tuple(row) for row in rows.values() if "not shown" in row[:1]}) == 1


def test_outside_no_table_crosses_two_questions() -> None:
    told = Story().workshop("RM", donors=("CCF/Japan",))
    for number, place in enumerate(PLACES[:30]):
        effect = "faster" if number < 22 else "accurate"
        source = "records" if number < 11 or number > 28 else "estimate"
        told.answers(told.person("RM", place), "M6", effects=effect, effect_source=source)
    outside = report(told, "good_practice")
    assert "effects_by_source" not in [one.key for part in outside.sections for one in part.tables]
    assert table(report(told, "staff"), "effects_by_source").rows


# An administration and its own officers


def own(people: int, permissions: int) -> Report:
    told = Story().workshop("RM", donors=("CCF/Japan",))
    for number in range(people):
        person = told.person("RM", "FJ")
        wish = "yes" if number < permissions else "no"
        told.answers(person, "M6", use_1="regular", effects="faster", may_see=wish)
    for place in PLACES[:12]:
        if place != "FJ":
            told.answers(told.person("RM", place), "M6", use_1="tried", effects="accurate")
    return report(told, "member", "FJ")


def test_the_officers_of_one_workshop_are_not_told_apart_from_those_of_another() -> None:
    told = Story().workshop("A").workshop("B")
    for number, code in enumerate("AA" + "B" * 10):
        wish = "no" if number == 11 else "yes"
        said = {"effects": ("faster", "accurate")[number % 2], "may_see": wish}
        told.answers(told.person(code, "FJ"), "M6", use_1="regular", **said)
    for code in "AB":
        for place in PLACES[:12]:
            if place != "FJ":
                told.answers(told.person(code, place), "M6", use_1="tried", effects="accurate")
    assert section(report(told, "member", "FJ", "A"), "own").tables == ()


@pytest.mark.parametrize("people", [1, 2, 3, 4])
def test_an_administration_sees_answers_of_a_few_officers_only_if_all_allow_it(
    people: int,
) -> None:
    everybody, all_but_one, nobody = (own(people, n) for n in (people, people - 1, 0))
    assert [row for row in table(everybody, "own_effects").rows if row[1] == people]
    assert section(all_but_one, "own") == section(nobody, "own")
    assert not [one for one in section(nobody, "own").tables if one.key.startswith("own_")]
