"""Personal links to the web page. Only the hash of a link's secret is stored.

Knows neither URLs nor who may follow a link; `bot.access.links` makes the secrets.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import partial
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from storage.joined import Joined
from storage.people.codes import hash_of
from storage.people.enrolments import enrolment_of
from storage.people.participants import participant_of
from storage.schema import enrolments, links, participants
from surveys.people import Enrolment, Participant


class Purpose(StrEnum):
    """The one use of a link."""

    INTERVIEW = "interview"
    STOP = "stop"


@dataclass(frozen=True)
class Link:
    """A link that was given out, as stored."""

    purpose: Purpose
    enrolment_id: int
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None

    def usable(self, now: datetime) -> bool:
        """Return whether the link was neither revoked nor has expired."""
        return self.revoked_at is None and (self.expires_at is None or now < self.expires_at)


@dataclass(frozen=True)
class Visitor:
    """A link, usable or not, with the enrolment it belongs to and the person."""

    link: Link
    enrolment: Enrolment
    participant: Participant


# Built once, because every page runs them: building a statement costs more than running it.
_WITH_HASH = select(links).where(links.c.hash == bindparam("hash"))
_JOINED = Joined(links, enrolments, participants)
_VISITOR = (
    select(*_JOINED.tables)
    .join(enrolments, enrolments.c.id == links.c.enrolment_id)
    .join(participants, participants.c.id == enrolments.c.participant_id)
    .where(links.c.hash == bindparam("hash"))
)


def add_link(connection: Connection, secret: str, link: Link) -> None:
    """Store a new link under the hash of its secret; earlier links keep working."""
    connection.execute(
        insert(links).values(
            hash=hash_of(secret),
            purpose=link.purpose,
            enrolment_id=link.enrolment_id,
            created_at=link.created_at,
            expires_at=link.expires_at,
        )
    )


def find_link(connection: Connection, secret: str) -> Link | None:
    """Return the link with this secret; None for a secret that was never given out.

    It is looked up by hash, so that the time taken reveals nothing about existing secrets.
    """
    row = connection.execute(_WITH_HASH, {"hash": hash_of(secret)}).one_or_none()
    return None if row is None else _link_of(row)


def find_visitor(connection: Connection, secret: str) -> Visitor | None:
    """Return the link with this secret and whose it is; None for a secret that was never given out."""
    row = connection.execute(_VISITOR, {"hash": hash_of(secret)}).one_or_none()
    if row is None:
        return None
    part = partial(_JOINED.part, row)
    return Visitor(
        _link_of(part(links)),
        enrolment_of(part(enrolments)),
        participant_of(part(participants)),
    )


def _link_of(row: Any) -> Link:
    return Link(
        Purpose(row.purpose), row.enrolment_id, row.created_at, row.expires_at, row.revoked_at
    )


def end_link(connection: Connection, secret: str, at: datetime) -> None:
    """Revoke the link with this secret, if there is one that works."""
    this = (links.c.hash == hash_of(secret)) & links.c.revoked_at.is_(None)
    connection.execute(update(links).where(this).values(revoked_at=at))


def end_links(connection: Connection, participant_id: int, at: datetime) -> int:
    """Revoke all links of a person; return how many still worked."""
    mine = select(enrolments.c.id).where(enrolments.c.participant_id == participant_id)
    working = links.c.enrolment_id.in_(mine) & links.c.revoked_at.is_(None)
    return connection.execute(update(links).where(working).values(revoked_at=at)).rowcount


def revoke_links(connection: Connection, enrolment_id: int, at: datetime) -> int:
    """Revoke all links of an enrolment; return how many still worked."""
    working = (links.c.enrolment_id == enrolment_id) & links.c.revoked_at.is_(None)
    return connection.execute(update(links).where(working).values(revoked_at=at)).rowcount
