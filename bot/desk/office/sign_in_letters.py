"""Letters with which staff sign in: who asked for one, and the link that is made as it leaves.

Whether an address is known must not be seen from outside, so each wish takes the same steps.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.desk.office.signing_in import LINK_LASTS, store_link
from bot.desk.office.staff_addresses import address_in
from bot.settings.office import Office
from storage.office.desk_sessions import SignInLink
from storage.office.sign_in_wishes import (
    SignInWish,
    add_wish,
    count_wishes,
    take_wish,
    waiting_wishes,
)
from storage.office.staff import Member, member_by_id, member_with_email

MOST, SPAN = 3, timedelta(hours=1)
"""So many letters are sent to a member in this time."""
NOBODY = 0


@dataclass(frozen=True)
class LetterDue:
    """A letter that may be sent, and to whom."""

    wish: SignInWish
    member: Member


def ask_for_letter(connection: Connection, typed: str, now: datetime) -> None:
    """Store that somebody asked for a letter to an address, whether it is known or not."""
    member = member_with_email(connection, address_in(typed))
    asked = count_wishes(connection, member.id if member else NOBODY, now - SPAN)
    add_wish(connection, member.id if member and asked < MOST else None, now)


def letters_due(connection: Connection, now: datetime) -> list[LetterDue]:
    """Return the letters that are still to be sent. Who was removed or has no address gets none."""
    waiting = waiting_wishes(connection, now - LINK_LASTS)
    found = [LetterDue(one, member_by_id(connection, one.staff_id)) for one in waiting]
    return [one for one in found if one.member.removed_at is None and one.member.email]


def give_link(
    connection: Connection, office: Office, letter: LetterDue, secret: str, now: datetime
) -> bool:
    """Store that a letter leaves, and the link that stands in it.

    Return False if it must not leave: another process has sent it, or the address was changed.
    """
    member = member_by_id(connection, letter.member.id)
    if member.removed_at is not None or member.email != letter.member.email:
        return False
    if not take_wish(connection, letter.wish.id, now):
        return False
    link = SignInLink(member.id, now, now + LINK_LASTS)
    store_link(connection, office.acting_as(member.code), member, secret, link)
    return True


def give_up(connection: Connection, letter: LetterDue, now: datetime) -> None:
    """Store that a letter is not tried again, because its address does not exist."""
    take_wish(connection, letter.wish.id, now)
