"""Members of the staff: adding and removing them, and the one-time code that links their chat.

A chat becomes a member's only by such a code. Each function is one transaction.
"""

from collections.abc import Iterator, Sequence
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
from storage.office.desk_sessions import LONGEST, sessions
from storage.office.staff import (
    Member,
    NewMember,
    StaffRole,
    add_member,
    find_member,
    join,
    lock_administrators,
    member_with,
    member_with_secret,
    members,
    renew_secret,
    set_removed,
    set_taken_back,
)
from surveys.workshop import Workshop

VALID_FOR = timedelta(days=7)
"""How long a code works, and how long a removal can be taken back."""
TO_SET_AGAIN = "An address for letters and the monthly message have to be set again."
FIRST_ANOTHER = "Nothing was changed. First add another one, who joins in chat or signs in."


@dataclass(frozen=True)
class StaffInvitation:
    """A member to add: the role, a label for colleagues, and the workshops a manager may see."""

    role: StaffRole
    label: str = ""
    workshops: Sequence[str] = ()
    donors: Sequence[str] = ()

    @property
    def named(self) -> tuple[str, ...]:
        """The workshops and donors."""
        return (*self.workshops, *self.donors)


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
    scope = scope_of(connection, wanted)
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


def scope_of(connection: Connection, wanted: StaffInvitation) -> tuple[str, ...]:
    """Return the codes and donors a manager is limited to, as they are written.

    Raise Conflict if one does not exist, or for another role.
    """
    if not wanted.named:
        return ()
    if wanted.role is not StaffRole.MANAGER:
        raise Conflict(f"Only managers can be limited to workshops; {wanted.role}s see all.")
    known = {one.casefold(): one for one in _names_of_workshops(connection)}
    missing = sorted(one for one in wanted.named if one.casefold() not in known)
    if missing:
        raise Conflict(f"There is no workshop or donor {', '.join(missing)}. Nothing was changed.")
    return tuple(dict.fromkeys(known[one.casefold()] for one in wanted.named))


def _names_of_workshops(connection: Connection) -> Iterator[str]:
    """Yield the codes of all workshops, and their donors."""
    for workshop in all_workshops(connection):
        yield from (workshop.code, *workshop.donors)


def donors_known(connection: Connection) -> list[str]:
    """Return the donors of all workshops by name."""
    return sorted({one for workshop in all_workshops(connection) for one in workshop.donors})


def remove(connection: Connection, office: Office, code: str, now: datetime) -> RemovedMember:
    """Remove a member at once; an unused code ends too, and the sessions of all browsers.

    Raise Conflict for the last administrator.
    """
    member = member_with(connection, code)
    if member.removed_at is not None:
        return RemovedMember(member, False)
    check_not_last(connection, member, now)
    set_removed(connection, member.id, now)
    record(connection, office, Act.STAFF_REMOVED, member.code, now)
    return RemovedMember(member, True)


def check_not_last(connection: Connection, member: Member, now: datetime) -> None:
    """Raise Conflict if the office would be without an administrator who has come in."""
    if member.role is not StaffRole.ADMINISTRATOR:
        return
    others = [one for one in lock_administrators(connection) if one.id != member.id]
    signed_in = {one.member.id for one in sessions(connection, now - LONGEST)}
    if not any(one.joined_at or one.email or one.id in signed_in for one in others):
        raise Conflict(f"{member.code} is the last administrator who has come in. {FIRST_ANOTHER}")


def take_back(connection: Connection, office: Office, code: str, now: datetime) -> RemovedMember:
    """Give a member who was removed within a week the access again; `changed` if there was none.

    Raise Conflict after that, or if the chat belongs to somebody else by now.
    """
    member = member_with(connection, code)
    if member.removed_at is None:
        return RemovedMember(member, False)
    if now >= member.removed_at + VALID_FOR:
        raise Conflict(f"{member.code} was removed over a week ago. Add the person anew.")
    other = find_member(connection, member.channel, member.identifier) if member.channel else None
    if other is not None:
        raise Conflict(f"The chat of {member.code} belongs to {other.code} by now.")
    set_taken_back(connection, member.id)
    record(connection, office, Act.STAFF_RESTORED, member.code, now)
    return RemovedMember(member_with(connection, member.code), True)


def removed_lately(connection: Connection, now: datetime) -> list[Member]:
    """Return the members who were removed within a week, the last one first."""
    since = now - VALID_FOR
    gone = [one for one in members(connection) if one.removed_at and one.removed_at > since]
    return sorted(gone, key=lambda one: one.removed_at or since, reverse=True)


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
    """Link the chat that sent a staff code to its member; None for a wrong, expired or used code.

    Whoever it belonged to before has no access any more. Raise Conflict for the last administrator.
    """
    member = member_with_secret(connection, secret)
    if member is None or member.removed_at is not None or now >= member.added_at + VALID_FOR:
        return None
    chat = (sender.channel, sender.identifier)
    if member.joined_at is not None:
        return member if (member.channel, member.identifier) == chat else None
    before = find_member(connection, *chat)
    if before is not None and member.role is not before.role:
        check_not_last(connection, before, now)
    join(connection, member, chat, now)
    if before is not None:
        note_act(connection, Entry(now, member.code, Act.STAFF_REMOVED, before.code, {}))
    about = f"{member.code} {member.role}"
    note_act(connection, Entry(now, member.code, Act.STAFF_JOINED, about, {}))
    return member


def may_see(member: Member, workshop: Workshop) -> bool:
    """Return whether a member may see a workshop."""
    return member.sees(workshop)
