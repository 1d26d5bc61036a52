"""Reports: the results of each workshop for the office, and the files of a report."""

import asyncio
from dataclasses import replace

from bot.desk.office.staff import may_see
from bot.desk.reports import choices, reporting
from bot.desk.reports.exporting import export
from bot.desk.workshops.listing import list_workshops
from bot.fieldwork.planned_waves import waves_now
from bot.web.desk.pages.jobs import Finished, JobKind, start
from bot.web.desk.paging import page_of
from bot.web.desk.rows import DeskAct, DeskPage
from bot.web.desk.running import Told
from bot.web.desk.visits import XLSX, Choice, Done, Download, Form, Screen, Visit
from storage.database import Conflict, NotFound
from storage.fieldwork.workshops import get_workshop
from storage.office.staff import StaffRole
from surveys.names import language_name
from surveys.planning.listing import Group
from surveys.workshop import Workshop

MANAGER = StaffRole.MANAGER
FILES = (
    Choice("pdf", "One page (PDF)"),
    Choice("full", "Full report (PDF)"),
    Choice("docx", "Word"),
    Choice("pptx", "Slides (PowerPoint)"),
    Choice("xlsx", "Excel"),
    Choice("html", "A page to pass on (HTML)"),
    Choice("places", "By administration (text)"),
    Choice("newsletter", "Newsletter text"),
)
"""The files of the report of a workshop."""
OF_SURVEY = (
    Choice("pdf", "PDF"),
    Choice("docx", "Word"),
    Choice("xlsx", "Excel"),
    Choice("pptx", "Slides (PowerPoint)"),
)
"""The files of the result of one survey."""
KINDS = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": XLSX,
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "html": "application/octet-stream",
    "png": "image/png",
}
PLAIN = "text/plain; charset=utf-8"


async def show(visit: Visit) -> Screen:
    """Show the workshops whose results the member may see."""
    search = visit.search
    found = await visit.read(list_workshops, visit.today, search)
    seen = [
        one
        for one in found
        if may_see(visit.member, one.workshop) and one.group not in (Group.COMING, Group.CANCELLED)
    ]
    pages, listed = page_of(seen, visit.query)
    data = {"listed": listed, "pages": pages, "q": search}
    return Screen("reports.html", "Reports", data)


async def show_report(visit: Visit) -> Screen:
    """Show what the report of a workshop says in short, and its files."""
    workshop = await workshop_of(visit)
    wishes = choices.Wishes(office=visit.office.name)
    drawn = await reporting.show_report(visit.transactions, [workshop.code], visit.now, wishes)
    waves = await visit.read(waves_now, visit.office, workshop.code)
    data = {
        "workshop": workshop,
        "caption": drawn.caption,
        "picture": bool(drawn.picture),
        "results": drawn.results,
        "report_files": FILES,
        "survey_files": OF_SURVEY,
        "languages": [(code, language_name(code)) for code in choices.report_languages()],
        "surveys": [one for one in waves if one.facts.opened],
    }
    return Screen("report.html", f"Results: {workshop.title}", data)


async def show_picture(visit: Visit) -> Download:
    """Return the picture of the report, as it stands on the page."""
    workshop = await workshop_of(visit)
    wishes = choices.Wishes(office=visit.office.name)
    drawn = await reporting.show_report(visit.transactions, [workshop.code], visit.now, wishes)
    if not drawn.picture:
        raise NotFound("There is no picture: too few people have answered.")
    return Download(choices.file_name(workshop.code, "png"), drawn.picture, KINDS["png"])


async def workshop_of(visit: Visit) -> Workshop:
    """Return the workshop of the address, if it is in the scope of the member."""
    workshop = await visit.read(get_workshop, visit.place["code"])
    if not may_see(visit.member, workshop):
        raise NotFound(f"You do not see {workshop.code}. Ask {visit.office.contact}.")
    return workshop


async def _file(visit: Visit, form: Form) -> Done | Download:
    """Draw a file of the report, and record that it was handed out."""
    workshop = await workshop_of(visit)
    language = form.text("language") or "en"
    _check(form.text("form"), FILES)
    if language not in choices.report_languages():
        raise Conflict("There is no report in this language.")
    wishes = choices.Wishes(choices.readers_of(form.text("form")), language=language)
    return await _drawn(visit, workshop.code, form.text("form"), wishes, workshop.code)


async def _survey(visit: Visit, form: Form) -> Done | Download:
    """Draw the result of one survey."""
    workshop = await workshop_of(visit)
    _check(form.text("form"), OF_SURVEY)
    key = form.text("wave")
    wishes = replace(choices.STAFF, survey=key, office=visit.office.name)
    about = f"{workshop.code} {key}"
    return await _drawn(visit, workshop.code, form.text("form"), wishes, about)


def _check(form: str, known: tuple[Choice, ...]) -> None:
    if form not in {one.value for one in known}:
        raise Conflict("Choose one of the files.")


async def _data(visit: Visit, form: Form) -> Done | Download:
    """Write all stored answers of the workshop, as long work; own words are among them."""
    workshop = await workshop_of(visit)

    async def work(told: Told) -> Finished:
        given = (visit.transactions.patient, visit.office, [workshop.code], visit.now)
        content = await asyncio.to_thread(export, *given)
        file = Download(f"{workshop.code}-data.zip", content, "application/zip")
        return Finished("It is written.", file=file)

    about = f"{workshop.code} data {visit.member.code}"
    return await start(visit, JobKind.DATA, about, f"/reports/{workshop.code}", work)


async def _drawn(
    visit: Visit, code: str, form: str, wishes: choices.Wishes, about: str
) -> Done | Download:
    """Draw a file as long work, and record that it was handed out."""

    async def work(told: Told) -> Finished:
        content = await reporting.write_report(
            visit.transactions, visit.office, [code], form, visit.now, wishes
        )
        handed = f"{about}: {form} for {wishes.audience}"
        await visit.write(reporting.record_handed_out, visit.office, handed, visit.now)
        kind = KINDS.get(choices.suffix(form), PLAIN)
        name = choices.file_name(about, form, wishes)
        return Finished("It is drawn.", file=Download(name, content, kind))

    told = f"{about} {form} {wishes.language} {visit.member.code}"
    return await start(visit, JobKind.REPORT, told, f"/reports/{code}", work)


PAGES = (
    DeskPage("/reports", MANAGER, show),
    DeskPage(
        "/reports/{code}",
        MANAGER,
        show_report,
        {
            "file": DeskAct(MANAGER, _file),
            "survey": DeskAct(MANAGER, _survey),
            "data": DeskAct(StaffRole.ORGANISER, _data),
        },
    ),
    DeskPage("/reports/{code}/picture", MANAGER, show_picture),
)
