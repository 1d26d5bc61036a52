"""One question in the annex: counts with their base, and answers counted apart."""

from collections.abc import Iterable

from analysis.formats import render
from analysis.model import Report
from surveys.questionnaire import Item, NonAnswer, Option
from tests.analysis.builder import PLACES, Story
from tests.analysis.exports.opening import pin, questionnaire

FIVE = ("1", "2", "3", "4", "5")


def choices(kind: str, *codes: str, apart: str = "") -> Story:
    """A workshop whose wave M6 asks one question `q` with these options."""
    options = [Option(name=code, label={"en": code}) for code in codes]
    if apart:
        unsure = {"en": "I do not know"}
        options.append(Option(name=apart, label=unsure, non_answer=NonAnswer.DONT_KNOW))
    item = Item(name="q", type=kind, list_name="own", label={"en": "Question"})
    told = Story().workshop("TFA")
    pin(told, "TFA", questionnaire(item, own=tuple(options)))
    return told


def scale(told: Story, workshop: str, last: str, version: int) -> None:
    """Pin a question `q` that is answered from 1 to `last`."""
    item = Item(name="q", type="range", label={"en": "Question"}, parameters={"end": last})
    told.workshop(workshop)
    pin(told, workshop, questionnaire(item, version=version))


def answered(told: Story, values: Iterable[str], workshop: str = "TFA") -> None:
    """One person for each value; an empty one passed the question over."""
    for number, value in enumerate(values):
        person = told.person(workshop, PLACES[number % len(PLACES)])
        told.answers(person, "M6", **({"q": value} if value else {"skipped": "q"}))


def printed(report: Report) -> tuple[list[tuple[object, ...]], str]:
    """The rows of the question `q` without its first column, and the note under it."""
    section = next(s for s in report.sections if s.key == "questionnaires")
    (table,) = section.tables
    return [row[1:] for row in table.rows], str(table.rows[1][0])


def test_t01_shares_are_rounded_one_by_one_and_the_report_says_what_that_does() -> None:
    told = choices("select_one", "a", "b", "c")
    answered(told, ["a"] * 12 + ["b"] * 4 + ["c"])
    report = told.report()
    rows, _ = printed(report)
    shares = ["12 of 17 (71 %)", "4 of 17 (24 %)", "1 of 17 (6 %)"]
    assert [row[2] for row in rows] == shares
    text = " ".join(render(report, "html").decode().split())
    assert "so a list may not add up to 100." in text
    assert all(share in text for share in shares)


def test_t02_ticks_are_shares_of_people_with_the_base_and_why_they_add_up_to_more() -> None:
    told = choices("select_multiple", "a", "b", "c")
    answered(told, ["a b c"] * 49 + ["b"] * 12 + ["a"] * 7 + [""] * 10)
    rows, note = printed(told.report())
    assert sum(int(str(row[1])) for row in rows) == 166
    assert rows[1] == ("b", 61, "61 of 68 (90 %)")
    assert note == (
        "68 people answered. Skipped the question: 10. More than one answer was possible."
    )


def test_t04_who_passed_the_question_over_is_told_apart_and_is_in_no_share() -> None:
    told = choices("select_one", "yes", "no")
    answered(told, ["yes"] * 8 + ["no"] * 8 + [""] * 4)
    rows, note = printed(told.report())
    assert rows[0] == ("yes", 8, "8 of 16 (50 %)")
    assert note == "16 people answered. Skipped the question: 4."


def test_t05_t06_dont_know_is_told_apart_and_steps_that_nobody_chose_stay_in_order() -> None:
    told = choices("select_one", *FIVE, apart="99")
    answered(told, ["4", "4", "5", "99"] * 2)
    told.answers(told.person("TFA", "FJ"), "M6", other="asked nothing of it")
    rows, note = printed(told.report())
    assert [row[:2] for row in rows] == [("1", 0), ("2", 0), ("3", 0), ("4", 4), ("5", 2)]
    assert rows[3][2] == "4 of 6"
    assert note == "6 people answered. I do not know: 2."


def test_t05_on_a_scale_the_middle_answer_is_printed_and_no_mean() -> None:
    told = Story()
    scale(told, "TFA", "5", 1)
    answered(told, ["4", "4", "5"] * 2 + [""])
    _, note = printed(told.report())
    assert "Median answer: 4." in note
    assert "4.3" not in note


def test_t13_a_scale_that_changed_is_not_pooled_and_the_report_names_the_question() -> None:
    told = Story()
    scale(told, "TFA", "5", 1)
    answered(told, ["5"] * 3)
    scale(told, "AEO", "7", 2)
    answered(told, ["7"] * 6, "AEO")
    rows, note = printed(told.report())
    assert rows[4][:2] == ("5", 0)
    assert rows[6] == ("7", 6, "6 of 6")
    assert "Answers to “q” on a scale with different steps (left out): 3." in note
