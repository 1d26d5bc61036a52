"""A text is cut between visible characters."""

import pytest

from surveys.clusters import shortened
from surveys.widths import cut

LETTERS = ["👨‍👩‍👧", "กำ", "🇫🇯", "ក្ម", "e\u0301", "👍🏽", "❤️"]


@pytest.mark.parametrize("letter", LETTERS)
@pytest.mark.parametrize("most", range(2, 14))
def test_a_visible_character_is_kept_or_left_out(letter: str, most: int) -> None:
    kept = shortened(letter * 20, most)
    assert len(kept) <= most
    assert kept.endswith("…")
    if len(letter) < most:
        assert kept[:-1] == letter * (len(kept[:-1]) // len(letter))


def test_a_short_text_stays() -> None:
    assert shortened("ក្ម" * 4, 12) == "ក្ម" * 4


@pytest.mark.parametrize("letter", ["กำ", "ក្ម"])
@pytest.mark.parametrize("most", range(4, 12))
def test_a_label_is_cut_between_visible_characters(letter: str, most: int) -> None:
    kept = cut(letter * 20, most)[:-1]
    assert kept == letter * (len(kept) // len(letter))
