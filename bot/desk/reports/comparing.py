"""Comparisons for the office: waves of a workshop, workshops beside each other, fiscal years."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from bot.audit import record
from bot.desk.reports.choices import Wishes
from bot.desk.reports.overview import Scopes, scopes_for
from bot.desk.reports.scopes import ALL, DONOR, SURVEY, YEAR, workshops_of, year_of
from bot.settings.office import Office
from storage.database import Conflict, Database, NotFound
from storage.fieldwork.workshops import all_workshops
from storage.office.audit import Act
from storage.office.staff import Member
from surveys.days import span_text
from surveys.planning.fiscal_year import FiscalYear
from surveys.wording import ENGLISH
from surveys.workshop import SURVEY as OF_SURVEYS
from surveys.workshop import Workshop

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
TWICE = "{scope} is named twice. Name each thing once."
ONE_WORKSHOP = (
    "{scope} has one workshop with a follow-up so far, {code}: nothing stands beside it. Name {code} "
    "alone for its waves."
)
TO_COME = "{scope}: there is nothing to compare before {day}, the first day of {code}."
ONE_YEAR = (
    "There are workshops in one fiscal year only, {year}. Name {scope} for its workshops beside each "
    "other."
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

    return build_comparison(connection, beside_of(connection, scopes, now.date()), now, wishes)


def beside_of(connection: Connection, scopes: Sequence[str], today: date) -> Beside:
    """Return what some scopes compare.

    Conflict if they do not fit together, or nothing stands beside another one; NotFound for nothing.
    """
    from analysis.reports.comparison import Beside, Way

    _check_fit(scopes)
    years = [one for one in scopes if YEAR.fullmatch(one)]
    if [*scopes] == [ALL] or (len(years) > 1 and years == [*scopes]):
        return Beside(Way.YEARS, _years(connection, years, today))
    found = [code for one in scopes for code in _reported(connection, one, today)]
    if found == [*scopes] and len(found) == 1:
        return Beside(Way.WAVES, {found[0]: found})
    if len(found) == 1:
        raise Conflict(ONE_WORKSHOP.format(scope=scopes[0], code=found[0]))
    return Beside(Way.WORKSHOPS, {code: [code] for code in found})


def _check_fit(scopes: Sequence[str]) -> None:
    """Raise Conflict for scopes that say nothing to compare, or that do not stand beside each other."""
    if not scopes or any(SURVEY in one and not one.startswith(DONOR) for one in scopes):
        raise Conflict(NOT_BOTH)
    twice = next((one for one in scopes if scopes.count(one) > 1), "")
    if twice:
        raise Conflict(TWICE.format(scope=twice))
    wide = [one for one in scopes if YEAR.fullmatch(one) or one == ALL or one.startswith(DONOR)]
    only_years = all(YEAR.fullmatch(one) for one in scopes)
    if wide and len(scopes) > 1 and not only_years:
        raise Conflict(NOT_BOTH)


def _reported(connection: Connection, scope: str, today: date) -> list[str]:
    """Return the workshops of a scope that have a follow-up: no surveys, and none to come.

    Raise Conflict where all of them are to come.
    """
    codes = workshops_of(connection, scope)
    held = [one for one in all_workshops(connection) if one.code in codes and _is_followed(one)]
    if not held:
        raise NotFound(f"{scope}: there is no workshop with a follow-up to compare.")
    begun = {one.code for one in held if one.starts_on <= today}
    if not begun:
        first = min(held, key=lambda one: one.starts_on)
        day = span_text(first.starts_on, first.starts_on, ENGLISH)
        raise Conflict(TO_COME.format(scope=scope, day=day, code=first.code))
    return [code for code in codes if code in begun]


def _is_followed(workshop: Workshop) -> bool:
    return workshop.running and workshop.kind != OF_SURVEYS


def _years(connection: Connection, scopes: Sequence[str], today: date) -> dict[str, list[str]]:
    """Return the workshops of fiscal years by their names; of all years if none is named."""
    named = [year_of(one) for one in scopes] or _all_years(connection, today)
    if len(named) == 1:
        (year,) = named
        raise Conflict(ONE_YEAR.format(year=year.name, scope=f"FY{year.begins}"))
    return {one.name: _reported(connection, f"FY{one.begins}", today) for one in named}


def _all_years(connection: Connection, today: date) -> list[FiscalYear]:
    """Return the fiscal years of the workshops that have begun, oldest first."""
    held = [
        one for one in all_workshops(connection) if _is_followed(one) and one.starts_on <= today
    ]
    if not held:
        raise NotFound("There is no workshop to compare.")
    return years_of(held)


def years_of(held: Iterable[Workshop]) -> list[FiscalYear]:
    """Return the fiscal years of some workshops, oldest first."""
    begun = sorted({FiscalYear.of(one.ends_on).begins for one in held})
    return [FiscalYear(one) for one in begun]


def scopes_to_compare(connection: Connection, member: Member, today: date) -> Scopes:
    """Return what a member can choose to compare: nothing that has only one thing in it."""
    known = scopes_for(connection, member, today)
    held = tuple(one for one in known.workshops if one.kind != OF_SURVEYS)
    donors = Counter(donor for one in held for donor in one.donors)
    years = years_of(held)
    return Scopes(
        held,
        tuple(one for one in known.donors if donors[one] > 1),
        tuple(one for one in known.years if one in years),
        known.everything and len(years) > 1,
    )
