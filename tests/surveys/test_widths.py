"""The width of a text is counted as a phone shows it, in every script."""

import pytest

from surveys.widths import columns, cut


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("", 0),
        ("3. Law", 6),
        ("法律或法规", 10),
        ("（ROCB）", 8),
        ("ที่", 1),
        ("ทำ", 2),
        ("ខ្មែរ", 3),
        ("می‌رود", 5),
        ("Nghị định", 9),
        ("Nghi\u0323", 4),
    ],
)
def test_signs_above_and_below_take_no_place_and_wide_ones_take_two(text: str, width: int) -> None:
    assert columns(text) == width


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Trade facilitation", "Trade facilitation"),
        ("Trade facilitation, again", "Trade facilitation…"),
        ("海关风险管理与事后稽查研讨会", "海关风险管理与事后…"),
        ("2. 海关风险管理与事后稽查研讨会", "2. 海关风险管理与事…"),
        ("", ""),
    ],
)
def test_a_long_name_is_cut_after_a_word_or_where_there_are_none_anywhere(
    text: str, shown: str
) -> None:
    assert cut(text, 20) == shown
    assert columns(cut(text, 20)) <= 20
