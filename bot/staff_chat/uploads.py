"""Files that organisers send in chat, told apart by their content, not by their names.

Each is read in a process of its own. A questionnaire is offered for publishing; a list of people
or a calendar goes on to `lists`.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import replace

from bot.desk.people.list_reading import is_table, kind_of_table
from bot.desk.questionnaires.drafts import publish_draft, save_draft
from bot.desk.questionnaires.files import CheckedFile, read_safely
from bot.desk.questionnaires.looking import look_at
from bot.importing.files import SMALLER, read_list
from bot.importing.rows.kinds import Kind, kind_of
from bot.importing.tables.cells import Book
from bot.messaging.messages import Button, Card, File, Reply, Say, Tapped, Uploaded
from bot.messaging.tokens import Action, Token, token
from bot.runtime.sandbox import check_size, file_label
from bot.staff_chat import choices, earlier_answers, lists
from bot.staff_chat.asking import published_card
from bot.staff_chat.context import StaffContext
from bot.wording.counts import counted
from storage.instruments.drafts import get_draft
from storage.office.staff import Member
from surveys.authoring.differences import Difference
from surveys.problems import BadInput, Problem
from surveys.questionnaire import Questionnaire
from surveys.xlsform.sheets import Unreadable

MOST_LINES = 20
LONGEST_LINE = 300
WHAT_TO_SEND = (
    "This file is not a questionnaire: it has no sheet 'survey' with questions. "
    "It is not a list of people with names, nor a calendar with titles and days either. "
    "Send an XLSForm (.xlsx, .xls, .csv or .md), a questionnaire in .yaml, or a list. "
    "For answers of an earlier survey write beside the file for which wave they are: "
    "answers IPR-OC-2017 M3."
)
NEVER_FORMS = (".ics", ".txt", ".tsv")
MARKED = (
    "Your file with the cells to mend coloured and commented. Please send it again afterwards."
)
ASK = "Nothing is published yet."


async def receive(context: StaffContext, uploaded: Uploaded, member: Member) -> Reply:
    """Read a file and answer what it is and what can be done with it. Nothing is published."""
    try:
        check_size(max(uploaded.size, len(uploaded.content)), SMALLER)
    except Unreadable as error:
        return Reply(says=(Say(Card(f"{error.message} {error.fix}")),))
    uploaded = replace(uploaded, file_name=file_label(uploaded.file_name))
    if earlier_answers.are_meant(uploaded.caption):
        return await earlier_answers.receive(context, uploaded)
    checked = await _as_questionnaire(uploaded)
    if checked is not None and checked.questionnaire is not None:
        return await _offer(context, member, checked, checked.questionnaire)
    # Without a place no sheet of a form was found: a list may be written in another coding.
    is_form = checked is not None and checked.form
    if checked is None or not is_form or not any(one.place for one in checked.problems):
        try:
            found = await _as_list(context, uploaded, is_form=is_form)
        except Unreadable as error:
            text = f"{error.message} {error.fix}".strip()
            found = None if is_form else Reply(says=(Say(Card(text)),))
        if found is not None:
            return found
    if checked is None or not checked.form:
        return Reply(says=(Say(Card(WHAT_TO_SEND)),))
    return _refused(uploaded, checked)


async def _as_questionnaire(uploaded: Uploaded) -> CheckedFile | None:
    """Return a file read as a questionnaire; None for one that is none by its name."""
    if uploaded.file_name.lower().endswith(NEVER_FORMS):
        return None
    return await asyncio.to_thread(read_safely, uploaded.content, uploaded.file_name)


async def _as_list(context: StaffContext, uploaded: Uploaded, *, is_form: bool) -> Reply | None:
    """Receive a file as choices, as a list of people or as a calendar; None if it is none of them.

    Raise Unreadable for a file of which nothing can be read.
    """
    read = await asyncio.to_thread(read_list, uploaded.content, uploaded.file_name)
    kind = kind_of(read)
    if kind is None and isinstance(read, Book) and is_table(read):
        kind = await context.transactions.read(kind_of_table, read)
        if kind is None and not is_form:
            return await lists.receive(context, uploaded, read, people=None)
    if kind is Kind.CHOICES:
        return await choices.receive(context, uploaded)
    if kind is None:
        return None
    return await lists.receive(context, uploaded, read, people=kind == Kind.PEOPLE)


async def _offer(
    context: StaffContext, member: Member, checked: CheckedFile, questionnaire: Questionnaire
) -> Reply:
    """Keep a questionnaire without errors as a draft, and show what it would change, with buttons."""
    office, now = context.office_of(member), context.clock()
    found = await context.transactions.read(look_at, office, questionnaire, now)
    number = await context.transactions.write(save_draft, office, questionnaire, now)
    title = questionnaire.text(questionnaire.title, questionnaire.default_language)
    worth = (*checked.problems, *found.warnings)
    lines = [f"{questionnaire.key}: {title}", *_lines("Worth a look:", worth)]
    play = Button("Play it", token(Action.OFFICE_PLAY, number))
    if found.before is not None and found.same:
        lines.append(
            f"This is the same as version {found.before.version}. There is nothing to publish."
        )
        return Reply(says=(Say(Card("\n".join(lines), ((play,),))),))
    if found.before is None:
        lines.append("It is new: there is no version of it yet.")
    else:
        lines += _lines(f"Changes against version {found.before.version}:", found.changes)
        lines += [*found.languages, *found.uses.lines]
    label = f"Publish over {questionnaire.key}" if found.asks else "Publish"
    row = [(Button(label, token(Action.OFFICE_PUBLISH, number)),), (play,)]
    if found.texts:
        lines.append("Only texts have changed, so they can also be corrected in open interviews.")
        correct = Button("Correct texts only", token(Action.OFFICE_CORRECT, number))
        row.insert(1, (correct,))
    cancel = Button("Cancel", token(Action.OFFICE_CANCEL))
    return Reply(says=(Say(Card("\n".join((*lines, ASK)), (*row, (cancel,)))),))


async def publish(context: StaffContext, tap: Tapped, found: Token, member: Member) -> Reply:
    """[Publish] or [Correct texts only]: done once; a second tap changes nothing and says so."""
    text_only = found.action is Action.OFFICE_CORRECT
    office = context.office_of(member)
    try:
        done = await context.transactions.write(
            publish_draft, office, _number(found), text_only, context.clock()
        )
    except BadInput as error:
        return Reply(says=(Say(Card("\n".join(_lines("", error.problems))), tap.ref),))
    return Reply(says=(Say(await published_card(context, done), tap.ref),))


async def play(context: StaffContext, tap: Tapped, found: Token, member: Member) -> Reply:
    """[Play it]: begin a rehearsal of the draft in this chat."""
    draft = await context.transactions.read(get_draft, _number(found))
    return context.rehearsals.begin(tap.sender, draft.questionnaire, context.clock())


def _number(found: Token) -> int:
    return found.numbers[0] if found.numbers else 0


def _refused(uploaded: Uploaded, checked: CheckedFile) -> Reply:
    """Return everything that is wrong, and the same workbook with the wrong cells marked."""
    errors = sum(problem.severity == "error" for problem in checked.problems)
    name = uploaded.file_name or "the file"
    head = f"Nothing was published. Please correct {counted(errors, 'problem')} in {name}."
    says = [Say(Card("\n".join(_lines(head, checked.problems))))]
    if checked.marked is not None:
        says.append(Say(Card(MARKED), file=File("marked.xlsx", checked.marked)))
    return Reply(says=tuple(says))


def _lines(head: str, told: Sequence[Problem | Difference]) -> list[str]:
    """Return a head and at most `MOST_LINES` lines; the others are counted. [] if nothing is told."""
    if not told:
        return []
    lines = [head] if head else []
    for one in told[:MOST_LINES]:
        problem = one if isinstance(one, Problem) else None
        text = problem.within(LONGEST_LINE) if problem else str(one)[:LONGEST_LINE]
        warning = problem is not None and problem.severity == "warning"
        lines.append(f"- {'warning: ' if warning else ''}{text}")
    more = len(told) - MOST_LINES
    return [*lines, f"… and {more} more."] if more > 0 else lines
