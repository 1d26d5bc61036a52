"""The accounts of the office with which members sign in to the desk: who it is at the provider.

Neither names nor addresses are stored here. An account that has ended stays, so that it can come back.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Row, delete, select, update
from sqlalchemy.exc import IntegrityError

from storage.people.codes import hash_of
from storage.schema import staff, staff_accounts, used_sign_ins


@dataclass(frozen=True)
class StaffAccount:
    """The account of a member. `by_email`: it became the member's because of the member's address."""

    staff_id: int
    issuer: str
    subject: str
    by_email: bool
    bound_at: datetime
    ended_at: datetime | None = None


def staff_account(connection: Connection, issuer: str, subject: str) -> StaffAccount | None:
    """Return whose account this is, also if it has ended; None if it is nobody's."""
    mine = (staff_accounts.c.issuer == issuer) & (staff_accounts.c.subject == subject)
    row = connection.execute(select(staff_accounts).where(mine)).one_or_none()
    return _account_of(row) if row else None


def account_of_member(connection: Connection, staff_id: int) -> StaffAccount | None:
    """Return the account of a member, also if it has ended; None if there is none."""
    mine = staff_accounts.c.staff_id == staff_id
    row = connection.execute(select(staff_accounts).where(mine)).one_or_none()
    return _account_of(row) if row else None


def lock_member(connection: Connection, staff_id: int) -> None:
    """Wait until nobody else decides about the account of a member."""
    connection.execute(select(staff.c.id).where(staff.c.id == staff_id).with_for_update())


def accounts_in_use(connection: Connection) -> set[int]:
    """Return which members, by the numbers of their rows, sign in with an account."""
    used = staff_accounts.c.ended_at.is_(None)
    return set(connection.scalars(select(staff_accounts.c.staff_id).where(used)))


def put_account(connection: Connection, account: StaffAccount) -> None:
    """Store the account of a member, in place of another; if it was another member's, no more."""
    same = (staff_accounts.c.issuer == account.issuer) & (
        staff_accounts.c.subject == account.subject
    )
    connection.execute(delete(staff_accounts).where(same))
    drop_account(connection, account.staff_id)
    connection.execute(staff_accounts.insert().values(vars(account)))


def set_account_ended(connection: Connection, staff_id: int, at: datetime | None) -> None:
    """Store that the account of a member has ended; None: it signs in again."""
    mine = staff_accounts.c.staff_id == staff_id
    connection.execute(update(staff_accounts).where(mine).values(ended_at=at))


def drop_account(connection: Connection, staff_id: int) -> None:
    """Forget the account of a member."""
    connection.execute(delete(staff_accounts).where(staff_accounts.c.staff_id == staff_id))


def use_sign_in(connection: Connection, secret: str, at: datetime) -> bool:
    """Store that the answer to an attempt to sign in was taken; False if it was before."""
    try:
        with connection.begin_nested():
            connection.execute(used_sign_ins.insert().values(hash=hash_of(secret), used_at=at))
    except IntegrityError:
        return False
    return True


def forget_used_sign_ins(connection: Connection, before: datetime) -> int:
    """Delete the answers that were taken before a moment; return how many."""
    old = used_sign_ins.c.used_at < before
    return connection.execute(delete(used_sign_ins).where(old)).rowcount


def _account_of(row: Row[tuple[object, ...]]) -> StaffAccount:
    return StaffAccount(**row._mapping)
