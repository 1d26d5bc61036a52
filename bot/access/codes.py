"""One-time codes, and opaque codes of people: random, or of a key and a random seed."""

import base64
import hmac
import secrets
from itertools import pairwise

from storage.people.codes import plain_code

READABLE = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Letters and digits that cannot be mistaken for each other."""

LETTERS, OPAQUE = 26, 8
LONGEST_TYPED = 100
"""The most characters of a text that may be a code: people type signs between its letters."""


def opaque_code(kind: str) -> str:
    """Return an opaque code for a person, such as P-7KQ2MZ9D. It says nothing about them.

    `kind` is P for participants and S for staff.
    """
    number = secrets.randbits(5 * OPAQUE)
    return f"{kind}-" + "".join(READABLE[number >> 5 * place & 31] for place in range(OPAQUE))


def one_time_code() -> str:
    """Return a one-time code of 130 random bits, in letters that can be typed and a link may carry."""
    return "".join(secrets.choice(READABLE) for _ in range(LETTERS))


def new_seed() -> str:
    """Return the seed of a new code. Without the key of the office it says nothing about the code."""
    return secrets.token_hex(16)


def derived_code(key: bytes, seed: str) -> str:
    """Return the one-time code of a seed: 130 bits that only the key of the office gives."""
    number = int.from_bytes(hmac.digest(key, f"code {seed}".encode(), "sha256"))
    return "".join(READABLE[number >> 5 * place & 31] for place in range(LETTERS))


def derived_link(key: bytes, seed: str) -> str:
    """Return the secret of the personal link that is printed beside the code of a seed."""
    whole = hmac.digest(key, f"link {seed}".encode(), "sha256")
    return base64.urlsafe_b64encode(whole[:16]).decode().rstrip("=")


def looks_like_code(text: str) -> bool:
    """Return whether a text has the form of a one-time code, with or without groups and capitals."""
    letters = plain_code(text) if len(text) <= LONGEST_TYPED else ""
    return len(letters) == LETTERS and set(letters) <= set(READABLE)


def in_groups(code: str) -> str:
    """Return a one-time code in groups of letters, as it is printed to be typed."""
    cuts = (0, 5, 10, 15, 20, len(code))
    return "-".join(code[at:to] for at, to in pairwise(cuts))
