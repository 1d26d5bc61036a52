"""/room in chat: one code for everybody in the room of a workshop, for one day.

The work is done by `bot.desk.workshops.room_codes`. People who send the code wait in /relink.
"""

from datetime import date, datetime

from bot.desk.workshops import room_codes
from bot.desk.workshops.code_sheets import chat_link
from bot.desk.workshops.texts import code_lines
from bot.messaging.messages import Button, Card, Commanded, Reply, Say, Tapped
from bot.messaging.tokens import Action, Token, token
from bot.staff_chat.context import StaffContext
from bot.staff_chat.workshop_choice import (
    OLD_LIST,
    choice,
    listed_workshops,
    number_of,
    workshop_of,
)
from bot.wording.days import day_words
from storage.database import NotFound
from storage.office.staff import Member


async def choose_workshop(context: StaffContext, command: Commanded, member: Member) -> Reply:
    """/room: the room of which workshop?"""
    search = command.argument.strip()
    listed = await listed_workshops(context, search)
    question = "Which workshop is the room for?"
    return choice(listed, Action.OFFICE_ROOM, question, "/room", search)


async def show(context: StaffContext, tap: Tapped, found: Token, member: Member) -> Reply:
    """Show the room code of a workshop, if there is one, and the days for a new one."""
    code = (await workshop_of(context, found)).code
    return Reply(says=(Say(await _card(context, code, context.clock()), tap.ref),))


async def make(context: StaffContext, tap: Tapped, found: Token, member: Member) -> Reply:
    """Make a room code for the day on the button, and show it this once."""
    code = (await workshop_of(context, found)).code
    office = context.office_of(member)
    made = await context.transactions.write(
        room_codes.make_room_code, office, code, _day(found), context.clock()
    )
    lines = code_lines(made, chat_link(context.office.bot, made.code))
    return Reply(says=(Say(Card("\n".join(lines)), tap.ref),))


async def end(context: StaffContext, tap: Tapped, found: Token, member: Member) -> Reply:
    """End the room code of a workshop."""
    code, now = (await workshop_of(context, found)).code, context.clock()
    office = context.office_of(member)
    said = await context.transactions.write(room_codes.end_room_code, office, code, now)
    return Reply(said, (Say(await _card(context, code, now), tap.ref),))


async def _card(context: StaffContext, code: str, now: datetime) -> Card:
    there = await context.transactions.read(room_codes.room_days, code, now)
    number = number_of(there.workshop)
    rows = [
        (
            Button(
                f"Make a code for {day_words(day)}",
                token(Action.OFFICE_ROOM_MAKE, number, day.toordinal()),
            ),
        )
        for day in there.days
    ]
    if there.working:
        rows.append((Button("End the code", token(Action.OFFICE_ROOM_END, number)),))
    return Card(there.said, tuple(rows))


def _day(found: Token) -> date:
    """Return the day on a button, or raise NotFound."""
    if len(found.numbers) != 2:
        raise NotFound(OLD_LIST)
    try:
        return date.fromordinal(found.numbers[1])
    except (ValueError, OverflowError):
        raise NotFound(OLD_LIST) from None
