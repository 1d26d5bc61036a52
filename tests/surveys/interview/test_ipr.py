"""The self-assessment: states of nine categories, the order of work, and what has changed."""

from datetime import UTC, date, datetime

import pytest

from surveys.authoring.burden import Trial
from surveys.authoring.packaged import packaged_questionnaire
from surveys.interview.closings import closing
from surveys.interview.interview import Answer, AnswerState, Interview
from surveys.interview.ipr import CATEGORIES, HALVES, State, advise, improved, states
from surveys.interview.route import EarlierResponse
from surveys.wording import Words

NOTHING = {
    "k1_policy": "not_yet", "k2_unit": "none", "k2_tasks": "not_yet",
    "k3_laws": "not_yet", "k3_procedures": "none",
}  # fmt: skip
LAID = {
    "k1_policy": "yes", "k1_government": "yes", "k2_unit": "shared", "k2_tasks": "yes",
    "k3_laws": "yes", "k3_procedures": "in_force",
}  # fmt: skip
NOW = datetime(2018, 6, 8, 10, tzinfo=UTC)


def said(values: dict[str, str], earlier: dict[str, EarlierResponse] | None = None) -> list[str]:
    answers = {
        name: Answer(name, value, AnswerState.ANSWERED, "en", NOW)
        for name, value in values.items()
    }
    interview = Interview(packaged_questionnaire("IPR"), NOW, "en", answers, earlier or {})
    return [Words().remark(remark) for remark in closing(interview)]


def test_every_question_of_the_nine_categories_is_in_the_questionnaire() -> None:
    names = [name for number in CATEGORIES for name in HALVES[number]]
    items = packaged_questionnaire("IPR").by_name
    assert len(names) == 17
    assert [name for name in items if name.startswith("k")] == names
    labels = [option.label["en"] for option in packaged_questionnaire("IPR").choices["categories"]]
    assert labels[:9] == [f"{number} {name}" for number, name in CATEGORIES.items()]


def test_a_law_alone_does_not_count_as_in_place() -> None:
    law = {"k3_laws": "yes", "k3_procedures": "none", "k2_unit": "shared"}
    assert states(law)[3] is State.STARTED
    assert states({**law, "k3_procedures": "in_force"})[3] is State.IN_PLACE
    assert states({**law, "k3_procedures": "in_force", "k2_unit": "none"})[3] is State.STARTED
    told = [Words().remark(warning) for warning in advise(law).warnings]
    assert told == ["A law alone is not enough. You also need procedures and a unit in charge."]


@pytest.mark.parametrize(
    ("first", "second", "state"),
    [
        ("yes", "yes", State.IN_PLACE),
        ("yes", "no_policy", State.IN_PLACE),
        ("yes", "", State.STARTED),
        ("partly", "yes", State.STARTED),
        ("not_yet", "partly", State.STARTED),
        ("not_yet", "not_yet", State.NOTHING),
        ("not_yet", "dont_know", State.NOTHING),
        ("dont_know", "", State.UNKNOWN),
    ],
)
def test_the_state_of_a_category_comes_from_its_two_answers(
    first: str, second: str, state: State
) -> None:
    assert states({"k1_policy": first, "k1_government": second})[1] is state


@pytest.mark.parametrize(
    ("actions", "given", "order", "warned"),
    [
        (
            "k1 k6 k9",
            NOTHING,
            (1, 6, 9),
            "plan to work on 6, 9, but nothing is in place yet in 1, 2, 3",
        ),
        ("k6 k1", LAID, (1, 6), ""),
        ("k4 k5", NOTHING, (4, 5), ""),
        ("k7", {}, (7,), ""),
        ("none", NOTHING, (), ""),
        ("", NOTHING, (), ""),
    ],
)
def test_low_numbers_come_first_and_late_ones_are_warned_of(
    actions: str, given: dict[str, str], order: tuple[int, ...], warned: str
) -> None:
    advice = advise({**given, "actions": actions})
    told = " ".join(Words().remark(warning) for warning in advice.warnings)
    assert advice.order == order
    assert (warned in told) and bool(told) == bool(warned)


def test_the_respondent_reads_the_order_and_the_warning_at_the_end() -> None:
    lines = said({**NOTHING, "actions": "k2 k6"})
    assert lines == [
        "Our advice: start with the lowest numbers. You can work on several at the same time. "
        "Your order: 2 Organisational structure, 6 Targeting.",
        "You plan to work on 6, but nothing is in place yet in 1, 2, 3.",
    ]
    assert said({"k1_policy": "yes"}) == []


def test_the_numbers_in_a_warning_stand_as_the_language_of_its_reader_writes_lists() -> None:
    (warning,) = advise({**NOTHING, "actions": "k6 k7"}, "fa").warnings
    assert dict(warning.values) == {"late": "6، 7", "empty": "1، 2، 3"}


def test_taking_it_again_says_where_more_is_in_place() -> None:
    before = EarlierResponse(packaged_questionnaire("IPR"), NOTHING, date(2017, 6, 8))
    assert said(LAID, {"IPR": before}) == ["Since last time, you have made progress in: 1, 2, 3."]
    assert improved(NOTHING, NOTHING) == improved({}, LAID) == improved(LAID, {}) == ()


def test_who_does_it_and_by_when_is_asked_for_up_to_three_chosen_categories() -> None:
    way = Trial(packaged_questionnaire("IPR"), {"actions": "k3 k6"}).asked
    assert way[-6:] == ("actions", "owner_k3", "within_k3", "owner_k6", "within_k6", "attribution")
    assert len(Trial(packaged_questionnaire("IPR"), {"actions": "none"}).asked) == 19


@pytest.mark.parametrize(
    ("actions", "within", "warned"),
    [
        (
            "k1 k6",
            {"within_k1": "m12", "within_k6": "m3"},
            "By your dates, you work on 6 before 1.",
        ),
        ("k1 k6", {"within_k1": "m3", "within_k6": "m3"}, ""),
        ("k1 k6", {"within_k1": "m12"}, ""),
        ("k4 k6", {"within_k4": "m12", "within_k6": "m3"}, ""),
        (
            "k1 k3 k7 k9",
            {"within_k1": "m6", "within_k3": "m12", "within_k7": "m3", "within_k9": "m9"},
            "By your dates, you work on 7, 9 before 1, 3.",
        ),
    ],
)
def test_dates_that_contradict_the_order_are_said(
    actions: str, within: dict[str, str], warned: str
) -> None:
    values = {"k1_policy": "partly", "k3_laws": "partly", "actions": actions, **within}
    told = [Words().remark(one) for one in advise(values).warnings]
    assert [one for one in told if "dates" in one] == [
        one for one in [f"{warned} We advise you to start with the lowest numbers."] if warned
    ]


def test_what_is_in_place_is_not_waited_for() -> None:
    values = {**LAID, "actions": "k1 k6", "within_k1": "m12", "within_k6": "m3"}
    assert not [one for one in advise(values).warnings if "dates" in one.text]


def test_less_in_place_than_last_time_is_said() -> None:
    before = EarlierResponse(packaged_questionnaire("IPR"), LAID, date(2017, 6, 8))
    told = said(NOTHING, {"IPR": before})
    assert "Less is in place than last time in: 1, 2, 3." in told
