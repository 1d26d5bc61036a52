"""The staff: roles, one-time codes with which a chat joins, and the scope of managers.

A member is known by an opaque code and a label that the office chose.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, RowMapping, delete, insert, select, update

from storage.database import NotFound
from storage.people.codes import hash_of, plain_code
from storage.schema import desk_sessions, digest_wishes, sign_in_links, staff, staff_accounts
from surveys.workshop import Workshop


class StaffRole(StrEnum):
    """What a member of staff may do. Each role includes the roles before it."""

    MANAGER = "manager"
    ORGANISER = "organiser"
    ADMINISTRATOR = "administrator"

    def may(self, needed: "StaffRole") -> bool:
        """Return whether this role includes another one."""
        order = list(StaffRole)
        return order.index(self) >= order.index(needed)


@dataclass(frozen=True)
class NewMember:
    """A member to add. `scope` names workshops (by code) and donors; empty means all."""

    code: str
    role: StaffRole
    label: str
    scope: tuple[str, ...]
    added_by: str


@dataclass(frozen=True)
class Member:
    """A member of staff. `channel` and `identifier` are empty until the code was used.

    `email` is where letters to sign in go, "" if there is no address.
    """

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
    email: str = ""

    def sees(self, workshop: Workshop) -> bool:
        """Return whether the member may see a workshop: managers may be limited to some."""
        bound = self.role is StaffRole.MANAGER and self.scope
        return not bound or bool({workshop.code, *workshop.donors} & set(self.scope))


def add_member(connection: Connection, new: NewMember, secret: str, at: datetime) -> Member:
    """Add a member who has not joined yet; only the hash of the one-time code is stored."""
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


def renew_secret(connection: Connection, number: int, secret: str, at: datetime) -> None:
    """Replace the one-time code of a member who has not joined; its time begins anew."""
    values = {"secret_hash": hash_of(plain_code(secret)), "added_at": at}
    connection.execute(update(staff).where(staff.c.id == number).values(values))


def member_with_secret(connection: Connection, secret: str) -> Member | None:
    """Return the member with this one-time code, locked; None if the code was never given out."""
    wanted = (
        select(staff).where(staff.c.secret_hash == hash_of(plain_code(secret))).with_for_update()
    )
    row = connection.execute(wanted).one_or_none()
    return _member_of(row) if row else None


def join(connection: Connection, member: Member, chat: tuple[str, str], at: datetime) -> None:
    """Let a chat (channel and identifier) belong to this member, and to no other any more."""
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
    """Return the member of staff who writes from this chat."""
    row = connection.execute(
        select(staff).where(
            staff.c.channel == channel,
            staff.c.identifier == identifier,
            staff.c.removed_at.is_(None),
        )
    ).one_or_none()
    return _member_of(row) if row else None


def members(connection: Connection) -> list[Member]:
    """Return all members, also removed ones, oldest first."""
    return [_member_of(row) for row in connection.execute(select(staff).order_by(staff.c.id))]


def member_with(connection: Connection, code: str) -> Member:
    """Return the member with this code, however it was typed."""
    wanted = select(staff).where(staff.c.code == code.strip().upper())
    row = connection.execute(wanted).one_or_none()
    if row is None:
        raise NotFound(f"No member of staff has the code {code}. `followup staff list` shows all.")
    return _member_of(row)


def member_by_id(connection: Connection, number: int) -> Member:
    """Return a member by the number of the row."""
    return _member_of(connection.execute(select(staff).where(staff.c.id == number)).one())


def member_with_email(connection: Connection, email: str) -> Member | None:
    """Return the member of staff with this e-mail address."""
    here = (staff.c.email == email) & staff.c.removed_at.is_(None)
    row = connection.execute(select(staff).where(here)).one_or_none()
    return _member_of(row) if row else None


def set_email(connection: Connection, number: int, email: str) -> None:
    """Give a member another e-mail address, "" for none; the one before is kept beside it."""
    values = {"email": email or None, "email_before": staff.c.email}
    connection.execute(update(staff).where(staff.c.id == number).values(values))


def email_before(connection: Connection, number: int) -> str:
    """Return the address that the present one of a member has replaced, "" if there was none."""
    return connection.scalar(select(staff.c.email_before).where(staff.c.id == number)) or ""


def set_removed(connection: Connection, number: int, at: datetime) -> None:
    """Remove a member; an unused code ends, the addresses, the account and wishes are erased.

    Sessions and links to sign in end too: none works again for a member who is taken back.
    """
    values = {"removed_at": at, "email": None, "email_before": None}
    connection.execute(update(staff).where(staff.c.id == number).values(values))
    for table in (digest_wishes, staff_accounts):
        connection.execute(delete(table).where(table.c.staff_id == number))
    end_ways_in(connection, number, at)


def end_ways_in(connection: Connection, number: int, at: datetime) -> None:
    """End the sessions of a member and delete the links to sign in, also those that work twice."""
    here = (desk_sessions.c.staff_id == number) & desk_sessions.c.ended_at.is_(None)
    connection.execute(update(desk_sessions).where(here).values(ended_at=at, note=None))
    connection.execute(delete(sign_in_links).where(sign_in_links.c.staff_id == number))


def set_taken_back(connection: Connection, number: int) -> None:
    """Let a member who was removed belong to the staff again."""
    connection.execute(update(staff).where(staff.c.id == number).values(removed_at=None))


def set_standing(
    connection: Connection, number: int, role: StaffRole, scope: tuple[str, ...]
) -> None:
    """Give a member another role, or other workshops and donors that a manager may see."""
    values = {"role": role, "scope": list(scope)}
    connection.execute(update(staff).where(staff.c.id == number).values(values))


def lock_administrators(connection: Connection) -> list[Member]:
    """Return the administrators, locked: nobody else removes one of them meanwhile."""
    here = (staff.c.role == StaffRole.ADMINISTRATOR) & staff.c.removed_at.is_(None)
    rows = connection.execute(select(staff).where(here).order_by(staff.c.id).with_for_update())
    return [_member_of(row) for row in rows]


def chats_of(connection: Connection, role: StaffRole) -> list[tuple[str, str]]:
    """Return channel and identifier of all members whose role includes this one."""
    rows = connection.execute(
        select(staff)
        .where(staff.c.removed_at.is_(None), staff.c.identifier.is_not(None))
        .order_by(staff.c.id)
    )
    found = [_member_of(row) for row in rows]
    return [(one.channel, one.identifier) for one in found if one.role.may(role)]


def label_of(connection: Connection, code: str) -> str:
    """Return the label of a member; the code itself if there is none."""
    return connection.scalar(select(staff.c.label).where(staff.c.code == code)) or code


def _member_of(row: Row[tuple[object, ...]]) -> Member:
    return member_of_row(row._mapping)


def member_of_row(row: Mapping[str, Any] | RowMapping) -> Member:
    """Return the member of a row of the table, by the names of its columns."""
    return Member(
        id=row["id"],
        code=row["code"],
        role=StaffRole(row["role"]),
        label=row["label"],
        scope=tuple(row["scope"]),
        channel=row["channel"] or "",
        identifier=row["identifier"] or "",
        added_by=row["added_by"],
        added_at=row["added_at"],
        joined_at=row["joined_at"],
        removed_at=row["removed_at"],
        email=row["email"] or "",
    )
