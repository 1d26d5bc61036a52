"""Workshops on buttons: a choice of them, and the workshop or wave that a button names."""

from collections.abc import Sequence
from datetime import datetime

from bot.desk.waves import acts
from bot.messaging import tokens
from bot.messaging.messages import Button, Card, Reply, Say
from bot.messaging.tokens import Action, Token, token
from bot.staff_chat.context import StaffContext
from storage.database import NotFound
from storage.fieldwork.workshops import all_workshops
from surveys.workshop import Workshop

MOST_BUTTONS = 90
"""A messenger takes about a hundred under one message."""
OLD_LIST = "This list is old. Please send the command again."
NO_WORKSHOPS = "There are no workshops yet."


def number_of(workshop: Workshop) -> int:
    """Return the number of a workshop on buttons. It stays the same when workshops are added."""
    return tokens.number_of(workshop.code)


def nearest(workshops: Sequence[Workshop], now: datetime) -> list[Workshop]:
    """Return the workshops nearest to today, nearest first, as many as fit under a message."""
    today = now.date()
    return sorted(workshops, key=lambda one: abs(one.ends_on - today))[:MOST_BUTTONS]


def label_of(workshop: Workshop) -> str:
    """Return the text of a workshop's button: title, city if it is known, and first day."""
    known = (workshop.title, workshop.city, f"{workshop.starts_on:%d %b %Y}")
    return ", ".join(part for part in known if part)


def choice(
    context: StaffContext, workshops: Sequence[Workshop], action: Action, question: str
) -> Reply:
    """Return a message that asks for one of these workshops; its buttons do `action`."""
    rows = [
        (Button(label_of(workshop), token(action, number_of(workshop))),)
        for workshop in nearest(workshops, context.clock())
    ]
    return Reply(says=(Say(Card(question, tuple(rows)) if rows else Card(NO_WORKSHOPS)),))


async def known_workshops(context: StaffContext) -> list[Workshop]:
    """Return all workshops."""
    return await context.transactions.read(all_workshops)


async def workshop_of(context: StaffContext, found: Token) -> Workshop:
    """Return the workshop that a button names. NotFound if it does not exist any more."""
    wanted = [*found.numbers[:1]]
    meant = [one for one in await known_workshops(context) if [number_of(one)] == wanted]
    if len(meant) != 1:
        raise NotFound(OLD_LIST)
    return meant[0]


async def wave_of(context: StaffContext, found: Token) -> tuple[Workshop, str]:
    """Return the workshop and the key of the wave that a button names, or raise NotFound.

    A button carries the identity of the wave: its place changes with the plan.
    """
    workshop = await workshop_of(context, found)
    waves = await context.transactions.read(acts.waves_now, context.office, workshop.code)
    wanted = found.numbers[1:2]
    meant = [one.key for one in waves if (tokens.number_of(one.key),) == wanted]
    if len(meant) != 1:
        raise NotFound(OLD_LIST)
    return workshop, meant[0]
