"""/workshops and /move in chat: all workshops, their days, and a cancellation.

The work is done by `bot.desk.workshops.replanning`. A cancellation is confirmed by a second button.
"""

from collections.abc import Callable, Sequence
from datetime import date

from bot.desk.waves import acts
from bot.desk.workshops import replanning
from bot.desk.workshops.listing import Listed
from bot.messaging.messages import Button, Card, Commanded, Reply, Say, Tapped
from bot.messaging.tokens import Action, Token, token
from bot.staff_chat.asking import drop_rows
from bot.staff_chat.context import StaffContext
from bot.staff_chat.questions import confirmation
from bot.staff_chat.rows import ButtonHandler
from bot.staff_chat.workshop_choice import (
    HOW_TO_SEARCH,
    OLD_LIST,
    choice,
    listed_workshops,
    more_row,
    number_of,
    page_of,
    pages_of,
    workshop_of,
)
from bot.wording.days import day_words, span_words
from storage.database import NotFound
from storage.fieldwork.workshop_names import code_of
from storage.fieldwork.workshops import get_workshop
from storage.office.staff import Member
from surveys.workshop import Workshop

HOW_TO_MOVE = "To give it other days, send /move CODE LAST-DAY, such as /move {code} {day}."
LAST_DAY = date.max.toordinal()
NOT_A_DAY = "Please send /move CODE LAST-DAY, with the day like 2018-02-09."
CALL_OFF = "Is {code} cancelled? Then no more waves open and no more messages are sent."


async def list_workshops(context: StaffContext, command: Commanded, member: Member) -> Reply:
    """/workshops: workshops with their waves and a button for each; words after it search."""
    search = command.argument.strip()
    listed = await listed_workshops(context, search)
    if not listed:
        return choice(listed, Action.OFFICE_PLAN, "", search=search)
    return Reply(says=(Say(await page_card(context, listed, 0, search)),))


async def page_card(
    context: StaffContext, listed: Sequence[Listed], page: int, search: str = ""
) -> Card:
    """Return a page of workshops with their waves, under the headings of their groups."""
    shown, lines, group = page_of(listed, page), [], None
    for one in shown:
        if one.group is not group and pages_of(listed) > 1:
            lines.append(f"{one.group.capitalize()}:")
        group = one.group
        lines += await _lines(context, one.workshop)
    if pages_of(listed) > 1:
        how = HOW_TO_SEARCH.format(shown=len(shown), all=len(listed), command="/workshops")
        lines += ["", how]
    rows = tuple(
        (Button(one.workshop.code, token(Action.OFFICE_PLAN, number_of(one.workshop))),)
        for one in shown
    )
    more = () if search else more_row(len(listed), Action.OFFICE_PLAN, page)
    return Card("\n".join(lines), (*rows, *more))


async def _lines(context: StaffContext, workshop: Workshop) -> list[str]:
    """Return a workshop with the states of its waves and their troubles."""
    waves = await context.transactions.read(
        acts.list_waves, context.office, workshop.code, context.clock()
    )
    states = " · ".join(f"{wave.key} {wave.state}" for wave in waves)
    troubles = [f"   {wave.key}: {said}" for wave in waves for said in wave.troubles]
    return [f"{workshop.code}: {workshop.title}, {workshop.city}", f"   {states}", *troubles]


async def move(context: StaffContext, command: Commanded, member: Member) -> Reply:
    """/move CODE LAST-DAY: give a workshop another last day."""
    code, _, last = command.argument.strip().partition(" ")
    try:
        days = (None, date.fromisoformat(last.strip()))
    except ValueError:
        return Reply(says=(Say(Card(NOT_A_DAY)),))
    code = await context.transactions.read(code_of, code)
    before = await context.transactions.read(get_workshop, code)
    done = await _act(context, member, replanning.move, code, days)
    rows = (_move_back_row(before, done.workshop),) if done.changed else ()
    return Reply(says=(Say(Card("\n".join(done.said), rows)),))


def _move_back_row(before: Workshop, after: Workshop) -> tuple[Button, ...]:
    """Return the button that undoes a move, as long as these are the days."""
    days = (before.starts_on, before.ends_on, after.starts_on, after.ends_on)
    numbers = (number_of(after), *(day.toordinal() for day in days))
    return (Button("Undo", token(Action.OFFICE_MOVE_BACK, *numbers)),)


async def move_back(context: StaffContext, tap: Tapped, found: Token, member: Member) -> Reply:
    """[Undo] of a move: the days of before, unless it was moved again since."""
    workshop = await workshop_of(context, found)
    if len(found.numbers) != 5 or not all(0 < one <= LAST_DAY for one in found.numbers[1:]):
        raise NotFound(OLD_LIST)
    first, last, new_first, new_last = (date.fromordinal(one) for one in found.numbers[1:])
    change = ((first, last), (new_first, new_last))
    done = await _act(context, member, replanning.move_back, workshop.code, change)
    return Reply(says=(Say(Card("\n".join(done.said)), tap.ref),))


async def show(context: StaffContext, tap: Tapped, found: Token, member: Member) -> Reply:
    """Show a workshop with its waves, and what can be done about it."""
    return Reply(says=(Say(await _card(context, found, ()), tap.ref),))


async def _act(
    context: StaffContext,
    member: Member,
    act: Callable[..., acts.WorkshopResult],
    code: str,
    *more: object,
) -> acts.WorkshopResult:
    """Do an act on a workshop, and then read what follows from it."""
    now = context.clock()
    done = await context.transactions.write(act, context.office_of(member), code, *more, now)
    return await context.transactions.read(acts.with_what_follows, context.office, done, now)


def change(act: Callable[..., acts.WorkshopResult]) -> ButtonHandler:
    """Return the handler of a button that changes a workshop, and then shows it as it is."""

    async def handle(context: StaffContext, tap: Tapped, found: Token, member: Member) -> Reply:
        code = (await workshop_of(context, found)).code
        done = await _act(context, member, act, code)
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
    days = span_words(workshop.starts_on, workshop.ends_on)
    lines = [
        *said,
        *([""] if said else []),
        f"{workshop.code}: {workshop.title}, {workshop.city}",
        days if workshop.confirmed else f"{days}, not confirmed yet, so no wave will open",
        *(f"{wave.key}: {wave.state}, from {day_words(wave.opens_on)}" for wave in waves),
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
    elif workshop.starts_on > context.office.day_of(context.clock()):
        buttons.append(("Days are not certain", Action.OFFICE_UNCONFIRM))
    rows = tuple((Button(text, token(action, number_of(workshop))),) for text, action in buttons)
    return Card("\n".join(lines), (*rows, *await drop_rows(context, workshop, waves)))
