"""Throttling of wrong codes: each makes the chat wait longer, and administrators are told once.

No reply says whether a code was nearly right, or whose it is.
"""

from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.messaging.messages import Sender
from storage.office.audit import Act, Entry, note_act
from storage.office.notices import put_staff_notices
from storage.office.staff import StaffRole
from storage.people.failed_codes import (
    FailedCodes,
    failed_codes_of,
    forget_failed_codes,
    put_failed_codes,
)

FREE = 3
"""So many wrong codes make nobody wait: people mistype."""
LONGEST = timedelta(days=1)
TOLD_AT = 6
FORGIVEN_AFTER = timedelta(days=7)
TOLD = "{wrong} wrong codes were sent from one chat. It has to wait longer after each."


def must_wait(connection: Connection, sender: Sender, now: datetime) -> bool:
    """Return whether a chat has to wait before it may send another code."""
    known = failed_codes_of(connection, sender.channel, sender.identifier)
    return known.wait_until is not None and now < known.wait_until


def count_wrong_code(connection: Connection, sender: Sender, now: datetime) -> None:
    """Count a wrong code: the fourth costs a minute of waiting, each later one twice as much."""
    known = failed_codes_of(connection, sender.channel, sender.identifier)
    if known.wait_until is not None and now > known.wait_until + FORGIVEN_AFTER:
        known = FailedCodes()
    wrong = known.wrong + 1
    pause = min(timedelta(minutes=2 ** min(wrong - FREE - 1, 20)), LONGEST)
    wait_until = now + pause if wrong > FREE else now
    put_failed_codes(connection, sender.channel, sender.identifier, FailedCodes(wrong, wait_until))
    if wrong == TOLD_AT:
        told = [TOLD.format(wrong=wrong)]
        put_staff_notices(connection, told, StaffRole.ADMINISTRATOR, now)
        note_act(connection, Entry(now, "somebody", Act.GUESSED, sender.channel, {"codes": wrong}))


def forget_wrong_codes(connection: Connection, sender: Sender) -> None:
    """Forget the wrong codes of a chat, because it has sent a right one."""
    forget_failed_codes(connection, sender.channel, sender.identifier)
