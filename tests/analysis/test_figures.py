"""Counts and percents."""

import pytest

from analysis.figures import Share, counted, half_up, percent
from surveys.wording import Words

SAY = Words()


def test_a_percent_is_printed_from_a_base_of_ten_only() -> None:
    assert percent(5, 9) == ""
    assert percent(5, 10) == "50 %"
    assert counted(4, 8, SAY) == "4 of 8"
    assert counted(8, 19, SAY) == "8 of 19 (42 %)"


def test_t01_halves_round_up_and_every_share_is_rounded_once() -> None:
    assert [half_up(n, 17) for n in (12, 4, 1)] == [71, 24, 6]
    assert half_up(1, 8) == 13
    assert half_up(73, 200) == 37


def test_t03_nobody_answered_is_a_sentence_and_no_division() -> None:
    assert counted(0, 0, SAY) == "no responses"


def test_t11_a_share_above_its_base_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="part <= base"):
        Share(7, 5)
