"""Lists of people and calendars that organisers send in chat: checked, asked about, saved once."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from bot.desk.people.list_reading import sheets_of_list
from bot.desk.people.participant_lists import import_participants
from bot.desk.waves.what_follows import what_follows
from bot.desk.workshops.calendars import import_workshops
from bot.importing.calendars.reading import MEETINGS, TAKE
from bot.importing.people.offers import FOR_WORKSHOP
from bot.importing.rows.imported import Imported
from bot.importing.rows.readings import ListSheet
from bot.importing.rows.rows import Events
from bot.importing.tables.cells import Book
from bot.messaging.messages import Button, Card, Reply, Say, Tapped, Uploaded
from bot.messaging.tokens import Action, Token, token
from bot.settings.office import Office
from bot.staff_chat.context import StaffContext
from bot.staff_chat.list_cards import (
    administrations_card,
    list_card,
    refused_card,
    whole_text,
    workshops_card,
)
from bot.staff_chat.list_columns import answer_of, columns_card, fields_card, kind_card
from bot.staff_chat.list_steps import Step
from bot.staff_chat.saved_lists import saved_buttons
from bot.staff_chat.sent_lists import GONE, Sent
from bot.staff_chat.waiting_waves import waiting_rows
from bot.staff_chat.workshop_choice import PAGE, listed_workshops, number_of, workshop_of
from storage.database import NotFound
from storage.fieldwork.workshops import get_workshop
from storage.office.staff import Member
from storage.people.administrations import all_administrations
from surveys.problems import BadInput


@dataclass(frozen=True)
class Answer:
    """A button under a list: the message it hangs on, its numbers after the step, who tapped it."""

    sent: Sent
    ref: str
    numbers: tuple[int, ...]
    member: Member


async def receive(
    context: StaffContext, uploaded: Uploaded, read: Book | Events, *, people: bool | None
) -> Reply:
    """Check a list of people (else a calendar) that was sent, or ask for its workshop.

    With None it is asked first what the table lists.
    """
    sent = context.lists.add(uploaded, read, people=people, now=context.clock())
    return Reply(says=(Say(await _card(context, sent)),))


async def tapped(context: StaffContext, tap: Tapped, found: Token, member: Member) -> Reply:
    """Do what a button under a list says. NotFound for a list that is forgotten."""
    if len(found.numbers) < 2:
        raise NotFound(GONE)
    number, step, *rest = found.numbers
    sent = context.lists.get(number, tap.sender)
    if sent.saved:
        return Reply(says=(Say(Card(f"Already saved: {sent.saved}")),))
    return await STEPS.get(step, _show)(context, Answer(sent, tap.ref, tuple(rest), member))


async def _show(context: StaffContext, answer: Answer) -> Reply:
    """Show the list as it is now."""
    return Reply(says=(Say(await _card(context, answer.sent), answer.ref),))


async def _cancel(context: StaffContext, answer: Answer) -> Reply:
    context.lists.drop(answer.sent)
    return Reply(says=(Say(Card("Nothing was saved."), answer.ref),))


async def _show_all(context: StaffContext, answer: Answer) -> Reply:
    done = await _imported(context, answer.sent, context.office, dry_run=True)
    return Reply(says=(Say(Card(whole_text(answer.sent, done))),))


async def _take_workshop(context: StaffContext, answer: Answer) -> Reply:
    named = Token(Action.OFFICE_LIST, answer.numbers)
    answer.sent.workshop = await workshop_of(context, named)
    return await _show(context, answer)


async def _take_meetings(context: StaffContext, answer: Answer) -> Reply:
    answer.sent.answers[MEETINGS] = TAKE
    return await _show(context, answer)


async def _take_answer(context: StaffContext, answer: Answer) -> Reply:
    """Keep one of the choices that the file itself suggests."""
    asked = answer.sent.asked[answer.numbers[0]] if _is_asked(answer) else None
    return await _take(
        context, answer, [choice.value for choice in asked.choices] if asked else []
    )


async def _take_administration(context: StaffContext, answer: Answer) -> Reply:
    """Keep one of all administrations."""
    return await _take(context, answer, list(await context.transactions.read(all_administrations)))


async def _take(context: StaffContext, answer: Answer, values: list[str]) -> Reply:
    if _is_asked(answer) and len(answer.numbers) == 2 and answer.numbers[1] < len(values):
        question = answer.sent.asked[answer.numbers[0]]
        value = values[answer.numbers[1]]
        answer.sent.answers[question.key] = value
        if question.key == FOR_WORKSHOP:
            answer.sent.workshop = await context.transactions.read(get_workshop, value)
    return await _show(context, answer)


def _is_asked(answer: Answer) -> bool:
    return bool(answer.numbers) and answer.numbers[0] < len(answer.sent.asked)


async def _show_administrations(context: StaffContext, answer: Answer) -> Reply:
    if not answer.numbers:
        return await _show(context, answer)
    known = await context.transactions.read(all_administrations)
    card = administrations_card(answer.sent, answer.numbers[0], known.values())
    return Reply(says=(Say(card, answer.ref),))


async def _save(context: StaffContext, answer: Answer) -> Reply:
    card = await _saved(context, answer.sent, context.office_of(answer.member))
    return Reply(says=(Say(card, answer.ref),))


async def _take_kind(context: StaffContext, answer: Answer) -> Reply:
    answer.sent.people = not (answer.numbers and answer.numbers[0])
    return await _show(context, answer)


async def _sheets(context: StaffContext, sent: Sent) -> tuple[ListSheet, ...]:
    return await context.transactions.read(
        sheets_of_list, sent.given(dry_run=True), people=bool(sent.people)
    )


async def _show_columns(context: StaffContext, answer: Answer) -> Reply:
    card = columns_card(answer.sent, await _sheets(context, answer.sent))
    return Reply(says=(Say(card, answer.ref),))


async def _show_fields(context: StaffContext, answer: Answer) -> Reply:
    sheets = await _sheets(context, answer.sent)
    if not answer_of(sheets, (*answer.numbers[:2], 0)):
        return await _show(context, answer)
    number, at = answer.numbers[:2]
    return Reply(says=(Say(fields_card(answer.sent, sheets, number, at), answer.ref),))


async def _take_field(context: StaffContext, answer: Answer) -> Reply:
    if len(answer.numbers) == 3:
        sheets = await _sheets(context, answer.sent)
        answer.sent.answers.update(answer_of(sheets, answer.numbers))
    return await _show_columns(context, answer)


STEPS: Mapping[int, Callable[[StaffContext, Answer], Awaitable[Reply]]] = {
    Step.WORKSHOP: _take_workshop,
    Step.ANSWER: _take_answer,
    Step.OTHER: _show_administrations,
    Step.ADMINISTRATION: _take_administration,
    Step.SAVE: _save,
    Step.SHOW: _show_all,
    Step.CANCEL: _cancel,
    Step.MEETINGS: _take_meetings,
    Step.COLUMNS: _show_columns,
    Step.COLUMN: _show_fields,
    Step.FIELD: _take_field,
    Step.KIND: _take_kind,
    Step.BACK: _show,
}


async def _saved(context: StaffContext, sent: Sent, office: Office) -> Card:
    """Save a list that has no open question, and say what is new."""
    try:
        done = await _imported(context, sent, office, dry_run=False)
    except BadInput as error:
        return Card("\n".join(("Nothing was saved.", *map(str, error.problems))))
    if done.questions:
        return await _card(context, sent)
    where = f" in {sent.workshop.code}" if sent.workshop else ""
    sent.saved = f"{done.counts[:-1]}{where}."
    sent.read = Book(())
    more = (
        "For the codes that let them join: `followup participants codes`." if sent.people else ""
    )
    rows = tuple(
        (Button(f"{one.code}: look, or undo", token(Action.OFFICE_PLAN, number_of(one))),)
        for one in done.changed_plans[:PAGE]
    )
    buttons = saved_buttons(done.number, people=bool(sent.people)) if done.number else ()
    follows = await _follows(context, sent) if done.number else ()
    waiting = await waiting_rows(context, sent.workshop) if sent.workshop and done.number else ()
    return Card(
        "\n".join((f"Saved: {sent.saved} {more}".strip(), *follows)), (*waiting, *buttons, *rows)
    )


async def _follows(context: StaffContext, sent: Sent) -> tuple[str, ...]:
    """Return who gets what when because of a list of people."""
    if sent.workshop is None:
        return ()
    code, now = sent.workshop.code, context.clock()
    return await context.transactions.read(what_follows, context.office, code, now)


async def _card(context: StaffContext, sent: Sent) -> Card:
    """Return the list as it would be imported, or what is wrong with it."""
    if sent.people is None:
        return kind_card(sent)
    if sent.people and sent.workshop is None:
        return workshops_card(sent, await listed_workshops(context))
    try:
        done = await _imported(context, sent, context.office, dry_run=True)
    except BadInput as error:
        return refused_card(sent, error.problems)
    return list_card(sent, done)


async def _imported(
    context: StaffContext, sent: Sent, office: Office, *, dry_run: bool
) -> Imported:
    """Import a list into the database, or only say what that would do.

    It works in a thread of its own, and takes turns with everybody else for each transaction.
    """
    given, now = sent.given(dry_run=dry_run), context.clock()
    turns = context.transactions.turns
    if sent.workshop is None:
        return await asyncio.to_thread(import_workshops, turns, office, given, now)
    code = sent.workshop.code
    return await asyncio.to_thread(import_participants, turns, office, code, given, now)
