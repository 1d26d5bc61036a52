"""Who is signed in at the desk, and signing members out. Each act is one transaction."""

from datetime import datetime

from sqlalchemy import Connection

from bot.audit import record
from bot.settings.office import Office
from storage.office.audit import Act
from storage.office.desk_sessions import Session, end_links, end_session, open_sessions
from storage.office.staff import Member, member_with, members

EVERYBODY = "everybody"
"""What the audit log says about the end of all sessions."""
NOBODY = "Nobody else is signed in. Nothing was changed."
AGAIN = "Who needs the desk signs in again."


def list_sessions(connection: Connection, now: datetime) -> list[Session]:
    """Return the browsers in which somebody is signed in, the one that was used last first."""
    return open_sessions(connection, now)


def end_one(connection: Connection, office: Office, number: int, now: datetime) -> str:
    """Sign one browser out; return what was done."""
    found = [one for one in open_sessions(connection, now) if one.id == number]
    if not found:
        return "This session is over already. Nothing was changed."
    _end(connection, found, now)
    member = found[0].member
    record(connection, office, Act.SIGNED_OUT, member.code, now, sessions=1)
    return f"The session of {member.label or member.code} is over."


def end_all(
    connection: Connection, office: Office, now: datetime, code: str = "", but: int = 0
) -> str:
    """Sign out all browsers, or those of one member, except the session `but`; return what was done.

    Links to sign in that were not used end too.
    """
    of = [member_with(connection, code)] if code else members(connection)
    numbers = {one.id for one in of}
    found = [
        one for one in open_sessions(connection, now) if one.member.id in numbers and one.id != but
    ]
    for member in of:
        end_links(connection, member.id)
    if not found:
        return NOBODY
    _end(connection, found, now)
    about = of[0].code if code else EVERYBODY
    record(connection, office, Act.SIGNED_OUT, about, now, sessions=len(found))
    return _said(found)


def _end(connection: Connection, found: list[Session], now: datetime) -> None:
    for one in found:
        end_session(connection, one.id, now)


def _said(found: list[Session]) -> str:
    names = dict.fromkeys(_name(one.member) for one in found)
    return f"Signed out: {', '.join(names)}. {AGAIN}"


def _name(member: Member) -> str:
    return member.label or member.code
