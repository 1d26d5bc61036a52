"""What expressions mean, function by function."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest

from surveys.expressions import OPTION, Date, compile_expression
from tests.surveys.expressions.scopes import Answers

ANSWERS = {
    "used": "yes",
    "tools": "map talk",
    "n": "3",
    "half": "2.5",
    "day": "2018-03-01",
    "started": "2018-03-01T10:00:00.000+07:00",
    "word": "  a  b ",
    "zero": "0",
}

OPERATORS = [
    ("1 + 2 * 3", "7"),
    ("7 - 2 - 1", "4"),
    ("(7 - 2) * 2", "10"),
    ("7 div 2", "3.5"),
    ("7 mod 3", "1"),
    ("-7 mod 3", "-1"),
    ("- - 3", "3"),
    ("${n}-1", "2"),
    ("1 div 0", "Infinity"),
    ("0 div 0", ""),
    ("0.1 + 0.2", "0.30000000000000004"),
    ("0.00001", "0.00001"),
    (".5 + 5.", "5.5"),
    ("0 * -1", "0"),
    ("1 = 1 and 2 > 1 or 1 = 2", "true"),
    ("1 = 2 and 1 = 1 or 1 = 1", "true"),
    ("${n} = 3", "true"),
    ("${n} = '3'", "true"),
    ("${n} = '3.0'", "false"),
    ("${n} = 3.0", "true"),
    ("'10' > '9'", "true"),
    ("'a' < 'b'", "false"),
    ("${n} <= 3 and ${n} >= 3", "true"),
    ("${n} < 3 or ${n} > 3", "false"),
    ("${used} = true()", "true"),
    ("${gone} = false()", "true"),
    ('"it\'s" = \'it\' or "it’s" = "it’s"', "true"),
    ("“yes” = 'yes'", "true"),
    ("${used}=’yes'", "true"),
]

CHOICES_AND_LOGIC = [
    ("selected(${tools}, 'map')", "true"),
    ("selected(${tools}, 'ma')", "false"),
    ("selected(${gone}, '')", "false"),
    ("selected(${tools}, ' map ')", "true"),
    ("count-selected(${tools})", "2"),
    ("count-selected(${gone})", "0"),
    ("selected-at(${tools}, 1)", "talk"),
    ("selected-at(${tools}, 2)", ""),
    ("selected-at(${tools}, -1)", ""),
    ("jr:choice-name(${used}, '${used}')", "label of yes in ${used}"),
    ("if(${used} = 'yes', 'a', 'b')", "a"),
    ("coalesce(${gone}, '', ${n}, 'x')", "3"),
    ("coalesce(${gone}, '')", ""),
    ("not(${gone})", "true"),
    ("boolean('false')", "true"),
    ("boolean(0)", "false"),
    ("boolean(0 div 0)", "false"),
    ("boolean(date('1970-01-01'))", "true"),
    ("false() or true()", "true"),
    ("count-non-empty(${gone}, ${n}, '0')", "2"),
]

TEXTS_AND_NUMBERS = [
    ("regex('ab12', '[a-z]+[0-9]{2}')", "true"),
    ("regex('ab12x', '[a-z]+[0-9]{2}')", "false"),
    ("string-length('ກຂຄ')", "3"),
    ("concat('a', 1, true(), 0.5)", "a1true0.5"),
    ("join(', ', 'a', 'b', 3)", "a, b, 3"),
    ("contains('abc', 'b')", "true"),
    ("starts-with('abc', 'ab')", "true"),
    ("ends-with('abc', 'bc')", "true"),
    ("substr('hello', 1, 3)", "el"),
    ("substr('hello', -3)", "llo"),
    ("substr('hello', 1, -1)", "ell"),
    ("substr('hello', 4, 2)", ""),
    ("substr('hello', 'x')", ""),
    ("normalize-space(${word})", "a b"),
    ("string(3.0)", "3"),
    ("string('x' + 1)", "NaN"),
    ("number('x')", ""),
    ("number(' 3 ')", "3"),
    ("number('1e3')", ""),
    ("number(true())", "1"),
    ("int(-2.7)", "-2"),
    ("round(2.5)", "3"),
    ("round(-2.5)", "-3"),
    ("round(2.345, 2)", "2.35"),
    ("round(1250, -2)", "1300"),
    ("floor(-2.1)", "-3"),
    ("ceiling(2.1)", "3"),
    ("abs(-3)", "3"),
    ("min(3, ${half}, 7)", "2.5"),
    ("max(3, ${half}, 7)", "7"),
    ("max(${gone}, 7)", ""),
    ("uuid()", "11d1"),
    ("random()", "0.25"),
]

DATES = [
    ("today()", "2018-03-14"),
    ("now()", "2018-03-14T23:30:00"),
    ("date(now())", "2018-03-14"),
    ("number(date('1970-01-02'))", "1"),
    ("today() - 30", "2018-02-12"),
    ("${day} + 7", "2018-03-08"),
    ("today() - ${day}", "13"),
    ("${day} <= today()", "true"),
    ("${day} > '2018-02-28'", "true"),
    ("today() = '2018-03-14'", "true"),
    ("${gone} <= today()", "false"),
    ("${gone} > today()", "false"),
    ("today() - ${gone}", ""),
    ("today() + 99999999", ""),
    ("max(${day}, today())", "2018-03-14"),
    ("date('2018-02-30')", ""),
    ("date(17604)", "2018-03-14"),
    ("date-time('2018-03-01T10:00')", "2018-03-01T10:00:00"),
    ("decimal-date-time('1970-01-02T12:00:00')", "1.5"),
    ("${started} < now()", "true"),
    ("format-date(${day}, '%e %b %Y, %a')", "1 Mar 2018, Thu"),
    ("format-date(${day}, '%d/%m/%y %n %%')", "01/03/18 3 %"),
    ("format-date-time(${started}, '%H:%M:%S.%3 %h')", "10:00:00.000 10"),
    ("format-date(${gone}, '%Y')", ""),
]


@pytest.mark.parametrize(
    ("text", "expected"), OPERATORS + CHOICES_AND_LOGIC + TEXTS_AND_NUMBERS + DATES
)
def test_it_means(scope: type[Answers], text: str, expected: str) -> None:
    assert compile_expression(text).text_value(scope(ANSWERS)) == expected


@pytest.mark.parametrize("sign", ["=", "<", "<=", ">", ">="])
def test_a_missing_answer_satisfies_no_comparison_with_a_number(
    scope: type[Answers], sign: str
) -> None:
    assert not compile_expression(f"${{gone}} {sign} 0").truth(scope())
    assert not compile_expression(f". {sign} 0").truth(scope())


def test_a_missing_answer_is_the_empty_text(scope: type[Answers]) -> None:
    assert compile_expression("${gone} = ''").truth(scope())
    assert compile_expression(". = ''").truth(scope())
    assert not compile_expression("${zero} = ''").truth(scope(ANSWERS))


def test_a_zero_typed_as_an_answer_is_text_and_so_true_but_the_number_is_not(
    scope: type[Answers],
) -> None:
    assert compile_expression("${zero}").truth(scope(ANSWERS))
    assert not compile_expression("number(${zero})").truth(scope(ANSWERS))


def test_once_keeps_what_is_there(scope: type[Answers]) -> None:
    expression = compile_expression("once(concat('r', random()))")
    assert expression.text_value(scope()) == "r0.25"
    assert expression.text_value(scope(this="r0.9")) == "r0.9"


@pytest.mark.parametrize(
    "text",
    [
        "if(true(), 1, pulldata('a', 'b'))",
        "if(false(), pulldata('a', 'b'), 1)",
        "coalesce('x', pulldata('a', 'b'))",
        "false() and pulldata('a', 'b')",
        "true() or pulldata('a', 'b')",
    ],
)
def test_what_is_not_needed_is_not_asked(text: str) -> None:
    class Silent(Answers):
        def pull(self, source: str, field: str) -> str:
            raise AssertionError("asked")

    compile_expression(text).value(Silent())


def test_today_is_the_day_of_the_person_not_of_greenwich(scope: type[Answers]) -> None:
    late = scope(moment=datetime(2018, 3, 14, 23, 59, tzinfo=UTC))
    assert compile_expression("today()").value(late) == Date(17604)
    assert isinstance(compile_expression("today()").value(late), Date)


def test_pulldata_reads_an_earlier_wave(scope: type[Answers]) -> None:
    earlier = scope(pulled={("M6", "anchors"): "3"})
    assert compile_expression("pulldata('M6', 'anchors') >= 3").truth(earlier)
    assert compile_expression("pulldata('M3', 'anchors') = ''").truth(earlier)


def test_a_choice_filter_reads_the_columns_of_the_option(scope: type[Answers]) -> None:
    expression = compile_expression("country = ${country}", columns=frozenset({"country"}))
    assert expression.columns == {"country"}
    option = {(OPTION, "country"): "fj"}
    assert expression.truth(scope({"country": "fj"}, pulled=option))
    assert not expression.truth(scope({"country": "vn"}, pulled=option))


def test_it_tells_the_linter_what_it_uses() -> None:
    text = (
        "${used} = 'yes' and 'no' != ${why} and selected(${tools}, 'map') and . > ${n}"
        " and pulldata('M6', 'anchors') = jr:choice-name('a', '${other}')"
    )
    expression = compile_expression(text)
    assert expression.references == {"used", "why", "tools", "n", "other"}
    assert expression.comparisons == (("used", "yes"), ("why", "no"), ("tools", "map"))
    assert expression.pulls == {("M6", "anchors")}
    assert expression.calls == {"selected", "pulldata", "jr:choice-name"}
    assert expression.uses_here
    assert expression.text == text


def test_the_same_text_is_understood_once() -> None:
    assert compile_expression("${used} = 'once'") is compile_expression("${used} = 'once'")


def test_paths_that_pyxform_writes_are_read_on_request() -> None:
    expression = compile_expression("selected(../../topics, 'other')", rewrite_paths=True)
    assert expression.comparisons == (("topics", "other"),)


def test_a_long_text_is_not_searched(scope: type[Answers]) -> None:
    expression = compile_expression("regex(., '[a-z]+')")
    assert expression.truth(scope(this="a" * 1000))
    assert not expression.truth(scope(this="a" * 1001))


def test_a_dangerous_pattern_from_an_answer_never_matches(scope: type[Answers]) -> None:
    expression = compile_expression("regex(., ${pattern})")
    assert not expression.truth(scope({"pattern": "(a+)+"}, this="a"))
    assert not expression.truth(scope({"pattern": "("}, this="("))
    assert expression.truth(scope({"pattern": "a+"}, this="aa"))


@pytest.mark.parametrize(
    "pattern", ["a*a*a*a*b", "(a?){20}a{20}", "a{1,99}a{1,99}a{1,99}b", ".*.*=.*x"]
)
def test_the_worst_answer_to_a_permitted_pattern_costs_little(
    scope: type[Answers], pattern: str
) -> None:
    expression = compile_expression(f"regex(., '{pattern}')")
    started = time.process_time()
    for length in (20, 60, 150, 290, 490, 1000):
        expression.truth(scope(this="a" * length))
    assert time.process_time() - started < 10
