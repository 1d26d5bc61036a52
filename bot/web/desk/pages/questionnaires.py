"""Questionnaires: all that are published, drafts that wait, and a form to send one."""

import asyncio
from datetime import timedelta

from bot.desk.questionnaires.drafts import save_draft
from bot.desk.questionnaires.files import CheckedFile, read_safely
from bot.desk.questionnaires.listing import listed_questionnaires
from bot.runtime.sandbox import check_size, file_label
from bot.web.desk.pages.jobs import JobKind, keep_file
from bot.web.desk.rows import DeskAct, DeskPage
from bot.web.desk.visits import XLSX, Done, Download, Form, Screen, SentFile, Visit
from bot.wording.counts import counted
from storage.instruments.drafts import waiting_drafts
from storage.office.staff import StaffRole
from surveys.names import language_name
from surveys.problems import BadInput, Problem
from surveys.xlsform.sheets import Unreadable

ADDRESS = "/questionnaires"
DRAFTS_SHOWN = timedelta(days=30)
MOST_LINES = 20
MOST_MISTAKES = 200
SMALLER = "Send a form without pictures and other sheets."
NO_FORM = (
    "This file is not a questionnaire: it has no sheet 'survey' with questions. Lists of people "
    "and of choices are sent on the page of their workshop, calendars on that of all workshops."
)
CHOOSE = "Choose a file first."


async def show(visit: Visit) -> Screen:
    """Show all questionnaires and the drafts that nobody has published."""
    listed = await visit.read(listed_questionnaires, visit.office)
    drafts = await visit.read(waiting_drafts, visit.now - DRAFTS_SHOWN)
    data = {"listed": listed, "drafts": drafts, "language_name": language_name}
    return Screen("questionnaires.html", "Questionnaires", data)


async def _check(visit: Visit, form: Form) -> Done | Screen:
    """Read a file: keep a questionnaire as a draft, or show all that is wrong with it."""
    file = form.files.get("file")
    if file is None:
        raise BadInput((Problem("", "", CHOOSE),))
    _check_size(file)
    name = file_label(file.name) or "form"
    checked = await asyncio.to_thread(read_safely, file.content, name)
    if checked.questionnaire is None:
        return await _mistakes(visit, name, checked)
    number = await visit.write(save_draft, visit.office, checked.questionnaire, visit.now)
    return Done(_read_line(name, checked), to=draft_address(number))


def _check_size(file: SentFile) -> None:
    try:
        check_size(len(file.content), SMALLER)
    except Unreadable as error:
        raise BadInput((Problem("", "", error.message, fix=error.fix),)) from None


def _read_line(name: str, checked: CheckedFile) -> str:
    """Return what was read, with what is worth a look."""
    lines = [f"{name} has no mistakes. Nothing is published yet."]
    shown = checked.problems[:MOST_LINES]
    lines += [f"Worth a look: {problem.within(300)}" for problem in shown]
    more = len(checked.problems) - len(shown)
    return "\n".join([*lines, *([f"… and {more} more."] if more else [])])


async def _mistakes(visit: Visit, name: str, checked: CheckedFile) -> Screen:
    """Show all mistakes of a file at once, each at its sheet and row."""
    if not checked.form:
        raise BadInput((Problem("", "", NO_FORM),))
    errors = sum(one.severity == "error" for one in checked.problems)
    shown = checked.problems[:MOST_MISTAKES]
    more = len(checked.problems) - len(shown)
    data = {"problems": shown, "more": more, "name": name, "marked": await _marked(visit, checked)}
    title = f"{counted(errors, 'mistake')} in the file"
    return Screen("questionnaire_mistakes.html", title, data, 422)


async def _marked(visit: Visit, checked: CheckedFile) -> int:
    """Keep the copy with the wrong cells coloured for an hour; return its number, 0 without one."""
    if checked.marked is None:
        return 0
    return await keep_file(visit, JobKind.MARKED, Download("marked.xlsx", checked.marked, XLSX))


def questionnaire_address(key: str) -> str:
    """Return the address of a questionnaire."""
    return f"{ADDRESS}/{key}"


def draft_address(number: int) -> str:
    """Return the address of a draft."""
    return f"{ADDRESS}/drafts/{number}"


PAGE = DeskPage(
    ADDRESS,
    StaffRole.ORGANISER,
    show,
    {"check": DeskAct(StaffRole.ORGANISER, _check, file=True)},
)
