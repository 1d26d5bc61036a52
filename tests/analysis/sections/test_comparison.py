"""The names of the figures that stand beside each other, and waves that asked something else."""

from analysis.figures import Figure
from analysis.findings.comparable import Compared
from analysis.findings.headlines import headlines
from analysis.sections.comparison import multiples, waves_of
from analysis.sections.groups import cell_of, heads
from analysis.wording import ReportWords
from surveys.authoring.stored_form import load
from tests.analysis.builder import PLACES, Story, questionnaire_body

SAY = ReportWords("en")
CLAIMED, DESCRIBED = "claimed or better", "described or better"


def told(name: str, grade: str, value: int = 6, base: int = 20) -> Compared:
    label = f"embedded, {grade}, after 12 months"
    figure = Figure("embedded", label, f"{value} of {base}" if base else "not shown", value, base)
    return Compared(name, {"embedded": figure}, moment="after 12 months")


def named(*parts: Compared) -> tuple[str, list[str]]:
    """The name of a figure, and what stands beside each bar."""
    rows = [row for row in multiples("", "Workshop", parts, SAY).rows if "embedded" in str(row[0])]
    return str(rows[0][0]), [str(row[-1]) for row in rows]


def test_a_figure_has_the_name_of_the_grade_that_is_counted() -> None:
    name, printed = named(told("A", CLAIMED), told("B", CLAIMED, 9))
    assert (name, printed) == ("embedded, claimed or better", ["6 of 20", "9 of 20"])
    assert named(told("A", DESCRIBED), told("B", DESCRIBED))[0] == "embedded, described or better"


def test_another_grade_than_that_of_the_name_is_told_beside_the_figure() -> None:
    name, printed = named(told("A", DESCRIBED, 3, 9), told("B", CLAIMED), told("C", CLAIMED))
    assert name == "embedded, claimed or better"
    assert printed == ["3 of 9; described or better", "6 of 20", "6 of 20"]


def test_what_is_hidden_has_no_grade() -> None:
    hidden = told("A", DESCRIBED, 0, 0)
    assert named(hidden, hidden) == ("embedded", ["not shown", "not shown"])
    assert named(hidden, told("B", CLAIMED))[0] == "embedded, claimed or better"


def test_a_column_has_the_grade_of_the_years_own_figure() -> None:
    own, other = (told("A", one).figures["embedded"] for one in (CLAIMED, DESCRIBED))
    assert heads([own], SAY) == ("embedded, claimed or better",)
    assert cell_of(own, own, SAY) == "6 of 20"
    assert cell_of(other, own, SAY) == "6 of 20, described or better"


def waves(story: Story) -> list[tuple[str, str, str]]:
    """What is printed of each figure at each wave."""
    parts = waves_of(story.reading("W"))
    rows = multiples("", "Wave", parts, SAY).rows
    return [(str(row[0]), str(row[1]), str(row[-1])) for row in rows]


def answered(story: Story) -> Story:
    for number, place in enumerate(PLACES[:12]):
        person = story.person("W", place)
        for wave, most in (("M6", 4), ("M12", 9)):
            story.answers(person, wave, use_1="regular" if number < most else "not_yet")
    return story


def test_a_wave_that_asked_in_other_words_is_not_compared() -> None:
    story = Story().workshop("W")
    body = questionnaire_body("M12").replace("I do it regularly", "I have heard of it")
    story.publish(load(body))
    found = {(name, wave): text for name, wave, text in waves(answered(story))}
    assert found["in regular use", "6 months"] == "4 of 12 (33 %); asked otherwise"
    assert found["in regular use", "12 months"] == "9 of 12 (75 %)"
    assert "otherwise" not in found["routine of the unit", "6 months"]


def test_what_the_waves_ask_in_the_same_words_is_compared() -> None:
    found = waves(answered(Story().workshop("W")))
    assert not [text for _, _, text in found if "otherwise" in text]


def test_the_office_tells_claims_apart_in_each_wave() -> None:
    story = answered(Story().workshop("W"))
    names = {name for name, _, _ in waves(story)}
    assert "embedded, described or better" in names
    assert "embedded, described or better" in headlines(story.reading("W"))[-1].label
