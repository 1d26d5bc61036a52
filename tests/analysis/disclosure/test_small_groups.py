"""Small groups stay hidden, and names need permission."""

from datetime import UTC, datetime

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.disclosure.small_groups import SMALLEST, named, open_to_own, shown
from analysis.facts.responses import Response
from tests.analysis.builder import Story

counts = st.lists(st.integers(0, 40), min_size=1, max_size=12)


def test_t12_an_empty_group_and_a_group_of_one_look_the_same() -> None:
    assert shown([1, 12, 9])[0] is None
    assert shown([0, 12, 9])[0] is None


def test_t12_a_single_hidden_group_takes_the_next_smallest_along() -> None:
    assert shown([3, 12, 9]) == (None, 12, None)
    assert shown([3, 2, 9]) == (None, None, 9)
    assert shown([1, 1, 9, 20]) == (None, None, None, 20)
    assert shown([7, 12, 9]) == (7, 12, 9)


@given(counts)
def test_t12_a_total_minus_what_is_shown_never_gives_a_small_group(numbers: list[int]) -> None:
    cells = shown(numbers)
    hidden = [number for number, cell in zip(numbers, cells, strict=True) if cell is None]
    assert all(cell is None or cell >= SMALLEST for cell in cells)
    if hidden and len(hidden) < len(numbers):
        assert len(hidden) > 1
        assert sum(hidden) >= SMALLEST


@given(st.dictionaries(st.sampled_from("ABCDEFGH"), st.integers(1, 9), min_size=1), st.data())
def test_t12_those_not_named_are_never_one_administration_or_a_few_people(
    people: dict[str, int], data: st.DataObject
) -> None:
    allowed = data.draw(st.sets(st.sampled_from(sorted(people))))
    others = people.keys() - named(people, allowed)
    if others != people.keys() and others:
        assert len(others) > 1
        assert sum(people[code] for code in others) >= SMALLEST
    assert named(people, allowed) <= allowed


def test_an_administration_is_named_if_everybody_who_answered_there_agreed() -> None:
    told = Story().workshop("TFA")
    for place, wishes in (("FJ", ("yes", "yes")), ("WS", ("yes", "no")), ("TO", ("yes", None))):
        for wish in wishes:
            person = told.person("TFA", place)
            if wish:
                told.answers(person, "PRE", attribution=wish)
            told.answers(person, "M6", job="same", use_1="tried")
    assert told.reading().nameable == {"FJ"}


def test_a_name_needs_the_participants_and_the_contact_point() -> None:
    told = Story().workshop("TFA")
    for place, wish, permission in (
        ("FJ", "no", "yes"),
        ("WS", "yes", "no"),
        ("TO", "yes", "yes"),
    ):
        told.answers(told.person("TFA", place), "PRE", attribution=wish)
        told.answers(told.person("TFA", place, "contact_point"), "NCP12", permission=permission)
    assert told.reading().nameable == {"TO"}


def said(person: int, day: int, answer: str) -> Response:
    """Return whether an officer of Fiji allows it, "" for passing it over, as said on a day."""
    values = {"may_see": answer} if answer else {}
    at = datetime(2018, 3, day, tzinfo=UTC)
    skipped = frozenset(() if answer else {"may_see"})
    who = (person, person, person, "TFA", "FJ", "participant")
    return Response(*who, "M6", None, at, values, skipped)


@pytest.mark.parametrize(
    ("answers", "is_open"),
    [
        ([said(1, 1, "yes"), said(2, 1, "yes")], True),
        ([said(1, 1, "yes"), said(2, 1, "no")], False),
        ([said(1, 1, "yes")], False),
        ([said(1, 1, "yes"), said(2, 1, "no"), said(2, 2, "yes")], True),
        ([said(1, 1, "yes"), said(2, 2, "no"), said(2, 1, "yes")], False),
        ([said(1, 1, "yes"), said(2, 1, "yes"), said(2, 2, "")], False),
        ([], False),
    ],
)
def test_answers_are_open_to_the_own_administration_if_the_last_word_of_each_is_yes(
    answers: list[Response], is_open: bool
) -> None:
    people = [(1, "participant", "FJ"), (2, "participant", "FJ"), (3, "supervisor", "FJ")]
    attended = pd.DataFrame(people, columns=["id", "role", "administration_code"])
    assert open_to_own(attended, answers) == ({"FJ"} if is_open else set())
