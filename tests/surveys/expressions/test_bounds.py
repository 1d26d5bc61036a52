"""The bounds of expressions: long texts, much work, very long numbers, and any answers at all."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.expressions import LONGEST_TEXT, BeyondBoundsError, Budget, compile_expression
from surveys.expressions.bounds import MOST_STEPS, MOST_STEPS_OF_WALK
from tests.surveys.expressions.scopes import Answers

MANY = ", ".join(["${a}"] * 300)
TEXTS = st.sampled_from(["${a}", "${b}", ".", "'x'", "'%Y-%m-%d'", "today()", "1", "99999"])
CALLS = (
    "concat({0}, {1})",
    "join({0}, {1}, {0}, {1})",
    "substr({0}, 1, {1})",
    "if({0} = {1}, {0}, {1})",
    "coalesce({0}, {1})",
    "once({0})",
    "selected-at({0}, {1})",
    "normalize-space({0})",
    "string({0})",
    "format-date(today(), {0})",
    "regex({0}, {1})",
    "contains({0}, {1})",
    "number({0})",
    "{0} * {1}",
    "{0} div {1}",
    "round({0}, {1})",
)
EXPRESSIONS = st.recursive(
    TEXTS,
    lambda inner: st.builds(
        lambda call, one, two: call.format(one, two), st.sampled_from(CALLS), inner, inner
    ),
    max_leaves=12,
)
ANSWERS = st.one_of(
    st.text(max_size=50),
    st.sampled_from(["x" * 4_000, "9" * 4_000, "a b " * 1_000, "%Y" * 2_000, "a*a*a*"]),
)


@pytest.mark.parametrize(
    "text",
    [
        f"concat({MANY})",
        f"join(', ', {MANY})",
        f"string-length(concat({MANY}))",
        f"substr(concat({MANY}), 0, 5)",
        f"if(true(), concat({MANY}), '')",
        f"coalesce('', concat({MANY}))",
        f"once(concat({MANY}))",
        "join(${a}, '', '', '', '', '')",
        "format-date(today(), concat(${p}, ${p}))",
    ],
)
def test_a_text_that_is_too_long_is_not_made(scope: type[Answers], text: str) -> None:
    answers = scope({"a": "x" * 4_000, "p": "%Y" * 2_000})
    with pytest.raises(BeyondBoundsError):
        compile_expression(text).text_value(answers)
    assert answers.budget.exceeded


def test_the_longest_permitted_text_is_made(scope: type[Answers]) -> None:
    expression = compile_expression("concat(${a}, ${b})")
    half = "x" * (LONGEST_TEXT // 2)
    assert len(expression.text_value(scope({"a": half, "b": half}))) == LONGEST_TEXT
    with pytest.raises(BeyondBoundsError):
        expression.text_value(scope({"a": half, "b": half + "x"}))


def test_searches_that_are_too_much_work_together_end(scope: type[Answers]) -> None:
    searches = " or ".join(["regex(., 'a*a*a*b')"] * 60)
    with pytest.raises(BeyondBoundsError):
        compile_expression(searches).truth(scope(this="a" * 200))


def test_one_walk_has_a_bound_and_each_evaluation_another(scope: type[Answers]) -> None:
    budget = Budget()
    expression = compile_expression("regex(., 'a*a*a*b')")
    with pytest.raises(BeyondBoundsError):
        for _ in range(1_000):
            expression.truth(scope(this="a" * 200, budget=budget))
    assert budget.left < 0 <= budget.now
    assert MOST_STEPS < MOST_STEPS_OF_WALK


@pytest.mark.parametrize("text", ["9" * 1_500, "9" * 1_500 + " * " + "1" * 400])
def test_very_long_numbers_are_infinite(scope: type[Answers], text: str) -> None:
    assert compile_expression(text).text_value(scope()) == "Infinity"


def test_a_text_of_thousands_of_digits_is_not_a_number(scope: type[Answers]) -> None:
    assert compile_expression("${a} + 1").text_value(scope({"a": "9" * 5_000})) == ""


@settings(max_examples=300)
@given(EXPRESSIONS, ANSWERS, ANSWERS)
def test_every_value_stays_within_the_bounds(
    scope: type[Answers], text: str, a: str, b: str
) -> None:
    answers = scope({"a": a, "b": b}, this=b[:300])
    expression = compile_expression(text) if len(text) <= 2_000 else compile_expression("''")
    try:
        value = expression.text_value(answers)
    except BeyondBoundsError:
        assert answers.budget.exceeded
        return
    assert len(value) <= LONGEST_TEXT
    assert answers.budget.now >= 0
    lengths = {"a": len(a), "b": len(b), ".": 300}
    assert len(value) <= expression.longest(lambda name: lengths.get(name, 0))
