"""Who works here: adding and removing people of the office, and the code that makes a chat theirs.

The only way in is a one-time code made on the command line. Each function is one transaction.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.access.codes import one_time_code, opaque_code
from bot.audit import record
from bot.messaging.messages import Sender
from bot.settings.office import Office
from storage.database import Conflict
from storage.fieldwork.workshops import all_workshops
from storage.office.audit import Act, Entry, note_act
from storage.office.staff import (
    Member,
    NewMember,
    StaffRole,
    add_member,
    join,
    member_with,
    member_with_secret,
    members,
    set_removed,
)
from surveys.workshop import Workshop

VALID_FOR = timedelta(days=7)


@dataclass(frozen=True)
class StaffInvitation:
    """Somebody to add: the role, how colleagues know them, and what a manager may see."""

    role: StaffRole
    label: str = ""
    workshops: Sequence[str] = ()
    donors: Sequence[str] = ()


@dataclass(frozen=True)
class AddedMember:
    """A new member and the one-time code for their chat, which is shown once, here."""

    member: Member
    secret: str
    valid_until: datetime


@dataclass(frozen=True)
class RemovedMember:
    """What became of a removal."""

    member: Member
    changed: bool


def add(
    connection: Connection, office: Office, wanted: StaffInvitation, now: datetime
) -> AddedMember:
    """Add somebody; they send `/start CODE` within a week. Conflict for a scope that is not there."""
    scope = _scope(connection, wanted)
    secret = one_time_code()
    new = NewMember(opaque_code("S"), wanted.role, wanted.label, scope, office.acting)
    member = add_member(connection, new, secret, now)
    about = f"{member.code} {member.role}"
    record(connection, office, Act.STAFF_ADDED, about, now, scope=len(scope))
    return AddedMember(member, secret, now + VALID_FOR)


def _scope(connection: Connection, wanted: StaffInvitation) -> tuple[str, ...]:
    """The codes and donors a manager is bound to, each of which must exist."""
    if not (wanted.workshops or wanted.donors):
        return ()
    if wanted.role is not StaffRole.MANAGER:
        raise Conflict(f"Only managers can be bound to workshops; an {wanted.role} sees all.")
    known = all_workshops(connection)
    given = [donor for workshop in known for donor in workshop.donors]
    missing = sorted(set(wanted.workshops) - {one.code for one in known})
    missing += sorted(set(wanted.donors) - set(given))
    if missing:
        raise Conflict(f"There is no workshop or donor {', '.join(missing)}. Nobody was added.")
    return (*wanted.workshops, *wanted.donors)


def remove(connection: Connection, office: Office, code: str, now: datetime) -> RemovedMember:
    """End somebody's access, at once; a code that they have not used ends too."""
    member = member_with(connection, code)
    if member.removed_at is not None:
        return RemovedMember(member, False)
    set_removed(connection, member.id, now)
    record(connection, office, Act.STAFF_REMOVED, member.code, now)
    return RemovedMember(member, True)


def list_staff(connection: Connection) -> list[Member]:
    """Everybody who works here or is invited to."""
    return [one for one in members(connection) if one.removed_at is None]


def state_of(member: Member, now: datetime) -> str:
    """Whether somebody has joined, in words."""
    if member.joined_at is not None:
        return f"since {member.joined_at:%Y-%m-%d}"
    if now >= member.added_at + VALID_FOR:
        return "the code has run out"
    return "has not used the code yet"


def join_staff(
    connection: Connection, sender: Sender, secret: str, now: datetime
) -> Member | None:
    """Make the chat that sent a staff code a member's; None for any other code, or a used one."""
    member = member_with_secret(connection, secret)
    if member is None or member.removed_at is not None or now >= member.added_at + VALID_FOR:
        return None
    chat = (sender.channel, sender.identifier)
    if member.joined_at is not None:
        return member if (member.channel, member.identifier) == chat else None
    join(connection, member, chat, now)
    about = f"{member.code} {member.role}"
    note_act(connection, Entry(now, member.code, Act.STAFF_JOINED, about, {}))
    return member


def may_see(member: Member, workshop: Workshop) -> bool:
    """Whether a workshop lies in somebody's scope."""
    bound = member.role is StaffRole.MANAGER and member.scope
    return not bound or bool({workshop.code, *workshop.donors} & set(member.scope))
