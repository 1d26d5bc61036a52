"""Signing in with an account of the office: whom it lets in, and which account is whose.

Only members whom an administrator has added come in. An account becomes a member's in two ways: the
provider has verified the e-mail address that the office gave to the member, or the member is signed
in and chooses it. What the provider says about roles is not read.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.access.accounts.tokens import Account
from bot.audit import record
from bot.desk.office.signing_in import begin_session
from bot.desk.office.staff_addresses import address_in
from bot.settings.office import Office
from storage.database import Conflict
from storage.office.audit import Act, Entry, note_act
from storage.office.audit_search import AuditFilter, find_lines
from storage.office.staff import Member, member_by_id, member_with, member_with_email
from storage.office.staff_accounts import (
    StaffAccount,
    account_of_member,
    lock_member,
    put_account,
    set_account_ended,
    staff_account,
)

ENDED = (
    "An administrator has ended your sign-in with an account, and can put it back under Office. Nothing "
    "was changed."
)


@dataclass(frozen=True)
class AccountDone:
    """What an act on the account of a member did, in words; `changed` if there is an undo."""

    member: Member
    said: str
    changed: bool


def enter(connection: Connection, account: Account, browser: str, now: datetime) -> str | None:
    """Begin a session of the member whose account it is; return its cookie, or None for nobody."""
    member = _owner(connection, account) or _by_email(connection, account, now)
    return begin_session(connection, member, browser, now) if member else None


def _owner(connection: Connection, account: Account) -> Member | None:
    known = staff_account(connection, account.issuer, account.subject)
    if known is None or known.ended_at is not None:
        return None
    member = member_by_id(connection, known.staff_id)
    return member if member.removed_at is None else None


def _verified(email: str) -> str:
    """Return the address that a provider has verified, as the office stores it; "" for another one.

    Nothing is put right in it, as in what staff type: a sign that looks alike, or none that is seen, is
    of another mailbox.
    """
    plain = email.lower() if email.isascii() else email
    return plain if address_in(plain) == plain else ""


def _by_email(connection: Connection, account: Account, now: datetime) -> Member | None:
    """Bind an account to the member whose address its provider has verified; return the member.

    An account that was anybody's before, and a member who has another one, are not bound like this.
    """
    email = _verified(account.email)
    member = member_with_email(connection, email) if email else None
    if member is None:
        return None
    lock_member(connection, member.id)
    if staff_account(connection, account.issuer, account.subject) is not None:
        return _owner(
            connection, account
        )  # another window of the member was first, or it has ended
    if account_of_member(connection, member.id) is not None:
        return None
    bound = StaffAccount(member.id, account.issuer, account.subject, True, now)
    put_account(connection, bound)
    note_act(connection, Entry(now, member.code, Act.ACCOUNT_BOUND, member.code, {}))
    return member


def bind_account(
    connection: Connection, office: Office, member: Member, account: Account, now: datetime
) -> AccountDone:
    """Let a member who is signed in use an account from now on. Raise Conflict if it is another's."""
    lock_member(connection, member.id)
    owner = _owner(connection, account)
    if owner is not None and owner.id != member.id:
        raise Conflict("This account signs somebody else in. Nothing was changed.")
    if owner is not None:
        return AccountDone(member, "You sign in with this account already.", False)
    mine = account_of_member(connection, member.id)
    if mine is not None and mine.ended_at is None:
        raise Conflict("You sign in with another account. Stop using that one first.")
    _check_own(connection, member, mine)
    bound = StaffAccount(member.id, account.issuer, account.subject, False, now)
    put_account(connection, bound)
    record(connection, office, Act.ACCOUNT_BOUND, member.code, now)
    return AccountDone(member, "From now on you can sign in with this account.", True)


def _check_own(connection: Connection, member: Member, mine: StaffAccount | None) -> None:
    """Raise Conflict for a member whose account an administrator has ended."""
    if mine is None:
        return
    ended = find_lines(connection, AuditFilter(act=Act.ACCOUNT_ENDED, about=(member.code,)), 1)
    if ended and ended[0][1].who != member.code:
        raise Conflict(ENDED)


def end_account(connection: Connection, office: Office, code: str, now: datetime) -> AccountDone:
    """Let the account of a member not sign in any more. Sessions that have begun go on."""
    member = member_with(connection, code)
    mine = account_of_member(connection, member.id)
    if mine is None or mine.ended_at is not None:
        said = f"{member.code} signs in with no account. Nothing was changed."
        return AccountDone(member, said, False)
    set_account_ended(connection, member.id, now)
    record(connection, office, Act.ACCOUNT_ENDED, member.code, now)
    said = f"The account of {member.code} signs nobody in any more. Links and letters still do."
    return AccountDone(member, said, True)


def put_account_back(
    connection: Connection, office: Office, code: str, now: datetime
) -> AccountDone:
    """Let the account sign a member in again that has ended last. Raise Conflict if there is none."""
    member = member_with(connection, code)
    mine = account_of_member(connection, member.id)
    if mine is None:
        raise Conflict(f"There is no account of {member.code} to put back. Nothing was changed.")
    if mine.ended_at is None:
        return AccountDone(member, f"{member.code} signs in with the account already.", False)
    if office.acting == member.code:
        _check_own(connection, member, mine)
    set_account_ended(connection, member.id, None)
    record(connection, office, Act.ACCOUNT_BOUND, member.code, now)
    return AccountDone(member, f"The account signs {member.code} in again.", True)
