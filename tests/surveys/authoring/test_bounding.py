"""The check finds what would go beyond the bounds of evaluation, and ends soon itself."""

import pytest

from surveys.authoring.reading import check_questionnaire
from surveys.problems import Problem

HEAD = "spec: 1\nkey: T\ntitle: Test\n"
Q0 = "{type: text, name: q0, label: Q}"


def checked(*rows: str, choices: str = "") -> tuple[Problem, ...]:
    survey = "".join(f"  - {row}\n" for row in rows)
    return check_questionnaire(f"{HEAD}{choices}survey:\n{survey}", "trial.yaml")[1]


def calculate(number: int, expression: str) -> str:
    return f'{{type: calculate, name: q{number}, calculation: "{expression}"}}'


def choices(count: int, more: str = "") -> str:
    options = ", ".join(f"{{name: o{n}, label: Choice {n}{more}}}" for n in range(count))
    return f"choices:\n  many: [{options}]\n"


def test_a_text_that_doubles_in_each_row_is_refused_once_where_it_gets_too_long() -> None:
    rows = [calculate(n, f"concat(${{q{n - 1}}}, ${{q{n - 1}}})") for n in range(1, 32)]
    (problem,) = checked(Q0, *rows)
    assert "survey[7].calculation" in str(problem)
    assert "can make a text of 19,200 characters, more than 10,000" in str(problem)


@pytest.mark.parametrize(
    "row",
    [
        calculate(1, "join(${q0}, ${q0}, ${q0}, ${q0})"),
        calculate(1, "substr(concat(${q0}, ${q0}, ${q0}), 0, 3)"),
        "{type: text, name: q1, label: Q, relevant: \"concat(${q0}, ${q0}, ${q0}) = 'x'\"}",
        '{type: text, name: q1, label: Q, constraint: "concat(., ., ${q0}, ${q0}, ${q0}) != 1"}',
    ],
)
def test_every_column_and_every_part_is_measured(row: str) -> None:
    (problem,) = checked("{type: text, name: q0, label: Q, parameters: {max: 4000}}", row)
    assert "more than 10,000" in str(problem)


def test_texts_of_ordinary_length_are_accepted() -> None:
    joined = ", ".join(f"${{q{n}}}" for n in range(30))
    rows = [f"{{type: text, name: q{n}, label: Q, parameters: {{max: 300}}}}" for n in range(30)]
    found = checked(*rows, calculate(30, f"concat({joined})"))
    assert not any("characters" in str(problem) for problem in found)


def test_filters_over_long_lists_are_counted_as_work() -> None:
    condition = " or ".join(["c = 'y'"] * 100)
    row = '{{type: select_one many, name: q{0}, label: Q, choice_filter: "{1}"}}'
    rows = [row.format(number, condition) for number in range(5)]
    found = [str(problem) for problem in checked(*rows, choices=choices(1_000, ", c: x"))]
    assert sum("too much work" in problem for problem in found) == 1


def test_items_and_copies_of_loops_are_counted() -> None:
    # Reading a thousand rows of YAML takes most of a second.
    (problem,) = checked(*(f"{{type: text, name: q{n}, label: Q}}" for n in range(1_005)))
    assert "more than 1,000 items" in str(problem)
    loop = "{type: loop, name: each, over: many, items: [{type: text, name: q, label: Q}]}"
    found = checked(loop, choices=choices(101))
    assert "This loop has 101 choices, more than 100" in str(found[0])


def test_a_long_chain_and_a_long_circle_are_read_soon() -> None:
    row = '{{type: text, name: q{0}, label: Q, relevant: "${{q{1}}} = 1"}}'
    circle = [row.format(n, (n - 1) % 300) for n in range(300)]
    assert "in a circle: q0 needs q299" in str(checked(*circle)[0])
    assert not any(
        "circle" in str(one) for one in checked(Q0, *(row.format(n, n - 1) for n in range(1, 300)))
    )
