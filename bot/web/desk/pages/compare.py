"""Figures beside each other: the waves of a workshop, workshops, or fiscal years. For the office."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from bot.desk.reports import choices
from bot.desk.reports.comparing import compare, scopes_to_compare
from bot.desk.reports.overview import check_sees
from bot.desk.reports.scopes import DONOR, known_scope
from bot.desk.reports.viewing import Viewed, beside, state_of_comparison
from bot.web.desk.pages import pictures
from bot.web.desk.pages.jobs import Finished, JobKind, start
from bot.web.desk.pages.reports import INTERNAL, KINDS
from bot.web.desk.rows import DeskAct, DeskPage
from bot.web.desk.running import Told
from bot.web.desk.visits import Choice, Done, Download, Form, Move, Picture, Screen, Visit
from storage.database import Conflict, NotFound
from storage.office.staff import StaffRole
from surveys.bidi import right_to_left
from surveys.names import language_name
from surveys.planning.listing import matching
from surveys.wording import ENGLISH

if TYPE_CHECKING:
    from analysis.model import Report

MANAGER = StaffRole.MANAGER
ADDRESS = "/reports/compare"
BETWEEN = ","
"""Stands between the scopes of a query; the one scope that can have it stands alone."""
LEAST, MOST = 2, 12
"""How many workshops stand beside each other."""
OF_COMPARISON = ("full", "docx", "xlsx", "pptx", "html")


async def show(visit: Visit) -> Screen:
    """Show what can be compared; with `of`, the figures of these beside each other."""
    scopes, language = await _seen(visit, visit.query.get("of", "")), _language(visit.query)
    found = await _worked_out(visit, scopes, language) if scopes else None
    report = found.report if found else None
    known = await visit.read(scopes_to_compare, visit.member, visit.today)
    data = {
        "scopes": scopes,
        "of": _joined(scopes),
        "known": known,
        "workshops": matching(known.workshops, visit.search),
        "q": visit.search,
        "language": language,
        "direction": "rtl" if right_to_left(language) else "ltr",
        "languages": [(code, language_name(code)) for code in choices.report_languages()],
        "found": found,
        "report": report,
        "drawn": pictures.drawn(found, ADDRESS, _query(scopes, language)),
        "offered": _files(report),
    }
    return Screen("compare.html", report.title if report else "Compare", data)


async def picture(visit: Visit) -> Picture:
    """Return a picture of a comparison that was shown."""
    shown = (*await _seen(visit, visit.query.get("of", "")), _language(visit.query))
    return pictures.picture_of(
        visit, lambda key: isinstance(key, tuple) and key[: len(shown)] == shown
    )


def _files(report: Report | None) -> list[Choice]:
    """Return the files of a comparison; none where nobody has answered."""
    if report and report.notice:
        return []
    return [one for one in INTERNAL if one.value in OF_COMPARISON]


async def _seen(visit: Visit, of: str) -> list[str]:
    """Return the scopes that are named, all of which the member may see."""
    named = [of] if of.startswith(DONOR) else [one for one in of.split(BETWEEN) if one]
    if len(named) > MOST:
        raise Conflict(f"At most {MOST} stand beside each other.")
    found = []
    for one in named:
        scope = await visit.read(known_scope, one)
        await visit.read(check_sees, visit.member, scope, visit.office.contact)
        found.append(scope)
    return found


def _joined(scopes: Sequence[str]) -> str:
    return BETWEEN.join(scopes)


def _language(query: Mapping[str, str]) -> str:
    """Return the language that is asked for. Raise NotFound for one without reports."""
    language = query.get("language") or ENGLISH
    if language not in choices.report_languages():
        raise NotFound("There is no report in this language.")
    return language


async def _worked_out(visit: Visit, scopes: Sequence[str], language: str) -> Viewed | None:
    key = await visit.read(state_of_comparison, scopes, language, visit.now)
    read = visit.transactions.patient.read
    return await visit.shelf.get(
        key, lambda: asyncio.to_thread(read, beside, visit.office, scopes, language, visit.now)
    )


async def _choose(visit: Visit, form: Form) -> Move:
    """Go to the comparison of the workshops that were ticked."""
    chosen = form.all("of")
    if len(chosen) < LEAST:
        raise Conflict("Tick two workshops or more.")
    return Move(_address(await _seen(visit, _joined(chosen))))


def _address(scopes: Sequence[str], language: str = ENGLISH) -> str:
    return f"{ADDRESS}?{_query(scopes, language)}"


def _query(scopes: Sequence[str], language: str) -> str:
    return urlencode({"of": _joined(scopes), "language": language})


async def _file(visit: Visit, form: Form) -> Done | Download:
    """Draw the comparison as a file; it is recorded before it is given."""
    scopes = await _seen(visit, form.text("of"))
    kind, language = form.text("form"), _language({"language": form.text("language")})
    if kind not in OF_COMPARISON:
        raise Conflict("Choose one of the files.")
    wishes = choices.Wishes(language=language, contact=visit.office.contact)
    about = f"compare {' '.join(scopes)}"

    async def work(told: Told) -> Finished:
        given = (visit.transactions.patient, visit.office, scopes, kind, visit.now, wishes)
        content = await asyncio.to_thread(compare, *given)
        name, media = choices.file_name(about, kind, wishes), KINDS[choices.suffix(kind)]
        return Finished("It is drawn.", file=Download(name, content, media))

    same = f"{about} {kind} {language} {visit.member.code}"
    return await start(visit, JobKind.REPORT, same, _address(scopes, language), work)


PICTURE = DeskPage(f"{ADDRESS}/pictures/{{name}}", MANAGER, picture)
PAGE = DeskPage(
    ADDRESS,
    MANAGER,
    show,
    {"choose": DeskAct(MANAGER, _choose), "file": DeskAct(MANAGER, _file)},
)
