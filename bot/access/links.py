"""Personal links: their secrets and their URLs. A secret is never logged or stored.

A link belongs to one enrolment and shows what is open there, so the link of any message continues
any of its waves. Knows no web server.
"""

import re
import secrets
from datetime import datetime, timedelta

from sqlalchemy import Connection

from storage.people.links import Link, Purpose, Visitor, add_link, find_visitor

LIFETIME = timedelta(days=550)
"""The longest plan ends a year after the workshop, begins before it, and waits some weeks."""
PATHS = {Purpose.INTERVIEW: "q", Purpose.STOP: "stop"}
_SECRET = re.compile(r"[\w-]{22}", re.ASCII)


def new_link(connection: Connection, enrolment_id: int, purpose: Purpose, now: datetime) -> str:
    """Make a link and return its secret."""
    secret = link_secret()
    keep_link(connection, secret, enrolment_id, purpose, now)
    return secret


def link_secret() -> str:
    """Return a secret of 128 random bits, which leads nowhere until `keep_link` has stored it."""
    return secrets.token_urlsafe(16)


def keep_link(
    connection: Connection, secret: str, enrolment_id: int, purpose: Purpose, now: datetime
) -> None:
    """Store a link with this secret. Stop links never expire."""
    expires_at = now + LIFETIME if purpose is Purpose.INTERVIEW else None
    add_link(connection, secret, Link(purpose, enrolment_id, now, expires_at, None))


def visitor_of(connection: Connection, secret: str, purpose: Purpose) -> Visitor | None:
    """Return the link of a secret, usable or not, and whose it is; None if none has this purpose."""
    if not is_secret(secret):
        return None
    visitor = find_visitor(connection, secret)
    return visitor if visitor is not None and visitor.link.purpose is purpose else None


def is_secret(text: str) -> bool:
    """Return whether a text has the form of the secret of a link."""
    return _SECRET.fullmatch(text) is not None


def address_of(public_url: str, purpose: Purpose, secret: str) -> str:
    """Return the URL of a link. `public_url` comes from the configuration, without a final slash."""
    return f"{public_url}/{PATHS[purpose]}/{secret}"
