"""Passphrases of share links: stored salted and hashed, slowly, because people choose them."""

import hashlib
import hmac
import secrets

LEAST, LONGEST = 10, 200
_COST = {"n": 2**14, "r": 8, "p": 1, "dklen": 32}


def too_short(passphrase: str) -> bool:
    """Return whether a passphrase could be found by trying."""
    return len(passphrase.strip()) < LEAST


def hashed(passphrase: str) -> str:
    """Return what is stored of a passphrase: a salt and a hash."""
    salt = secrets.token_hex(16)
    return f"{salt}:{_hash(passphrase, salt)}"


def matches(passphrase: str, stored: str) -> bool:
    """Return whether this is the passphrase of which something is stored."""
    salt, _, wanted = stored.partition(":")
    return hmac.compare_digest(_hash(passphrase[:LONGEST], salt), wanted)


def _hash(passphrase: str, salt: str) -> str:
    plain = passphrase.strip()[:LONGEST].encode("utf-8", "replace")
    return hashlib.scrypt(plain, salt=bytes.fromhex(salt), **_COST).hex()
