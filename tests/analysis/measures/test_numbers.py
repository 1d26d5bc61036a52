"""Numbers are told by their middle and their ends, never by their sum."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from analysis.measures.numbers import number_text, spread


def test_the_middle_and_the_ends_of_some_numbers() -> None:
    found = spread(["3", "1.5", "10", "2"])
    assert found is not None
    assert (found.base, found.lowest, found.middle, found.highest, found.half) == (
        4,
        Decimal("1.5"),
        Decimal("2.5"),
        Decimal(10),
        None,
    )


def test_the_middle_half_needs_eight_numbers() -> None:
    found = spread(map(str, range(1, 10)))
    assert found is not None
    assert found.half == (Decimal(3), Decimal(7))


def test_what_is_no_number_does_not_count() -> None:
    assert spread(["", "many"]) is None


@given(st.lists(st.integers(-(10**6), 10**6), min_size=1))
def test_all_lie_between_the_ends(numbers: list[int]) -> None:
    found = spread(map(str, numbers))
    assert found is not None
    assert found.lowest <= found.middle <= found.highest
    assert (found.lowest, found.highest) == (min(numbers), max(numbers))


def test_a_number_is_printed_with_at_most_one_decimal() -> None:
    texts = [number_text(Decimal(one)) for one in ("3", "3.0", "2.25", "1200", "0.5")]
    assert texts == ["3", "3", "2.2", "1200", "0.5"]
