"""Entries that look like one person and that the office knows to be two, so that it is asked once."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, or_, select

from storage.inserts import inserting
from storage.schema import people_apart

AT_ONCE = 500
"""How many people go into one query."""
Pair = tuple[int, int]
"""The ids of two people."""


def put_apart(connection: Connection, pairs: Iterable[Pair], at: datetime) -> None:
    """Store that each pair are two people; what is stored already stays."""
    known = {_ordered(one, two) for one, two in pairs if one != two}
    rows = [{"one_id": one, "other_id": two, "decided_at": at} for one, two in sorted(known)]
    if rows:
        connection.execute(
            inserting(connection.dialect.name, people_apart).on_conflict_do_nothing(), rows
        )


def apart_among(connection: Connection, people: Sequence[int]) -> set[Pair]:
    """Return the pairs among some people that are known to be two, each in both orders."""
    among, found = set(people), set()
    for start in range(0, len(people), AT_ONCE):
        mine = people_apart.c.one_id.in_(people[start : start + AT_ONCE])
        for row in connection.execute(select(people_apart).where(mine)):
            if row.other_id in among:
                found |= {(row.one_id, row.other_id), (row.other_id, row.one_id)}
    return found


def are_apart(connection: Connection, pair: Pair) -> bool:
    """Return whether two entries are known to be two people."""
    return bool(apart_among(connection, pair))


def forget_apart(connection: Connection, people: Collection[int]) -> None:
    """Delete what was decided about some people."""
    theirs = or_(people_apart.c.one_id.in_(people), people_apart.c.other_id.in_(people))
    connection.execute(delete(people_apart).where(theirs))


def _ordered(one: int, two: int) -> Pair:
    return (one, two) if one < two else (two, one)
