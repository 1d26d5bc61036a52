"""Reads who an account is from an ID token, after everything about it has been checked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

LEEWAY = 60
"""By how many seconds the clocks may differ."""
SIGNATURES = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
"""Signatures with a key that only the provider has: no "none", and none with a shared secret."""
KINDS = ("RSA", "EC")
LONGEST_SUBJECT = 255


class AccountRefused(Exception):
    """The answer of the provider does not say who somebody is. `why` is a word for the log."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class Account:
    """An account. `email` is "" unless the provider has verified it; roles from outside are not read."""

    issuer: str
    subject: str
    email: str = ""


@dataclass(frozen=True)
class Expected:
    """What an ID token must say. `algorithms` are the signatures that the provider names."""

    issuer: str
    client_id: str
    nonce: str
    now: datetime
    algorithms: tuple[str, ...] = ("RS256",)


def account_in(tokens: Mapping[str, Any], keys: Mapping[str, Any], expected: Expected) -> Account:
    """Return the account of the ID token among tokens. Raises AccountRefused for any fault."""
    from authlib.oidc.core import CodeIDToken
    from joserfc import jwk, jwt
    from joserfc.errors import ClaimError, JoseError

    allowed = [one for one in SIGNATURES if one in expected.algorithms]
    try:
        key_set = jwk.KeySet.import_key_set({"keys": _own(keys)})
        read = jwt.decode(tokens["id_token"], key_set, algorithms=allowed)
        claims = CodeIDToken(read.claims, read.header, _options(expected), _more(tokens, expected))
        claims.validate(now=int(expected.now.timestamp()), leeway=LEEWAY)
    except ClaimError as error:
        raise AccountRefused(f"claim {error.claim}") from None
    except (JoseError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise AccountRefused(type(error).__name__) from None
    return _account(expected.issuer, claims)


def _own(keys: Mapping[str, Any]) -> Any:
    """Return the keys that only the provider has, and that are for signatures."""
    return [
        one for one in keys["keys"] if one.get("kty") in KINDS and one.get("use", "sig") == "sig"
    ]


def _options(expected: Expected) -> dict[str, Any]:
    return {
        "iss": {"essential": True, "value": expected.issuer},
        "aud": {"essential": True, "value": expected.client_id},
        "sub": {"essential": True},
    }


def _more(tokens: Mapping[str, Any], expected: Expected) -> dict[str, Any]:
    known = {"nonce": expected.nonce, "client_id": expected.client_id}
    return {**known, "access_token": tokens.get("access_token")}


def _account(issuer: str, claims: Mapping[str, Any]) -> Account:
    subject, email = claims["sub"], claims.get("email")
    if not subject.isprintable() or len(subject) > LONGEST_SUBJECT:
        raise AccountRefused("claim sub")
    verified = claims.get("email_verified") is True and isinstance(email, str)
    return Account(issuer, subject, str(email) if verified else "")
