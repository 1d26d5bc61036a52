"""A self-assessment of administrations: profile, then and now, and the letter to one of them."""

from analysis.formats import render
from analysis.model import Report
from analysis.reports.audiences import Wishes
from analysis.reports.survey import build_survey
from surveys.authoring.packaged import packaged_questionnaire
from tests.analysis.builder import CUT_OFF, PLACES, Story

POLICY = {"k1_policy": "yes", "k1_government": "yes"}
NONE = {"k1_policy": "not_yet", "k1_government": "not_yet"}


def year(places: int = 6) -> Story:
    """Administrations that answered twice: the first three have more in place, one has less."""
    story = Story().workshop("IPR-18", "Self-assessment")
    for number, place in enumerate(PLACES[:places]):
        who = story.person("IPR-18", place, "contact_point")
        then = POLICY if number == 3 else NONE
        now = POLICY if number < 3 else NONE
        plans = {"actions": "k1 k6", "within_k1": "m12", "within_k6": "m3", "owner_k1": "Legal"}
        story.answers(who, "IPR", attribution="yes", **then)
        story.answers(who, "IPR12", attribution="yes", **now, **plans)
    return story


def result(story: Story, wave: str, **wishes: str) -> Report:
    return build_survey(story.connection, "IPR-18", CUT_OFF, Wishes(survey=wave, **wishes))


def rows(report: Report, key: str) -> list[tuple[str | int, ...]]:
    tables = [one for part in report.sections for one in part.tables if one.key == key]
    return list(tables[0].rows) if tables else []


def test_the_profile_counts_administrations_by_category() -> None:
    report = result(year(), "IPR")
    assert rows(report, "profile")[0] == ("1 Policy and strategy", 1, 0, 5, 0)
    assert rows(report, "profile")[8] == ("9 Public awareness", 0, 0, 0, 6)
    assert not rows(report, "then_and_now")


def test_a_year_later_more_and_less_are_told_both() -> None:
    report = result(year(), "IPR12")
    assert rows(report, "then_and_now")[0] == ("1 Policy and strategy", 3, 2, 1, 0)
    assert "not ranked" in render(report, "txt").decode()


def test_four_administrations_are_too_few_to_compare() -> None:
    assert not rows(result(year(places=4), "IPR12"), "then_and_now")


def test_what_was_not_let_read_then_is_not_told_by_a_change_now() -> None:
    story = Story().workshop("IPR-18", "Self-assessment")
    for place in PLACES[:6]:
        who = story.person("IPR-18", place, "contact_point")
        story.answers(who, "IPR", attribution="no", **NONE)
        story.answers(who, "IPR12", attribution="yes", **POLICY)
    assert rows(result(story, "IPR12"), "then_and_now")
    assert not rows(result(story, "IPR12", audience="good_practice"), "then_and_now")


def test_what_is_planned_is_one_table_and_not_one_for_each_question() -> None:
    report = result(year(), "IPR12")
    assert rows(report, "plans")[0] == ("1 Policy and strategy", 6, 0, 0, 0, 6, 0)
    assert rows(report, "plans_of_each")[0][1] == (
        "1 Policy and strategy (Within 12 months); 6 Targeting (Within 3 months)"
    )
    keys = {one.key for part in report.sections for one in part.tables}
    assert not [key for key in keys if key.startswith(("owner_", "within_"))]


def test_the_letter_to_one_administration_tells_its_own_way_alone() -> None:
    report = result(year(), "IPR12", audience="member", whom=PLACES[3])
    assert rows(report, "own_profile")[0] == ("1 Policy and strategy", "in place", "nothing yet")
    assert rows(report, "own_plan") == [
        ("1 Policy and strategy", "Legal", "Within 12 months"),
        ("6 Targeting", "–", "Within 3 months"),
    ]
    shown = render(report, "txt").decode()
    assert "Less is in place than last time in: 1 Policy and strategy." in shown
    assert "By your dates, you work on 6 before 1." in shown
    others = (f"Administration {code}" for code in PLACES[:6] if code != PLACES[3])
    assert not any(other in shown for other in others)


def test_a_version_that_asks_less_tells_what_it_asks() -> None:
    asked = packaged_questionnaire("IPR")
    kept = tuple(
        one for one in asked.items if not one.name.startswith(("owner_", "within_", "k9"))
    )
    story = Story().workshop("IPR-18", "Self-assessment")
    story.publish(asked.model_copy(update={"items": kept, "version": 1}))
    for place in PLACES[:6]:
        who = story.person("IPR-18", place, "contact_point")
        story.answers(who, "IPR", attribution="yes", actions="k1 k12", **POLICY)
    report = result(story, "IPR")
    assert rows(report, "profile")[8] == ("9 Public awareness", 0, 0, 0, 6)
    assert rows(report, "plans")[0] == ("1 Policy and strategy", 6, 6)
    letter = result(story, "IPR", audience="member", whom=PLACES[0])
    assert rows(letter, "own_plan") == [("1 Policy and strategy", "–", "–")]


def test_an_administration_without_an_answer_gets_a_sentence() -> None:
    report = result(year(), "IPR12", audience="member", whom=PLACES[20])
    assert report.notice == "There is no answer yet."
    assert not report.sections
