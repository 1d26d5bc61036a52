"""Effects and obstacles: what the workshop contributed, and why a question has no rows."""

from analysis.model import Report, Table
from tests.analysis.builder import PLACES, Story


def table(report: Report, key: str) -> Table:
    return next(one for part in report.sections for one in part.tables if one.key == key)


def test_the_contribution_is_told_by_who_says_half_of_it_or_more() -> None:
    told = Story().workshop("RM")
    for number, place in enumerate(PLACES[:10]):
        share = ("little", "half", "most")[number % 3]
        told.answers(told.person("RM", place), "M6", effects="faster", contribution=share)
    found = table(told.report("RM"), "contribution")
    assert found.finding == "How much the workshop contributed: half of it or more, 6 of 10 (60 %)"


def test_a_question_on_the_way_of_a_few_is_not_one_with_few_answers() -> None:
    """Eight replied; two of them were asked how they know of the effects, six told none."""
    told = Story().workshop("RM")
    for number, place in enumerate(PLACES[:8]):
        more = (
            {"effects": "faster", "effect_source": "records"}
            if number < 2
            else {"effects": "none"}
        )
        told.answers(told.person("RM", place), "M6", **more)
    found = table(told.report("RM"), "effect_source")
    assert (found.rows, found.note) == ((), "Asked here only of a few: not shown.")
    few = Story().workshop("RM")
    for place in PLACES[:8]:
        few.answers(few.person("RM", place), "M3", use_1="tried")
    for place in PLACES[8:11]:
        few.answers(few.person("RM", place), "M6", effects="faster", effect_source="records")
    assert table(few.report("RM"), "effect_source").note == "Fewer than 5 answers: not shown."


def test_a_change_says_whether_it_is_one() -> None:
    told = Story().workshop("RM")
    for number, place in enumerate(PLACES[:8]):
        person = told.person("RM", place)
        told.answers(person, "PRE", stage_now="s1")
        told.answers(person, "M6", stage_now="s2" if number < 5 else "s1")
    found = table(told.report("RM"), "moves")
    assert found.finding == "Before to 6 months: 5 up, 3 the same, 0 down; too few changes to say"
