"""Sentences of the desk quote no commands."""

import pytest

from bot.web.desk.wording import without_commands


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("There is no X. `followup workshop list` shows all codes.", "There is no X."),
        ("Held.\nTake it back: `followup wave release X M6`.", "Held."),
        (
            "Mr. Vea is in. Undo: `followup person remove X --why 2.5`. Done.",
            "Mr. Vea is in. Done.",
        ),
        ("Nothing is quoted. All stays.", "Nothing is quoted. All stays."),
        ("See `doctor`.", "See `doctor`."),
        ("There is no P-1. `followup participants list` shows them.", "There is no P-1."),
        (
            "P-1 is out. `followup participants codes A --renew` makes one, in place.",
            "P-1 is out.",
        ),
        ("Undo: `followup participant start P-1`", ""),
        ("One. `followup case list`, `followup case show`. Two.", "One. Two."),
        (
            "Send `/start X` to the bot. It works once.",
            "Send `/start X` to the bot. It works once.",
        ),
        ("row 1: is wrong.\nrow 2: is wrong.", "row 1: is wrong.\nrow 2: is wrong."),
    ],
)
def test_the_sentence_with_a_command_is_left_out(said: str, shown: str) -> None:
    assert without_commands(said) == shown
