"""One attempt to sign in with an account: what ties the answer of the provider to the browser.

Everything is derived from a secret that only the browser keeps, so nothing is stored before the
answer, and an answer is of no use in another browser. An attempt that binds an account depends on
the session too: it ends with the session in which it was begun.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass

LONGEST = 100


@dataclass(frozen=True)
class Attempt:
    """An attempt; `session` is the cookie of the session that binds an account, "" to sign in."""

    secret: str
    session: str = ""

    @property
    def state(self) -> str:
        """What the provider gives back with its answer."""
        return self._derived("state")

    @property
    def nonce(self) -> str:
        """What the provider signs."""
        return self._derived("nonce")

    @property
    def verifier(self) -> str:
        """What only who has begun can show for the code (PKCE, RFC 7636)."""
        return self._derived("verifier")

    def is_answered_by(self, state: str) -> bool:
        """Return whether an answer belongs to this attempt."""
        return hmac.compare_digest(state.encode(), self.state.encode())

    def _derived(self, what: str) -> str:
        return hashlib.sha256(f"{what} of {self.secret} in {self.session}".encode()).hexdigest()


def new_attempt(session: str = "") -> Attempt:
    """Return a new attempt: 256 random bits."""
    return Attempt(secrets.token_urlsafe(32), session)
