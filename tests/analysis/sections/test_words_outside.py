"""What reports tell readers outside the office, in words that say no more and no less."""

import pytest

from analysis.disclosure.small_groups import SMALLEST
from analysis.findings.printed_rows import spanned
from analysis.model import Report, Table
from analysis.reports.audiences import Wishes
from analysis.reports.workshops import build
from analysis.wording import ReportWords
from tests.analysis.builder import CUT_OFF, PLACES, Story
from tests.analysis.large import a_whole_year


def outside(told: Story) -> Report:
    return build(told.connection, None, CUT_OFF, Wishes("good_practice"))


@pytest.fixture(scope="module")
def year() -> Report:
    return outside(a_whole_year())


@pytest.fixture(scope="module")
def alike() -> Report:
    """Nine people of nine administrations; five of them name one effect, the others another one."""
    told = Story().workshop("RM", "Title RM")
    for number, place in enumerate(PLACES[:9]):
        effect = "faster" if number < SMALLEST else "accurate"
        told.answers(told.person("RM", place), "M6", use_1="regular", effects=effect)
    return outside(told)


def table(report: Report, key: str) -> Table:
    return next(one for part in report.sections for one in part.tables if one.key == key)


def test_a_table_that_is_hidden_outside_tells_no_number_of_answers(year: Report) -> None:
    hidden = [one for part in year.sections for one in part.tables if not one.rows]
    assert hidden
    assert {one.note for one in hidden} == {
        "Not shown: too few answers, or a small group to protect."
    }


def test_no_sentence_names_a_kind_whose_count_is_hidden(year: Report) -> None:
    shown = {row[0]: row[1] for row in table(year, "anchors").rows}
    assert shown["Unit or post"] == "not shown"
    assert year.title.endswith("it is in a rule, a course, a budget or a system, with evidence")
    assert "a unit" not in year.in_short[0]


def test_the_highest_stage_is_told_apart_by_its_evidence(year: Report) -> None:
    names = [row[0] for row in table(year, "stages").rows]
    assert names[-2:] == [
        "From “3 Proposed and accepted” to “5 Embedded, claimed only”",
        "5 Embedded, with evidence",
    ]


def test_five_of_nine_are_not_called_nearly_all(alike: Report) -> None:
    shown = {row[0]: row[1] for row in table(alike, "effects").rows}
    assert shown["Work is faster"] == "all but 4 at most"
    assert shown["Work is more accurate"] == "not shown"


def test_the_shares_of_a_table_say_whom_they_are_of(year: Report) -> None:
    asked = table(year, "obstacles")
    assert asked.columns[-1] == "Of those counted"
    assert asked.note.startswith("People counted, including any who gave no answer: 32.")
    assert table(year, "project").columns[-1] == "Of those who answered"


def test_steps_told_together_are_named_by_the_first_and_the_last() -> None:
    say = ReportWords("fr")
    assert spanned(["0", "1", "2"], say) == "De «\u00a00\u00a0» à «\u00a02\u00a0»"
    assert spanned(["0"], say) == "0"


def test_the_replies_of_a_national_workshop_are_one_number_on_the_page() -> None:
    told = Story().workshop("IPR", donors=("JICA",))
    for number in range(20):
        person = told.person("IPR", "KH")
        if number < 12:
            told.answers(person, "M6", use_1="regular")
        else:
            told.silent(person, "M6")
    report = outside(told)
    assert report.headlines[0].text == "12 of 20 (60 %)"
    assert [row[1:3] for row in table(report, "fieldwork").rows] == [(20, 12)]
