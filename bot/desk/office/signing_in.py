"""Signing in to the desk in the browser: links that work once, and sessions.

A link works for a quarter of an hour, and only when "Sign in" is pressed, because mail programs
open links. A session ends after 12 hours without use, after 7 days, with the member's removal, and
when the member gets another role.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.audit import record
from bot.settings.office import Office
from storage.database import Conflict
from storage.office.audit import Act, Entry, note_act
from storage.office.desk_sessions import (
    IDLE,
    LONGEST,
    Session,
    SignInLink,
    add_session,
    add_sign_in_link,
    end_session,
    find_session,
    find_sign_in_link,
    mark_link_used,
    mark_session_seen,
)
from storage.office.staff import Member, member_by_id, member_with

LINK_LASTS = timedelta(minutes=15)
SEEN_EVERY = timedelta(minutes=5)
"""How exactly it is stored when a session was used last."""
PATH = "/desk/sign-in/"


@dataclass(frozen=True)
class NewLink:
    """A link to sign in, which is shown only here, and until when it works."""

    member: Member
    path: str
    valid_until: datetime


def make_link(
    connection: Connection,
    office: Office,
    code: str,
    now: datetime,
    once: bool = True,
    lasts: timedelta = LINK_LASTS,
) -> NewLink:
    """Make a link with which a member signs in. Raise NotFound, or Conflict for one who was removed."""
    member = member_with(connection, code)
    if member.removed_at is not None:
        raise Conflict(f"{member.code} was removed and has no access. No link was made.")
    secret = new_secret()
    return store_link(
        connection, office, member, secret, SignInLink(member.id, now, now + lasts, once)
    )


def new_secret() -> str:
    """Return a new secret for a link or a cookie: 256 random bits."""
    return secrets.token_urlsafe(32)


def store_link(
    connection: Connection, office: Office, member: Member, secret: str, link: SignInLink
) -> NewLink:
    """Store a link to sign in under the hash of its secret, and record it."""
    add_sign_in_link(connection, secret, link)
    record(connection, office, Act.SIGN_IN_LINK, member.code, link.made_at)
    return NewLink(member, PATH + secret, link.expires_at)


def link_owner(connection: Connection, secret: str, now: datetime) -> Member | None:
    """Return whom a link signs in; None if it does not work, or not any more."""
    return _owner(connection, find_sign_in_link(connection, secret), now)


def _owner(connection: Connection, link: SignInLink | None, now: datetime) -> Member | None:
    if link is None or not link.usable(now):
        return None
    member = member_by_id(connection, link.staff_id)
    return member if member.removed_at is None else None


def sign_in(connection: Connection, secret: str, browser: str, now: datetime) -> str | None:
    """Begin a session with a link and return its cookie; None if the link does not work."""
    member = _owner(connection, find_sign_in_link(connection, secret, lock=True), now)
    if member is None:
        return None
    mark_link_used(connection, secret, now)
    return begin_session(connection, member, browser, now)


def begin_session(connection: Connection, member: Member, browser: str, now: datetime) -> str:
    """Begin a session of a member and return its cookie."""
    cookie = new_secret()
    add_session(connection, cookie, member, browser, now)
    note_act(connection, Entry(now, member.code, Act.SIGNED_IN, member.code, {}))
    return cookie


def was_used(connection: Connection, secret: str, now: datetime) -> bool:
    """Return whether a link has signed somebody in and would still work otherwise."""
    link = find_sign_in_link(connection, secret)
    return link is not None and link.used_at is not None and now < link.expires_at


def session_of(connection: Connection, cookie: str, now: datetime) -> Session | None:
    """Return the session of a cookie; None if there is none, or if it is over."""
    found = find_session(connection, cookie)
    if found is None or now >= found.seen_at + IDLE or now >= found.began_at + LONGEST:
        return None
    return found


def due_to_mark(session: Session, now: datetime) -> bool:
    """Return whether the use of a session is to be stored again."""
    return now >= session.seen_at + SEEN_EVERY


def mark_seen(connection: Connection, session: Session, now: datetime) -> None:
    """Store that a session is used."""
    mark_session_seen(connection, session.id, now)


def sign_out(connection: Connection, session: Session, now: datetime) -> None:
    """End a session."""
    end_session(connection, session.id, now)
    code = session.member.code
    note_act(connection, Entry(now, code, Act.SIGNED_OUT, code, {}))
