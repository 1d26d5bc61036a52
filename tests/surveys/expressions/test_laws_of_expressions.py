"""What holds for every expression and every answer."""

from __future__ import annotations

import math
from datetime import date, datetime

from hypothesis import example, given, settings
from hypothesis import strategies as st

from surveys.expressions import ExpressionError, compile_expression
from surveys.expressions.functions import FUNCTIONS
from surveys.expressions.values import to_number, to_text
from tests.surveys.expressions.scopes import Answers

NAMES = ("a", "b", "c")
LONGEST = {name: 4 if f.most is None else f.most for name, f in FUNCTIONS.items()}
SIGNS = ("=", "!=", "<", "<=", ">", ">=", "+", "-", "*", "div", "mod", "and", "or")
FRAGMENTS = [
    *FUNCTIONS,
    *("${a}", "${", "}", "(", ")", ",", ".", "..", "../x", "'", '"', "’", "“", "x", " "),
    *("=", "==", "!=", "!", "<", ">=", "and", "or", "div", "mod", "-", "+", "*", "1", "0.5"),
    *("'yes'", "[", "$", "&&", "|", "\n", "#", "٣", "\\"),
]

answers = st.one_of(
    st.sampled_from(["", "0", "3", "-2.5", "yes", "map talk", "2018-03-01", "2018-02-30"]),
    st.sampled_from(["9999-12-31", "0001-01-01T00:00:00Z", "9" * 400, "1e999", "NaN", "-"]),
    st.text(max_size=20),
    st.floats(allow_nan=False).map(to_text),
)
literals = st.one_of(
    st.sampled_from(["'yes'", "''", "'2018-03-01'", "'%Y-%q'", "'(a+)'", "1", "0", "2.5"]),
    st.floats(0, 1e300).map(to_text),
    st.sampled_from([f"${{{name}}}" for name in NAMES] + ["."]),
)


def compound(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    signs = st.sampled_from(
        ["=", "!=", "<", "<=", ">", ">=", "+", "-", "*", "div", "mod", "and", "or"]
    )
    binary = st.builds("({} {} {})".format, inner, signs, inner)
    calls = st.sampled_from(sorted(FUNCTIONS)).flatmap(
        lambda name: st.lists(inner, min_size=FUNCTIONS[name].least, max_size=LONGEST[name]).map(
            lambda parts: f"{name}({', '.join(parts)})"
        )
    )
    return st.one_of(binary, calls, inner.map("-{}".format))


expressions = st.recursive(literals, compound, max_leaves=12)
scopes = st.tuples(st.fixed_dictionaries(dict.fromkeys(NAMES, answers)), answers)


@given(st.one_of(st.text(), st.lists(st.sampled_from(FRAGMENTS)).map(" ".join)))
@example("(" * 2000)
@example("-" * 1999 + "1")
@example("if(1," * 300)
@settings(max_examples=400)
def test_any_text_is_understood_or_refused_with_a_place_in_it(text: str) -> None:
    try:
        compile_expression(text)
    except ExpressionError as error:
        assert error.message
        assert 1 <= error.position <= len(text) + 1


@given(expressions, scopes)
@settings(max_examples=400)
def test_a_well_formed_expression_never_fails_on_any_answer(
    scope: type[Answers], text: str, given_answers: tuple[dict[str, str], str]
) -> None:
    try:
        expression = compile_expression(text)
    except ExpressionError as error:  # only a literal pattern or date code may be refused
        assert "date code" in error.message or "pattern" in error.message
        return
    asked = scope(*given_answers)
    assert isinstance(expression.value(asked), str | float | bool)
    assert isinstance(expression.truth(asked), bool)
    assert isinstance(expression.text_value(asked), str)


@given(expressions, expressions, scopes)
@settings(max_examples=150)
def test_and_or_not_follow_de_morgan(
    scope: type[Answers], left: str, right: str, given_answers: tuple[dict[str, str], str]
) -> None:
    asked = scope(*given_answers)
    try:
        both = compile_expression(f"not({left} and {right})")
    except ExpressionError:
        return
    either = compile_expression(f"not({left}) or not({right})")
    assert both.truth(asked) == either.truth(asked)
    twice = compile_expression(f"not(not({left}))")
    assert twice.truth(asked) == compile_expression(f"{left} and true()").truth(asked)


@given(expressions, scopes)
@settings(max_examples=150)
def test_spaces_and_parentheses_around_change_nothing(
    scope: type[Answers], text: str, given_answers: tuple[dict[str, str], str]
) -> None:
    asked = scope(*given_answers)
    try:
        plain = compile_expression(text)
    except ExpressionError:
        return
    assert compile_expression(f"  ( {text} ) ").text_value(asked) == plain.text_value(asked)


@given(st.floats(allow_nan=False, allow_infinity=False))
@example(1e22)
@example(5e-324)
@example(-0.0)
def test_a_number_printed_and_read_again_is_the_same(number: float) -> None:
    assert to_number(to_text(number)) == number
    assert "e" not in to_text(number).lower()


@given(st.dates())
def test_a_date_printed_and_read_again_is_the_same(scope: type[Answers], day: date) -> None:
    asked = scope({"a": day.isoformat()})
    assert compile_expression("date(${a})").text_value(asked) == day.isoformat()
    assert compile_expression("date(number(${a}))").text_value(asked) == day.isoformat()


@given(st.datetimes().map(lambda moment: moment.replace(microsecond=0)))
def test_a_moment_printed_and_read_again_is_the_same(
    scope: type[Answers], moment: datetime
) -> None:
    asked = scope({"a": moment.isoformat()})
    printed = compile_expression("date-time(${a})").text_value(asked)
    said = compile_expression("decimal-date-time(${a})").value(asked)
    again = compile_expression("decimal-date-time(.)").value(scope(this=printed))
    assert isinstance(said, float)
    assert again == said or math.isnan(said)


@given(st.lists(st.sampled_from(["map", "form", "talk"]), unique=True))
def test_selected_and_count_agree(scope: type[Answers], chosen: list[str]) -> None:
    asked = scope({"a": " ".join(chosen)})
    total = " + ".join(f"selected(${{a}}, '{code}')" for code in ("map", "form", "talk"))
    assert compile_expression(f"{total} = count-selected(${{a}})").truth(asked)
