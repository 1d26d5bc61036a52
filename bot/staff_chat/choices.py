"""Lists of choices that organisers send in chat: for one workshop, shown, saved and taken back.

The work is done by `bot.desk.questionnaires.workshop_lists`.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import replace

from bot.desk.questionnaires.files import ChoiceLists, read_lists_safely
from bot.desk.questionnaires.lists_back import put_back_lists
from bot.desk.questionnaires.workshop_lists import ListsChanged, import_lists
from bot.messaging.messages import Button, Card, Reply, Say, Tapped, Uploaded
from bot.messaging.tokens import Action, Token, token
from bot.staff_chat.context import StaffContext
from bot.staff_chat.sent_choices import SentChoice
from bot.staff_chat.sent_lists import GONE
from bot.staff_chat.workshop_choice import (
    NO_WORKSHOPS,
    buttons,
    listed_workshops,
    more_row,
    number_of,
    workshop_of,
)
from bot.wording.counts import counted
from storage.database import NotFound
from storage.office.staff import Member
from surveys.problems import BadInput, Problem
from surveys.workshop import Workshop

MOST_LINES = 20
LONGEST_LINE = 300
TOO_OLD = (
    "This button is too old: it does not say which change it takes back. Nothing was changed. "
    "The undo stands in the history of the workshop at the desk. On the command line, "
    "`followup workshop lists CODE` shows the one of the newest change."
)


async def receive(context: StaffContext, uploaded: Uploaded) -> Reply:
    """Read lists of choices, and ask for the workshop they belong to."""
    try:
        given = await asyncio.to_thread(read_lists_safely, uploaded.content, uploaded.file_name)
    except BadInput as error:
        return Reply(says=(Say(_refused(error.problems)),))
    sent = context.choices.add(uploaded.sender, given, context.clock())
    listed = await listed_workshops(context)
    if not listed:
        return Reply(says=(Say(Card(NO_WORKSHOPS)),))
    rows = buttons(listed, Action.CHOICES_WORKSHOP, before=(sent.number,))
    more = more_row(len(listed), Action.CHOICES_WORKSHOP, before=(sent.number,))
    cancel = (Button("Cancel", token(Action.OFFICE_CANCEL)),)
    names = ", ".join(f"{name} ({len(options)})" for name, options in given.lists.items())
    text = f"{given.source} has choices of questions: {names}. Which workshop are they for?"
    return Reply(says=(Say(Card(text, (*rows, *more, cancel))),))


async def show(context: StaffContext, tap: Tapped, found: Token, member: Member) -> Reply:
    """Show what the lists change in a workshop. Nothing is saved."""
    sent, workshop = await _named(context, tap, found)
    try:
        look = await context.transactions.read(
            import_lists, context.office, workshop.code, _dry(sent), context.clock()
        )
    except BadInput as error:
        return Reply(says=(Say(_refused(error.problems), tap.ref),))
    if not look.changes:
        text = f"{workshop.code} has these choices already. There is nothing to save."
        return Reply(says=(Say(Card(text), tap.ref),))
    lines = [f"{sent.given.source} for {workshop.title}", *_changes(look), "Nothing is saved yet."]
    save = Button("Save", token(Action.CHOICES_SAVE, sent.number, number_of(workshop)))
    cancel = Button("Cancel", token(Action.OFFICE_CANCEL))
    return Reply(says=(Say(Card("\n".join(lines), ((save, cancel),)), tap.ref),))


async def save(context: StaffContext, tap: Tapped, found: Token, member: Member) -> Reply:
    """[Save]: replace the lists of the workshop; those of before can be put back later."""
    sent, workshop = await _named(context, tap, found)
    code, office = workshop.code, context.office_of(member)
    try:
        done = await context.transactions.write(
            import_lists, office, code, sent.given, context.clock()
        )
    except BadInput as error:
        return Reply(says=(Say(_refused(error.problems), tap.ref),))
    if not done.number:
        text = f"{code} has these choices already. Nothing was changed."
        return Reply(says=(Say(Card(text), tap.ref),))
    number = counted(len(done.changes), "change")
    lines = [f"Saved in {code}: {number}. Waves that open from now on ask them.", *_open(done)]
    return Reply(says=(Say(_with_undo("\n".join(lines), workshop, done.number), tap.ref),))


async def undo(context: StaffContext, tap: Tapped, found: Token, member: Member) -> Reply:
    """[Undo]: put back the lists of before that nobody has changed since."""
    change, workshop = await _numbered(context, found)
    done = await context.transactions.write(
        put_back_lists, context.office_of(member), workshop.code, change, context.clock()
    )
    return Reply(says=(Say(_with_undo(done.said, workshop, done.number), tap.ref),))


async def undo_of_before(
    context: StaffContext, tap: Tapped, found: Token, member: Member
) -> Reply:
    """[Undo] of a message from before changes had numbers: say where the undo is."""
    return Reply(says=(Say(Card(TOO_OLD)),))


def _with_undo(text: str, workshop: Workshop, change: int) -> Card:
    """Return what was done, with a button that takes it back if something was changed."""
    undo = Button("Undo", token(Action.CHOICES_PUT_BACK, change, number_of(workshop)))
    return Card(text, ((undo,),) if change else ())


async def _numbered(context: StaffContext, found: Token) -> tuple[int, Workshop]:
    """Return the number of a file or of a change, and the workshop, that a button names."""
    if len(found.numbers) != 2 or not found.numbers[0]:
        raise NotFound(GONE)
    rest = Token(found.action, found.numbers[1:])
    return found.numbers[0], await workshop_of(context, rest)


async def _named(context: StaffContext, tap: Tapped, found: Token) -> tuple[SentChoice, Workshop]:
    """Return the lists and the workshop that a button names."""
    number, workshop = await _numbered(context, found)
    return context.choices.get(number, tap.sender), workshop


def _dry(sent: SentChoice) -> ChoiceLists:
    return replace(sent.given, dry_run=True)


def _changes(look: ListsChanged) -> list[str]:
    lines = [f"- {str(one)[:LONGEST_LINE]}" for one in look.changes[:MOST_LINES]]
    more = len(look.changes) - MOST_LINES
    return [*lines, *([f"… and {more} more."] if more > 0 else []), *_open(look)]


def _open(changed: ListsChanged) -> list[str]:
    """Return which waves keep the choices of before."""
    if not changed.open_waves:
        return []
    return [f"Open already, so with the choices of before: {', '.join(changed.open_waves)}."]


def _refused(problems: Sequence[Problem]) -> Card:
    shown = [f"- {one.within(LONGEST_LINE)}" for one in problems[:MOST_LINES]]
    head = f"Nothing was saved. Please correct {counted(len(problems), 'problem')}."
    return Card("\n".join((head, *shown)))
