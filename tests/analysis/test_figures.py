"""Counts, percents, intervals and bounds."""

import pytest

from analysis.figures import Share, counted, half_up, percent, wilson
from surveys.wording import Words

SAY = Words()


@pytest.mark.parametrize(
    ("invited", "replied", "yes", "share", "plain", "finite", "bounds"),
    [
        (16, 8, 5, "", (31, 86), (38, 82), (31, 81)),
        (28, 14, 8, "57 %", (33, 79), (39, 74), (29, 79)),
        (28, 21, 13, "62 %", (41, 79), (51, 72), (46, 71)),
        (32, 19, 11, "58 %", (36, 77), (43, 71), (34, 75)),
        (47, 24, 14, "58 %", (39, 76), (44, 71), (30, 79)),
        (47, 35, 21, "60 %", (44, 74), (52, 68), (45, 70)),
    ],
)
def test_intervals_and_bounds_agree_with_the_table_of_the_field(
    invited: int,
    replied: int,
    yes: int,
    share: str,
    plain: tuple[int, int],
    finite: tuple[int, int],
    bounds: tuple[int, int],
) -> None:
    assert percent(yes, replied) == share
    assert wilson(yes, replied) == plain
    assert wilson(yes, replied, invited) == finite
    low, high = half_up(yes, invited), half_up(yes + invited - replied, invited)
    assert (low, high) == bounds
    assert f"({low} to {high} %)" in Share(yes, replied, invited).bounds(SAY)


def test_counts_come_first_with_replied_and_invited() -> None:
    assert Share(13, 21, 28).text(SAY) == "13 of 21 who answered (28 attended)"
    assert Share(13, 21, 21).text(SAY) == "13 of 21"


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
    nobody = Share(0, 0, 12)
    assert nobody.text(SAY) == "no responses (0 of 12)"
    assert nobody.percent == nobody.likely(SAY) == ""
    assert counted(0, 0, SAY) == "no responses"


def test_with_full_reply_the_count_is_exact_and_has_no_interval() -> None:
    everybody = Share(13, 21, 21)
    assert wilson(13, 21, 21) == (62, 62)
    assert everybody.likely(SAY) == everybody.bounds(SAY) == ""


def test_t11_a_share_above_its_base_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="part <= base <= total"):
        Share(7, 5, 5)
