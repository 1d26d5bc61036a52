"""A table of earlier answers that waits: looked at, its columns chosen, asked about, imported."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from operator import itemgetter

from bot.desk.answers.importing import ImportedAnswers
from bot.desk.answers.texts import imported_lines
from bot.desk.workshops import sent_tables
from bot.desk.workshops.sent_tables import SentTable
from bot.importing.rows.open_questions import COLUMN, Question
from bot.importing.rows.rows import SHEET
from bot.web.desk.pages.earlier_answers import answers_address, table_address, undo_of_import
from bot.web.desk.pages.importing import QUESTIONS
from bot.web.desk.pages.jobs import Finished, JobKind, start
from bot.web.desk.pages.sent import given_answers, waiting_file
from bot.web.desk.paging import page_of
from bot.web.desk.rows import DeskAct, DeskPage
from bot.web.desk.running import Told
from bot.web.desk.visits import Done, Download, Form, Move, Screen, Visit
from bot.web.desk.wording import without_commands
from bot.wording.counts import counted
from storage.database import NotFound
from storage.fieldwork.workshops import get_workshop
from storage.office.staff import StaffRole
from storage.office.waiting_files import GONE, WaitingFile, forget_file, set_answers, set_later
from storage.people.administrations import all_administrations
from surveys.problems import Problem

ORGANISER = StaffRole.ORGANISER
ROWS = 25
"""How many rows stand on the page at once; each has all its answers."""
OPTION = " --"
"""How options of the command line begin."""


async def _table(visit: Visit) -> WaitingFile:
    """Return the table of the address. Raise NotFound."""
    file = await waiting_file(visit)
    if file.workshop_code != visit.place["code"] or not sent_tables.wave_of(file):
        raise NotFound(GONE)
    return file


async def _looked(visit: Visit, file: WaitingFile) -> SentTable:
    given = (visit.transactions.turns, visit.office, file, visit.now)
    return await asyncio.to_thread(sent_tables.look, *given)


async def show(visit: Visit) -> Screen:
    """Show what importing a table would do, with its questions, or what is wrong with it."""
    file = await _table(visit)
    sent = await _looked(visit, file)
    questions = [_in_words(one, sent) for one in sent.questions]
    any_place = any(one.any_administration for one in questions)
    places = await visit.read(all_administrations) if any_place else {}
    pages, rows = page_of(sent.looked.rows, visit.query, ROWS)
    heading, *lines = _lines(sent, visit.office.zone)
    data = {
        "file": file,
        "wave": sent_tables.wave_of(file),
        "workshop": await visit.read(get_workshop, file.workshop_code),
        "looked": sent.looked,
        "problems": [_for_pages(one, sent) for one in sent.problems],
        "asked": sent.asked_columns,
        "columns_first": bool(sent.asked_columns) or _unknown(sent),
        "questions": questions,
        "most": QUESTIONS,
        "offers": [_in_words(one, sent) for one in sent.looked.done.offers],
        "held": lambda question: file.answers.get(question.key, question.chosen),
        "places": sorted(((one.code, one.name) for one in places.values()), key=itemgetter(1)),
        "can_be_imported": sent.can_be_imported,
        "responses": sent.responses,
        "seen": sent.seen,
        "lines": lines,
        "rows": rows,
        "pages": pages,
        "without_file": lambda one: str(replace(one, source="")),
    }
    return Screen("answers_table.html", heading, data)


def _lines(sent: SentTable, zone: str) -> Iterator[str]:
    """Yield the sum of what was found, and what else is told of it."""
    done = sent.looked.done
    if sent.problems:
        yield f"Nothing can be imported yet: {counted(len(sent.problems), 'thing')} to mend"
    elif done.questions:
        yield f"{counted(len(done.questions), 'thing')} to decide before anything is imported"
    else:
        heading, *lines = imported_lines(done, zone)
        yield heading.removesuffix(".")
        yield from lines
    yield from done.notes


def _in_words(question: Question, sent: SentTable) -> Question:
    """Return a question without commands, and with the text of the question that it is about."""
    name = question.key.partition(": ")[0].partition("/")[0]
    label = sent.looked.labels.get(name, "")
    text = without_commands(question.text)
    return replace(question, text=f"{text} ({label})" if label else text)


def _unknown(sent: SentTable) -> bool:
    """Return whether it must be said first what the columns of a table are."""
    return bool(sent.problems and sent.looked.sheets) and not sent.looked.rows


def _for_pages(problem: Problem, sent: SentTable) -> Problem:
    """Return a problem with a fix for the page in place of one that is typed at a terminal."""
    if OPTION not in problem.fix:
        return problem
    return replace(problem, fix="Say below what its columns are." if sent.looked.sheets else "")


async def _keep(visit: Visit, file: WaitingFile, answers: dict[str, str]) -> Move:
    await visit.write(set_answers, file.id, {**file.answers, **answers}, visit.now)
    return Move(table_address(file.workshop_code, file.id))


async def _answer(visit: Visit, form: Form) -> Move:
    """Keep the answers that were given, and what the columns were said to be."""
    file = await _table(visit)
    answers = sent_tables.in_values(given_answers(form), visit.today)
    typed = {
        name.removeprefix(COLUMN): form.text(name)
        for name in form.values
        if name.startswith(COLUMN)
    }
    sent = await _looked(visit, file) if typed else SentTable(file)
    for sheet in sent.looked.sheets:
        answers |= sent_tables.choose_columns(sheet, typed, sent.asked_columns)
    return await _keep(visit, file, answers)


async def _sheet(visit: Visit, form: Form) -> Move:
    """Read another sheet; what was said of the columns of the one before is forgotten."""
    file = await _table(visit)
    kept = {key: value for key, value in file.answers.items() if not key.startswith(COLUMN)}
    return await _keep(visit, replace(file, answers=kept), {SHEET: form.text("sheet")})


async def _save(visit: Visit, form: Form) -> Done | Download:
    """Import the table as it was seen, as long work: it may have thousands of rows."""
    file, seen = await _table(visit), form.text("seen")

    async def work(told: Told) -> Finished:
        given = (told.door(visit.transactions.turns), visit.office, file, seen, visit.now)
        done = await asyncio.to_thread(sent_tables.save, *given)
        return _imported(done, visit.office.zone)

    about = f"{file.workshop_code}, answers of file {file.id}"
    there = table_address(file.workshop_code, file.id)
    return await start(visit, JobKind.IMPORT, about, there, work)


def _imported(done: ImportedAnswers, zone: str) -> Finished:
    """Return what was imported, with its undo."""
    undo = (undo_of_import(done.workshop, done.number),) if done.number else ()
    return Finished("\n".join(imported_lines(done, zone)), undo, to=answers_address(done.workshop))


async def _forget(visit: Visit, form: Form) -> Done:
    file = await _table(visit)
    await visit.write(forget_file, file.id)
    said = "Nothing was imported, and the file is forgotten."
    return Done(said, to=answers_address(file.workshop_code))


async def _later(visit: Visit, form: Form) -> Done:
    file = await _table(visit)
    await visit.write(set_later, file.id, visit.now)
    return Done("Put aside for a week, for all organisers. It stands on Today.", to="")


PAGE = DeskPage(
    "/workshops/{code}/answers/{number}",
    ORGANISER,
    show,
    {
        "answer": DeskAct(ORGANISER, _answer),
        "sheet": DeskAct(ORGANISER, _sheet),
        "save": DeskAct(ORGANISER, _save),
        "forget": DeskAct(ORGANISER, _forget),
        "later": DeskAct(ORGANISER, _later),
    },
)
