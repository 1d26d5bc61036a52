"""The form of room codes."""

from bot.access.codes import LONGEST_TYPED, READABLE
from storage.people.codes import plain_code

FIRST = "R"


LETTERS = 10
"""50 random bits: enough for one day, with few guesses a chat and a person who confirms."""


def looks_like_room_code(text: str) -> bool:
    """Return whether a text has the form of a room code, with or without groups and capitals."""
    letters = plain_code(text) if len(text) <= LONGEST_TYPED else ""
    known = set(letters) <= {*READABLE}
    return letters.startswith(FIRST) and len(letters) == 1 + LETTERS and known
