"""A provider of OpenID Connect on a real port: signs in whoever is there, and lies on demand."""

import base64
import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, unquote, urlencode, urlsplit

import httpx
from joserfc import jwk, jwt

from bot.access.accounts.provider import Provider
from tests.patience import PATIENCE

CLIENT, SECRET = "desk of the office", "a:secret/+"
KEY, OTHER_KEY = (jwk.ECKey.generate_key("P-256", {"kid": "k1"}) for _ in range(2))
SHARED_KEY = jwk.OctKey.import_key(b"s" * 32)


class ProviderServer:
    """What the provider knows and does.

    `claims` are of who is at its page; None leaves one out. `signed_by` and `header` make the token,
    `about` changes what it says about itself, `broken` is the status of all its answers,
    and `content` what they all contain. `moved` are the
    address of the desk as it knows it, and as the browser reaches it.
    """

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.url = ""
        self.claims: dict[str, Any] = {"sub": "u-1"}
        self.header: dict[str, Any] = {"alg": "ES256", "kid": "k1"}
        self.signed_by: Any = KEY
        self.about: dict[str, Any] = {}
        self.broken = 0
        self.content: bytes | None = None
        self.answers: dict[str, Any] = {}
        self.moved = ("", "")
        self.asked: list[dict[str, str]] = []
        self.codes: dict[str, dict[str, str]] = {}

    @property
    def provider(self) -> Provider:
        """The provider as the desk knows it."""
        return Provider(self.url, CLIENT, SECRET)

    def answer(self, path: str, form: dict[str, str], login: str) -> tuple[int, Any]:
        """Return the status and the object with which an address answers."""
        if self.broken:
            return self.broken, {}
        if path == "/keys":
            return 200, {"keys": [KEY.as_dict(private=False)]}
        if path == "/token":
            return self._tokens(form, login)
        return 200, {**self._about(), **self.about}

    def _about(self) -> dict[str, Any]:
        ends = {"authorization_endpoint": "authorize", "token_endpoint": "token"}
        ends |= {"jwks_uri": "keys", "end_session_endpoint": "out"}
        found = {name: f"{self.url}/{path}" for name, path in ends.items()}
        algorithms = ["ES256", "HS256", "none"]
        return {
            **found,
            "issuer": self.url,
            "id_token_signing_alg_values_supported": algorithms,
        }

    def authorise(self, asked: dict[str, str]) -> str:
        """Return where a browser goes from the page of the provider, after somebody has signed in."""
        self.asked.append(asked)
        code = f"code-{len(self.asked)}"
        self.codes[code] = asked
        more = {"code": code, "state": asked["state"], **self.answers}
        back = asked["redirect_uri"].replace(*self.moved)
        return f"{back}?{urlencode(more)}"

    def _tokens(self, form: dict[str, str], login: str) -> tuple[int, Any]:
        named = [unquote(one) for one in base64.b64decode(login).decode().split(":")]
        if named != [CLIENT, SECRET]:
            return 401, {"error": "invalid_client"}
        asked = self.codes.pop(form["code"], None)
        digest = hashlib.sha256(form["code_verifier"].encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        wanted = asked and (asked["code_challenge"], asked["redirect_uri"])
        if asked is None or wanted != (challenge, form["redirect_uri"]):
            return 400, {"error": "invalid_grant"}
        return 200, {"access_token": "t", "id_token": self._id_token(asked["nonce"])}

    def _id_token(self, nonce: str) -> str:
        at = int(self.now.timestamp())
        claims = {
            **{"iss": self.url, "aud": CLIENT, "nonce": nonce, "iat": at, "exp": at + 300},
            **self.claims,
        }
        claims = {name: value for name, value in claims.items() if value is not None}
        if self.header["alg"] == "none":
            parts = (json.dumps(one).encode() for one in (self.header, claims))
            return (
                ".".join(base64.urlsafe_b64encode(one).decode().rstrip("=") for one in parts) + "."
            )
        return jwt.encode(self.header, claims, self.signed_by, algorithms=[self.header["alg"]])


def handler_of(server: ProviderServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked = urlsplit(self.path)
            if asked.path == "/authorize":
                self.send_response(302)
                self.send_header("location", server.authorise(_single(asked.query)))
                self.send_header("content-length", "0")
                self.end_headers()
                return
            self._send(*server.answer(asked.path, {}, ""))

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"])).decode()
            login = self.headers.get("authorization", "").removeprefix("Basic ")
            self._send(*server.answer(self.path, _single(body), login))

        def _send(self, status: int, found: Any) -> None:
            content = json.dumps(found).encode() if server.content is None else server.content
            self.send_response(status)
            if status == 302:
                self.send_header("location", f"{server.url}/elsewhere")
            self.send_header("content-length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_args: Any) -> None:
            return

    return Handler


def _single(query: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(query).items()}


@contextmanager
def provider_server(now: datetime) -> Iterator[ProviderServer]:
    """Serve a provider until the end of the block."""
    server = ProviderServer(now)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler_of(server)) as http:
        server.url = f"http://127.0.0.1:{http.server_port}"
        thread = Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            http.shutdown()
            thread.join()


async def through(address: str) -> str:
    """Open the page of the provider as a browser does; return where it leads back to."""
    async with httpx.AsyncClient(timeout=PATIENCE) as client:
        return (await client.get(address)).headers["location"]
