"""How much waits for a decision of the office, in one query. Reads only."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    ScalarSelect,
    TextClause,
    bindparam,
    func,
    select,
)

from storage.schema import (
    IS_UNREACHABLE,
    WAITS_FOR_OFFICE,
    addresses,
    cases,
    office_messages,
    waiting_files,
    walk_ins,
)
from storage.types import UtcDateTime


@dataclass(frozen=True)
class Waiting:
    """Messages to the office, new accounts, guests on no list, files put aside, people out of reach."""

    messages: int
    accounts: int
    guests: int
    files: int
    unreachable: int


def _count(table: FromClause, *where: ColumnElement[bool] | TextClause) -> ScalarSelect[int]:
    return select(func.count()).select_from(table).where(*where).scalar_subquery()


_LATER = waiting_files.c.later & (waiting_files.c.expires_at > bindparam("at", type_=UtcDateTime))
_WAITING = select(
    _count(office_messages, office_messages.c.settled_at.is_(None)),
    _count(addresses, WAITS_FOR_OFFICE),
    _count(walk_ins),
    _count(waiting_files, _LATER),
    _count(cases, IS_UNREACHABLE),
)


def what_waits(connection: Connection, at: datetime) -> Waiting:
    """Return how much of each kind waits at a moment."""
    return Waiting(*connection.execute(_WAITING, {"at": at}).one())
