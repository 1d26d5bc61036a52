"""Notices to the staff, stored until they are sent.

People whom the office confirmed in a room are told in the same way. A notice is delivered at least
once: one that was interrupted or may not have been delivered is sent again ten minutes later.
Messages to participants are sent at most once instead.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    bindparam,
    delete,
    insert,
    select,
    update,
)

from storage.due_workshops import mark_person_due
from storage.fieldwork.due_contacts import plan_person_again
from storage.office.staff import StaffRole, chats_of, find_member
from storage.people.addresses import find_address
from storage.people.codes import hash_of
from storage.schema import notices, staff, wave_messages

AGAIN_AFTER = timedelta(minutes=10)
SAME_WORDS = timedelta(days=1)
"""The same text to the same chat is sent again only after this time."""
OLD_NEWS = timedelta(days=7)
_FIRST_DUE = select(notices.c.id).where(notices.c.next_at <= bindparam("now")).limit(1)
MOVED = ((notices, ("text_hash",)), (wave_messages, ("workshop_code", "key")))
"""Tables with rows for a chat, and the columns in which two rows of one chat must differ."""


@dataclass(frozen=True)
class Notice:
    """A notice for one chat. `button` is the token of a button below it, if it has one.

    `for_role` is the role of staff that may read it; "" for people who are not staff.
    """

    id: int
    channel: str
    identifier: str
    text: str
    doubts: int
    button: str = ""
    for_role: str = ""


def put_notices(
    connection: Connection,
    texts: Iterable[str],
    to: list[tuple[str, str]],
    now: datetime,
    button: str = "",
    *,
    reply: bool = False,
) -> None:
    """Store notices for people's chats (channel and identifier) until they are sent.

    Unless it is a `reply` to what they sent, other messages to them keep the gap from it.
    """
    _put(connection, texts, to, now, {"button": button, "for_role": "", "is_reply": reply})
    _keep_apart(connection, [] if reply else to)


def _keep_apart(connection: Connection, to: list[tuple[str, str]]) -> None:
    """Plan the contacts of people again who get a notice, so that other messages keep the gap."""
    for chat in to:
        if address := find_address(connection, *chat):
            plan_person_again(connection, address.participant_id)
            mark_person_due(connection, address.participant_id)


def tell_again(
    connection: Connection, text: str, to: list[tuple[str, str]], now: datetime
) -> None:
    """Store a notice of an act for people's chats; it is told as often as the act is done."""
    more = {"button": "", "for_role": "", "is_reply": False}
    _put(connection, [text], to, now, more, again=timedelta(0))
    _keep_apart(connection, to)


def put_staff_notices(
    connection: Connection, texts: Iterable[str], role: StaffRole, now: datetime, button: str = ""
) -> None:
    """Store notices for all staff with a role until they are sent; `button` is a token."""
    _put(connection, texts, chats_of(connection, role), now, {"button": button, "for_role": role})


def _put(
    connection: Connection,
    texts: Iterable[str],
    to: list[tuple[str, str]],
    now: datetime,
    more: dict[str, object],
    again: timedelta = SAME_WORDS,
) -> None:
    for text in dict.fromkeys(texts):
        same = notices.c.text_hash == hash_of(text)
        lately = _chats_told(connection, same & (notices.c.made_at > now - again))
        for chat in dict.fromkeys(to):
            if chat not in lately:
                connection.execute(delete(notices).where(same, *_at(notices, *chat)))
                where = {"channel": chat[0], "identifier": chat[1], "text_hash": hash_of(text)}
                what = {"text": text, "made_at": now, "next_at": now}
                connection.execute(insert(notices).values(where | what | more))


def _chats_told(connection: Connection, which: ColumnElement[bool]) -> set[tuple[str, str]]:
    rows = connection.execute(select(notices.c.channel, notices.c.identifier).where(which))
    return {(row.channel, row.identifier) for row in rows}


def _at(table: FromClause, channel: str, identifier: str) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions that a row belongs to a chat."""
    return table.c.channel == channel, table.c.identifier == identifier


def forget_waiting(connection: Connection, text: str, to: tuple[str, str]) -> None:
    """Delete a notice to a chat (channel and identifier) that was not sent yet."""
    waits = notices.c.next_at.is_not(None) & (notices.c.text_hash == hash_of(text))
    connection.execute(delete(notices).where(*_at(notices, *to), waits))


def is_notice_due(connection: Connection, now: datetime) -> bool:
    """Return whether a notice waits to be sent."""
    return connection.scalar(_FIRST_DUE, {"now": now}) is not None


def take_due(connection: Connection, now: datetime) -> list[Notice]:
    """Return the notices that are due, taken so that no other process sends them now."""
    connection.execute(delete(notices).where(notices.c.made_at <= now - OLD_NEWS))
    rows = connection.execute(
        update(notices)
        .where(notices.c.next_at <= now)
        .values(next_at=now + AGAIN_AFTER)
        .returning(notices)
    )
    names = Notice.__dataclass_fields__
    found = [Notice(**{name: getattr(row, name) for name in names}) for row in rows]
    return sorted(found, key=lambda one: one.id)


def still_meant(connection: Connection, told: Iterable[Notice]) -> list[Notice]:
    """Return the notices whose chat may still read them; the others are deleted.

    The role of a member may have ended while a notice waited.
    """
    may = {one: _may_read(connection, one) for one in told}
    gone = [one.id for one, reads in may.items() if not reads]
    connection.execute(delete(notices).where(notices.c.id.in_(gone)))
    return [one for one, reads in may.items() if reads]


def _may_read(connection: Connection, notice: Notice) -> bool:
    if not notice.for_role:
        return True
    member = find_member(connection, notice.channel, notice.identifier)
    return member is not None and member.role.may(StaffRole(notice.for_role))


def set_next(
    connection: Connection, told: Iterable[Notice], at: datetime | None, doubts: int = 0
) -> None:
    """Set when notices are sent next; None for never, because they were sent."""
    numbers = [one.id for one in told]
    values = {"next_at": at, "doubts": notices.c.doubts + doubts}
    connection.execute(update(notices).where(notices.c.id.in_(numbers)).values(values))


def forget_naming(connection: Connection, names: Iterable[str]) -> None:
    """Delete the notices that name somebody who is to be forgotten."""
    for name in filter(None, names):
        named = notices.c.text.contains(name, autoescape=True)
        connection.execute(delete(notices).where(named))


def move_chat(connection: Connection, channel: str, identifier: str, new: str) -> None:
    """Move a chat of staff, with its waiting notices, to a new identifier.

    What the new chat has already stays; its twin of the old chat is deleted.
    """
    for table, same in MOVED:
        twin = table.alias("twin")
        has_twin = select(twin.c.id).where(
            *_at(twin, channel, new), *(twin.c[name] == table.c[name] for name in same)
        )
        connection.execute(
            delete(table).where(*_at(table, channel, identifier), has_twin.exists())
        )
        connection.execute(
            update(table).where(*_at(table, channel, identifier)).values(identifier=new)
        )
    _move_member(connection, channel, identifier, new)


def _move_member(connection: Connection, channel: str, identifier: str, new: str) -> None:
    """Move the members of a chat, unless somebody has joined from the new one."""
    there = staff.alias("there")
    joined = select(there.c.id).where(*_at(there, channel, new), there.c.removed_at.is_(None))
    here = (*_at(staff, channel, identifier), ~joined.exists())
    connection.execute(update(staff).where(*here).values(identifier=new))
