"""Item non-response: who was shown a question, answered it, did not know, or passed it over."""

import pytest

from analysis.measures.item_response import item_responses
from analysis.model import Table
from tests.analysis.builder import PLACES, Story


@pytest.fixture(scope="module")
def told() -> Story:
    """Six responses at six months; `stage_now` has all that can happen to a question."""
    story = Story().workshop("TFA")
    told: tuple[dict[str, str], ...] = (
        {"stage_now": "s1"},
        {"stage_now": "s0"},
        {"stage_now": "dont_know"},
        {"skipped": "stage_now"},
        {},
        {"stage_now": "s2", "anchors": "none dont_know"},
    )
    for place, values in zip(PLACES, told, strict=False):
        story.answers(story.person("TFA", place), "M6", job="same", **values)
    return story


def counts(story: Story) -> dict[str, tuple[int, ...]]:
    frames = story.frames()
    found = item_responses(story.responses(), frames.questionnaires)
    return {one.item.name: (one.shown, one.answered, one.open, one.skipped) for one in found}


def test_who_was_not_shown_a_question_is_not_in_its_base(told: Story) -> None:
    found = counts(told)
    assert found["job"] == (6, 6, 0, 0)
    assert found["stage_now"] == (5, 3, 1, 1)
    assert "use_1" not in found


def test_an_answer_beside_i_do_not_know_is_an_answer(told: Story) -> None:
    assert counts(told)["anchors"] == (1, 1, 0, 0)


def test_questions_stand_in_the_order_of_the_questionnaire(told: Story) -> None:
    assert [*counts(told)] == ["job", "stage_now", "anchors"]


def test_a_text_that_was_deleted_after_its_time_was_an_answer() -> None:
    story = Story().workshop("TFA")
    case = story.answers(story.person("TFA", "FJ"), "M3", example="A form")
    answers = story.connection.exec_driver_sql
    answers("update answers set value = '', state = 'deleted' where case_id = ?", (case,))
    assert counts(story) == {"example": (1, 1, 0, 0)}


def test_the_report_of_the_office_has_a_table_for_each_wave(told: Story) -> None:
    section = next(one for one in told.report().sections if one.key == "item_response")
    tables: dict[str, Table] = {one.key: one for one in section.tables}
    row = next(r for r in tables["item_response_M6"].rows if str(r[0]).startswith("Think about"))
    assert row[1:] == (5, 3, 1, 1, "2 of 5")
