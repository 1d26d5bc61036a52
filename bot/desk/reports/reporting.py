"""Reports on stored answers, made by `analysis`."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from sqlalchemy import Connection

from bot.audit import record
from bot.desk.reports.choices import NEWSLETTER, Wishes, readers_of
from bot.desk.reports.handing_out import handed_out, kept_files
from bot.desk.reports.readers import known_readers
from bot.desk.reports.report_status import get_status
from bot.desk.reports.scopes import scope_of
from bot.runtime.apart import Ended, apart
from bot.runtime.transactions import Transactions
from bot.settings.office import Office
from storage.database import Conflict, Database
from storage.fieldwork.workshops import get_workshop
from storage.office.audit import Act
from storage.office.next_steps import steps_of
from surveys.planning.fiscal_year import FiscalYear

if TYPE_CHECKING:
    from analysis.measures.verification import Claim
    from analysis.model import Report

STAFF = Wishes()
P = ParamSpec("P")
T = TypeVar("T")
HEAVY = (
    __name__,
    "analysis.reports.workshops",
    "analysis.reports.survey",
    "analysis.formats",
    "typst",
)
"""What a process that draws reports reads first; it takes seconds on a small machine."""
ENDED = (
    "The report was not drawn: its process was ended, perhaps because the machine has too little "
    "memory. Ask for it again. If it happens again, tell an administrator."
)
NOT_THE_PUBLIC = (
    "A newsletter tells the public only what it may know: write it for `--audience newsletter`."
)
NO_FONT = (
    "There is no picture: a font is missing here. `followup doctor` tells an administrator which."
)


def reports_of(
    database: Database,
    office: Office,
    codes: Sequence[str],
    forms: Sequence[str],
    now: datetime,
    wishes: Wishes = STAFF,
) -> dict[str, bytes]:
    """Return one report on some workshops (all if `codes` is empty) in forms such as txt or pdf.

    The audit log has it before they are returned.
    """
    made = reports(database, office, codes, forms, now, wishes)
    what = f"{told_codes(codes)}{wishes.survey and ' ' + wishes.survey}"
    about = f"{what}: {' '.join(forms)} for {wishes.audience}"
    database.run(record, office, Act.REPORTED, about, now)
    return dict(made)


def reports(
    database: Database,
    office: Office,
    codes: Sequence[str],
    forms: Sequence[str],
    now: datetime,
    wishes: Wishes = STAFF,
) -> Mapping[str, bytes]:
    """Return one report in several forms, as its audience may see it.

    The office gets everything until now; others get the files of a presented or final version.
    """
    _check_news(forms, wishes)
    wishes = replace(database.read(known_readers, wishes), office=office.name)
    if wishes.outside:
        return handed_out(database, office, codes, forms, now, wishes)
    return database.read(_live, office, codes, forms, now, wishes)


def reports_apart(
    database: Database,
    office: Office,
    codes: Sequence[str],
    forms: Sequence[str],
    now: datetime,
    wishes: Wishes,
) -> Mapping[str, bytes]:
    """Return one report in several forms for readers outside: as kept, or drawn in another process.

    It blocks until that is done, so async callers use a thread.
    """
    known = replace(database.read(known_readers, wishes), office=office.name)
    kept = database.read(kept_files, codes, forms, known)
    return kept or _apart(reports, database, office, codes, forms, now, wishes)


def _check_news(forms: Sequence[str], wishes: Wishes) -> None:
    """Raise Conflict for a newsletter that is not for the public."""
    if wishes.audience != NEWSLETTER and any(readers_of(one) == NEWSLETTER for one in forms):
        raise Conflict(NOT_THE_PUBLIC)


@dataclass(frozen=True)
class DrawnReport:
    """A report for the chat.

    There is no picture if there are no `results` to draw or a font is missing, which the caption
    says then; it is complete without it.
    """

    caption: str
    results: bool
    picture: bytes | None


async def show_report(
    transactions: Transactions,
    codes: Sequence[str],
    now: datetime,
    wishes: Wishes = STAFF,
    form: str = "png",
) -> DrawnReport:
    """Return a picture, `png` or `phone`, and the caption of a report, drawn in another process."""
    return await asyncio.to_thread(
        _apart, draw_report, transactions.patient, codes, now, wishes, form
    )


async def write_report(
    transactions: Transactions,
    office: Office,
    codes: Sequence[str],
    form: str,
    now: datetime,
    wishes: Wishes = STAFF,
) -> bytes:
    """Return a report in a form, drawn in another process."""
    return (await write_reports(transactions, office, codes, [form], now, wishes))[form]


async def write_reports(
    transactions: Transactions,
    office: Office,
    codes: Sequence[str],
    forms: Sequence[str],
    now: datetime,
    wishes: Wishes = STAFF,
) -> Mapping[str, bytes]:
    """Return a report in some forms, drawn in another process."""
    return await asyncio.to_thread(
        _apart, reports, transactions.patient, office, codes, forms, now, wishes
    )


def _apart(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Return what work returns in another process. Conflict if that was ended."""
    try:
        return apart(HEAVY, work, *args, **kwargs)
    except Ended:
        raise Conflict(ENDED) from None


def record_handed_out(connection: Connection, office: Office, about: str, now: datetime) -> None:
    """Record that a report was handed out, drawn just now or before."""
    record(connection, office, Act.REPORTED, about, now)


def told_codes(codes: Sequence[str]) -> str:
    """Return workshops as the audit log names them."""
    return " ".join(codes) or "all workshops"


def anchors(database: Database, office: Office, code: str, now: datetime) -> list[Claim]:
    """Return the anchors that people of a workshop reported. Raise NotFound for an unknown workshop.

    Descriptions are in people's own words, so reading them is recorded in the audit log.
    """
    found = database.read(_anchors, code, now)
    texts = sum(bool(one.described_as) for one in found)
    database.run(_note_texts_read, office, code, now, texts)
    return found


def _note_texts_read(
    connection: Connection, office: Office, code: str, now: datetime, texts: int
) -> None:
    if texts:
        record(connection, office, Act.TEXTS_READ, f"{code} anchors", now, texts=texts)


def _anchors(connection: Connection, code: str, now: datetime) -> list[Claim]:
    from analysis.measures.verification import claims

    return claims(connection, get_workshop(connection, code).code, now)


def draw(template: str, data: dict[str, object], now: datetime) -> bytes:
    """Return a page as a PDF: a code sheet, a poster, a form; its module makes the data."""
    from analysis.formats.typesetting import typeset

    return typeset(template, data, now)[0]


def check_fonts() -> str:
    """Return the font families of the reports, or the problems with them, in words."""
    from analysis.formats.typesetting import families, missing_families

    wrong = missing_families()
    return "; ".join(wrong) if wrong else f"{len(families())} families: {', '.join(families())}"


def check_templates(office: Office) -> str:
    """Return which templates of the office reports are filled into. Raise Conflict for a wrong one."""
    from analysis.formats import check_template

    for form, path in office.templates.items():
        check_template(form, path)
    return ", ".join(path.name for path in office.templates.values()) or "the packaged ones"


def draw_report(
    database: Database, codes: Sequence[str], now: datetime, wishes: Wishes, form: str
) -> DrawnReport:
    """Return the picture and caption of a report for the office."""
    return database.read(_draw, codes, now, wishes, form)


def _draw(
    connection: Connection, codes: Sequence[str], now: datetime, staff: Wishes, form: str
) -> DrawnReport:
    from analysis.formats import render
    from analysis.formats.typesetting import MissingFont

    found = built(connection, codes, now, staff)
    caption = render(found, "caption").decode()
    if found.notice:
        return DrawnReport(caption, False, None)
    try:
        return DrawnReport(caption, True, render(found, form))
    except MissingFont:
        return DrawnReport(f"{caption}\n\n{NO_FONT}", True, None)


def _live(
    connection: Connection,
    office: Office,
    codes: Sequence[str],
    forms: Sequence[str],
    now: datetime,
    wishes: Wishes,
) -> Mapping[str, bytes]:
    """Return a report of the office itself: with everything until now."""
    from analysis.formats import render

    found = built(connection, codes, now, wishes)
    return {form: render(found, form, office.templates) for form in forms}


def built(connection: Connection, codes: Sequence[str], now: datetime, wishes: Wishes) -> Report:
    """Return a report of the office. The statistics of a year are as final as their status says."""
    from analysis.reports.survey import build_survey
    from analysis.reports.workshops import build
    from analysis.reports.year import build_year

    known = checked_codes(connection, codes)
    if wishes.survey:
        return build_survey(connection, codes[0], now, wishes)
    if wishes.fiscal_year is None:
        scope = scope_of(codes, wishes.donor, None)
        wishes = replace(wishes, steps=tuple(steps_of(connection, scope, now)))
        return build(connection, known, now, wishes)
    year = FiscalYear(wishes.fiscal_year)
    if not wishes.donor:
        status = get_status(connection, f"FY{wishes.fiscal_year}").report_status
        wishes = replace(wishes, report_status=status)
        now = (status.final and status.cut_off) or now
    return build_year(connection, year, now, wishes)


def checked_codes(connection: Connection, codes: Sequence[str]) -> list[str] | None:
    """Return the codes, or None (for all) if there are none. Raise NotFound for an unknown one."""
    for code in codes:
        get_workshop(connection, code)
    return list(codes) or None
