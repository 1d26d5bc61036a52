"""Cutting of texts: never over the limit in UTF-16 units, never within a visible character."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram.texts import (
    TEXT_UNITS,
    button_text,
    cut_caption,
    shorten,
    split_text,
    units,
)

FAMILY = "👨‍👩‍👧"
THAI = "กำ"
FLAG = "🇫🇯"
KHMER = "ក្ម"


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), st.integers(4, 40))
def test_d11_parts_are_short_enough_and_joined_give_the_text(text: str, most: int) -> None:
    parts = split_text(text, most)
    assert all(units(part) <= most for part in parts)
    rejoined = "".join("".join(parts).split())
    assert rejoined == "".join(text.split())


def test_d11_2049_emoji_are_cut_between_two_of_them() -> None:
    parts = split_text("😀" * 2049)
    assert [units(part) for part in parts] == [4096, 2]


@pytest.mark.parametrize("letter", [FAMILY, THAI, FLAG, KHMER, "e\u0301", "👍🏽", "❤️"])
@pytest.mark.parametrize("before", range(-12, 1))
def test_d11_one_visible_character_stays_in_one_part(letter: str, before: int) -> None:
    text = "x" * (TEXT_UNITS + before) + letter + "y" * 20
    parts = split_text(text)
    assert "".join(parts) == text
    assert sum(letter in part for part in parts) == 1


def test_it_prefers_the_end_of_a_paragraph_then_of_a_line_then_of_a_word() -> None:
    assert split_text("aaa bbb\n\nccc ddd\neee", 14) == ["aaa bbb\n\n", "ccc ddd\neee"]
    assert split_text("aaa bbb\nccc ddd", 12) == ["aaa bbb\n", "ccc ddd"]
    assert split_text("aaa bbb ccc", 9) == ["aaa bbb ", "ccc"]


def test_it_gives_up_on_a_letter_with_endless_marks() -> None:
    text = "a" + "\u0301" * 9000
    parts = split_text(text)
    assert "".join(parts) == text
    assert len(parts) == 3


def test_a_caption_keeps_what_does_not_fit_for_the_next_message() -> None:
    text = "word " * 300
    caption, rest = cut_caption(text)
    assert caption + rest == text
    assert units(caption) <= 1024
    assert cut_caption("short") == ("short", "")


def test_a_button_is_one_short_line_and_never_empty() -> None:
    assert button_text("Same\njob") == "Same job"
    assert button_text("  ") == "…"
    assert button_text("x" * 64) == "x" * 64
    assert button_text("x" * 65) == "x" * 63 + "…"
    assert shorten("aaaaa" + FAMILY, 8) == "aaaaa…"
