"""Marks of erased people: keyed hashes by which a list is known to name one of them.

What was erased cannot be read from them; whoever has the key can only ask whether a name is there.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, insert, inspect, select

from storage.people.merges import everyone_merged_into
from storage.schema import addresses, enrolments, erased_marks, keys, participants

NAME = "erased"
AT_ONCE = 500
"""How many marks go into one query."""


@dataclass(frozen=True)
class Marks:
    """The key of the marks, '' before the first, and when each was made."""

    key: str = ""
    made: dict[str, datetime] = field(default_factory=dict)


@dataclass(frozen=True)
class Known:
    """What a list could name a person by: pairs of administration and name, and addresses."""

    names: frozenset[tuple[str, str]]
    addresses: frozenset[str]


def marks_key(connection: Connection) -> str:
    """Return the key of the marks; '' before anybody was erased."""
    return connection.scalar(select(keys.c.secret).where(keys.c.name == NAME)) or ""


def put_marks_key(connection: Connection, key: str) -> str:
    """Store a key unless there is one; return the key that holds."""
    known = marks_key(connection)
    if known:
        return known
    connection.execute(insert(keys).values(name=NAME, secret=key))
    return key


def put_marks(connection: Connection, marks: Collection[str], at: datetime) -> None:
    """Store marks of a person who is erased; those that are there stay as they are."""
    known = marks_among(connection, marks)
    new = [{"hash": mark, "erased_at": at} for mark in sorted(set(marks) - set(known))]
    if new:
        connection.execute(insert(erased_marks), new)


def marks_among(connection: Connection, marks: Iterable[str]) -> dict[str, datetime]:
    """Return which of some marks are known, and when the person was erased."""
    wanted, found = list(marks), {}
    for start in range(0, len(wanted), AT_ONCE):
        these = erased_marks.c.hash.in_(wanted[start : start + AT_ONCE])
        for row in connection.execute(select(erased_marks).where(these)):
            found[row.hash] = row.erased_at
    return found


def known_by(connection: Connection, participant_id: int, channel: str) -> Known:
    """Return by what a person and all entries merged into them could be named in a list."""
    people = everyone_merged_into(connection, [participant_id])
    named = (
        select(participants.c.name, enrolments.c.administration_code)
        .join(enrolments, enrolments.c.participant_id.in_(people))
        .where(participants.c.id.in_(people), participants.c.name != "")
    )
    mine = addresses.c.participant_id.in_(people) & (addresses.c.channel == channel)
    names = {(row.administration_code, row.name) for row in connection.execute(named)}
    found = connection.scalars(select(addresses.c.identifier).where(mine))
    return Known(frozenset(names), frozenset(found))


def marks_in(connection: Connection) -> Marks:
    """Return all marks; none in a database of a version that had none."""
    if not inspect(connection).has_table(erased_marks.name):
        return Marks()
    rows = connection.execute(select(erased_marks))
    return Marks(marks_key(connection), {row.hash: row.erased_at for row in rows})


def carry_marks(connection: Connection, marks: Marks) -> None:
    """Store the marks that a restored copy lacks; a copy of another office keeps its own."""
    if not marks.key or put_marks_key(connection, marks.key) != marks.key:
        return
    for mark, at in marks.made.items():
        put_marks(connection, [mark], at)
