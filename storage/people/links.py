"""Personal links to the web page: only the hash of a link's secret is kept.

Knows neither addresses of pages nor who may follow a link; `bot.access.links` makes the secrets.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, bindparam, insert, select, update

from storage.people.codes import hash_of
from storage.schema import links


class Purpose(StrEnum):
    """What a link is good for, and for nothing else."""

    INTERVIEW = "interview"
    STOP = "stop"


@dataclass(frozen=True)
class Link:
    """A link that was given out, as the tables know it."""

    purpose: Purpose
    enrolment_id: int
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None

    def usable(self, now: datetime) -> bool:
        """Whether it was not taken back and its time has not run out."""
        return self.revoked_at is None and (self.expires_at is None or now < self.expires_at)


_WITH_HASH = select(links).where(links.c.hash == bindparam("hash"))


def add_link(connection: Connection, secret: str, link: Link) -> None:
    """Keep a new link under the hash of its secret; earlier ones go on to work."""
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
    """The link with this secret; None for secrets that were never given out.

    Looked up by its hash, so that the time it takes tells nothing about secrets that exist.
    """
    row = connection.execute(_WITH_HASH, {"hash": hash_of(secret)}).one_or_none()
    if row is None:
        return None
    return Link(
        Purpose(row.purpose), row.enrolment_id, row.created_at, row.expires_at, row.revoked_at
    )


def revoke_links(connection: Connection, enrolment_id: int, at: datetime) -> int:
    """Take back all links of an enrolment; returns how many still worked."""
    working = (links.c.enrolment_id == enrolment_id) & links.c.revoked_at.is_(None)
    return connection.execute(update(links).where(working).values(revoked_at=at)).rowcount
