"""The list of reports, the choice of another one, and what the pages of a report share."""

from urllib.parse import quote

from bot.desk.office.staff import may_see
from bot.desk.reports.overview import Standing, check_sees, list_reports, scope_name, scopes_for
from bot.desk.reports.scopes import ALL, DONOR, known_scope
from bot.web.desk.paging import page_of
from bot.web.desk.rows import DeskPage
from bot.web.desk.visits import XLSX, Choice, Move, Screen, Visit
from storage.database import NotFound
from storage.fieldwork.workshops import get_workshop
from storage.office.staff import StaffRole
from surveys.workshop import Workshop

MANAGER = StaffRole.MANAGER
KINDS = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": XLSX,
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "html": "application/octet-stream",
    "json": "application/json",
}
"""The content types of files that are no plain text, by their endings."""
PLAIN = "text/plain; charset=utf-8"
TAGS = {
    Standing.READY: ("now", "ready"),
    Standing.DUE: ("soon", "due"),
    Standing.PRESENTED: ("ok", "presented"),
    Standing.EARLY: ("", "no wave has closed"),
}
"""The look and the word of each group of the list."""
OF = ("workshop", "donor", "year")
"""What a report can be chosen by; each is the name of its field too."""


async def show(visit: Visit) -> Screen | Move:
    """Show the reports that the member may see, or go to the one that was chosen."""
    if "of" in visit.query:
        return Move(report_address(_chosen(visit)))
    rows = await visit.read(list_reports, visit.member, visit.today, visit.search)
    pages, listed = page_of(rows, visit.query)
    data = {
        "listed": listed,
        "pages": pages,
        "q": visit.search,
        "tags": TAGS,
        "address": report_address,
        "scopes": await visit.read(scopes_for, visit.member, visit.today),
    }
    return Screen("reports.html", "Reports", data)


def _chosen(visit: Visit) -> str:
    """Return the scope that was chosen. Raise NotFound for none."""
    of = visit.query["of"]
    value = visit.query.get(of, "") if of in OF else ""
    if of == ALL:
        return ALL
    if not value:
        raise NotFound("Choose workshops, a donor or a year.")
    return {"workshop": value, "donor": f"{DONOR}{value}", "year": f"FY{value}"}[of]


def report_address(scope: str) -> str:
    """Return the address of the report on a scope, quoted; a slash in it is quoted twice."""
    whole = scope.replace("%", "%25").replace("/", "%2F")
    return f"/reports/{quote(whole, safe=':')}"


async def scope_of(visit: Visit) -> tuple[str, str]:
    """Return the scope of the address with its name, if the member may see all of it."""
    typed = visit.place["code"].replace("%2F", "/").replace("%25", "%")
    scope = await visit.read(known_scope, typed)
    await visit.read(check_sees, visit.member, scope, visit.office.contact)
    return scope, await visit.read(scope_name, scope)


async def workshop_of(visit: Visit) -> Workshop:
    """Return the workshop of the address, if it is in the scope of the member."""
    workshop = await visit.read(get_workshop, visit.place["code"])
    if not may_see(visit.member, workshop):
        raise NotFound(f"You do not see {workshop.code}. Ask {visit.office.contact}.")
    return workshop


FILES = (
    Choice("pdf", "One page (PDF)"),
    Choice("full", "Full report (PDF)"),
    Choice("docx", "Word"),
    Choice("pptx", "Slides (PowerPoint)"),
    Choice("xlsx", "Excel"),
    Choice("html", "A page to pass on (HTML)"),
    Choice("json", "Figures for programs (JSON)"),
)
INTERNAL = tuple(
    Choice("html", "A page for the office (HTML)") if one.value == "html" else one for one in FILES
)
"""The same files of a report that is for the office alone."""
FOR_OFFICE = (
    Choice("places", "By administration (text)"),
    Choice("newsletter", "Newsletter text"),
)
"""Files of the office's own report on workshops only."""
OF_SURVEY = ("pdf", "docx", "xlsx", "pptx")
"""The files of the result of one survey."""

PAGE = DeskPage("/reports", MANAGER, show)
