"""A report as a page: as the office or some readers see it, with pictures, numbers, and its files."""

import asyncio
from dataclasses import replace
from urllib.parse import urlencode

from bot.desk.reports import choices, reporting
from bot.desk.reports.exporting import export
from bot.desk.reports.reader_choices import Readers, readers_of
from bot.desk.reports.report_status import get_status
from bot.desk.reports.scopes import SURVEY, YEAR, asked_for
from bot.desk.reports.viewing import View, Viewed, readable, state_of_view, view
from bot.fieldwork.planned_waves import WaveNow, waves_now
from bot.web.desk.pages import pictures
from bot.web.desk.pages.jobs import Finished, JobKind, start
from bot.web.desk.pages.report_status import ACTS, next_acts
from bot.web.desk.pages.reports import (
    FILES,
    FOR_OFFICE,
    INTERNAL,
    KINDS,
    OF_SURVEY,
    PLAIN,
    report_address,
    scope_of,
    workshop_of,
)
from bot.web.desk.rows import DeskAct, DeskPage
from bot.web.desk.running import Told
from bot.web.desk.visits import Choice, Done, Download, Form, Picture, Screen, Visit
from storage.database import Conflict, NotFound
from storage.office.staff import StaffRole
from surveys.bidi import right_to_left
from surveys.names import language_name

MANAGER = StaffRole.MANAGER
NO_READERS = "This report is not made for such readers."
NO_LANGUAGE = "There is no report in this language."


async def show(visit: Visit) -> Screen:
    """Show a report as its readers see it; that it is worked out, while it is."""
    scope, name = await scope_of(visit)
    for_whom = await visit.read(readers_of, scope)
    surveys = await _surveys(visit, scope)
    wanted = _checked(scope, _given(visit), for_whom, surveys)
    found = await _worked_out(visit, wanted)
    report = found.report if found else None
    stands = await visit.read(get_status, scope)
    data = {
        "name": name,
        "address": report_address(scope),
        "code": scope if _is_workshop(scope) else "",
        "has_steps": not YEAR.fullmatch(scope),
        "wanted": wanted,
        "query": query_of(wanted),
        "readers": for_whom,
        "languages": [(code, language_name(code)) for code in choices.report_languages()],
        "surveys": surveys,
        "found": found,
        "report": report,
        "drawn": pictures.drawn(found, report_address(scope), query_of(wanted)),
        "direction": "rtl" if right_to_left(wanted.language) else "ltr",
        "seen": readable(report) if report else None,
        "status": stands.report_status,
        "next_acts": next_acts(stands.report_status),
        "offered": _files(wanted, found),
    }
    title = report.title if report and not report.notice else f"Results: {name}"
    return Screen("report.html", title, data)


async def picture(visit: Visit) -> Picture:
    """Return a picture of a report that was shown."""
    scope, _ = await scope_of(visit)
    for_whom = await visit.read(readers_of, scope)
    wanted = _checked(scope, _given(visit), for_whom, await _surveys(visit, scope))
    return pictures.picture_of(visit, lambda key: isinstance(key, tuple) and key[0] == wanted)


def _given(visit: Visit) -> dict[str, str]:
    return {part: visit.query.get(part, "") for part in ("readers", "language", "survey")}


async def _surveys(visit: Visit, scope: str) -> list[WaveNow]:
    """Return the surveys of a workshop that have a result; none of several workshops."""
    if not _is_workshop(scope):
        return []
    waves = await visit.read(waves_now, visit.office, scope)
    return [one for one in waves if one.facts.opened]


def _is_workshop(scope: str) -> bool:
    return not (":" in scope or SURVEY in scope or YEAR.fullmatch(scope) or scope == "all")


def _checked(
    scope: str, given: dict[str, str], for_whom: tuple[Readers, ...], surveys: list[WaveNow]
) -> View:
    """Return what is wanted. Raise NotFound for readers, a language or a survey that there is not."""
    wanted = View(scope)
    readers, language, survey = given["readers"], given["language"], given["survey"]
    if readers and readers not in {one.key for one in for_whom}:
        raise NotFound(NO_READERS)
    if language and language not in choices.report_languages():
        raise NotFound(NO_LANGUAGE)
    wanted = replace(
        wanted, readers=readers or wanted.readers, language=language or wanted.language
    )
    if not survey or wanted.outside:
        return wanted
    if survey not in {one.key for one in surveys}:
        raise NotFound("This survey has no result.")
    return replace(wanted, survey=survey)


def query_of(wanted: View) -> str:
    """Return the query of the page of a report, as what it shows."""
    return urlencode(
        {"readers": wanted.readers, "survey": wanted.survey, "language": wanted.language}
    )


async def _worked_out(visit: Visit, wanted: View) -> Viewed | None:
    """Return the report, from the shelf if nothing has changed; None while it is worked out."""
    key = await visit.read(state_of_view, visit.office, wanted, visit.now)
    read = visit.transactions.patient.read
    return await visit.shelf.get(
        key, lambda: asyncio.to_thread(read, view, visit.office, wanted, visit.now)
    )


def _files(wanted: View, found: Viewed | None) -> tuple[Choice, ...]:
    """Return the files that these readers can get; none of a draft, and none without results."""
    if found is None or found.report.notice or (wanted.outside and found.edition is None):
        return ()
    if wanted.survey:
        return tuple(one for one in FILES if one.value in OF_SURVEY)
    if wanted.outside:
        return FILES
    return INTERNAL + (FOR_OFFICE if _has_places(wanted) else ())


def _has_places(wanted: View) -> bool:
    return not wanted.outside and not YEAR.fullmatch(wanted.scope)


async def _file(visit: Visit, form: Form) -> Done | Download:
    """Draw a file for the readers that were chosen, and record that it was handed out."""
    scope, _ = await scope_of(visit)
    given = {part: form.text(part) for part in ("readers", "language", "survey")}
    for_whom = await visit.read(readers_of, scope)
    try:
        wanted = _checked(scope, given, for_whom, await _surveys(visit, scope))
    except NotFound as problem:
        raise Conflict(str(problem)) from None
    if form.text("form") not in {one.value for one in FILES + FOR_OFFICE}:
        raise Conflict("Choose one of the files.")
    return await _drawn(visit, wanted, form.text("form"))


async def _drawn(visit: Visit, wanted: View, form: str) -> Done | Download:
    codes, wishes = asked_for(wanted.scope, wanted.wishes(visit.office))
    if not wishes.outside:
        wishes = replace(wishes, audience=choices.readers_of(form))
    about = f"{wanted.scope} {wanted.survey}".strip()

    async def work(told: Told) -> Finished:
        content = await reporting.write_report(
            visit.transactions, visit.office, codes, form, visit.now, wishes
        )
        handed = f"{about}: {form} for {wishes.audience}"
        await visit.write(reporting.record_handed_out, visit.office, handed, visit.now)
        kind = KINDS.get(choices.suffix(form), PLAIN)
        name = choices.file_name(about, form, wishes)
        return Finished("It is drawn.", file=Download(name, content, kind))

    same = f"{about} {form} {wanted.readers} {wanted.language} {visit.member.code}"
    return await start(visit, JobKind.REPORT, same, report_address(wanted.scope), work)


async def _data(visit: Visit, form: Form) -> Done | Download:
    """Write all stored answers of the workshop, as long work; own words are among them."""
    workshop = await workshop_of(visit)

    async def work(told: Told) -> Finished:
        given = (visit.transactions.patient, visit.office, [workshop.code], visit.now)
        content = await asyncio.to_thread(export, *given)
        file = Download(f"{workshop.code}-data.zip", content, "application/zip")
        return Finished("It is written.", file=file)

    about = f"{workshop.code} data {visit.member.code}"
    return await start(visit, JobKind.DATA, about, report_address(workshop.code), work)


PICTURE = DeskPage("/reports/{code}/pictures/{name}", MANAGER, picture)
PAGE = DeskPage(
    "/reports/{code}",
    MANAGER,
    show,
    {
        "file": DeskAct(MANAGER, _file),
        "data": DeskAct(StaffRole.ORGANISER, _data),
        **ACTS,
    },
)
