"""What counts as a message to the office."""

import pytest

from surveys.office_messages import is_message


@pytest.mark.parametrize(
    "text",
    [
        "I answered about the wrong workshop!",
        "Please call me",
        "我回答了错误的研讨会",
        "ខ្ញុំឆ្លើយខុសសិក្ខាសាលា",
    ],
)
def test_a_sentence_is_a_message(text: str) -> None:
    assert is_message(text)


@pytest.mark.parametrize(
    "text", ["", "ok", "Thank you", "Good morning", "3", "  yess  ", "1" * 40]
)
def test_greetings_and_mistyped_choices_are_none(text: str) -> None:
    assert not is_message(text)
