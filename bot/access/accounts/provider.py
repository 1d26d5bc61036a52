"""The provider of the accounts: where a browser is sent, and what its answer says.

What the provider says about itself is asked for each time: a sign-in is rare, and nothing is out of
date then.
"""

import asyncio
import json
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib import import_module
from typing import Any
from urllib.parse import quote

import certifi
import httpx

from bot.access.accounts.attempts import Attempt
from bot.access.accounts.tokens import SIGNATURES, Account, AccountRefused, Expected, account_in
from bot.settings.accounts import OidcSettings, is_safe
from surveys.problems import BadInput, Problem

SECONDS = 10.0
"""How long the provider may take to answer a request."""
LARGEST = 512 * 1024
SCOPES = "openid email"
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")
BACK = "/desk/sign-in/account/back"
"""Where the provider leads back to, below the address of the server."""
WELL_KNOWN = "/.well-known/openid-configuration"


class ProviderDown(Exception):
    """The provider does not answer as it should. The text says why, without what it has sent."""


@dataclass(frozen=True)
class Provider:
    """The provider of an office, and as what the desk is known there."""

    issuer: str
    client_id: str
    secret: str | None = None

    async def about(self) -> Mapping[str, Any]:
        """Return what the provider says about itself. Raises ProviderDown if it cannot be used."""
        found = await _json("GET", self.issuer.rstrip("/") + WELL_KNOWN)
        if found.get("issuer") != self.issuer:
            raise ProviderDown("calls itself by another address than desk.oidc.issuer")
        for name in ENDPOINTS:
            if not is_safe(str(found.get(name, ""))):
                raise ProviderDown(f"names no https address as {name}")
        if not _signatures(found):
            raise ProviderDown("signs with no key of its own")
        return found

    async def address_for(self, attempt: Attempt, back: str, *, again: bool = False) -> str:
        """Return where a browser signs in; `again` asks also who is signed in there already."""
        from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
        from authlib.oauth2.rfc7636 import create_s256_code_challenge

        about = await self.about()
        asked = {
            "nonce": attempt.nonce,
            "code_challenge": create_s256_code_challenge(attempt.verifier),
            "code_challenge_method": "S256",
            **({"prompt": "login"} if again else {}),
        }
        address, known = about["authorization_endpoint"], (self.client_id, "code")
        return str(prepare_grant_uri(address, *known, back, SCOPES, attempt.state, **asked))

    async def account_for(self, code: str, attempt: Attempt, back: str, now: datetime) -> Account:
        """Return whose code an answer brought. Raises AccountRefused or ProviderDown."""
        about = await self.about()
        tokens = await self._exchanged(about, code, attempt, back)
        keys = await _json("GET", about["jwks_uri"])
        known = (self.issuer, self.client_id, attempt.nonce, now)
        return account_in(tokens, keys, Expected(*known, _signatures(about)))

    async def sign_out_address(self, back: str) -> str | None:
        """Return where a browser signs out of its account; None if the provider has no such page."""
        from authlib.common.urls import add_params_to_uri

        address = str((await self.about()).get("end_session_endpoint") or "")
        if not is_safe(address):
            return None
        then = {"client_id": self.client_id, "post_logout_redirect_uri": back}
        return str(add_params_to_uri(address, list(then.items())))

    async def _exchanged(
        self, about: Mapping[str, Any], code: str, attempt: Attempt, back: str
    ) -> Mapping[str, Any]:
        """Return the tokens for a code."""
        shown = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": back,
            "code_verifier": attempt.verifier,
        }
        ways = about.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
        if self.secret and "client_secret_basic" in ways:
            # Both parts are encoded as in a form: RFC 6749, 2.3.1.
            login = httpx.BasicAuth(quote(self.client_id, ""), quote(self.secret, ""))
            return await _json("POST", about["token_endpoint"], data=shown, auth=login)
        shown |= {"client_id": self.client_id}
        shown |= {"client_secret": self.secret} if self.secret else {}
        return await _json("POST", about["token_endpoint"], data=shown)


def provider_of(settings: OidcSettings | None) -> Provider | None:
    """Return the provider of the settings; None if there is none. Raises BadInput."""
    if settings is None:
        return None
    secret = settings.secret()
    _read_libraries()
    return Provider(settings.issuer, settings.client_id, secret)


async def check_provider(provider: Provider) -> None:
    """Ask the provider about itself. Raises BadInput if it cannot be used."""
    try:
        await provider.about()
    except (ProviderDown, AccountRefused) as error:
        fix = "Ask who runs the accounts of the office for the address of the issuer."
        message = f"{error}." if isinstance(error, ProviderDown) else "is not a provider."
        key = "desk.oidc.issuer"
        problem = Problem("configuration", key, message, provider.issuer, fix)
        raise BadInput((problem,)) from None


def _read_libraries() -> None:
    """Read what the first sign-in would wait for; it takes part of a second."""
    for name in ("authlib.oidc.core", "authlib.oauth2.rfc6749.parameters", "joserfc.jwt"):
        import_module(name)


def _signatures(about: Mapping[str, Any]) -> tuple[str, ...]:
    named = about.get("id_token_signing_alg_values_supported") or ["RS256"]
    return tuple(one for one in SIGNATURES if one in named)


@cache
def _trusted() -> ssl.SSLContext:
    """Return the certificates of the system, and those of certifi where it has none."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context


async def _json(method: str, url: str, **more: Any) -> Mapping[str, Any]:
    """Return the object that an address answers with. No redirect is followed."""
    try:
        async with (
            asyncio.timeout(SECONDS),
            httpx.AsyncClient(verify=_trusted(), timeout=SECONDS) as client,
            client.stream(method, url, **more) as answer,
        ):
            content = await _read(answer)
    except (httpx.HTTPError, httpx.InvalidURL, TimeoutError):
        raise ProviderDown("does not answer") from None
    if answer.status_code == httpx.codes.BAD_REQUEST:
        raise AccountRefused("code")
    if answer.status_code in (httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN):
        raise ProviderDown("does not accept desk.oidc.client_id and its secret")
    if answer.status_code != httpx.codes.OK:
        raise ProviderDown(f"answers with {answer.status_code}")
    return _object(content)


async def _read(answer: httpx.Response) -> bytes:
    content = b""
    async for part in answer.aiter_bytes():
        content += part
        if len(content) > LARGEST:
            raise ProviderDown("answers with too much")
    return content


def _object(content: bytes) -> Mapping[str, Any]:
    try:
        found = json.loads(content)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise ProviderDown("does not answer as a provider of OpenID Connect")
    return found
