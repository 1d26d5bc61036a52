"""Who a request comes from: the cookie of a session, and proof that a form is one of our pages.

The token of a form is derived from the cookie, so a page of another site cannot know it. Browsers
also say from which site a form was sent, which must be ours.
"""

import hashlib
import hmac
from typing import Literal, TypedDict
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response

HEADERS = {
    # Unlike the pages of participants, the desk has one script of its own, and pictures with titles.
    "content-security-policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; "
        "img-src 'self' data:; object-src 'self'; frame-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    # With "no-referrer" browsers would not say from which site a form was sent.
    "referrer-policy": "same-origin",
}
TOKEN = "token"  # noqa: S105 - the name of a field


class _Rules(TypedDict):
    path: str
    secure: bool
    httponly: bool
    samesite: Literal["lax"]


class Door:
    """The rules for the cookies and forms of one public address."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self.origin = f"{parts.scheme}://{parts.netloc}"
        self.secure = parts.scheme == "https"
        self.cookie = "__Host-desk" if self.secure else "desk"
        self.attempt = f"{self.cookie}-attempt"

    def cookie_of(self, request: Request) -> str:
        """Return the cookie of the session, "" if there is none."""
        return request.cookies.get(self.cookie, "")

    def open(self, response: Response, cookie: str) -> None:
        """Let the browser keep a cookie until it is closed."""
        response.set_cookie(self.cookie, cookie, **self._rules)

    def close(self, response: Response) -> None:
        """Let the browser forget the cookie."""
        response.delete_cookie(self.cookie, **self._rules)

    def attempt_of(self, request: Request) -> str:
        """Return the cookie of an attempt to sign in with an account, "" if there is none."""
        return request.cookies.get(self.attempt, "")

    def begin(self, response: Response, cookie: str, seconds: int) -> None:
        """Let the browser keep the cookie of an attempt for some seconds."""
        response.set_cookie(self.attempt, cookie, max_age=seconds, **self._rules)

    def end(self, response: Response) -> None:
        """Let the browser forget the attempt."""
        response.delete_cookie(self.attempt, **self._rules)

    @property
    def _rules(self) -> "_Rules":
        return {"path": "/", "secure": self.secure, "httponly": True, "samesite": "lax"}

    def from_our_pages(self, request: Request) -> bool:
        """Return whether the browser does not say that a form was sent from elsewhere."""
        origin = request.headers.get("origin")
        site = request.headers.get("sec-fetch-site", "same-origin")
        ours = origin is None or origin.rstrip("/").lower() in self._origins(request)
        return ours and site in ("same-origin", "none")

    def _origins(self, request: Request) -> set[str]:
        """Return our origin; on this machine also with the port on which the request came."""
        if self.secure:
            return {self.origin}
        return {self.origin, f"http://{request.headers.get('host', '')}".lower()}


def form_token(cookie: str) -> str:
    """Return the token that the forms of a session carry."""
    return hashlib.sha256(f"form of {cookie}".encode()).hexdigest()


def is_token(given: str, cookie: str) -> bool:
    """Return whether a form carries the token of its session."""
    return hmac.compare_digest(given.encode(), form_token(cookie).encode())


def browser_name(agent: str) -> str:
    """Return a browser in words for the list of sessions, such as "Firefox on Windows"."""
    kinds = {"Edg/": "Edge", "Firefox/": "Firefox", "Chrome/": "Chrome", "Safari/": "Safari"}
    systems = {
        "Android": "Android",
        "iPhone": "iPhone",
        "Windows": "Windows",
        "Mac OS": "Mac",
        "Linux": "Linux",
    }
    kind = next((name for mark, name in kinds.items() if mark in agent), "A browser")
    system = next((name for mark, name in systems.items() if mark in agent), "")
    return f"{kind} on {system}" if system else kind
