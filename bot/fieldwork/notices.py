"""Telling the staff what the fieldwork has done. Knows chats of staff, and no participants."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from itertools import groupby

import structlog
from sqlalchemy import Connection

from bot.fieldwork.midpoint import half_way
from bot.fieldwork.opening import Change, keep_waves
from bot.messaging.messages import Button, Card, Channel, DeliveryError
from bot.runtime.transactions import Transactions
from bot.settings.office import Office
from storage.office.notices import Notice, move_chat, put_notices, set_next, take_due
from storage.office.staff import StaffRole, chats_of

MOST_DOUBTS = 3
"""So often a notice is sent that may have arrived already."""
LOST_CHAT = timedelta(days=1)
SHOW = "Show who it is"

log = structlog.get_logger("notices")


def kept_and_noted(connection: Connection, office: Office, code: str, now: datetime) -> Change:
    """See to the waves of a workshop; what organisers should know is stored with it."""
    told = half_way(connection, code, now)
    change = keep_waves(connection, office, code, now)
    note(connection, (*told, *change.notices), now)
    return change


def note(connection: Connection, texts: list[str] | tuple[str, ...], now: datetime) -> None:
    """Keep notices for everybody who runs waves until they are told."""
    put_notices(connection, texts, chats_of(connection, StaffRole.ORGANISER), now)


async def tell(transactions: Transactions, channels: Mapping[str, Channel], now: datetime) -> None:
    """Tell each organiser what is due, in one message; a failure is logged and costs nobody else."""
    due = await transactions.write(take_due, now)
    in_order = sorted(due, key=lambda one: (one.channel, one.identifier, one.id))
    for (name, identifier), group in groupby(
        in_order, key=lambda one: (one.channel, one.identifier)
    ):
        told = list(group)
        if name in channels:
            await _tell_one(transactions, channels[name], identifier, told, now)


async def _tell_one(
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
        await _put_off(transactions, told, error, now)
    else:
        await transactions.write(set_next, told, None)


async def _put_off(
    transactions: Transactions, told: list[Notice], error: DeliveryError, now: datetime
) -> None:
    """Again in ten minutes, as it was taken; later if the chat is lost or silence is asked for."""
    if error.outcome_unknown:
        again = [one for one in told if one.doubts + 1 < MOST_DOUBTS]
        done = [one for one in told if one.doubts + 1 >= MOST_DOUBTS]
        await transactions.write(set_next, again, now + timedelta(minutes=10), 1)
        await transactions.write(set_next, done, None)
    elif error.permanent:
        await transactions.write(set_next, told, now + LOST_CHAT)
    elif error.retry_after is not None:
        await transactions.write(set_next, told, now + timedelta(seconds=error.retry_after))
