"""The content of a whole report."""

from datetime import UTC, datetime

import pytest

from analysis.model import Report, Section, Table
from tests.analysis.builder import PLACES, Story
from tests.analysis.large import a_whole_year

PROCEDURE = {"anchors": "procedure", "anchor_status_procedure": "new"}


@pytest.fixture(scope="module")
def year() -> Report:
    return a_whole_year().report("RM")


def section(report: Report, key: str) -> Section:
    return next(found for found in report.sections if found.key == key)


def table(report: Report, place: str, key: str) -> Table:
    return next(found for found in section(report, place).tables if found.key == key)


def six_places() -> Story:
    """Six administrations: two embedded, one shares, one does not use it, two are silent."""
    told = Story().workshop("TFA")
    ada, ben, chi, dee, eve, fay = (told.person("TFA", place) for place in PLACES[:6])
    told.answers(ada, "M6", use_1="regular", title_procedure="Order 12 of 2018", **PROCEDURE)
    told.answers(ben, "M6", use_1="regular", **PROCEDURE)
    told.answers(chi, "M6", use_1="tried", anchors="none", actions="briefed")
    told.answers(dee, "M6", use_1="not_yet", anchors="none")
    told.silent(eve, "M6")
    told.blocked(fay, "M6")
    told.answers(told.person("TFA", PLACES[0]), "M6", use_1="improved", **PROCEDURE)
    return told


def test_the_title_is_a_finding_in_counts_of_administrations() -> None:
    report = six_places().report()
    assert report.title == (
        "Trade Facilitation Agreement, Kashiwa 2017, after 6 months: in 2 of 4 delegations that replied "
        "the knowledge is in regular use; in 1 it is new in a rule, course, post, budget or system "
        "(described or better)"
    )


def test_who_shares_without_use_is_counted_among_those_who_do_not_use_it() -> None:
    told = six_places()
    told.answers(told.person("TFA", PLACES[6]), "M6", use_1="not_yet", actions="briefed")
    report = told.report()
    (row,) = [row for row in table(report, "stages", "figures").rows if "tried" in str(row[0])]
    assert row[2] == 2
    assert (
        "Delegations, at any stage, where all say that they do not use the knowledge now: 2."
        in report.in_short[1]
    )


def test_the_three_sentences_say_what_is_embedded_what_is_not_and_who_is_missing() -> None:
    embedded, not_yet, missing = six_places().report().in_short
    assert embedded.startswith("Delegations with something in force that is new or changed")
    assert (
        "2 of 6 (at most 4); document seen 0, corroborated 0, described 1, claimed 1" in embedded
    )
    assert "claimed 1; besides these, disputed 0." in embedded
    assert (
        "Delegations, at any stage, where all say that they do not use the knowledge now: 1."
        in not_yet
    )
    assert missing == (
        "Of 6 delegations, 1 did not reply, 1 could not be reached. "
        "Their situation may be different."
    )


def test_the_six_figures_have_their_bases_and_bounds() -> None:
    figures = six_places().report().headlines
    assert [(f.key, f.value, f.base) for f in figures] == [
        ("tried", 3, 6),
        ("in_regular_use", 2, 6),
        ("shared", 1, 6),
        ("accepted", 0, 6),
        ("routine", 0, 6),
        ("embedded", 1, 6),
    ]
    assert figures[0].label == "tried or used, after 6 months"
    assert (figures[0].text, figures[0].note) == ("3 of 6 (at most 5)", "3 of 4 that replied")
    assert figures[5].text == "1 of 6 (at most 4)"
    assert figures[5].note == "1 of 4 that replied; merely claimed: 1"


def test_silent_and_unreachable_administrations_are_never_in_stage_0() -> None:
    rows = table(six_places().report(), "stages", "stages").rows
    assert [row[1] for row in rows] == [1, 1, 0, 1, 0, 1, 0, 0, 2]
    assert sum(int(row[1]) for row in rows) == 6


@pytest.mark.parametrize(
    ("answers", "notice"),
    [
        (0, "No responses to a follow-up yet (0 of 12). Results appear from 5."),
        (
            1,
            "No follow-up has 5 answers yet: the latest one with answers has 1. Results appear from 5.",
        ),
        (
            3,
            "No follow-up has 5 answers yet: the latest one with answers has 3. Results appear from 5.",
        ),
    ],
)
def test_t03_t12_below_five_answers_there_is_a_sentence_and_no_result(
    answers: int, notice: str
) -> None:
    told = Story().workshop("TFA")
    for number, place in enumerate(PLACES[:12]):
        person = told.person("TFA", place)
        if number < answers:
            told.answers(person, "M6", use_1="regular", **PROCEDURE)
        else:
            told.silent(person, "M6")
    report = told.report()
    assert report.notice == notice
    assert [found.key for found in report.sections] == ["fieldwork", "rates", "workshops"]
    assert (report.headlines, report.in_short) == ((), ())
    if not answers:
        assert section(report, "fieldwork").figures[0].text == "no responses (0 of 12)"


def test_t03_a_filter_that_matches_nothing_still_makes_a_report() -> None:
    assert (
        "No responses to a follow-up yet (0 of 0)" in Story().workshop("TFA").report("NONE").notice
    )


def test_t10_a_person_in_two_workshops_is_one_person_and_two_participations() -> None:
    told = Story().workshop("TFA").workshop("AEO")
    first = [told.person("TFA", place) for place in PLACES[:5]]
    second = [told.person("AEO", place) for place in PLACES[5:10]]
    again = told.person("AEO", PLACES[0], same_as=first[0])
    for person in (*first, *second, again):
        told.answers(person, "M6", use_1="tried", effects="faster")
    report = told.report()
    assert "10 participants" in report.subtitle
    assert table(report, "fieldwork", "fieldwork").rows[0][1] == 11
    effects = table(report, "effects", "effects")
    assert effects.rows[0][1:] == (10, "10 of 10 (100 %)")


def test_with_one_administration_people_are_counted_and_it_is_not_named() -> None:
    told = Story().workshop("IPR")
    for number in range(8):
        person = told.person("IPR", "KH")
        told.answers(person, "M6", use_1="regular" if number < 6 else "not_yet")
    report = told.report()
    assert "6 of 8 people who replied use the knowledge regularly; 0 say that" in report.title
    assert [found.key for found in section(report, "places").tables] == ["places"]
    assert "Administration KH" not in repr(report)


def test_t12_small_tallies_are_hidden_with_one_neutral_text() -> None:
    told = six_places()
    hidden = section(told.report(), "effects").tables
    assert {t.rows for t in hidden} == {()}
    assert {t.note for t in hidden} == {"Asked here only of a few: not shown."}


def test_labels_come_from_the_pinned_questionnaires(year: Report) -> None:
    rows = table(year, "effects", "effects").rows
    assert [row[0] for row in rows][:2] == ["Work is faster", "Work is more accurate"]


def test_obstacles_are_grouped_by_who_can_remove_them(year: Report) -> None:
    rows = table(year, "obstacles", "obstacles").rows
    groups = list(dict.fromkeys(row[0] for row in rows))
    assert groups == [
        "The officer",
        "Who gives out the work",
        "The administration",
        "Other bodies",
        "–",
    ]


def test_administrations_are_named_with_permission_and_small_counts_are_hidden(
    year: Report,
) -> None:
    rows = table(year, "places", "named_places").rows
    assert rows[0] == ("Administration BD", "Replied, not moved or left", "not shown")
    assert "Administration AU" not in repr(year)
    assert str(rows[-1][0]).startswith("Others, not named: ")


def test_the_fixed_sentences_are_there_and_nothing_is_said_to_be_caused(year: Report) -> None:
    assert "They cover silence, not wrong answers." in year.method
    assert any("contributed" in sentence for sentence in year.method)
    assert "caused" not in repr(year)


def test_dispositions_add_up_to_the_cases_of_each_wave(year: Report) -> None:
    for row in table(year, "fieldwork", "dispositions").rows:
        assert row[1] == sum(int(cell) for cell in row[2:])


def test_a_wave_that_just_opened_does_not_replace_the_one_with_answers() -> None:
    told = six_places()
    for enrolment in range(1, 7):
        told.case(enrolment, "M12")
    assert "after 6 months" in told.report().subtitle


def test_a_report_of_the_past_knows_nothing_later() -> None:
    told = a_whole_year()
    report = told.report("RM", cut_off=datetime(2018, 6, 20, tzinfo=UTC))
    assert "after 6 months" in report.subtitle
    told_now = [one for one in report.sections if not one.annex]  # questions may look ahead
    assert "12 months" not in repr(told_now)
