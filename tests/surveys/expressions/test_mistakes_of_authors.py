"""Messages for authors of wrong expressions, with their places."""

from __future__ import annotations

import pytest

from surveys.expressions import ExpressionError, compile_expression
from tests.surveys.expressions.scopes import Answers

PATHS = "paths such as '../' are not supported. Write ${question_name}."

MISTAKES = [
    ("", 1, "empty"),
    ("   ", 1, "empty"),
    ("${used} == 'yes'", 9, "one = sign"),
    ("${a} && ${b}", 6, "Write and"),
    ("${a} || ${b}", 6, "Write or"),
    ("!${a}", 1, "not(...)"),
    ("${a} <> 1", 6, "!="),
    ("${a} => 1", 6, ">="),
    ("${a} ≤ 1", 6, "<="),
    ("${a} – 1", 6, "Write -"),
    ("${a} % 2", 6, "mod"),
    ("${a} != null", 9, "${question_name} = ''"),
    ("${a} = TRUE", 8, "true()"),
    ("${a} AND ${b}", 6, "small letters"),
    ("${a} equals 'x'", 6, "write ${equals}"),
    ("5 mod-3", 3, "'mod-3' is not understood"),
    ("${a} = 'yes", 8, "no partner"),
    ("${a} = 'yes and ${b} = 'no'", 27, "no partner"),
    ("if(${num}<1,0,1", 3, "not closed"),
    ("not((${a})", 4, "not closed"),
    ("(1 + (2", 6, "not closed"),
    ("${a})", 5, "no ( before"),
    ("1 +", 4, "stops too early"),
    ("* 2", 1, "missing before '*'"),
    ("if(,1,2)", 4, "missing before ','"),
    ("if(1,2,)", 8, "missing"),
    ("()", 2, "missing"),
    ("1 2", 3, "missing before '2'"),
    ("${a} 'x'", 6, "missing before 'x'"),
    ("${a} = 0,5", 9, "0.5, not 0,5"),
    ("iff(1, 2, 3)", 1, "Did you mean if()?"),
    ("1 + Selected(${a}, 'x')", 5, "Did you mean selected()?"),
    ("zzzz(1)", 1, "there is no function zzzz() here."),
    ("if(1, 2)", 1, "takes 3 parts between its parentheses, and here it has 2"),
    ("today(1)", 1, "takes no parts"),
    ("true(1)", 1, "takes no parts"),
    ("concat()", 1, "at least 1 part "),
    ("substr('a')", 1, "2 to 3 parts"),
    ("pulldata('f', 'c', 'k', 1)", 1, "takes 2 parts"),
    ("selected(../q, 'other')", 10, PATHS),
    ("/data/a = 1", 1, PATHS),
    ("current()/../a", 10, PATHS),
    ("..", 1, PATHS),
    ("${a}[1]", 5, "square brackets"),
    ("${a = 1", 1, "both braces"),
    ("$a = 1", 1, "both braces"),
    ("{a} = 1", 1, "brace"),
    ("${a} # 1", 6, "'#'"),
    ("regex(., '(a+)+')", 1, "could search for ever"),
    ("regex(., '(a|b)*')", 1, "could search for ever"),
    ("regex(., '(.*a){20}')", 1, "could search for ever"),
    ("regex(., '(a?){64}b')", 1, "could search for ever"),
    ("regex(., '(?:(?P<x>a|aa)+)b')", 1, "could search for ever"),
    ("regex(., 'a*a*a*a*a*a*a*a*b')", 1, "could search for ever"),
    ("regex(., '[a')", 1, "cannot be read"),
    ("regex(., '[[a]')", 1, "cannot be read"),
    ("format-date(${d}, '%q')", 1, "'%q' is not a date code"),
    ("'" + "a" * 2000 + "'", 2001, "2002 characters"),
    ("not(" * 101 + "1" + ")" * 101, 1, "nested too deeply"),
]


@pytest.mark.parametrize(("text", "position", "part"), MISTAKES)
def test_it_says_what_is_wrong_and_where(text: str, position: int, part: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        compile_expression(text)
    assert part in caught.value.message
    assert caught.value.position == position


def test_a_bare_name_is_explained_in_both_readings() -> None:
    with pytest.raises(ExpressionError) as caught:
        compile_expression("used = 'yes'")
    assert caught.value.message == (
        "'used' is not understood here. To use an answer write ${used};"
        " to use a text write 'used' in quotes."
    )


def test_the_printed_error_names_the_column() -> None:
    with pytest.raises(ExpressionError, match=r"\(column 9\)$"):
        compile_expression("${used} == 'yes'")


@pytest.mark.parametrize(
    "pattern",
    [
        "[^@ ]+@[^@ ]+",
        "[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+[.][A-Za-z]{2,}",
        "([0-9]{1,3}[.]){3}[0-9]{1,3}",
        "^[0-9]{4}-[0-9]{2}$",
        "(AB|CD)[0-9]{3,}",
        "(ab)+",
        "[+*(|]{2}",
        "[]a]+",
        r"\(a\)+",
        "(?i)yes|no",
        "(?=.*[0-9]).{8,}",
    ],
)
def test_ordinary_patterns_are_accepted(pattern: str) -> None:
    assert compile_expression(f"regex(., '{pattern}')").calls == {"regex"}


@pytest.mark.parametrize(
    "text",
    ["+".join(["${a}"] * 300), " or ".join(["${a}='x'"] * 150), "(" * 999 + "1" + ")" * 999],
)
def test_long_chains_and_brackets_are_not_deep(scope: type[Answers], text: str) -> None:
    compile_expression(text).value(scope({"a": "x"}))


def test_a_hundred_levels_are_evaluated(scope: type[Answers]) -> None:
    text = "not(" * 98 + "1" + ")" * 98
    assert compile_expression(text).truth(scope())
