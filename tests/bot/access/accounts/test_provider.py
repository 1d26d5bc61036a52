"""A provider that answers badly, and tokens with anything in them: nothing but the two known errors."""

import base64
import json
import socket
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from joserfc import jwt

from bot.access.accounts.attempts import Attempt, new_attempt
from bot.access.accounts.provider import LARGEST, Provider, ProviderDown
from bot.access.accounts.tokens import AccountRefused, Expected, account_in
from tests.bot.access.accounts.provider_server import CLIENT, KEY, ProviderServer, provider_server

NOW = datetime(2018, 3, 20, 3, tzinfo=UTC)
BACK = "https://followup.example.org/desk/sign-in/account/back"
EXPECTED = Expected("https://id.example.org", CLIENT, "nonce", NOW, ("ES256",))
KEYS = {"keys": [KEY.as_dict(private=False)]}
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


@pytest.fixture
def server() -> Iterator[ProviderServer]:
    with provider_server(NOW) as one:
        yield one


@pytest.mark.parametrize(
    ("status", "content"),
    [
        *((status, b"{}") for status in (302, 401, 403, 404, 429, 500, 503)),
        *((0, content) for content in (b"", b"[]", b"null", b"<html>", b"\xff", b"[" * 20_000)),
        (0, b" " * (LARGEST + 1)),
    ],
)
async def test_whatever_a_provider_answers_it_is_down(
    server: ProviderServer, status: int, content: bytes
) -> None:
    server.broken, server.content = status, content
    with pytest.raises(ProviderDown):
        await server.provider.about()


async def test_a_provider_that_is_not_there_or_has_no_address_is_down() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    for issuer in (f"http://127.0.0.1:{port}", "https://[::1", "https://"):
        with pytest.raises(ProviderDown, match="does not answer"):
            await Provider(issuer, CLIENT).about()


@pytest.mark.parametrize("keys", [None, [], [7], [{}], [{"kty": "oct", "k": "c2VjcmV0"}], "keys"])
def test_keys_that_are_none_of_a_provider_verify_nothing(keys: Any) -> None:
    claims = {"iss": EXPECTED.issuer, "aud": CLIENT, "sub": "u-1", "nonce": "nonce"}
    at = int(NOW.timestamp())
    token = jwt.encode({"alg": "ES256", "kid": "k1"}, {**claims, "iat": at, "exp": at + 9}, KEY)
    assert account_in({"id_token": token}, KEYS, EXPECTED).subject == "u-1"
    with pytest.raises(AccountRefused):
        account_in({"id_token": token}, {"keys": keys}, EXPECTED)


@given(ANYTHING)
def test_whatever_stands_in_place_of_a_token_is_refused(found: Any) -> None:
    for tokens in ({}, {"id_token": found}, {"id_token": found, "access_token": found}):
        with pytest.raises(AccountRefused):
            account_in(tokens, KEYS, EXPECTED)


@given(ANYTHING, ANYTHING)
def test_whatever_a_token_has_in_its_parts_is_refused(header: Any, claims: Any) -> None:
    parts = (json.dumps(one).encode() for one in (header, claims))
    token = ".".join(base64.urlsafe_b64encode(one).decode().rstrip("=") for one in parts)
    for tail in ("", ".", ".c2lnbmF0dXJl", ".a.b.c"):
        with pytest.raises(AccountRefused):
            account_in({"id_token": token + tail}, KEYS, EXPECTED)


@given(
    st.sampled_from(("iss", "aud", "sub", "exp", "iat", "nonce", "azp", "nbf", "at_hash")),
    ANYTHING,
)
def test_a_claim_with_anything_in_it_is_right_or_refused(name: str, value: Any) -> None:
    at = int(NOW.timestamp())
    claims = {"iss": EXPECTED.issuer, "aud": CLIENT, "sub": "u-1", "nonce": "nonce", "iat": at}
    claims |= {"exp": at + 9, name: value}
    token = jwt.encode({"alg": "ES256", "kid": "k1"}, claims, KEY)
    try:
        found = account_in({"id_token": token, "access_token": "t"}, KEYS, EXPECTED)
    except AccountRefused:
        return
    assert found.subject == claims["sub"]
    assert name in ("sub", "exp", "iat", "azp", "nbf", "at_hash")


def test_an_attempt_shows_nothing_of_its_secret() -> None:
    one = new_attempt()
    shown = {one.state, one.nonce, one.verifier}
    assert len(shown) == 3 and one.secret not in shown
    assert shown.isdisjoint({one.secret, *vars(Attempt(one.secret, "session")).values()})
    assert Attempt(one.secret, "session").state not in shown
    assert one.is_answered_by(one.state)
    assert not one.is_answered_by("ünlike")
