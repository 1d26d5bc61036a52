"""Links with which staff sign in to the desk, and the sessions of their browsers.

Only hashes of the secrets of links and of the cookies of sessions are stored.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, delete, insert, or_, select, update

from storage.office.staff import Member, member_of_row
from storage.people.codes import hash_of
from storage.schema import desk_sessions, sign_in_links, staff

IDLE = timedelta(hours=12)
"""After this time without use a session is over."""
LONGEST = timedelta(days=7)
"""After this time a session is over."""
_NAMES = tuple(staff.c.keys())
# Built once, because each page asks for its session.
_OF_MEMBERS: Select[Any] = (
    select(
        *(desk_sessions.c[name] for name in ("id", "browser", "began_at", "seen_at", "note")),
        *(staff.c[name].label(f"staff_{name}") for name in _NAMES),
    )
    .join(staff, staff.c.id == desk_sessions.c.staff_id)
    .where(
        desk_sessions.c.ended_at.is_(None),
        staff.c.removed_at.is_(None),
        staff.c.role == desk_sessions.c.role,
    )
)
"""The sessions that are valid, with their members."""
_LATEST_FIRST = (desk_sessions.c.seen_at.desc(), desk_sessions.c.id.desc())
_ONE = _OF_MEMBERS.where(desk_sessions.c.hash == bindparam("hash"))


@dataclass(frozen=True)
class SignInLink:
    """A link that signs in as a member; `once` says that it works a single time."""

    staff_id: int
    made_at: datetime
    expires_at: datetime
    once: bool = True
    used_at: datetime | None = None

    def usable(self, now: datetime) -> bool:
        """Return whether the link can still sign somebody in."""
        return now < self.expires_at and not (self.once and self.used_at)


@dataclass(frozen=True)
class Session:
    """A browser in which a member is signed in. `note` is what the last act said, None before one."""

    id: int
    member: Member
    browser: str
    began_at: datetime
    seen_at: datetime
    note: Mapping[str, Any] | None


def add_sign_in_link(connection: Connection, secret: str, link: SignInLink) -> None:
    """Store a new link under the hash of its secret."""
    values = {
        "hash": hash_of(secret),
        "staff_id": link.staff_id,
        "made_at": link.made_at,
        "expires_at": link.expires_at,
        "once": link.once,
    }
    connection.execute(insert(sign_in_links).values(values))


def find_sign_in_link(
    connection: Connection, secret: str, lock: bool = False
) -> SignInLink | None:
    """Return the link with this secret, None if there is none; `lock` it to use it up."""
    wanted = select(sign_in_links).where(sign_in_links.c.hash == hash_of(secret))
    row = connection.execute(wanted.with_for_update() if lock else wanted).one_or_none()
    if row is None:
        return None
    return SignInLink(row.staff_id, row.made_at, row.expires_at, row.once, row.used_at)


def mark_link_used(connection: Connection, secret: str, at: datetime) -> None:
    """Store that a link has signed somebody in."""
    here = sign_in_links.c.hash == hash_of(secret)
    connection.execute(update(sign_in_links).where(here).values(used_at=at))


def end_links(connection: Connection, staff_id: int) -> None:
    """Delete the links of a member that work once and were not used."""
    here = (sign_in_links.c.staff_id == staff_id) & sign_in_links.c.once
    unused = sign_in_links.c.used_at.is_(None)
    connection.execute(delete(sign_in_links).where(here, unused))


def add_session(
    connection: Connection, cookie: str, member: Member, browser: str, at: datetime
) -> None:
    """Store a new session of a member."""
    values = {
        "hash": hash_of(cookie),
        "staff_id": member.id,
        "role": member.role,
        "browser": browser,
        "began_at": at,
        "seen_at": at,
    }
    connection.execute(insert(desk_sessions).values(values))


def find_session(connection: Connection, cookie: str) -> Session | None:
    """Return the session with this cookie.

    None if there is none, if it has ended, or if its member was removed or has another role since.
    """
    row = connection.execute(_ONE, {"hash": hash_of(cookie)}).first()
    return _session_of(row) if row else None


def sessions(connection: Connection, since: datetime) -> list[Session]:
    """Return the sessions that were seen since a moment and have not ended, newest first."""
    wanted = _OF_MEMBERS.where(desk_sessions.c.seen_at >= since)
    rows = connection.execute(wanted.order_by(*_LATEST_FIRST))
    return [_session_of(row) for row in rows]


def open_sessions(connection: Connection, now: datetime) -> list[Session]:
    """Return the sessions that are not over, the one that was used last first."""
    found = sessions(connection, now - IDLE)
    return [one for one in found if one.began_at > now - LONGEST]


def mark_session_seen(connection: Connection, number: int, at: datetime) -> None:
    """Store that a session was used."""
    here = desk_sessions.c.id == number
    connection.execute(update(desk_sessions).where(here).values(seen_at=at))


def keep_note(connection: Connection, number: int, note: Mapping[str, Any]) -> None:
    """Keep what the last act of a session said, for the page that follows."""
    here = desk_sessions.c.id == number
    connection.execute(update(desk_sessions).where(here).values(note=dict(note)))


def end_session(connection: Connection, number: int, at: datetime) -> None:
    """End a session; what its last act said is forgotten."""
    here = (desk_sessions.c.id == number) & desk_sessions.c.ended_at.is_(None)
    connection.execute(update(desk_sessions).where(here).values(ended_at=at, note=None))


def end_sessions_of(connection: Connection, staff_id: int, at: datetime) -> None:
    """End all sessions of a member."""
    here = (desk_sessions.c.staff_id == staff_id) & desk_sessions.c.ended_at.is_(None)
    connection.execute(update(desk_sessions).where(here).values(ended_at=at, note=None))


def forget_sessions(connection: Connection, before: datetime) -> int:
    """Delete links that ended and sessions that were not used since a moment; return how many."""
    over = or_(desk_sessions.c.seen_at < before, desk_sessions.c.ended_at < before)
    gone = connection.execute(delete(desk_sessions).where(over)).rowcount
    ended = delete(sign_in_links).where(sign_in_links.c.expires_at < before)
    return gone + connection.execute(ended).rowcount


def _session_of(row: Row[Any]) -> Session:
    values = {name: getattr(row, f"staff_{name}") for name in _NAMES}
    return Session(row.id, member_of_row(values), row.browser, row.began_at, row.seen_at, row.note)
