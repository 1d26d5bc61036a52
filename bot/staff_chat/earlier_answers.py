"""Tables of earlier answers that organisers send in chat, with the wave written beside the file.

"answers IPR-OC-2017 M3" says that the file is such a table. The work is done by `bot.desk.answers`.
"""

import asyncio
import re
from collections.abc import Iterator, Sequence
from enum import IntEnum

from bot.desk.answers.importing import ImportedAnswers, import_answers
from bot.desk.answers.texts import imported_lines, taken_back_lines
from bot.desk.answers.undo import undo_answers
from bot.importing.answers.layout import OTHERS
from bot.importing.files import read_list
from bot.importing.rows.open_questions import COLUMN, LEAVE_OUT, Question
from bot.messaging.messages import Button, Card, Reply, Say, Tapped, Uploaded
from bot.messaging.tokens import Action, Token, token
from bot.settings.office import Office
from bot.staff_chat.context import StaffContext
from bot.staff_chat.sent_lists import GONE, Sent
from bot.wording.counts import counted
from storage.database import NotFound
from storage.fieldwork.workshop_names import code_of
from storage.fieldwork.workshops import get_workshop
from storage.office.staff import Member
from storage.responses.answer_imports import get_answer_import
from surveys.problems import BadInput, Problem
from surveys.xlsform.sheets import Unreadable

MEANT = re.compile(r"\s*/?answers\s+(\S+)\s+(\S+)\s*", re.IGNORECASE)
ASKED_AT_ONCE = 3
MOST_LINES, LONGEST = 10, 200


class Step(IntEnum):
    """What a button under a table does: the second number of its token."""

    ANSWER = 0
    LEAVE_OTHERS = 1
    SAVE = 2
    CANCEL = 3


def are_meant(caption: str) -> bool:
    """Return whether what stands beside a file says that it holds earlier answers."""
    return MEANT.fullmatch(caption) is not None


async def receive(context: StaffContext, uploaded: Uploaded) -> Reply:
    """Read a table, and show what its import would do. Raise NotFound for an unknown workshop."""
    named = MEANT.fullmatch(uploaded.caption)
    code, wave = named.groups() if named else ("", "")
    code = await context.transactions.read(code_of, code)
    workshop = await context.transactions.read(get_workshop, code)
    try:
        read = await asyncio.to_thread(read_list, uploaded.content, uploaded.file_name)
    except Unreadable as error:
        return Reply(says=(Say(Card(f"{error.message} {error.fix}".strip())),))
    sent = context.lists.add(uploaded, read, people=False, now=context.clock())
    sent.workshop, sent.wave = workshop, wave
    return Reply(says=(Say(await _card(context, sent)),))


async def tapped(context: StaffContext, tap: Tapped, found: Token, member: Member) -> Reply:
    """Do what a button under a table says. NotFound for a table that is forgotten."""
    if len(found.numbers) < 2:
        raise NotFound(GONE)
    number, step, *rest = found.numbers
    sent = context.lists.get(number, tap.sender)
    if sent.saved:
        return Reply(says=(Say(Card(f"Already imported: {sent.saved}")),))
    if step == Step.CANCEL:
        context.lists.drop(sent)
        return Reply(says=(Say(Card("Nothing was imported."), tap.ref),))
    if step == Step.LEAVE_OTHERS:
        sent.answers[OTHERS] = LEAVE_OUT
    if step == Step.ANSWER:
        _take(sent, rest)
    if step == Step.SAVE:
        return Reply(says=(Say(await _saved(context, sent, member), tap.ref),))
    return Reply(says=(Say(await _card(context, sent), tap.ref),))


async def undo(context: StaffContext, tap: Tapped, found: Token, member: Member) -> Reply:
    """[Undo]: take the whole table back."""
    number = found.numbers[0] if found.numbers else 0
    one = await context.transactions.read(get_answer_import, number)
    office, turns = context.office_of(member), context.transactions.turns
    place = (one.workshop_code, number)
    done = await asyncio.to_thread(undo_answers, turns, office, *place, context.clock())
    return Reply(says=(Say(Card("\n".join(taken_back_lines(done))), tap.ref),))


def _take(sent: Sent, numbers: list[int]) -> None:
    """Keep one of the choices of a question."""
    if len(numbers) == 2 and numbers[0] < len(sent.asked):
        question = sent.asked[numbers[0]]
        if numbers[1] < len(question.choices):
            sent.answers[question.key] = question.choices[numbers[1]].value


async def _saved(context: StaffContext, sent: Sent, member: Member) -> Card:
    done = await _imported(context, sent, context.office_of(member), dry_run=False)
    if done.questions or not done.number:
        return await _card(context, sent)
    lines = list(imported_lines(done, context.office.zone))
    sent.saved = lines[0]
    back = Button("Undo", token(Action.OFFICE_ANSWERS_UNDO, done.number))
    return Card("\n".join(["Imported.", *lines]), ((back,),))


async def _card(context: StaffContext, sent: Sent) -> Card:
    """Return what the import of a table would do; a table that cannot be imported is forgotten."""
    try:
        done = await _imported(context, sent, context.office, dry_run=True)
    except BadInput as error:
        context.lists.drop(sent)
        problems = _told(error.problems)
        return Card("\n".join(["Nothing was imported. Please correct:", *problems]))
    asked = (*done.questions, *done.offers)[:ASKED_AT_ONCE]
    lines = [sent.name, *imported_lines(done, context.office.zone), *_cut(list(done.notes))]
    lines += [*_told(done.warnings), *(one.text for one in asked)]
    more = len(done.questions) - ASKED_AT_ONCE
    lines += [f"… and {counted(more, 'more question')}."] if more > 0 else []
    lines += [] if done.before else ["Nothing is stored yet."]
    return Card("\n".join(lines), tuple(_rows(sent, done, asked)))


def _told(problems: Sequence[Problem]) -> list[str]:
    """Return a line for each problem, always with what to do about it."""
    shown = [f"- {one.within(LONGEST)}" for one in problems[:MOST_LINES]]
    return [*shown, *_cut([str(one) for one in problems])[len(shown) :]]


def _cut(lines: list[str]) -> list[str]:
    more = len(lines) - MOST_LINES
    shown = [line[:LONGEST] for line in lines[:MOST_LINES]]
    return [*shown, f"… and {more} more."] if more > 0 else shown


def _rows(
    sent: Sent, done: ImportedAnswers, asked: tuple[Question, ...]
) -> Iterator[tuple[Button, ...]]:
    for question in asked:
        number = sent.place_of(question)
        holds = sent.answers.get(question.key, question.chosen)
        for at, choice in enumerate(question.choices):
            label = f"{'✓ ' * (choice.value == holds)}{question.key}: {choice.label}"[:60]
            yield (Button(label, _token(sent, Step.ANSWER, number, at)),)
    if any(question.key.startswith(COLUMN) for question in done.questions):
        yield (Button("Leave out all other columns", _token(sent, Step.LEAVE_OTHERS)),)
    total = done.linked + done.unlinked
    if total and not done.questions and not done.before:
        yield (Button(f"Import {counted(total, 'response')}", _token(sent, Step.SAVE)),)
    yield (Button("Cancel", _token(sent, Step.CANCEL)),)


def _token(sent: Sent, step: Step, *numbers: int) -> str:
    return token(Action.OFFICE_ANSWERS, sent.number, step, *numbers)


async def _imported(
    context: StaffContext, sent: Sent, office: Office, *, dry_run: bool
) -> ImportedAnswers:
    """Import a table, or only say what that would do; in a thread of its own, in turns with others."""
    given, now = sent.given(dry_run=dry_run), context.clock()
    place = (sent.workshop.code if sent.workshop else "", sent.wave)
    turns = context.transactions.turns
    return await asyncio.to_thread(import_answers, turns, office, place, given, now)
