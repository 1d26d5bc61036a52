"""One-time codes that link a chat to an enrolment. Only their hashes are stored."""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    Connection,
    insert,
    select,
    update,
)

from storage.schema import codes


@dataclass(frozen=True)
class UnusedCode:
    """An unused code as stored. `seed` is '' for one that no key gives again."""

    hash: str
    seed: str
    given_at: datetime

    def is_of(self, code: str) -> bool:
        """Return whether this is the stored form of a code."""
        return self.hash == hash_of(plain_code(code))


def add_code(
    connection: Connection, code: str, enrolment_id: int, at: datetime, seed: str | None = None
) -> None:
    """Store the hash of a new one-time code; unused codes of this enrolment end."""
    end_codes(connection, [enrolment_id], at)
    connection.execute(
        insert(codes).values(
            hash=hash_of(plain_code(code)), enrolment_id=enrolment_id, created_at=at, seed=seed
        )
    )


def unused_codes(connection: Connection, enrolment_ids: Collection[int]) -> dict[int, UnusedCode]:
    """Return the unused code of each of some enrolments that has one."""
    unused = codes.c.used_at.is_(None) & codes.c.revoked_at.is_(None)
    rows = connection.execute(select(codes).where(codes.c.enrolment_id.in_(enrolment_ids), unused))
    return {row.enrolment_id: UnusedCode(row.hash, row.seed or "", row.created_at) for row in rows}


def end_codes(connection: Connection, enrolment_ids: Sequence[int], at: datetime) -> None:
    """End the unused one-time codes of some enrolments."""
    connection.execute(
        update(codes)
        .where(
            codes.c.enrolment_id.in_(enrolment_ids),
            codes.c.used_at.is_(None),
            codes.c.revoked_at.is_(None),
        )
        .values(revoked_at=at)
    )


@dataclass(frozen=True)
class CodeFacts:
    """What is stored about a one-time code."""

    enrolment_id: int
    used_by: int | None
    revoked: bool
    given_at: datetime


def find_code(connection: Connection, code: str) -> CodeFacts | None:
    """Return what is stored about a code, locked; None for a code that was never given out."""
    # Locked: if two chats send one code at once, the second one sees that it was used.
    held = select(codes).where(codes.c.hash == hash_of(plain_code(code))).with_for_update()
    row = connection.execute(held).one_or_none()
    if row is None:
        return None
    return CodeFacts(row.enrolment_id, row.used_by, row.revoked_at is not None, row.created_at)


def use_code(connection: Connection, code: str, address_id: int, at: datetime) -> None:
    """Note that an address used a code; no other address can use it."""
    connection.execute(
        update(codes)
        .where(codes.c.hash == hash_of(plain_code(code)))
        .values(used_at=at, used_by=address_id)
    )


def plain_code(code: str) -> str:
    """Return a one-time code in capitals, without what people type between its letters."""
    return "".join(letter for letter in code if letter.isalnum()).upper()


def hash_of(code: str) -> str:
    """Return the stored form of a code. Codes are 128 random bits, so a plain hash is enough."""
    return hashlib.sha256(code.encode()).hexdigest()
