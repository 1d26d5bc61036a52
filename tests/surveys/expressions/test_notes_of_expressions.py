"""What an expression says of itself without being evaluated: a linter reads nothing else."""

import pytest

from surveys.expressions import compile_expression


@pytest.mark.parametrize(
    ("text", "used"), [("1 = 1", False), ("${a} = 1", False), (". > 0", True), ("not(.)", True)]
)
def test_it_says_whether_it_looks_at_the_answer_of_its_own_question(text: str, used: bool) -> None:
    assert compile_expression(text).uses_here is used


def test_an_expression_without_names_notes_nothing() -> None:
    noted = compile_expression("1 + 1")
    assert (noted.references, noted.pulls, noted.calls, noted.columns) == (frozenset(),) * 4
    assert (noted.comparisons, noted.pulled_comparisons) == ((), ())


@pytest.mark.parametrize(
    ("text", "compared"),
    [
        ("${use} = 'yes'", [("use", "yes")]),
        ("'yes' = ${use}", [("use", "yes")]),
        ("${days} = 3", [("days", "3")]),
        ("selected(${ways}, 'email')", [("ways", "email")]),
        ("${a} = 'x' or ${b} = 'y'", [("a", "x"), ("b", "y")]),
        ("${a} = ${b}", []),
        ("${a} != 'x'", [("a", "x")]),
        ("${a} < 3", []),
        ("concat(${a}, '') = 'x'", []),
    ],
)
def test_answers_are_noted_with_the_texts_they_are_compared_with(
    text: str, compared: list[tuple[str, str]]
) -> None:
    assert list(compile_expression(text).comparisons) == compared


@pytest.mark.parametrize(
    ("text", "compared"),
    [
        ("pulldata('M6', 'use') = 'yes'", [("M6", "use", "yes")]),
        ("selected(pulldata('M6', 'ways'), 'email')", [("M6", "ways", "email")]),
        ("pulldata(${wave}, 'use') = 'yes'", []),
        ("pulldata('M6', ${name}) = 'yes'", []),
        ("concat('M6', 'use') = 'yes'", []),
    ],
)
def test_earlier_answers_are_noted_only_where_wave_and_name_are_written_out(
    text: str, compared: list[tuple[str, str, str]]
) -> None:
    assert list(compile_expression(text).pulled_comparisons) == compared
