"""Comparisons for the office: waves of a workshop, workshops beside each other, fiscal years."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from bot.audit import record
from bot.desk.reports.choices import Wishes
from bot.desk.reports.scopes import ALL, DONOR, SURVEY, YEAR, workshops_of, year_of
from bot.settings.office import Office
from storage.database import Conflict, Database, NotFound
from storage.fieldwork.workshops import all_workshops
from storage.office.audit import Act
from surveys.planning.fiscal_year import FiscalYear
from surveys.workshop import SURVEY as OF_SURVEYS

if TYPE_CHECKING:
    from analysis.model import Report
    from analysis.reports.comparison import Beside

STAFF = Wishes()
FOR_THE_OFFICE = (
    "A comparison is for the office: small groups could be found by comparing. Readers outside get the "
    "Good Practice Report, which compares what may be told."
)
NOT_BOTH = (
    "Compare one thing: the waves of one workshop (CODE), workshops (CODE CODE, donor:NAME or one "
    "fiscal year), or fiscal years (FY2016 FY2017, or all)."
)


def compare(
    database: Database,
    office: Office,
    scopes: Sequence[str],
    form: str,
    now: datetime,
    wishes: Wishes = STAFF,
) -> bytes:
    """Return a comparison in a form. The audit log has it before it is returned."""
    from analysis.formats import render

    wishes = _for_the_office(wishes, office)
    made = render(database.read(comparison, scopes, now, wishes), form, office.templates)
    about = f"{' '.join(scopes)} compared: {form} for {wishes.audience}"
    database.run(record, office, Act.REPORTED, about, now)
    return made


def _for_the_office(wishes: Wishes, office: Office) -> Wishes:
    if wishes.outside:
        raise Conflict(FOR_THE_OFFICE)
    return replace(wishes, office=office.name)


def comparison(
    connection: Connection, scopes: Sequence[str], now: datetime, wishes: Wishes = STAFF
) -> Report:
    """Return what is compared as a report; `analysis.formats.drawings` has its pictures as SVG."""
    from analysis.reports.comparison import build_comparison

    return build_comparison(connection, beside_of(connection, scopes), now, wishes)


def beside_of(connection: Connection, scopes: Sequence[str]) -> Beside:
    """Return what some scopes compare. Conflict if they do not fit together, NotFound for nothing."""
    from analysis.reports.comparison import Beside, Way

    if not scopes or any(SURVEY in one and not one.startswith(DONOR) for one in scopes):
        raise Conflict(NOT_BOTH)
    years = [one for one in scopes if YEAR.fullmatch(one)]
    if [*scopes] == [ALL] or (len(years) > 1 and years == [*scopes]):
        return Beside(Way.YEARS, _years(connection, years))
    several = len(scopes) > 1
    if several and any(
        YEAR.fullmatch(one) or one == ALL or one.startswith(DONOR) for one in scopes
    ):
        raise Conflict(NOT_BOTH)
    found = [code for one in scopes for code in _reported(connection, one)]
    way = Way.WAVES if found == [*scopes] and not several else Way.WORKSHOPS
    return Beside(way, {code: [code] for code in found})


def _reported(connection: Connection, scope: str) -> list[str]:
    """Return the workshops of a scope that have a follow-up: no surveys, and none to come."""
    codes = workshops_of(connection, scope)
    kinds = {one.code: one.kind for one in all_workshops(connection) if one.running}
    found = [code for code in codes if kinds.get(code, OF_SURVEYS) != OF_SURVEYS]
    if not found:
        raise NotFound(f"{scope}: there is no workshop with a follow-up to compare.")
    return found


def _years(connection: Connection, scopes: Sequence[str]) -> dict[str, list[str]]:
    """Return the workshops of fiscal years by their names; of all years if none is named."""
    named = [year_of(one) for one in scopes] or _all_years(connection)
    return {one.name: _reported(connection, f"FY{one.begins}") for one in named}


def _all_years(connection: Connection) -> list[FiscalYear]:
    """Return the fiscal years in which workshops took place, oldest first."""
    held = [one for one in all_workshops(connection) if one.running and one.kind != OF_SURVEYS]
    begun = sorted({FiscalYear.of(one.ends_on).begins for one in held})
    if not begun:
        raise NotFound("There is no workshop to compare.")
    return [FiscalYear(one) for one in begun]
