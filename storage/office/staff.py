"""Who works for the office: roles, the one-time codes that make a chat staff, and their scope.

A member is known by an opaque code; only a label that the office chose stands beside it.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, Row, insert, select, update

from storage.database import NotFound
from storage.people.codes import hash_of, plain_code
from storage.schema import staff


class StaffRole(StrEnum):
    """What somebody of the office may do; each role may do what the roles before it may."""

    MANAGER = "manager"
    ORGANISER = "organiser"
    ADMINISTRATOR = "administrator"

    def may(self, needed: "StaffRole") -> bool:
        """Whether this role may do what needs another one."""
        order = list(StaffRole)
        return order.index(self) >= order.index(needed)


@dataclass(frozen=True)
class NewMember:
    """Somebody to add. `scope` names workshops (by code) and donors; empty means all."""

    code: str
    role: StaffRole
    label: str
    scope: tuple[str, ...]
    added_by: str


@dataclass(frozen=True)
class Member:
    """A member of the staff; `channel` and `identifier` are empty until their code was used."""

    id: int
    code: str
    role: StaffRole
    label: str
    scope: tuple[str, ...]
    channel: str
    identifier: str
    added_by: str
    added_at: datetime
    joined_at: datetime | None
    removed_at: datetime | None


def add_member(connection: Connection, new: NewMember, secret: str, at: datetime) -> Member:
    """Add somebody who has not joined yet; only the hash of the one-time code is kept."""
    values = {
        "code": new.code,
        "role": new.role,
        "label": new.label,
        "scope": list(new.scope),
        "secret_hash": hash_of(plain_code(secret)),
        "added_by": new.added_by,
        "added_at": at,
    }
    row = connection.execute(insert(staff).values(values).returning(staff)).one()
    return _member_of(row)


def member_with_secret(connection: Connection, secret: str) -> Member | None:
    """Whom a one-time code was given to; None if it never was one. Held until the transaction ends."""
    wanted = (
        select(staff).where(staff.c.secret_hash == hash_of(plain_code(secret))).with_for_update()
    )
    row = connection.execute(wanted).one_or_none()
    return _member_of(row) if row else None


def join(connection: Connection, member: Member, chat: tuple[str, str], at: datetime) -> None:
    """The chat (channel and identifier) belongs to this member; what it was before has ended."""
    channel, identifier = chat
    before = find_member(connection, channel, identifier)
    if before is not None and before.id != member.id:
        set_removed(connection, before.id, at)
    connection.execute(
        update(staff)
        .where(staff.c.id == member.id)
        .values(channel=channel, identifier=identifier, joined_at=at)
    )


def find_member(connection: Connection, channel: str, identifier: str) -> Member | None:
    """The member of the staff who writes from this chat now."""
    row = connection.execute(
        select(staff).where(
            staff.c.channel == channel,
            staff.c.identifier == identifier,
            staff.c.removed_at.is_(None),
        )
    ).one_or_none()
    return _member_of(row) if row else None


def members(connection: Connection) -> list[Member]:
    """Everybody who was ever added, oldest first."""
    return [_member_of(row) for row in connection.execute(select(staff).order_by(staff.c.id))]


def member_with(connection: Connection, code: str) -> Member:
    """The member with this code, however it was typed."""
    wanted = select(staff).where(staff.c.code == code.strip().upper())
    row = connection.execute(wanted).one_or_none()
    if row is None:
        raise NotFound(
            f"Nobody of the staff has the code {code}. `followup staff list` shows all."
        )
    return _member_of(row)


def set_removed(connection: Connection, number: int, at: datetime) -> None:
    """This member works here no more; a code that was not used ends."""
    connection.execute(update(staff).where(staff.c.id == number).values(removed_at=at))


def chats_of(connection: Connection, role: StaffRole) -> list[tuple[str, str]]:
    """Channel and identifier of everybody who may do what a role may."""
    rows = connection.execute(
        select(staff)
        .where(staff.c.removed_at.is_(None), staff.c.identifier.is_not(None))
        .order_by(staff.c.id)
    )
    found = [_member_of(row) for row in rows]
    return [(one.channel, one.identifier) for one in found if one.role.may(role)]


def label_of(connection: Connection, code: str) -> str:
    """How colleagues know somebody: the label, else the code itself."""
    return connection.scalar(select(staff.c.label).where(staff.c.code == code)) or code


def _member_of(row: Row[tuple[object, ...]]) -> Member:
    return Member(
        id=row.id,
        code=row.code,
        role=StaffRole(row.role),
        label=row.label,
        scope=tuple(row.scope),
        channel=row.channel or "",
        identifier=row.identifier or "",
        added_by=row.added_by,
        added_at=row.added_at,
        joined_at=row.joined_at,
        removed_at=row.removed_at,
    )
