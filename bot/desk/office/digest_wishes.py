"""Members of staff switch the monthly message on and off. It is off unless somebody wishes it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.audit import record
from bot.settings.office import Office
from storage.database import Conflict
from storage.office.audit import Act
from storage.office.digests import (
    Way,
    digest_wish_of,
    drop_digest_wish,
    put_digest_wish,
)
from storage.office.staff import Member, member_with
from surveys.planning.channels import EMAIL

WHAT = "a short message about the surveys on the first working day of a month"
IN_WORDS = {Way.CHAT: "in chat", Way.EMAIL: "by e-mail", None: "nowhere"}


@dataclass(frozen=True)
class DigestDone:
    """An act in words, and the way that counted before it, None for no message."""

    member: Member
    said: str
    changed: bool
    before: Way | None

    @property
    def undo_command(self) -> str:
        """The command line that takes it back."""
        return f"followup staff digest {self.member.code} {self.before or 'off'}"


def digest_way(connection: Connection, member: Member) -> Way | None:
    """Return how a member gets the monthly message, None for not at all.

    A wish for letters waits while the member has no address.
    """
    way = _wished(connection, member)
    return way if way is None or _address(member, way) else None


def _wished(connection: Connection, member: Member) -> Way | None:
    wish = digest_wish_of(connection, member.id)
    return wish.way if wish else None


def _address(member: Member, way: Way) -> str:
    return member.email if way is Way.EMAIL else member.identifier


def set_digest(
    connection: Connection, office: Office, code: str, way: Way | None, now: datetime
) -> DigestDone:
    """Let a member get the monthly message this way, or none. Conflict where it could not arrive."""
    member = member_with(connection, code)
    before = _wished(connection, member)
    _check(office, member, way)
    if way == before:
        return DigestDone(member, f"{_now(way)} already. Nothing was changed.", False, before)
    if way is None:
        drop_digest_wish(connection, member.id)
    else:
        put_digest_wish(connection, member.id, way, now)
    record(connection, office, Act.DIGEST, f"{member.code} {way or 'off'}", now)
    return DigestDone(member, f"{_now(way)}.", True, before)


def _now(way: Way | None) -> str:
    if way is None:
        return "No monthly message is sent"
    return f"The monthly message is sent {IN_WORDS[way]}, on the first working day of each month"


def _check(office: Office, member: Member, way: Way | None) -> None:
    if member.removed_at is not None:
        raise Conflict(f"{member.code} was removed and has no access. Nothing was changed.")
    if way is Way.CHAT and not member.identifier:
        raise Conflict(f"{member.code} has not joined in chat yet. Nothing was changed.")
    if way is Way.EMAIL and EMAIL not in office.rules.channels:
        raise Conflict(
            "This office sends no e-mail: its settings name no server. Nothing was changed."
        )
    if way is Way.EMAIL and not member.email:
        raise Conflict(
            f"{member.code} has no e-mail address. Nothing was changed. An administrator gives it "
            "under Office."
        )
