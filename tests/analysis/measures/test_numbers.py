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


def test_a_number_is_printed_with_at_most_one_decimal_rounded_half_up() -> None:
    texts = [number_text(Decimal(one)) for one in ("3", "3.0", "2.25", "1200", "0.5", "-7.5")]
    assert texts == ["3", "3", "2.3", "1200", "0.5", "-7.5"]


def test_a_number_below_one_is_not_printed_as_nothing() -> None:
    texts = [number_text(Decimal(one)) for one in ("0.04", "-0.0125", "0.25", "0.999", "0")]
    assert texts == ["0.04", "-0.013", "0.25", "1", "0"]


def test_no_number_is_too_long_to_be_printed() -> None:
    assert number_text(Decimal("999999999999999")) == "999999999999999"
    assert number_text(Decimal("0.000000000001")) == "0.000000000001"


def test_what_is_stored_as_no_finite_number_does_not_count() -> None:
    assert spread(["NaN", "Infinity"]) is None
