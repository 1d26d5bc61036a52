"""/wave in chat: the waves of a workshop, one of them, and each of its messages.

The work is done by `bot.desk.waves`.
"""

from bot.desk.waves import acts
from bot.desk.waves.texts import message_text
from bot.messaging.messages import Button, Card, Commanded, Reply, Say, Tapped
from bot.messaging.tokens import Action, Token, number_of, token
from bot.staff_chat.context import StaffContext
from bot.staff_chat.wave_acts import shown
from bot.staff_chat.workshop_choice import choice, listed_workshops, wave_of, workshop_of
from bot.wording.days import day_words
from storage.office.staff import Member

LISTED = 40


async def choose_workshop(context: StaffContext, command: Commanded, member: Member) -> Reply:
    """/wave: of which workshop?"""
    search = command.argument.strip()
    listed = await listed_workshops(context, search)
    return choice(listed, Action.OFFICE_WORKSHOP, "Which workshop?", "/wave", search)


async def choose_wave(context: StaffContext, tap: Tapped, found: Token, member: Member) -> Reply:
    """Show the waves of a workshop to choose from."""
    workshop = await workshop_of(context, found)
    waves = await context.transactions.read(
        acts.list_waves, context.office, workshop.code, context.clock()
    )
    plan = acts.plan_of(context.office, workshop)
    titles = {one.key: f"{one.title} ({one.key})" for one in plan.waves}
    rows = [
        (
            Button(
                f"{titles.get(wave.key, wave.key)} · {wave.state} · {day_words(wave.opens_on)}",
                token(Action.OFFICE_WAVE, found.numbers[0], number_of(wave.key)),
            ),
        )
        for wave in waves
    ]
    return Reply(says=(Say(Card(f"{workshop.title}: which wave?", tuple(rows)), tap.ref),))


async def show_wave(context: StaffContext, tap: Tapped, found: Token, member: Member) -> Reply:
    """Show the preview of a wave that is not open yet, or the figures of one that is."""
    return await shown(context, tap, found, member)


async def accept_english(
    context: StaffContext, tap: Tapped, found: Token, member: Member
) -> Reply:
    """Accept English for the people who wait for a translation."""
    workshop, key = await wave_of(context, found)
    office = context.office_of(member)
    accepted = await context.transactions.write(
        acts.accept_english, office, workshop.code, key, context.clock()
    )
    return Reply(accepted.said, (await show_wave(context, tap, found, member)).says)


async def show_messages(context: StaffContext, tap: Tapped, found: Token, member: Member) -> Reply:
    """Show each message of a wave, and why somebody gets none."""
    workshop, key = await wave_of(context, found)
    preview = await context.transactions.read(
        acts.preview_wave, context.office, workshop.code, key, context.clock()
    )
    lines = [message_text(message) for message in preview.messages]
    more = f"\n… and {len(lines) - LISTED} more" if len(lines) > LISTED else ""
    return Reply(says=(Say(Card("\n".join(lines[:LISTED]) + more or "Nobody is enrolled.")),))
