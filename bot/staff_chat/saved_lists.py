"""Buttons under a list that was saved: undo, save again, to another workshop."""

from collections.abc import Callable

from bot.desk.people.import_texts import moved_line, saved_again_line, undone_line
from bot.desk.people.import_undo import (
    Undone,
    move_import,
    redo_import,
    undo_import,
    workshop_of_import,
)
from bot.desk.waves.what_follows import what_follows
from bot.desk.workshops.calendar_undo import (
    CalendarUndone,
    calendar_line,
    redo_calendar,
    undo_calendar,
)
from bot.messaging.messages import Button, Card, Reply, Say, Tapped
from bot.messaging.tokens import Action, Token, token
from bot.staff_chat.context import StaffContext
from bot.staff_chat.workshop_choice import (
    OLD_LIST,
    buttons,
    listed_workshops,
    more_row,
    workshop_of,
)
from storage.database import NotFound
from storage.office.staff import Member

Rows = tuple[tuple[Button, ...], ...]


def saved_buttons(number: int, *, people: bool = True) -> Rows:
    """Return what can be done with an import that was saved, of people or of a calendar."""
    undo_it = Button("Undo", token(Action.OFFICE_IMPORT_UNDO, number))
    if not people:
        return ((undo_it,),)
    elsewhere = Button("To another workshop …", token(Action.OFFICE_IMPORT_MOVE, number))
    return ((undo_it,), (elsewhere,))


async def undo(context: StaffContext, tap: Tapped, found: Token, member: Member) -> Reply:
    """[Undo]: take back an import for those whom nothing has reached."""
    place = await _place(context, found)
    office = context.office_of(member)
    if not place[0]:
        calendar = await context.transactions.write(
            undo_calendar, office, place[1], context.clock()
        )
        rows = ((Button("Save again", token(Action.OFFICE_IMPORT_REDO, place[1])),),)
        return _calendar(tap, calendar, "undone", rows)
    done = await context.transactions.write(undo_import, office, *place, context.clock())
    again = Button("Save again", token(Action.OFFICE_IMPORT_REDO, done.number))
    elsewhere = Button("To another workshop …", token(Action.OFFICE_IMPORT_MOVE, done.number))
    return _said(tap, done, undone_line, ((again,), (elsewhere,)))


async def redo(context: StaffContext, tap: Tapped, found: Token, member: Member) -> Reply:
    """[Save again]: do what was undone again."""
    place = await _place(context, found)
    office = context.office_of(member)
    if not place[0]:
        calendar = await context.transactions.write(
            redo_calendar, office, place[1], context.clock()
        )
        return _calendar(tap, calendar, "saved again", saved_buttons(place[1], people=False))
    done = await context.transactions.write(redo_import, office, *place, context.clock())
    follows = await _follows(context, place[0])
    return _said(tap, done, saved_again_line, saved_buttons(done.number), follows)


async def move(context: StaffContext, tap: Tapped, found: Token, member: Member) -> Reply:
    """[To another workshop …]: ask for the workshop, then move the people of the list there."""
    code, number = place = await _place(context, found)
    if not code:
        raise NotFound(OLD_LIST)
    if len(found.numbers) < 2:
        return await _ask(context, tap, code, number)
    to = await workshop_of(context, Token(found.action, found.numbers[1:]))
    office = context.office_of(member)
    now = context.clock()
    done = await context.transactions.write(move_import, office, place, to.code, now)
    follows = await _follows(context, to.code)
    return _said(tap, done, moved_line, saved_buttons(done.new_number), follows)


async def _follows(context: StaffContext, code: str) -> tuple[str, ...]:
    """Return who gets what when in a workshop that has people of a list now."""
    now = context.clock()
    return await context.transactions.read(what_follows, context.office, code, now)


async def _ask(context: StaffContext, tap: Tapped, code: str, number: int) -> Reply:
    others = [one for one in await listed_workshops(context) if one.workshop.code != code]
    action, before = Action.OFFICE_IMPORT_MOVE, (number,)
    rows = (*buttons(others, action, before=before), *more_row(len(others), action, 0, before))
    return Reply(says=(Say(Card("Which workshop is the list for?", rows), tap.ref),))


async def _place(context: StaffContext, found: Token) -> tuple[str, int]:
    """Return the workshop, '' for a calendar, and the number of the import that a button names."""
    if not found.numbers:
        raise NotFound(OLD_LIST)
    number = found.numbers[0]
    return await context.transactions.read(workshop_of_import, number), number


def _calendar(tap: Tapped, done: CalendarUndone, what: str, rows: Rows) -> Reply:
    text = "\n".join((calendar_line(done, what), *done.left))
    return Reply(says=(Say(Card(text, rows), tap.ref),))


def _said(
    tap: Tapped,
    done: Undone,
    line: Callable[[Undone], str],
    rows: Rows,
    follows: tuple[str, ...] = (),
) -> Reply:
    text = "\n".join((line(done), *done.left, *follows))
    return Reply(says=(Say(Card(text, tuple(rows)), tap.ref),))
