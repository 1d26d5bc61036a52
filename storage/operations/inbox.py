"""The inbox: what a messenger has brought, stored before it is acknowledged.

A row is taken in, handled (the changes that it asks for are committed, with a mark in the same
transaction) and settled (answered, or given up). A settled row keeps its number for a day, so that
an update that is brought again is not handled again; its content and chat are gone at once.
"""

from collections.abc import Collection, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from sqlalchemy import (
    BindParameter,
    Connection,
    Executable,
    Row,
    bindparam,
    delete,
    func,
    literal,
    select,
    update,
)

from storage.inserts import inserting
from storage.operations.heartbeats import last_heartbeats
from storage.operations.process_leases import ProcessLease
from storage.people.addresses import ASIDE
from storage.people.failed_codes import hash_of_chat
from storage.schema import addresses, inbox, room_guests, staff

POLL = "poll"
"""The heartbeat of a process that has asked the messenger for updates."""
KEPT = timedelta(days=1)
"""How long the number of a settled row is kept."""
EXCESS = "excess"
"""The kind of the row that stands for what a known chat has sent beyond its bound."""


@dataclass(frozen=True)
class Arrival:
    """What a messenger brought: its number there, the chat, its kind and its JSON.

    `way_in` says that it may be a code, which an unknown chat needs to get in.
    """

    number: int
    conversation: str
    kind: str
    content: str
    way_in: bool = False


@dataclass(frozen=True)
class Waiting:
    """A row that is not settled. `known` says whether the chat belongs to somebody of the office."""

    id: int
    arrival: Arrival
    known: bool
    received_at: datetime
    tries: int = 0


@dataclass(frozen=True)
class InboxState:
    """What a monitor asks: when something was settled and polled last, and since when a row waits."""

    last_settled: datetime | None
    last_poll: datetime | None
    waiting_since: datetime | None
    waiting: int
    given_up: Mapping[tuple[str, str], int]
    """How many rows were given up in the last day, by their kind and the place of the fault."""


def insert_rows(
    connection: Connection, bot: int, holder: int, arrivals: Sequence[Arrival], at: datetime
) -> dict[int, int]:
    """Store arrivals; return the ids of the new rows by their numbers. A known number is left out."""
    if not arrivals:
        return {}
    rows = [
        {
            "bot": bot,
            "number": one.number,
            "conversation": one.conversation,
            "kind": one.kind,
            "content": one.content,
            "holder": holder,
            "received_at": at,
        }
        for one in arrivals
    ]
    return {number: row for row, number in connection.execute(_new(connection.dialect.name), rows)}


# Statements that every update runs are built once: building one costs more than running it.
@cache
def _new(dialect: str) -> Executable:
    unknown = inserting(dialect, inbox).on_conflict_do_nothing()
    return unknown.returning(inbox.c.id, inbox.c.number)


_CHATS: BindParameter[list[str]] = bindparam("identifiers", expanding=True)
_KNOWN = (
    select(addresses.c.identifier)
    .where(
        addresses.c.channel == bindparam("channel"),
        addresses.c.identifier.in_(_CHATS),
        addresses.c.state.not_in(ASIDE),
    )
    .union_all(
        select(staff.c.identifier).where(
            staff.c.channel == bindparam("channel"),
            staff.c.identifier.in_(_CHATS),
            staff.c.removed_at.is_(None),
        )
    )
)
_HANDLED = (
    update(inbox)
    .where(inbox.c.id == bindparam("row"), inbox.c.handled_at.is_(None))
    .values(handled_at=bindparam("at"))
)
_SETTLED = (
    update(inbox)
    .where(inbox.c.id == bindparam("row"), inbox.c.settled_at.is_(None))
    .values(settled_at=bindparam("at"), content="", conversation="")
)


def known_chats(connection: Connection, channel: str, identifiers: Collection[str]) -> set[str]:
    """Return which chats belong to a participant, to staff, or to a guest of a room."""
    wanted = {"channel": channel, "identifiers": list(identifiers)}
    found = {*connection.scalars(_KNOWN, wanted)} if identifiers else set()
    hashes = {hash_of_chat(channel, one): one for one in {*identifiers} - found}
    if not hashes:
        return found
    guests = select(room_guests.c.chat).where(room_guests.c.chat.in_(list(hashes)))
    return found | {hashes[one] for one in connection.scalars(guests)}


def stored_numbers(connection: Connection, bot: int, numbers: Collection[int]) -> set[int]:
    """Return which numbers of a bot are in the table."""
    if not numbers:
        return set()
    wanted = select(inbox.c.number).where(inbox.c.bot == bot, inbox.c.number.in_(numbers))
    return {*connection.scalars(wanted)}


def unsettled(
    connection: Connection, bot: int, holder: int, numbers: Collection[int], known: Set[str]
) -> list[Waiting]:
    """Return the rows of these numbers that this process has stored before and has not settled.

    A commit whose confirmation was lost leaves such rows.
    """
    if not numbers:
        return []
    mine = (inbox.c.bot == bot) & (inbox.c.holder == holder) & inbox.c.settled_at.is_(None)
    rows = connection.execute(select(inbox).where(mine, inbox.c.number.in_(numbers)))
    return [_waiting(row, row.conversation in known) for row in rows]


def mark_handled(connection: Connection, row: int | None, at: datetime) -> bool:
    """Mark a row as handled, in the transaction that handles it; False if that was done before.

    A message that lies in no row, such as one of a page, is always new.
    """
    return row is None or connection.execute(_HANDLED, {"row": row, "at": at}).rowcount == 1


def settle(connection: Connection, row: int | None, at: datetime) -> None:
    """Settle a row that was answered, and wipe what it holds."""
    if row is not None:
        connection.execute(_SETTLED, {"row": row, "at": at})


def settle_all(connection: Connection, rows: Sequence[tuple[int, datetime]]) -> None:
    """Settle rows that were answered at these moments."""
    if rows:
        connection.execute(_SETTLED, [{"row": row, "at": at} for row, at in rows])


def give_up(connection: Connection, row: int, place: str, at: datetime) -> None:
    """Settle a row that cannot be handled; its kind and the place of the fault stay for a day."""
    settle(connection, row, at)
    connection.execute(update(inbox).where(inbox.c.id == row).values(failed_at=place[:80]))


def count_try(connection: Connection, row: int) -> None:
    """Count a try that failed."""
    connection.execute(update(inbox).where(inbox.c.id == row).values(tries=inbox.c.tries + 1))


def adopt(
    connection: Connection, bot: int, channel: str, lease: ProcessLease, mine: bool
) -> list[Waiting]:
    """Take over the unsettled rows of processes that no longer run, in the order of their numbers.

    With `mine` those of this process are returned too. A row counts a try: it may be the one that
    has ended its process.
    """
    open_rows = (inbox.c.bot == bot) & inbox.c.settled_at.is_(None)
    holders = connection.scalars(select(inbox.c.holder).where(open_rows).distinct())
    gone = lease.gone(connection, holders.all()) | ({lease.number} if mine else set())
    if not gone:
        return []
    changed = (
        update(inbox)
        .where(open_rows, inbox.c.holder.in_(gone))
        .values(holder=lease.number, tries=inbox.c.tries + 1)
        .returning(inbox)
    )
    rows = sorted(connection.execute(changed), key=lambda row: row.number)
    known = known_chats(connection, channel, {row.conversation for row in rows})
    return [_waiting(row, row.conversation in known) for row in rows]


def last_number(connection: Connection, bot: int) -> int | None:
    """Return the highest number that a bot has taken in lately; None if there is none."""
    mine = (inbox.c.bot == bot) & (inbox.c.number >= 0)
    wanted = select(inbox.c.number).where(mine).order_by(inbox.c.number.desc())
    return connection.scalar(wanted.limit(1))


def delete_settled(connection: Connection, now: datetime) -> int:
    """Delete the rows that were settled over a day ago; return their number."""
    return connection.execute(delete(inbox).where(inbox.c.settled_at < now - KEPT)).rowcount


def inbox_state(connection: Connection, now: datetime) -> InboxState:
    """Return what a monitor asks about the inbox."""
    lately = inbox.c.settled_at.is_not(None)
    newest = select(inbox.c.settled_at).where(lately).order_by(inbox.c.id.desc()).limit(1)
    waiting = connection.execute(
        select(func.count().label("number"), func.min(inbox.c.received_at).label("since")).where(
            inbox.c.settled_at.is_(None)
        )
    ).one()
    return InboxState(
        last_settled=connection.scalar(newest),
        last_poll=last_heartbeats(connection, now).get(POLL),
        waiting_since=waiting.since,
        waiting=waiting.number,
        given_up=_given_up(connection, now - KEPT),
    )


def _given_up(connection: Connection, since: datetime) -> dict[tuple[str, str], int]:
    rows = connection.execute(
        select(inbox.c.kind, inbox.c.failed_at, func.count(literal(1)).label("number"))
        .where(inbox.c.settled_at >= since, inbox.c.failed_at != "")
        .group_by(inbox.c.kind, inbox.c.failed_at)
    )
    return {(row.kind, row.failed_at): row.number for row in rows}


def _waiting(row: Row[tuple[object, ...]], known: bool) -> Waiting:
    arrival = Arrival(row.number, row.conversation, row.kind, row.content, way_in=True)
    return Waiting(row.id, arrival, known, row.received_at, row.tries)
