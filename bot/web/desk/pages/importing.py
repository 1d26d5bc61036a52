"""Import: a file is dropped or a table pasted, looked at, asked about, and saved."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from operator import itemgetter

from bot.desk.people.list_templates import people_template, workshop_template
from bot.desk.waves.what_follows import what_follows
from bot.desk.workshops import sent_files
from bot.importing.rows.imported import Imported
from bot.importing.rows.readings import ReadRow
from bot.web.desk.pages.jobs import Finished, JobKind, start
from bot.web.desk.pages.sent import given_answers, keep_sent, waiting_file
from bot.web.desk.pages.workshop_acts import workshop_address
from bot.web.desk.pages.workshop_lists import UNDO
from bot.web.desk.paging import page_of
from bot.web.desk.rows import DeskAct, DeskPage
from bot.web.desk.running import Told
from bot.web.desk.visits import XLSX, Done, Download, Form, Move, Screen, Undo, Visit
from storage.fieldwork.workshops import get_workshop
from storage.office.staff import StaffRole
from storage.office.waiting_files import (
    WaitingFile,
    forget_file,
    set_answers,
    set_later,
)
from storage.people.administrations import all_administrations
from surveys.names import language_name
from surveys.wording import ENGLISH, worded_languages

ORGANISER = StaffRole.ORGANISER
QUESTIONS = 40
"""How many questions stand on the page at once."""


async def show_people(visit: Visit) -> Screen:
    """Show where the list of a workshop is dropped."""
    workshop = await visit.read(get_workshop, visit.place["code"])
    title = f"Import a list for {workshop.title}"
    languages = [(code, language_name(code)) for code in worded_languages()]
    return Screen("import.html", title, {"workshop": workshop, "languages": languages})


async def show_calendar(visit: Visit) -> Screen:
    """Show where a calendar is dropped."""
    return Screen("import.html", "Import a calendar", {"workshop": None, "languages": []})


async def show_people_template(visit: Visit) -> Download:
    """Return a list to fill, with its headings in a language."""
    language = visit.query.get("lang", ENGLISH)
    if language not in worded_languages():
        language = ENGLISH
    content = await visit.read(people_template, language)
    return Download(f"participants-{language}.xlsx", content, XLSX)


async def show_calendar_template(visit: Visit) -> Download:
    """Return a calendar to fill."""
    return Download("workshops.xlsx", await visit.read(workshop_template), XLSX)


async def _send(visit: Visit, form: Form) -> Move:
    """Keep a file, and show what it would do."""
    return Move(_address(await keep_sent(visit, form, visit.place.get("code", ""))))


def _address(number: int) -> str:
    return f"/imports/{number}"


async def _looked(visit: Visit, file: WaitingFile) -> sent_files.Looked:
    turns = visit.transactions.turns
    return await asyncio.to_thread(sent_files.look, turns, visit.office, file, visit.now)


async def show(visit: Visit) -> Screen:
    """Show what saving a file would do, with its questions, or what is wrong with it."""
    file = await waiting_file(visit)
    looked = await _looked(visit, file)
    code = sent_files.workshop_of(file)
    workshop = await visit.read(get_workshop, code) if code else None
    places = await visit.read(all_administrations) if _any_place(looked.done) else {}
    offer_pages, offers = page_of(looked.done.offers, visit.query, QUESTIONS, "offers")
    pages, rows = page_of(looked.rows, visit.query)
    data = {
        "file": file,
        "most": QUESTIONS,
        "offers": offers,
        "offer_pages": offer_pages,
        "workshop": workshop,
        "done": looked.done,
        "problems": looked.problems,
        "seen": looked.seen,
        "can_be_saved": looked.can_be_saved,
        "held": lambda question: file.answers.get(question.key, question.chosen),
        "sheets": looked.sheets,
        "rows": rows,
        "pages": pages,
        "columns": _columns(looked.rows),
        "places": sorted(((one.code, one.name) for one in places.values()), key=itemgetter(1)),
        "without_file": lambda one: str(replace(one, source="")),
    }
    return Screen("import_file.html", _heading(looked), data)


def _heading(looked: sent_files.Looked) -> str:
    """Return the sum of what was found."""
    if looked.problems:
        number = len(looked.problems)
        return f"Nothing can be saved yet: {number} {'thing' if number == 1 else 'things'} to mend"
    return looked.done.nothing_to_do or looked.done.sum


def _columns(rows: Sequence[ReadRow]) -> list[str]:
    """Return the fields that some row has, in the order in which they come."""
    return list(dict.fromkeys(name for row in rows for name in row.values))


def _any_place(done: Imported) -> bool:
    return any(one.any_administration for one in (*done.questions, *done.offers))


async def _answer(visit: Visit, form: Form) -> Move:
    """Keep the answers that were given."""
    file = await waiting_file(visit)
    answers = sent_files.with_answers(file, given_answers(form)).answers
    await visit.write(set_answers, file.id, answers, visit.now)
    return Move(_address(file.id))


async def _choose(visit: Visit, form: Form) -> Move:
    """Keep what the columns were said to be."""
    file = await waiting_file(visit)
    looked = await _looked(visit, file)
    chosen = {
        (number, one.letters): form.text(f"column {number} {one.letters}")
        for number, sheet in enumerate(looked.sheets)
        for one in sheet.columns
    }
    answers = {**file.answers, **sent_files.choose_columns(looked.sheets, chosen)}
    await visit.write(set_answers, file.id, answers, visit.now)
    return Move(_address(file.id))


async def _save(visit: Visit, form: Form) -> Done | Download:
    """Save the file as it was seen, as long work: a list may have thousands of people."""
    file, seen = await waiting_file(visit), form.text("seen")

    async def work(told: Told) -> Finished:
        door = told.door(visit.transactions.turns)
        given = (door, visit.office, file, seen, visit.now)
        return await _saved(visit, file, await asyncio.to_thread(sent_files.save, *given))

    about = f"{sent_files.workshop_of(file) or 'calendar'}, file {file.id}"
    return await start(visit, JobKind.IMPORT, about, _address(file.id), work)


async def _saved(visit: Visit, file: WaitingFile, done: Imported) -> Finished:
    """Return what was saved, what follows from it, and its undo."""
    code = sent_files.workshop_of(file)
    if not code:
        undo = (Undo("/workshops", "undo-calendar", (("list", str(done.number)),)),)
        return Finished(f"Saved: {done.counts}", undo if done.number else (), to="/workshops")
    follows = await visit.read(what_follows, visit.office, code, visit.now)
    there = workshop_address(code)
    back = (Undo(there, UNDO, (("list", str(done.number)),)),) if done.number else ()
    return Finished("\n".join((f"Saved: {done.counts}", *follows)), back, to=there)


async def _forget(visit: Visit, form: Form) -> Done:
    file = await waiting_file(visit)
    await visit.write(forget_file, file.id)
    to = workshop_address(file.workshop_code) if file.workshop_code else "/workshops"
    return Done("Nothing was saved, and the file is forgotten.", to=to)


async def _later(visit: Visit, form: Form) -> Done:
    file = await waiting_file(visit)
    await visit.write(set_later, file.id, visit.now)
    return Done("Put aside for a week, for all organisers. It stands on Today.", to="")


SEND = {"send": DeskAct(ORGANISER, _send, file=True)}
PAGES = (
    DeskPage("/workshops/import", ORGANISER, show_calendar, SEND),
    DeskPage("/workshops/import/template", ORGANISER, show_calendar_template),
    DeskPage("/workshops/{code}/import/template", ORGANISER, show_people_template),
    DeskPage("/workshops/{code}/import", ORGANISER, show_people, SEND),
    DeskPage(
        "/imports/{number}",
        ORGANISER,
        show,
        {
            "answer": DeskAct(ORGANISER, _answer),
            "columns": DeskAct(ORGANISER, _choose),
            "save": DeskAct(ORGANISER, _save),
            "forget": DeskAct(ORGANISER, _forget),
            "later": DeskAct(ORGANISER, _later),
        },
    ),
)
