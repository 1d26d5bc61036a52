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


def test_the_grade_of_a_title_is_that_of_its_headline(year: Report) -> None:
    figure = next(one for one in year.headlines if one.key == "embedded")
    assert figure.label.startswith("embedded, described or better")
    assert f"in at least {figure.value} it is new in" in year.title
    assert year.title.endswith("(described or better)")


def test_five_of_nine_are_not_called_nearly_all(alike: Report) -> None:
    shown = {row[0]: row[1] for row in table(alike, "effects").rows}
    assert shown["Work is faster"] == "at least 5 of 9"
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
    assert report.in_short[-1] == "People who replied: 12 of 20 (60 %)."
    assert [row[1:3] for row in table(report, "fieldwork").rows] == [(20, 12)]


def national() -> Story:
    """Twenty people of one administration; twelve answered, seven of them use it."""
    told = Story().workshop("IPR", donors=("JICA",))
    for number in range(20):
        person = told.person("IPR", "KH")
        if number < 12:
            told.answers(person, "M6", use_1="regular" if number < 7 else "not_yet")
        else:
            told.silent(person, "M6")
    return told


def test_the_same_finding_names_its_base_inside_and_outside() -> None:
    told = national()
    assert "7 of 12 people who replied use the knowledge regularly" in told.report().title
    found = outside(told)
    assert "at least 7 of 20 people who attended use the knowledge regularly" in found.title
    assert found.headlines[1].text == "at least 7 of 20 (35 %)"
    assert found.headlines[1].note == "the others: no, or not known"


def test_where_nothing_may_be_told_of_administrations_people_are_counted() -> None:
    told = Story().workshop("AEO", donors=("CCF/Korea",))
    for number in range(21):
        person = told.person("AEO", PLACES[number % 7])
        told.answers(person, "M6", use_1="regular" if number < 14 else "not_yet")
    found = outside(told)
    assert "at least 14 of 21 people who attended use the knowledge regularly" in found.title
    assert "Too few administrations took part to tell of them, so people are counted." in (
        found.method
    )
    assert "delegations" in told.report().title


def test_a_table_says_when_it_was_asked_and_where_if_not_everywhere() -> None:
    told = Story().workshop("RM").workshop("PM")
    for place in PLACES[:12]:
        person = told.person("RM", place)
        for wave, obstacle in (("M3", "staff"), ("M6", "staff" if place < "FJ" else "time")):
            told.answers(person, wave, use_1="tried", obstacles=obstacle)
        told.answers(told.person("PM", place), "END", confidence_now="3")
    note = table(told.report(), "obstacles").note
    assert "Waves: 3 months, 6 months. The latest answer of each person counts." in note
    assert "Asked in 1 of 2 workshops." in note
    assert "3 months: asked in 1 of 2 workshops." in table(outside(told), "fieldwork").note


def test_the_criteria_are_the_six_of_the_oecd_and_say_what_is_not_measured() -> None:
    told = national()
    found = build(told.connection, None, CUT_OFF, Wishes("donor", "JICA"))
    rows = {row[0]: row[2] for row in table(found, "criteria").rows}
    assert [*rows] == [
        "Relevance",
        "Coherence",
        "Effectiveness",
        "Efficiency",
        "Impact",
        "Sustainability",
    ]
    assert rows["Coherence"] == rows["Efficiency"] == "not measured by this survey"


def test_an_administration_without_anything_to_show_reads_what_would_be_needed() -> None:
    found = build(national().connection, None, CUT_OFF, Wishes("member", "KH"))
    own = next(part for part in found.sections if part.key == "own")
    assert not own.tables
    assert own.notes[0] == "There is nothing yet that may be shown of your administration alone."
    assert "sending the title" in own.notes[2]


@pytest.mark.parametrize("audience", ["staff", "good_practice"])
def test_who_came_to_a_workshop_without_a_list_is_not_said_to_be_nobody(audience: str) -> None:
    told = Story().workshop("RM").workshop("HS")
    for number, place in enumerate(PLACES[:20]):
        told.answers(told.person("RM", place), "M6", use_1=("regular", "not_yet")[number % 2])
    report = build(told.connection, None, CUT_OFF, Wishes(audience))
    assert "20 participants in 1 of 2 workshops" in report.subtitle
    found = [one for part in report.sections for one in part.tables if one.key == "replies"]
    assert {row[0]: row[1] for one in found for row in one.rows} == {"RM": 20, "HS": "–"}
