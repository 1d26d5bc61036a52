"""Telling the staff what the fieldwork has done. Knows chats of staff, and no participants."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from itertools import groupby

import structlog
from sqlalchemy import Connection

from bot.fieldwork.midpoint import midpoint_notices
from bot.fieldwork.opening import WaveChanges, update_waves
from bot.messaging.messages import Button, Card, Channel, DeliveryError
from bot.runtime.transactions import Transactions
from bot.settings.office import Office
from storage.office.notices import Notice, move_chat, put_notices, set_next, take_due
from storage.office.staff import StaffRole, chats_of

MOST_UNCERTAIN_SENDS = 3
"""So often a notice is sent that may have arrived already."""
LOST_CHAT_RETRY = timedelta(days=1)
SHOW = "Show who it is"

log = structlog.get_logger("notices")


def update_and_notify(
    connection: Connection, office: Office, code: str, now: datetime
) -> WaveChanges:
    """See to the waves of a workshop; what organisers should know is stored with it."""
    told = midpoint_notices(connection, code, now)
    change = update_waves(connection, office, code, now)
    queue_notices(connection, (*told, *change.notices), now)
    return change


def queue_notices(
    connection: Connection, texts: list[str] | tuple[str, ...], now: datetime
) -> None:
    """Keep notices for everybody who runs waves until they are told."""
    put_notices(connection, texts, chats_of(connection, StaffRole.ORGANISER), now)


async def send_notices(
    transactions: Transactions, channels: Mapping[str, Channel], now: datetime
) -> None:
    """Tell each organiser what is due, in one message; a failure is logged and costs nobody else."""
    due = await transactions.write(take_due, now)
    in_order = sorted(due, key=lambda one: (one.channel, one.identifier, one.id))
    for (name, identifier), group in groupby(
        in_order, key=lambda one: (one.channel, one.identifier)
    ):
        told = list(group)
        if name in channels:
            await _send_one(transactions, channels[name], identifier, told, now)


async def _send_one(
    transactions: Transactions,
    channel: Channel,
    identifier: str,
    told: list[Notice],
    now: datetime,
) -> None:
    """One message; to a chat that has moved it is sent once more, under its new identifier."""
    buttons = dict.fromkeys(one.button for one in told if one.button)
    rows = tuple((Button(SHOW, button),) for button in buttons)
    card = Card("\n".join(dict.fromkeys(one.text for one in told)), rows)
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
        log.warning("staff_not_told", role=StaffRole.ORGANISER, reason=error.reason)
        await _postpone(transactions, told, error, now)
    else:
        await transactions.write(set_next, told, None)


async def _postpone(
    transactions: Transactions, told: list[Notice], error: DeliveryError, now: datetime
) -> None:
    """Again in ten minutes, as it was taken; later if the chat is lost or silence is asked for."""
    if error.outcome_unknown:
        again = [one for one in told if one.doubts + 1 < MOST_UNCERTAIN_SENDS]
        done = [one for one in told if one.doubts + 1 >= MOST_UNCERTAIN_SENDS]
        await transactions.write(set_next, again, now + timedelta(minutes=10), 1)
        await transactions.write(set_next, done, None)
    elif error.permanent:
        await transactions.write(set_next, told, now + LOST_CHAT_RETRY)
    elif error.retry_after is not None:
        await transactions.write(set_next, told, now + timedelta(seconds=error.retry_after))
