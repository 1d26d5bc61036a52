"""What of the worked example may leave the office."""

import pytest

from analysis.disclosure.merging import rows
from analysis.disclosure.question import Telling
from analysis.findings.counting_people import of_people
from analysis.findings.delegation_questions import deed_question
from analysis.findings.published import Told
from analysis.findings.reading import read
from analysis.findings.readings import Readings
from analysis.findings.splits import at_least
from analysis.model import Report, Section
from analysis.reports.audiences import Wishes
from analysis.reports.workshops import build
from tests.analysis.builder import CUT_OFF, Story
from tests.analysis.example_story import PLACE_OF, the_example
from tests.analysis.measures.delegations.example import expected

FIGURES = expected()["headlines"]


@pytest.fixture(scope="module")
def told() -> Story:
    return the_example()


@pytest.fixture(scope="module")
def outside(told: Story) -> Report:
    return build(told.connection, ["W"], CUT_OFF, Wishes("good_practice"))


def section(found: Report, key: str) -> Section:
    return next(one for one in found.sections if one.key == key)


def test_the_office_reads_the_figures_of_the_example(told: Story) -> None:
    report = told.report("W")
    for figure in report.headlines:
        one = FIGURES[figure.key]
        yes = one.get("at_least_without_claimed", one["at_least"])
        assert figure.text == f"{yes} of {one['asked']} (at most {one['at_most']})", figure.key
    by_key = {table.key: table for part in report.sections for table in part.tables}
    likely = {
        key: tuple(row[1:3]) for key, row in zip(FIGURES, by_key["ranges"].rows, strict=True)
    }
    assert likely == {key: tuple(one["likely"]) for key, one in FIGURES.items()}
    grades = list(reversed(expected()["grades_of_embedded"].values()))
    assert list(by_key["stages"].rows[-1][2:6]) == grades


def test_each_figure_is_shown_or_not_as_the_people_behind_it_allow(outside: Report) -> None:
    shown = {figure.key: figure.text.removeprefix("at least ") for figure in outside.headlines}
    assert shown == {key: one["outside"]["text"] for key, one in FIGURES.items()}
    assert outside.headlines[-1].label.startswith("embedded, claimed or better")


def test_neither_silence_nor_grades_nor_contact_points_of_so_few_are_shown(
    outside: Report,
) -> None:
    assert expected()["outside"]["replied"].startswith("not shown")
    assert not any("7 of 8" in text or "11 of 14" in text for text in outside.in_short)
    assert "described or better" not in repr(outside.headlines)
    fieldwork = section(outside, "fieldwork").tables[0].rows
    replied = {row[0]: row[2] for row in fieldwork}
    assert not any(isinstance(count, int) for count in replied.values())


def test_three_officers_are_not_shown_to_their_own_administration(told: Story) -> None:
    wishes = Wishes("member", PLACE_OF["A"])
    own = section(build(told.connection, ["W"], CUT_OFF, wishes), "own")
    assert {table.key for table in own.tables} == {"own_institution"}


def test_counted_as_people_a_figure_alone_is_shown(told: Story) -> None:
    people = of_people(read(told.frames(), CUT_OFF))
    question = deed_question("tried")(Readings({"all": people}))
    found = Told(question, "all", {"all": rows(question, "all")})
    assert f"{at_least(found, 'yes')} of {found.base}" == expected()["people_tried"]["outside"]
    assert all(row.telling is Telling.COUNT for row in found.rows)
