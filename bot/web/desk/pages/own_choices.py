"""The choices of its own that a workshop has in questionnaires: sent, looked at, saved, put back."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import lru_cache

from sqlalchemy import Connection

from bot.desk.questionnaires.files import ChoiceLists, read_lists_safely
from bot.desk.questionnaires.lists_back import put_back_lists, reach_of_put_back
from bot.desk.questionnaires.looking import MOST_LISTED
from bot.desk.questionnaires.publishing import CORRECTIONS
from bot.desk.questionnaires.workshop_lists import (
    ListsChanged,
    correct_lists,
    import_lists,
)
from bot.desk.workshops.sent_files import KEPT
from bot.settings.office import Office
from bot.web.desk.pages.sent import waiting_file
from bot.web.desk.rows import DeskAct, DeskPage
from bot.web.desk.visits import Done, Form, Move, Panel, Screen, Undo, Visit
from bot.wording.counts import counted
from storage.fieldwork.workshops import get_workshop
from storage.office.staff import StaffRole
from storage.office.waiting_files import NewFile, WaitingFile, add_file, forget_file
from surveys.problems import BadInput, Problem

ORGANISER = StaffRole.ORGANISER
StoreLists = Callable[[Connection, Office, str, ChoiceLists, datetime], ListsChanged]


def questions_address(code: str) -> str:
    """Return the address of the questions and choices of a workshop below /desk."""
    return f"/workshops/{code}/questions"


async def send(visit: Visit, form: Form) -> Move:
    """Keep a file with choices, and show what it would change."""
    sent = form.files.get("file")
    if sent is None or not sent.content:
        fix = "Choose a file with the columns list_name, name and label::English (en)."
        raise BadInput((Problem("File", "", "Nothing was sent.", fix=fix),))
    code = visit.place["code"]
    await visit.read(get_workshop, code)
    await asyncio.to_thread(_read, sent.content, sent.name)
    new = NewFile(visit.member.id, code, sent.name, sent.content)
    number = await visit.write(add_file, new, visit.now)
    return Move(f"{questions_address(code)}/{number}")


async def _look(visit: Visit, file: WaitingFile) -> ListsChanged:
    given = await _given(file, dry_run=True)
    return await visit.read(import_lists, visit.office, visit.place["code"], given, visit.now)


async def _given(file: WaitingFile, *, dry_run: bool) -> ChoiceLists:
    given = await asyncio.to_thread(_read, file.content, file.name)
    return replace(given, dry_run=dry_run)


@lru_cache(maxsize=KEPT)
def _read(content: bytes, source: str) -> ChoiceLists:
    """Return what is in a file; the newest files are read once, as each look needs them."""
    return read_lists_safely(content, source)


def _texts_only(found: ListsChanged) -> bool:
    """Return whether open waves could show what a file changes: other texts for the same choices."""
    changed = all(one.kind in CORRECTIONS for one in found.changes)
    return bool(found.changes and found.open_waves) and changed


async def show(visit: Visit) -> Screen:
    """Show what the choices of a file would change."""
    workshop = await visit.read(get_workshop, visit.place["code"])
    file = await waiting_file(visit)
    found = await _look(visit, file)
    data = {
        "workshop": workshop,
        "file": file,
        "found": found,
        "texts_only": _texts_only(found),
    }
    return Screen("choices.html", f"Choices for {workshop.title}", data)


def choices_back(code: str, number: int) -> Undo:
    """Return what takes back a change of the choices of a workshop."""
    return Undo(questions_address(code), "put-back", (("change", str(number)),))


def _undo_of(code: str, number: int) -> tuple[Undo, ...]:
    return (choices_back(code, number),) if number else ()


async def _stored(visit: Visit, store: StoreLists) -> ListsChanged:
    """Store the choices of the file, and forget the file."""
    file = await waiting_file(visit)
    given = await _given(file, dry_run=False)
    done = await visit.write(store, visit.office, visit.place["code"], given, visit.now)
    await visit.write(forget_file, file.id)
    return done


async def _save(visit: Visit, form: Form) -> Done:
    """Save choices for the waves that open from now on; open ones keep theirs."""
    done = await _stored(visit, import_lists)
    code = visit.place["code"]
    kept = f" Open waves keep theirs: {', '.join(done.open_waves)}." if done.open_waves else ""
    said = f"Saved: {counted(len(done.changes), 'change')} of choices.{kept}"
    return Done(said, _undo_of(code, done.number), to=questions_address(code))


async def ask_put_back(visit: Visit, form: Form) -> Panel | None:
    """Ask where people see the texts; else it reaches nobody."""
    code, number = visit.place["code"], form.named("change")
    lines = await visit.read(reach_of_put_back, code, number)
    if not lines:
        return None
    hidden = (("change", str(number)),)
    return Panel(
        "Put the earlier texts back in open waves?", "Put them back", lines, hidden=hidden
    )


async def put_back(visit: Visit, form: Form) -> Done:
    """Put back the choices of before that nobody has changed since."""
    code, number = visit.place["code"], form.named("change")
    done = await visit.write(put_back_lists, visit.office, code, number, visit.now)
    return Done(done.said, _undo_of(code, done.number))


async def _ask_correct(visit: Visit, form: Form) -> Panel:
    found = await _look(visit, await waiting_file(visit))
    waves = counted(len(found.open_waves), "wave is open", "waves are open")
    lines = (
        *(one.sentence for one in found.changes[:MOST_LISTED]),
        f"{waves} with the choices of before: {', '.join(found.open_waves)}.",
        "Interviews under way show the corrected texts from their next question on.",
    )
    return Panel("Correct the texts in open waves too?", "Correct the texts", lines)


async def _correct(visit: Visit, form: Form) -> Done:
    """Correct texts of choices, in open waves too."""
    done = await _stored(visit, correct_lists)
    code = visit.place["code"]
    where = f" Corrected: {'; '.join(done.corrected)}." if done.corrected else ""
    said = f"Saved: {counted(len(done.changes), 'change')} of texts.{where}"
    return Done(said, _undo_of(code, done.number), to=questions_address(code))


PAGE = DeskPage(
    "/workshops/{code}/questions/{number}",
    ORGANISER,
    show,
    {
        "save": DeskAct(ORGANISER, _save),
        "correct": DeskAct(ORGANISER, _correct, _ask_correct),
    },
)
