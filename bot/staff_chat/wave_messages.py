"""A message in which an organiser follows a wave: edited when its text changes, at most once a minute.

Also: a wave that is left to open at its planned time.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlalchemy import Connection

from bot.audit import record
from bot.fieldwork.planned_waves import planned_wave
from bot.messaging.messages import Channel, DeliveryError
from bot.messaging.tokens import Action, Token
from bot.runtime.transactions import Transactions
from bot.settings.office import Office
from bot.staff_chat.desk import Desk
from bot.staff_chat.wave_card import wave_card
from bot.staff_chat.workshop_choice import number_of
from storage.database import Conflict, NotFound
from storage.fieldwork.waves import find_wave
from storage.fieldwork.workshops import get_workshop
from storage.office.audit import Act
from storage.office.staff import Member, StaffRole, find_member, label_of
from storage.office.wave_messages import (
    WaveMessage,
    first_planned,
    forget_message,
    messages_of,
    put_message,
    set_shown,
)
from surveys.planning.due_workshops import midpoint_at

EVERY = timedelta(minutes=1)
PLANNED = (
    "Planned. You will be told when it opens{midpoint} and when it closes; in between, this message "
    "says how it goes."
)
MIDPOINT = ", on day 9"
log = structlog.get_logger("wave_messages")


@dataclass(frozen=True)
class Place:
    """The message in which a member of the staff follows a wave."""

    member: Member
    ref: str
    text: str


def follow(connection: Connection, wave: tuple[str, str], place: Place, now: datetime) -> None:
    """Keep a message up to date from now on; `wave` is a workshop's code and a wave's key."""
    put_message(connection, _message(wave, place, now, None))


def plan_to_open(
    connection: Connection, office: Office, wave: tuple[str, str], place: Place, now: datetime
) -> str:
    """Note that a member leaves a wave to open at its planned time. Return what to tell them.

    Only the first time counts: later ones change nothing and name the first member. Conflict for
    a wave that has opened.
    """
    code, key = wave
    dated = planned_wave(office, get_workshop(connection, code), key)
    if find_wave(connection, code, key) is not None:
        raise Conflict(f"{code} {key} has opened already. Nothing was changed.")
    first = first_planned(connection, code, key)
    if first is not None and first.planned_at is not None:
        by = label_of(connection, first.member)
        return (
            f"Already planned by {by} at {first.planned_at:%d %b %H:%M} UTC. Nothing was changed."
        )
    put_message(connection, _message(wave, place, now, now))
    record(connection, office, Act.WAVE_PLANNED, f"{code} {key}", now)
    tells = midpoint_at(dated.opens_on, dated.closes_on) is not None
    return PLANNED.format(midpoint=MIDPOINT if tells else "")


def _message(
    wave: tuple[str, str], place: Place, now: datetime, planned_at: datetime | None
) -> WaveMessage:
    member = place.member
    chat = (member.channel, member.identifier)
    return WaveMessage(*wave, *chat, member.code, place.ref, place.text, now, planned_at)


async def keep_up_to_date(
    transactions: Transactions, office: Office, channels: Mapping[str, Channel], now: datetime
) -> None:
    """Edit the messages whose text has changed. A failure does not stop the other messages."""
    for message in await transactions.read(messages_of):
        if now - message.shown_at < EVERY or message.channel not in channels:
            continue
        try:
            await _keep_one(transactions, office, channels[message.channel], message, now)
        except DeliveryError as error:
            log.warning("wave_message_not_shown", reason=error.reason)
            if error.permanent:
                await transactions.write(forget_message, message.id)
        except NotFound:
            await transactions.write(forget_message, message.id)


async def _keep_one(
    transactions: Transactions,
    office: Office,
    channel: Channel,
    message: WaveMessage,
    now: datetime,
) -> None:
    member = await transactions.read(find_member, message.channel, message.identifier)
    if member is None or not member.role.may(StaffRole.ORGANISER):
        await transactions.write(forget_message, message.id)
        return
    wave = await transactions.read(find_wave, message.workshop_code, message.key)
    if wave is None:
        return
    if wave.opened_at is None:  # its days had passed before it could open
        await transactions.write(forget_message, message.id)
        return
    found = await transactions.read(_token, office, message)
    card = await wave_card(Desk(transactions, office, lambda: now), found)
    if card.text != message.text:
        ref = await channel.send(message.identifier, card, message.ref)
        await transactions.write(set_shown, message.id, ref, card.text, now)
    if wave.closed_at is not None:
        await transactions.write(forget_message, message.id)


def _token(connection: Connection, office: Office, message: WaveMessage) -> Token:
    """Return the token of the button that leads to the wave of a message."""
    workshop = get_workshop(connection, message.workshop_code)
    plan = office.rules.plans.get(workshop.plan)
    keys = [wave.key for wave in plan.waves] if plan else []
    if message.key not in keys:
        raise NotFound(message.key)
    return Token(Action.OFFICE_WAVE, (number_of(workshop), keys.index(message.key)))
