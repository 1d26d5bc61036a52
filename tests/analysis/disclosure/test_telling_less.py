"""Tables that tell less and less, when finer ones would tell too much."""

import pytest

from analysis.disclosure.merging import rows
from analysis.disclosure.question import Kind, Question, Row, Telling
from analysis.disclosure.telling_less import coarser, tables_of
from tests.analysis.disclosure.test_merging import asked


def tables(question: Question) -> list[list[str]]:
    """Return the options of the told rows of each table, from the finest to the coarsest."""
    return [
        ["".join(row.codes) for row in table if row.telling is not Telling.NOTHING]
        for table in tables_of(question, "all")
    ]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (asked(Kind.ORDERED, 6, 7, 8), [["a", "b", "c"], ["a", "bc"], ["ab", "c"]]),
        (asked(Kind.ONE, 9, 6, 7, 5), [["a", "b", "c", "d"], ["a", "c", "bd"], ["a", "bcd"]]),
        (asked(Kind.SEVERAL, 9, 6, 3, 2), [["a", "b", "cd"], ["a", "b"], ["a"]]),
        (asked(Kind.ONE, 4, 4, 4), []),
    ],
)
def test_the_largest_is_told_in_every_table(question: Question, expected: list[list[str]]) -> None:
    assert tables(question) == expected


def test_all_who_answered_are_no_class_of_a_scale() -> None:
    assert tables(asked(Kind.ORDERED, 6, 7, blank=9)) == [["", "a", "b"], ["a", "b"]]


def test_a_row_is_merged_and_the_largest_is_not_hidden_for_another() -> None:
    question = asked(Kind.ORDERED, 6, 7, 8)
    found = rows(question, "all")
    assert [row.codes for row in coarser(question, "all", found, found[0])] == [
        ("a", "b"),
        ("c",),
    ]
    several = asked(Kind.SEVERAL, 9, 6)
    first = rows(several, "all")
    assert coarser(several, "all", first, first[0]) == ()
    assert Row(("b",), 6, Telling.NOTHING) in coarser(several, "all", first, first[1])


def test_of_a_choice_one_more_option_is_told_together_until_the_largest_is_left() -> None:
    question = asked(Kind.ONE, 9, 6, 7, 5)
    table, seen = rows(question, "all"), []
    while table:
        seen.append(["".join(row.codes) for row in table])
        table = coarser(question, "all", table, table[-1])
    assert seen == [["a", "b", "c", "d"], ["a", "b", "c", "d"], ["a", "c", "bd"], ["a", "bcd"]]
    first = rows(question, "all")
    middle = coarser(question, "all", first, first[1])
    assert [row.codes for row in middle] == [("a",), ("c",), ("d",), ("b",)]
    assert [row.rest for row in middle] == [False, False, False, True]
    instead = coarser(question, "all", first, first[0])
    assert [row.codes for row in instead if not row.rest] == [("a",), ("b",), ("c",)]
