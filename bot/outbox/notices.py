"""Sends the notices to the staff that are due, one message for each chat.

Knows chats of staff, and no participants.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from itertools import groupby

import structlog

from bot.messaging.messages import Button, Card, Channel, DeliveryError
from bot.messaging.tokens import Action, read_token
from bot.runtime.transactions import Transactions
from storage.office.notices import Notice, move_chat, set_next, still_meant, take_due
from storage.office.staff import StaffRole

MOST_UNCERTAIN_SENDS = 3
"""A notice that may have arrived is sent at most this many times."""
LOST_CHAT_RETRY = timedelta(days=1)
"""How long a notice waits after its chat could not be reached."""
SHOW = "Show who it is"
LABELS = {
    Action.OFFICE_WAVE: "Decide",
    Action.OFFICE_PLAN: "Show the workshop",
    Action.OFFICE_MESSAGES: "Read the messages",
    Action.SURVEY: "Results so far",
}
"""What the button of a notice says, by its action, where it does not show people."""

log = structlog.get_logger("notices")


async def send_notices(
    transactions: Transactions, channels: Mapping[str, Channel], now: datetime
) -> None:
    """Send each organiser the due notices in one message; a failure is logged and affects no other.

    A notice about one wave is a message of its own, because its button decides about that wave.
    """
    due = await transactions.write(take_due, now)
    in_order = sorted(due, key=lambda one: (*_message_of(one), one.id))
    for (name, identifier, _), group in groupby(in_order, key=_message_of):
        notices = list(group)
        if name not in channels:
            continue
        if meant := await transactions.write(still_meant, notices):
            await _send_one(transactions, channels[name], identifier, meant, now)


def _message_of(notice: Notice) -> tuple[str, str, str]:
    """Return the chat of a notice, and what keeps it apart from other notices there."""
    return notice.channel, notice.identifier, notice.button if _label(notice) != SHOW else ""


def _label(notice: Notice) -> str:
    found = read_token(notice.button)
    return LABELS.get(found.action, SHOW) if found else SHOW


async def _send_one(
    transactions: Transactions,
    channel: Channel,
    identifier: str,
    notices: list[Notice],
    now: datetime,
) -> None:
    """Send one message; if the chat has moved, send it again to the new identifier."""
    buttons = {one.button: _label(one) for one in notices if one.button}
    rows = tuple((Button(label, button),) for button, label in buttons.items())
    card = Card("\n".join(dict.fromkeys(one.text for one in notices)), rows)
    try:
        try:
            await channel.send(identifier, card)
        except DeliveryError as error:
            if error.moved_to is None:
                raise
            await transactions.write(move_chat, channel.name, identifier, error.moved_to)
            log.warning("staff_chat_moved", role=StaffRole.ORGANISER)
            await channel.send(error.moved_to, card)
    except DeliveryError as error:
        log.warning("notice_not_sent", role=StaffRole.ORGANISER, reason=error.reason)
        await _postpone(transactions, notices, error, now)
    else:
        await transactions.write(set_next, notices, None)


async def _postpone(
    transactions: Transactions, notices: list[Notice], error: DeliveryError, now: datetime
) -> None:
    """Set when failed notices are sent again.

    `take_due` has set ten minutes already; a lost chat and a requested pause take longer.
    """
    if error.outcome_unknown:
        again = [one for one in notices if one.doubts + 1 < MOST_UNCERTAIN_SENDS]
        done = [one for one in notices if one.doubts + 1 >= MOST_UNCERTAIN_SENDS]
        await transactions.write(set_next, again, now + timedelta(minutes=10), 1)
        await transactions.write(set_next, done, None)
    elif error.permanent:
        await transactions.write(set_next, notices, now + LOST_CHAT_RETRY)
    elif error.retry_after is not None:
        await transactions.write(set_next, notices, now + timedelta(seconds=error.retry_after))
