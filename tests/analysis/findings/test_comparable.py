"""The one rule of what may stand beside each other, and the reason where it may not."""

from dataclasses import replace

import pytest

from analysis.figures import Figure
from analysis.findings.comparable import Asked, Compared, why_not
from analysis.findings.figure_words import CLAIMED, DESCRIBED, grade_of, name_of
from analysis.wording import ReportWords

SAME: Asked = {"m6": {"tried": frozenset(("use",))}}
OTHER: Asked = {"m6": {"tried": frozenset(("use, in other words",))}}


def thing(name: str, value: int = 6, base: int = 20) -> Compared:
    figure = Figure("tried", "tried or used", f"{value} of {base}", value, base)
    return Compared(name, {"tried": figure}, moment="after 6 months", asked=SAME)


def reasons(*parts: Compared) -> list[str]:
    return why_not("tried", parts, ReportWords("en"))


def test_the_same_question_of_the_same_units_at_the_same_moment_is_compared() -> None:
    assert reasons(thing("A"), thing("B", 9, 10)) == ["", ""]


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        (replace(thing("C"), moment="after 12 months"), "after 12 months"),
        (replace(thing("C"), by_person=True), "counts people"),
        (replace(thing("C"), asked=OTHER), "asked otherwise"),
        (thing("C", 3, 9), "base under 10"),
    ],
)
def test_what_differs_says_how(other: Compared, reason: str) -> None:
    assert reasons(thing("A"), thing("B"), other) == ["", "", reason]
    assert reasons(other, thing("A"), thing("B")) == [reason, "", ""]


def test_what_has_no_figure_says_what_is_printed_in_its_place() -> None:
    hidden = Figure("tried", "tried or used", "not shown", 0, 0)
    nothing = replace(thing("C"), figures={"tried": hidden})
    assert reasons(nothing, thing("A"), thing("B")) == ["not shown", "", ""]
    assert reasons(nothing, nothing) == ["not shown", "not shown"]


def test_of_two_that_differ_the_later_one_sets_what_is_compared() -> None:
    people = replace(thing("A"), by_person=True)
    assert reasons(people, thing("B")) == ["counts people", ""]


def test_another_grade_is_another_figure() -> None:
    def told(grade: str) -> Compared:
        figure = Figure("tried", f"embedded, {grade}", "6 of 20", 6, 20)
        return replace(thing(grade), figures={"tried": figure})

    parts = (told("claimed or better"), told("described or better"), told("described or better"))
    assert reasons(*parts) == ["claimed or better", "", ""]


def told_as(name: str, grade: str, value: int = 6, base: int = 20) -> Compared:
    figure = Figure("tried", f"embedded, {grade}", f"{value} of {base}", value, base)
    return Compared(name, {"tried": figure}, moment="after 12 months")


def test_most_of_one_grade_set_what_is_compared() -> None:
    described = [told_as(name, "described or better") for name in "ABC"]
    claims = told_as("D", "claimed or better")
    assert reasons(*described, claims) == ["", "", "", "claimed or better"]


def test_figures_of_small_bases_do_not_set_what_the_others_are_held_against() -> None:
    small = [thing(name, 3, 6) for name in "ABC"]
    large = [replace(thing(name), moment="after 12 months") for name in "DE"]
    assert reasons(*small, *large) == ["after 6 months"] * 3 + ["", ""]
    assert reasons(*small) == ["base under 10"] * 3


def test_all_that_differs_is_told() -> None:
    other = replace(told_as("C", "claimed or better"), by_person=True)
    described = [told_as(name, "described or better") for name in "AB"]
    assert reasons(*described, other) == ["", "", "counts people; claimed or better"]


@pytest.mark.parametrize("language", ["en", "fa", "fr", "km", "th", "vi", "zh"])
@pytest.mark.parametrize("grade", [CLAIMED, DESCRIBED])
def test_a_grade_is_read_from_a_label_in_each_language(language: str, grade: str) -> None:
    say = ReportWords(language)
    label = name_of("embedded", say(grade), say)
    assert grade_of(Figure("embedded", label, "", 6, 20), say) == say(grade)
    assert grade_of(Figure("embedded", label, "not shown", 0, 0), say) == ""
