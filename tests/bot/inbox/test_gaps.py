"""Numbers in another order: a later one waits for those before it, and not for ever."""

from bot.inbox.gaps import Gaps


def test_numbers_in_their_order_pass_at_once() -> None:
    gaps = Gaps(4)
    assert [gaps.arrive(number) for number in (5, 6, 7)] == [[5], [6], [7]]


def test_a_number_waits_for_the_one_before_it_and_passes_with_it() -> None:
    gaps = Gaps(4)
    assert gaps.arrive(7) == []
    assert gaps.arrive(6) == []
    assert gaps.arrive(5) == [5, 6, 7]


def test_a_number_that_never_comes_is_waited_for_once() -> None:
    gaps = Gaps(4)
    assert gaps.arrive(7) == []
    assert gaps.arrive(8) == []
    assert gaps.expire(7) == [7, 8]
    assert gaps.expire(8) == []
    assert gaps.arrive(9) == [9]


def test_a_number_that_comes_too_late_passes_at_once() -> None:
    gaps = Gaps(4)
    gaps.arrive(6)
    gaps.expire(6)
    assert gaps.arrive(5) == [5]


def test_the_very_first_number_waits_for_a_lower_one() -> None:
    gaps = Gaps()
    assert gaps.arrive(9) == []
    assert gaps.arrive(8) == []
    assert gaps.expire(9) == [8, 9]
    assert gaps.arrive(10) == [10]
