"""The copies for the trainers of a workshop: made, given as a file, and taken back."""

import asyncio

from bot.desk.reports import trainers
from bot.desk.reports.scopes import survey_scope
from bot.web.desk.pages.jobs import JobKind, job_address, keep_file
from bot.web.desk.pages.reports import KINDS, workshop_of
from bot.web.desk.rows import DeskAct, DeskPage
from bot.web.desk.visits import Done, Download, Form, Screen, Undo, Visit
from storage.office.staff import StaffRole

ORGANISER = StaffRole.ORGANISER
MADE = "The copy for the trainers of {code}, {wave}, version {version}, is ready. Pass it on."
TAKEN_BACK = "Taken back: {scope} is a draft. Whoever has the file keeps it."
IS_DRAFT = "{scope} is a draft already. Nothing was changed."


async def show(visit: Visit) -> Screen:
    """Show the surveys before the workshop, and of which there is a copy."""
    workshop = await workshop_of(visit)
    found = await visit.read(trainers.surveys_for_trainers, workshop.code)
    ended = visit.today > workshop.ends_on
    data = {"workshop": workshop, "surveys": found, "ended": ended}
    return Screen("trainers.html", f"For the trainers: {workshop.title}", data)


async def _make(visit: Visit, form: Form) -> Done:
    """Make the copy of a survey, and show its file beside what takes it back."""
    workshop, key = await workshop_of(visit), form.text("wave")
    made = await asyncio.to_thread(
        trainers.copy_for_trainers,
        *(visit.transactions.patient, visit.office, workshop.code, key, visit.now),
    )
    file = Download(made.name, made.content, KINDS[trainers.FORM])
    number = await keep_file(visit, JobKind.REPORT, file)
    fields = (("wave", key), ("version", str(made.version)))
    undo = (Undo(f"/reports/{workshop.code}/trainers", "take-back", fields),) if made.new else ()
    said = MADE.format(code=workshop.code, wave=key, version=made.version)
    return Done(said, undo, job_address(number))


async def _take_back(visit: Visit, form: Form) -> Done:
    workshop, version = await workshop_of(visit), form.named("version")
    scope = survey_scope(workshop.code, form.text("wave"))
    changed = await asyncio.to_thread(
        trainers.take_back,
        *(visit.transactions.patient, visit.office, scope, version, visit.now),
    )
    return Done((TAKEN_BACK if changed else IS_DRAFT).format(scope=scope))


PAGE = DeskPage(
    "/reports/{code}/trainers",
    ORGANISER,
    show,
    {"make": DeskAct(ORGANISER, _make), "take-back": DeskAct(ORGANISER, _take_back)},
)
