"""Random codes: one-time codes, and opaque codes of people. Randomness lives here."""

import secrets
from itertools import pairwise

from storage.people.codes import plain_code

READABLE = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Letters and digits that cannot be mistaken for each other."""

LETTERS = 26


def opaque_code(kind: str) -> str:
    """An opaque code for a person, such as P-7KQ2MZ9D; it says nothing about them.

    `kind` is P for participants and S for staff.
    """
    return f"{kind}-" + "".join(secrets.choice(READABLE) for _ in range(8))


def one_time_code() -> str:
    """A one-time code of 130 random bits, in letters that can be typed and a link may carry."""
    return "".join(secrets.choice(READABLE) for _ in range(LETTERS))


def looks_like_code(text: str) -> bool:
    """Whether somebody may have typed a one-time code, in groups or small letters or not."""
    letters = plain_code(text)
    return len(letters) == LETTERS and set(letters) <= set(READABLE)


def in_groups(code: str) -> str:
    """A one-time code as it is printed, so that it can be typed without losing the place."""
    cuts = (0, 5, 10, 15, 20, len(code))
    return "-".join(code[at:to] for at, to in pairwise(cuts))
