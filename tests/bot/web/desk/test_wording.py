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
    ],
)
def test_the_sentence_with_a_command_is_left_out(said: str, shown: str) -> None:
    assert without_commands(said) == shown
