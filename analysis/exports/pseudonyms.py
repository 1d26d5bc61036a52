"""Pseudonyms for people and cases that hold within one bundle and identify nobody.

The key comes from moments that are stored to the microsecond and never leave the database whole, so a
code cannot be computed from an account or row number, and another bundle has other codes. The same
facts give the same codes, so a bundle can be made again.
"""

import hmac
from base64 import b32encode
from dataclasses import dataclass
from hashlib import sha256

from analysis.facts.frames import Frames

_LENGTH = 12
"""Characters of a code: 60 bits, so that two people never share one."""


@dataclass(frozen=True)
class Pseudonyms:
    """The pseudonyms of one bundle."""

    key: bytes

    def participant(self, number: int) -> str:
        """Return the code of a person: the same in every workshop of the bundle."""
        return "P" + self._code("participant", str(number))

    def attendance(self, workshop: str, number: int) -> str:
        """Return the code of a person in one workshop, which joins to no other workshop."""
        return "P" + self._code("attendance", f"{workshop} {number}")

    def case(self, number: int) -> str:
        """Return the code of a case."""
        return "C" + self._code("case", str(number))

    def place(self, text: str) -> bytes:
        """Return the place of a text in a shuffled list; it depends on its content and the key alone."""
        return self._digest("text", text)

    def _code(self, kind: str, text: str) -> str:
        return b32encode(self._digest(kind, text)).decode()[:_LENGTH]

    def _digest(self, kind: str, text: str) -> bytes:
        return hmac.digest(self.key, f"{kind} {text}".encode("utf-8", "replace"), "sha256")


def pseudonyms_of(frames: Frames) -> Pseudonyms:
    """Return the pseudonyms for a bundle of these facts."""
    secret = sha256()
    for frame in (
        frames.enrolments,
        frames.cases,
        frames.attempts,
        frames.answers[["case_id", "item", "answered_at"]],
    ):
        secret.update(frame.to_csv(index=False).encode())
    return Pseudonyms(secret.digest())
