"""Room codes: how they look."""

from bot.access.codes import READABLE
from storage.people.codes import plain_code

FIRST = "R"


LETTERS = 10
"""50 random bits: enough for one day, with few guesses a chat and a person who confirms."""


def looks_like_room_code(text: str) -> bool:
    """Whether somebody may have typed a room code, in small letters or not."""
    letters = plain_code(text)
    known = set(letters) <= {*READABLE}
    return letters.startswith(FIRST) and len(letters) == 1 + LETTERS and known
