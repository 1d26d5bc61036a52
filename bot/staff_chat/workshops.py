"""/workshops and /move in chat: all workshops, their days, and a cancellation.

The work is done by `bot.desk.workshops.replanning`. A cancellation is confirmed by a second button.
"""

from collections.abc import Callable
from datetime import date

from bot.desk.waves import acts
from bot.desk.workshops import replanning
from bot.messaging.messages import Button, Card, Commanded, Reply, Say, Tapped
from bot.messaging.tokens import Action, Token, token
from bot.staff_chat.context import StaffContext
from bot.staff_chat.questions import confirmation
from bot.staff_chat.rows import ButtonHandler
from bot.staff_chat.workshop_choice import (
    NO_WORKSHOPS,
    known_workshops,
    number_of,
    workshop_of,
)
from storage.office.staff import Member

HOW_TO_MOVE = "To give it other days, send /move CODE LAST-DAY, such as /move {code} {day}."
NOT_A_DAY = "Please send /move CODE LAST-DAY, with the day like 2018-02-09."
CALL_OFF = "Is {code} cancelled? Then no more waves open and no more messages are sent."


async def list_workshops(context: StaffContext, command: Commanded, member: Member) -> Reply:
    """/workshops: all workshops with their waves, and a button for each."""
    rows = await context.transactions.read(
        acts.workshops_with_waves, context.office, context.clock()
    )
    lines = []
    for workshop, waves in rows:
        lines.append(f"{workshop.code}: {workshop.title}, {workshop.city}")
        lines.append("   " + " · ".join(f"{wave.key} {wave.state}" for wave in waves))
        lines += [f"   {wave.key}: {said}" for wave in waves for said in wave.troubles]
    buttons = tuple(
        (Button(workshop.code, token(Action.OFFICE_PLAN, number_of(workshop))),)
        for workshop, _ in rows
    )
    return Reply(says=(Say(Card("\n".join(lines) or NO_WORKSHOPS, buttons)),))


async def move(context: StaffContext, command: Commanded, member: Member) -> Reply:
    """/move CODE LAST-DAY: give a workshop another last day."""
    code, _, last = command.argument.strip().partition(" ")
    try:
        days = (None, date.fromisoformat(last.strip()))
    except ValueError:
        return Reply(says=(Say(Card(NOT_A_DAY)),))
    known = {one.code.casefold(): one.code for one in await known_workshops(context)}
    code = known.get(code.casefold(), code)
    done = await context.transactions.write(
        replanning.move, context.office_of(member), code, days, context.clock()
    )
    return Reply(says=(Say(Card("\n".join(done.said))),))


async def show(context: StaffContext, tap: Tapped, found: Token, member: Member) -> Reply:
    """Show a workshop with its waves, and what can be done about it."""
    return Reply(says=(Say(await _card(context, found, ()), tap.ref),))


def change(act: Callable[..., replanning.Replanned | acts.WorkshopHold]) -> ButtonHandler:
    """Return the handler of a button that changes a workshop, and then shows it as it is."""

    async def handle(context: StaffContext, tap: Tapped, found: Token, member: Member) -> Reply:
        code = (await workshop_of(context, found)).code
        done = await context.transactions.write(
            act, context.office_of(member), code, context.clock()
        )
        return Reply(says=(Say(await _card(context, found, done.said), tap.ref),))

    return handle


async def ask_to_call_off(
    context: StaffContext, tap: Tapped, found: Token, member: Member
) -> Reply:
    """Ask before a workshop is cancelled."""
    question = CALL_OFF.format(code=(await workshop_of(context, found)).code)
    return confirmation(question, Action.OFFICE_CALL_OFF, tap, found)


async def _card(context: StaffContext, found: Token, said: tuple[str, ...]) -> Card:
    """Return the card of a workshop, under what was just said about it."""
    workshop = await workshop_of(context, found)
    waves = await context.transactions.read(
        acts.list_waves, context.office, workshop.code, context.clock()
    )
    days = f"{workshop.starts_on} to {workshop.ends_on}"
    lines = [
        *said,
        *([""] if said else []),
        f"{workshop.code}: {workshop.title}, {workshop.city}",
        days if workshop.confirmed else f"{days}, not confirmed yet, so no wave will open",
        *(f"{wave.key}: {wave.state}, from {wave.opens_on}" for wave in waves),
        HOW_TO_MOVE.format(code=workshop.code, day=workshop.ends_on),
    ]
    hold = ("Hold the workshop", Action.OFFICE_WORKSHOP_HOLD)
    if workshop.held_at is not None:
        hold = ("Release the workshop", Action.OFFICE_WORKSHOP_RELEASE)
    buttons = [hold, ("Cancel the workshop", Action.OFFICE_ASK_CALL_OFF)]
    if workshop.cancelled_at is not None:
        buttons = [("Restore the workshop", Action.OFFICE_RESTORE)]
    if not workshop.confirmed:
        buttons.insert(0, ("Confirm the days", Action.OFFICE_CONFIRM))
    rows = tuple((Button(text, token(action, number_of(workshop))),) for text, action in buttons)
    return Card("\n".join(lines), rows)
