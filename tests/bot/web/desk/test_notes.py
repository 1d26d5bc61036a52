"""Sentences of the command line do not reach a page."""

import pytest

from bot.web.desk.notes import without_commands


@pytest.mark.parametrize(
    ("said", "shown"),
    [
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
def test_sentences_that_quote_a_command_are_left_out(said: str, shown: str) -> None:
    assert without_commands(said) == shown
