"""Earlier answers of a workshop: where a table is dropped, and the tables that were imported."""

import asyncio

from bot.desk.answers.listing import list_answer_imports
from bot.desk.answers.texts import taken_back_lines
from bot.desk.answers.undo import undo_answers
from bot.desk.answers.waves import waves_for_answers
from bot.desk.workshops.sent_tables import WAVE
from bot.web.desk.pages.jobs import Finished, JobKind, start
from bot.web.desk.pages.sent import keep_sent
from bot.web.desk.rows import DeskAct, DeskPage
from bot.web.desk.running import Told
from bot.web.desk.visits import Done, Download, Form, Move, Screen, Undo, Visit
from storage.fieldwork.workshops import get_workshop
from storage.office.staff import StaffRole
from storage.office.waiting_files import set_answers
from surveys.problems import BadInput, Problem

ORGANISER = StaffRole.ORGANISER


def answers_address(code: str) -> str:
    """Return the address of the page below /desk."""
    return f"/workshops/{code}/answers"


def table_address(code: str, number: int) -> str:
    """Return the address of a table of answers that waits."""
    return f"{answers_address(code)}/{number}"


async def show(visit: Visit) -> Screen:
    """Show the waves that take answers, and the tables that were imported."""
    workshop = await visit.read(get_workshop, visit.place["code"])
    data = {
        "workshop": workshop,
        "waves": await visit.read(waves_for_answers, visit.office, workshop.code, visit.now),
        "imports": await visit.read(list_answer_imports, workshop.code),
        "typed_wave": visit.query.get("wave", ""),
    }
    return Screen("answers.html", f"Earlier answers of {workshop.title}", data)


async def _send(visit: Visit, form: Form) -> Move:
    """Keep a table, and show what its import would do."""
    code, wave = visit.place["code"], form.text("wave")
    waves = await visit.read(waves_for_answers, visit.office, code, visit.now)
    if wave not in {one.key for one in waves}:
        fix = "Choose one that has opened or is over."
        raise BadInput((Problem("The wave", "", "takes no answers from before.", wave, fix),))
    number = await keep_sent(visit, form, code)
    await visit.write(set_answers, number, {WAVE: wave}, visit.now)
    return Move(table_address(code, number))


async def _undo(visit: Visit, form: Form) -> Done | Download:
    """Take a table back as a whole, as long work: it may have thousands of answers."""
    code, number = visit.place["code"], form.named("list")

    async def work(told: Told) -> Finished:
        given = (told.door(visit.transactions.turns), visit.office, code, number, visit.now)
        done = await asyncio.to_thread(undo_answers, *given)
        return Finished("\n".join(taken_back_lines(done)))

    about = f"{code}, undo of answers {number}"
    return await start(visit, JobKind.IMPORT, about, answers_address(code), work)


def undo_of_import(code: str, number: int) -> Undo:
    """Return what takes an import of answers back."""
    return Undo(answers_address(code), "undo", (("list", str(number)),))


PAGE = DeskPage(
    "/workshops/{code}/answers",
    ORGANISER,
    show,
    {"send": DeskAct(ORGANISER, _send, file=True), "undo": DeskAct(ORGANISER, _undo)},
)
