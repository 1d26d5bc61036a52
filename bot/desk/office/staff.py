"""Members of the staff: adding and removing them, and the one-time code that links their chat.

A chat becomes a member's only by such a code. Each function is one transaction.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.access.codes import one_time_code, opaque_code
from bot.audit import record
from bot.messaging.messages import Sender
from bot.settings.office import Office
from bot.wording.days import day_at
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
    renew_secret,
    set_removed,
)
from surveys.workshop import Workshop

VALID_FOR = timedelta(days=7)


@dataclass(frozen=True)
class StaffInvitation:
    """A member to add: the role, a label for colleagues, and the workshops a manager may see."""

    role: StaffRole
    label: str = ""
    workshops: Sequence[str] = ()
    donors: Sequence[str] = ()


@dataclass(frozen=True)
class AddedMember:
    """A new member and the one-time code for their chat, which is shown only here."""

    member: Member
    secret: str
    valid_until: datetime


@dataclass(frozen=True)
class RemovedMember:
    """The member after a removal; `changed` is False if they had been removed before."""

    member: Member
    changed: bool


def add(
    connection: Connection, office: Office, wanted: StaffInvitation, now: datetime
) -> AddedMember:
    """Add a member, who joins with `/start CODE` within a week. Raise Conflict for an unknown scope."""
    scope = _scope(connection, wanted)
    secret = one_time_code()
    new = NewMember(opaque_code("S"), wanted.role, wanted.label, scope, office.acting)
    member = add_member(connection, new, secret, now)
    about = f"{member.code} {member.role}"
    record(connection, office, Act.STAFF_ADDED, about, now, scope=len(scope))
    return AddedMember(member, secret, now + VALID_FOR)


def renew_code(connection: Connection, office: Office, code: str, now: datetime) -> AddedMember:
    """Make a new code, for a week, in place of one that nobody has used or seen.

    Raise Conflict for a member who has joined or was removed.
    """
    member = member_with(connection, code)
    if member.joined_at is not None or member.removed_at is not None:
        what = "has joined already" if member.removed_at is None else "was removed"
        raise Conflict(
            f"{member.code} {what}. `followup staff add` makes a code for a new member."
        )
    secret = one_time_code()
    renew_secret(connection, member.id, secret, now)
    record(connection, office, Act.STAFF_ADDED, f"{member.code} {member.role}", now)
    return AddedMember(member, secret, now + VALID_FOR)


def _scope(connection: Connection, wanted: StaffInvitation) -> tuple[str, ...]:
    """Return the codes and donors a manager is limited to. Raise Conflict if one does not exist."""
    if not (wanted.workshops or wanted.donors):
        return ()
    if wanted.role is not StaffRole.MANAGER:
        raise Conflict(f"Only managers can be limited to workshops; {wanted.role}s see all.")
    known = all_workshops(connection)
    given = [donor for workshop in known for donor in workshop.donors]
    missing = sorted(set(wanted.workshops) - {one.code for one in known})
    missing += sorted(set(wanted.donors) - set(given))
    if missing:
        raise Conflict(f"There is no workshop or donor {', '.join(missing)}. Nobody was added.")
    return (*wanted.workshops, *wanted.donors)


def remove(connection: Connection, office: Office, code: str, now: datetime) -> RemovedMember:
    """Remove a member at once; an unused code ends too."""
    member = member_with(connection, code)
    if member.removed_at is not None:
        return RemovedMember(member, False)
    set_removed(connection, member.id, now)
    record(connection, office, Act.STAFF_REMOVED, member.code, now)
    return RemovedMember(member, True)


def list_staff(connection: Connection) -> list[Member]:
    """Return all members who have joined or are invited."""
    return [one for one in members(connection) if one.removed_at is None]


def state_of(member: Member, office: Office, now: datetime) -> str:
    """Return whether a member has joined, in words."""
    if member.joined_at is not None:
        return f"since {day_at(member.joined_at, office.zone)}"
    if now >= member.added_at + VALID_FOR:
        return "the code has expired"
    return "has not used the code yet"


def join_staff(
    connection: Connection, sender: Sender, secret: str, now: datetime
) -> Member | None:
    """Link the chat that sent a staff code to its member; None for a wrong, expired or used code."""
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
    """Return whether a member may see a workshop."""
    return member.sees(workshop)
