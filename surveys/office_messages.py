"""Which texts that answer no question are messages to the office."""

from surveys.widths import columns

SHORTEST = 13
"""The least width of a message. Shorter ones are thanks, greetings, or a mistyped choice."""
LONGEST = 1_000
"""The most characters of a message that are kept."""
MOST_WAITING = 5
"""The most messages of one person that may wait at a time, so that nobody floods the office."""


def is_message(text: str) -> bool:
    """Return whether a text that answers no question is meant for the office."""
    wide_enough = columns(" ".join(text.split())) >= SHORTEST
    return wide_enough and any(letter.isalpha() for letter in text)
