"""Programmes: a workshop for trainers, an operation with its results, a workshop after it."""

import asyncio

from bot.desk.today.lately import done_of
from bot.desk.workshops.programme_changes import put_programme_back
from bot.desk.workshops.programmes import RESULTS, add_programme, import_results
from bot.importing.files import open_list, read_list
from bot.web.desk.pages.changed_texts import PROGRAMMES as ADDRESS
from bot.web.desk.pages.changed_texts import programme_back
from bot.web.desk.pages.lately import UNDOING
from bot.web.desk.rows import DeskAct, DeskPage
from bot.web.desk.visits import Done, Field, Form, Panel, Screen, Undo, Visit
from bot.wording.counts import counted
from storage.fieldwork.programmes import all_programmes, results_of
from storage.office.audit import Act
from storage.office.staff import StaffRole
from surveys.problems import BadInput, Problem

ORGANISER = StaffRole.ORGANISER
ACTS = {Act.PROGRAMME_CHANGED: "", Act.IMPORTED: f" {RESULTS}"}
SAME = "Nothing was changed: these are the results of"


async def show(visit: Visit) -> Screen:
    """Show all programmes with their results."""
    found = await visit.read(all_programmes)
    results = {one.code: await visit.read(results_of, one.code) for one in found}
    history = {"history": await visit.read(done_of, ACTS), **UNDOING}
    return Screen("programmes.html", "Programmes", {"found": found, "results": results, **history})


async def _ask_add(visit: Visit, form: Form) -> Panel:
    step = "The code of a workshop, or its month such as 2015-04."
    fields = (
        Field("code", "Code of the programme", value=form.text("code"), required=True),
        Field("operation", "Name of the operation", required=True),
        Field("trainers", "The workshop before it", hint=step),
        Field("follow-up", "The workshop after it", hint=step),
    )
    lines = ("A code that is there already is corrected.",)
    return Panel("Add or correct a programme?", "Save", lines, fields)


async def _add(visit: Visit, form: Form) -> Done:
    named = (form.text("code").upper(), form.text("operation")[:100])
    around = (form.text("trainers"), form.text("follow-up"))
    done = await visit.write(add_programme, visit.office, named, around, visit.now)
    return Done(done.said, _undo(done.programme.code, done.number))


def _undo(code: str, number: int) -> tuple[Undo, ...]:
    return (programme_back(code, number),) if number else ()


async def _put_back(visit: Visit, form: Form) -> Done:
    named = (form.text("programme"), form.named("change"))
    done = await visit.write(put_programme_back, visit.office, *named, visit.now)
    return Done(done.said, _undo(done.code, done.number))


async def _results(visit: Visit, form: Form) -> Done:
    """Replace the results of an operation by the rows of a list."""
    sent = form.files.get("file")
    if sent is None or not sent.content:
        fix = "Choose a table with the columns operation, cases, items, kg."
        raise BadInput((Problem("File", "", "Nothing was sent.", fix=fix),))
    given = await asyncio.to_thread(open_list, sent.content, sent.name, False, None, read_list)
    code = form.text("programme")
    done = await visit.write(import_results, visit.office, code, given, visit.now)
    looks = [f"Look at {warning}" for warning in done.warnings]
    saved = counted(len(done.results), "amount")
    said = f"Saved: {saved} of {code}." if done.number else f"{SAME} {code}."
    return Done("\n".join((said, *looks)), _undo(code, done.number))


PAGE = DeskPage(
    ADDRESS,
    ORGANISER,
    show,
    {
        "add": DeskAct(ORGANISER, _add, _ask_add),
        "results": DeskAct(ORGANISER, _results, file=True),
        "put-back": DeskAct(ORGANISER, _put_back),
    },
)
