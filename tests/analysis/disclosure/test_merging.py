"""Options are told together until each row rests on enough people."""

import pytest

from analysis.disclosure.crowds import of_person
from analysis.disclosure.merging import rows
from analysis.disclosure.question import BLANK, Kind, Question, Telling

PLACES = ("FJ", "WS", "TO", "VU", "PG")


def asked(kind: Kind, *counts: int, blank: int = 0) -> Question:
    """A question with so many people on each of its options a, b, c..., and without an answer."""
    options = tuple("abcdefg"[: len(counts)])
    said = [c for code, n in zip(options, counts, strict=True) for c in [(code,)] * n]
    said += [()] * blank
    crowd = {n: of_person(n, PLACES[n % 5], codes, (0,)) for n, codes in enumerate(said)}
    return Question(options, kind, {"all": crowd}, frozenset({"all"} if blank else ()))


def told(question: Question) -> list[tuple[str, int | str]]:
    return [
        ("".join(row.codes), row.units if row.telling is Telling.COUNT else row.telling.value)
        for row in rows(question, "all")
    ]


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ((6, 7, 8), [("a", 6), ("b", 7), ("c", 8)]),
        ((2, 3, 8), [("ab", 5), ("c", 8)]),
        ((2, 2, 2), []),
        ((2, 9, 2), [("b", "nearly all"), ("ac", "nothing")]),
    ],
)
def test_a_scale_is_cut_where_both_sides_are_large_enough(
    counts: tuple[int, ...], expected: list[tuple[str, int | str]]
) -> None:
    assert told(asked(Kind.ORDERED, *counts)) == expected


def test_of_a_choice_the_small_ones_are_told_together_and_never_the_largest() -> None:
    assert told(asked(Kind.ONE, 9, 3, 2, 6)) == [("a", 9), ("d", 6), ("bc", 5)]
    assert told(asked(Kind.ONE, 4, 4, 4)) == []


def test_a_largest_that_may_not_be_told_by_itself_is_not_told_among_the_others() -> None:
    """Twelve of two administrations chose a, and enough of all of them b or c."""
    people = [("a", PLACES[n % 2]) for n in range(12)]
    people += [(code, place) for code in "bbcc" for place in PLACES[:4]]
    crowd = {n: of_person(n, place, (code,), (0,)) for n, (code, place) in enumerate(people)}
    assert told(Question(("a", "b", "c"), Kind.ONE, {"all": crowd})) == []


def test_of_several_choices_the_others_are_people_with_one_or_more_of_them() -> None:
    assert told(asked(Kind.SEVERAL, 9, 3, 2, 6)) == [("a", 9), ("d", 6), ("bc", 5)]


def test_people_without_an_answer_stand_below_the_first_step() -> None:
    assert told(asked(Kind.ORDERED, 6, 7, blank=2)) == [(BLANK + "a", 8), ("b", 7)]
