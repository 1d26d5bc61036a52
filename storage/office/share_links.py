"""Addresses at which readers without an account see one edition of a report.

Only hashes of the secrets are stored. Openings are counted, without who opened.
"""

from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, or_, select, update

from storage.office.report_versions import Edition
from storage.people.codes import hash_of
from storage.schema import share_links

TRIES = 5
"""How many wrong passphrases may follow each other before each further one has to wait."""


@dataclass(frozen=True)
class NewShare:
    """An address to store. `label` says to staff for whom it is; `passphrase` is a hash, or ''."""

    code: str
    kind: str
    edition: Edition
    label: str
    passphrase: str
    made_by: str
    made_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class Share(NewShare):
    """An address as stored, with how often it was opened."""

    id: int
    ended_at: datetime | None
    opened: int
    opened_at: datetime | None

    def works(self, now: datetime) -> bool:
        """Return whether it has neither been ended nor come to its end."""
        return self.ended_at is None and now < self.ends_at


def add_share(connection: Connection, secret: str, new: NewShare) -> None:
    """Store an address under the hash of its secret."""
    values = {one.name: getattr(new, one.name) for one in fields(new) if one.name != "edition"}
    values |= asdict(new.edition) | {"hash": hash_of(secret)}
    connection.execute(insert(share_links).values(values))


def find_share(connection: Connection, secret: str) -> Share | None:
    """Return the address with this secret; None if there is none."""
    wanted = select(share_links).where(share_links.c.hash == hash_of(secret))
    row = connection.execute(wanted).one_or_none()
    return _share_of(row) if row else None


def share_with(connection: Connection, code: str) -> Share | None:
    """Return the address with this code, locked; None if there is none."""
    wanted = select(share_links).where(share_links.c.code == code).with_for_update()
    row = connection.execute(wanted).one_or_none()
    return _share_of(row) if row else None


def all_shares(connection: Connection) -> list[Share]:
    """Return all addresses, the newest first."""
    rows = connection.execute(select(share_links).order_by(share_links.c.id.desc()))
    return [_share_of(row) for row in rows]


def set_share_ended(connection: Connection, number: int, at: datetime | None) -> None:
    """Store that an address was ended, or with None that it works again."""
    here = share_links.c.id == number
    connection.execute(update(share_links).where(here).values(ended_at=at))


def end_all_shares(connection: Connection, at: datetime) -> int:
    """Store that every address that still works was ended; return how many were."""
    working = share_links.c.ended_at.is_(None) & (share_links.c.ends_at > at)
    return connection.execute(update(share_links).where(working).values(ended_at=at)).rowcount


def has_shares_until(connection: Connection, moment: datetime) -> bool:
    """Return whether the last day of an address was over before a moment."""
    old = select(share_links.c.id).where(share_links.c.ends_at < moment)
    return connection.execute(old.limit(1)).first() is not None


def count_shares_until(connection: Connection, moment: datetime) -> int:
    """Return how many addresses were over before a moment."""
    old = select(func.count()).where(share_links.c.ends_at < moment)
    return connection.scalar(old) or 0


def forget_shares_until(connection: Connection, moment: datetime) -> int:
    """Delete the addresses whose last day was over before a moment; return how many."""
    old = share_links.c.ends_at < moment
    return connection.execute(delete(share_links).where(old)).rowcount


def count_opening(connection: Connection, number: int, at: datetime) -> None:
    """Count that somebody has opened an address."""
    here = share_links.c.id == number
    opened = share_links.c.opened + 1
    connection.execute(update(share_links).where(here).values(opened=opened, opened_at=at))


def take_try(connection: Connection, number: int, at: datetime, waited: datetime) -> bool:
    """Count a try of a passphrase before it is compared; False if it has to wait.

    After `TRIES` wrong ones the last must have been at `waited` or before.
    """
    may = or_(share_links.c.tries < TRIES, share_links.c.tried_at <= waited)
    values = {"tries": share_links.c.tries + 1, "tried_at": at}
    here = (share_links.c.id == number) & may
    return connection.execute(update(share_links).where(here).values(values)).rowcount == 1


def clear_tries(connection: Connection, number: int) -> None:
    """Forget the wrong passphrases, after a right one."""
    here = share_links.c.id == number
    connection.execute(update(share_links).where(here).values(tries=0, tried_at=None))


def _share_of(row: Row[Any]) -> Share:
    values = row._mapping
    edition = Edition(**{one.name: values[one.name] for one in fields(Edition)})
    own = {one.name: values[one.name] for one in fields(Share) if one.name != "edition"}
    return Share(edition=edition, **own)
