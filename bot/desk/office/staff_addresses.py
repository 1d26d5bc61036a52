"""The e-mail addresses of staff, to which letters to sign in go. Each act is one transaction."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.audit import record
from bot.importing.tables.addresses import read_email
from bot.settings.office import Office
from storage.database import Conflict
from storage.office.audit import Act
from storage.office.desk_sessions import end_links
from storage.office.staff import Member, email_before, member_with, member_with_email, set_email
from storage.office.staff_accounts import account_of_member, drop_account


@dataclass(frozen=True)
class AddressDone:
    """What an act on the address of a member did, in words; `changed` if there is an undo."""

    member: Member
    said: str
    changed: bool


def address_in(typed: str) -> str:
    """Return the e-mail address in a text, "" if it is none or more than one."""
    read = read_email(typed)
    return "" if read.others else read.address


def is_address(typed: str) -> bool:
    """Return whether a text is one e-mail address."""
    return bool(address_in(typed))


def put_address(
    connection: Connection, office: Office, code: str, typed: str, now: datetime
) -> AddressDone:
    """Give a member an e-mail address, in place of another one; "" for none.

    Raise Conflict if it is no address or belongs to somebody else, or if the member was removed.
    """
    member, email = member_with(connection, code), address_in(typed)
    if typed.strip() and not email:
        raise Conflict("This is not an e-mail address such as eva@example.org.")
    return _put(connection, office, member, email, now)


def put_address_back(
    connection: Connection, office: Office, code: str, now: datetime
) -> AddressDone:
    """Use the address again that the present one of a member has replaced, or none."""
    member = member_with(connection, code)
    return _put(connection, office, member, email_before(connection, member.id), now)


def _put(
    connection: Connection, office: Office, member: Member, email: str, now: datetime
) -> AddressDone:
    _check(connection, member, email)
    if email == member.email:
        has = "has this address already" if email else "has no address"
        return AddressDone(member, f"{member.code} {has}. Nothing was changed.", False)
    set_email(connection, member.id, email)
    # Whoever has the address before must not sign in with its letters or its account.
    end_links(connection, member.id)
    account = account_of_member(connection, member.id)
    if account is not None and account.by_email:
        drop_account(connection, member.id)
    record(connection, office, Act.STAFF_ADDRESS, member.code, now)
    return AddressDone(member, _said(member, email), True)


def _check(connection: Connection, member: Member, email: str) -> None:
    if member.removed_at is not None:
        raise Conflict(f"{member.code} was removed and has no access. Nothing was changed.")
    other = member_with_email(connection, email) if email else None
    if other is not None and other.id != member.id:
        raise Conflict(f"This address belongs to {other.code}. Nothing was changed.")


def _said(member: Member, email: str) -> str:
    if not email:
        return f"{member.code} gets no letters to sign in any more."
    before = " No letter goes to the address before." if member.email else ""
    return f"{member.code} can ask for letters to sign in with this address.{before}"
