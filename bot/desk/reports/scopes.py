"""What a report is about: one workshop, one of its surveys, those of a donor, all, or a fiscal year."""

import re
from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Connection

from bot.desk.reports.choices import Wishes, audiences
from bot.desk.reports.readers import known_donor
from storage.database import NotFound
from storage.fieldwork.waves import find_wave
from storage.fieldwork.workshops import (
    all_workshops,
    get_workshop,
    workshop_codes,
    workshops_with,
)
from storage.office.staff import Member
from surveys.planning.fiscal_year import FiscalYear

ALL = "all"
DONOR = "donor:"
SURVEY = "/"
"""Stands between the workshop and the wave of a survey that has a result of its own."""
YEAR = re.compile(r"FY\d{4}")


def scope_of(codes: Sequence[str], donor: str, year: int | None) -> str:
    """Return the scope of a report; '' for several workshops, which have no status."""
    if year is not None:
        return "" if donor else f"FY{year}"
    if codes:
        return codes[0] if len(codes) == 1 else ""
    return f"{DONOR}{donor}" if donor else ALL


def asked_for(scope: str, wishes: Wishes) -> tuple[list[str], Wishes]:
    """Return the workshops and the wishes with which the report on a scope is asked for."""
    if scope == ALL:
        return [], wishes
    if YEAR.fullmatch(scope):
        return [], replace(wishes, fiscal_year=year_of(scope).begins)
    if scope.startswith(DONOR):
        own = audiences()[wishes.audience] == "donor"
        return [], wishes if own else replace(wishes, donor=scope.removeprefix(DONOR))
    code, _, wave = scope.partition(SURVEY)
    return [code], replace(wishes, survey=wave)


def survey_scope(code: str, wave: str) -> str:
    """Return the scope of the result of one survey, such as STUDY-2018/FORENSICS."""
    return f"{code}{SURVEY}{wave}"


def survey_of(scope: str) -> str:
    """Return the wave of a scope that is one survey; '' for any other scope."""
    return "" if scope.startswith(DONOR) else scope.partition(SURVEY)[2]


def workshops_of(connection: Connection, scope: str) -> list[str]:
    """Return the workshops of a scope. Raise NotFound for a workshop, wave or donor not known."""
    if YEAR.fullmatch(scope):
        return _of_year(connection, year_of(scope))
    if scope == ALL:
        return workshop_codes(connection)
    if not scope.startswith(DONOR):
        code, _, wave = scope.partition(SURVEY)
        workshop = get_workshop(connection, code)
        if wave and find_wave(connection, code, wave) is None:
            raise NotFound(
                f"{code} has no wave {wave} that has opened, so there is no result of it."
            )
        return [workshop.code]
    donor = known_donor(connection, scope.removeprefix(DONOR))
    return [one.code for one in all_workshops(connection) if donor in one.donors]


def workshops_today(connection: Connection, scope: str) -> tuple[str, ...]:
    """Return the workshops of a scope that was published; none if it is gone."""
    try:
        return tuple(workshops_of(connection, scope))
    except NotFound:
        return ()


def year_of(scope: str) -> FiscalYear:
    """Return the fiscal year of a scope such as FY2017."""
    return FiscalYear(int(scope.removeprefix("FY")))


def _of_year(connection: Connection, year: FiscalYear) -> list[str]:
    return [
        one.code
        for one in all_workshops(connection)
        if year.reports(one.kind, one.ends_on, stands=one.running)
    ]


def known_scope(connection: Connection, scope: str) -> str:
    """Return a scope with its donor spelt as the workshops have it."""
    if not scope.startswith(DONOR):
        return scope
    return f"{DONOR}{known_donor(connection, scope.removeprefix(DONOR))}"


def sees_all(connection: Connection, member: Member, scope: str) -> bool:
    """Return whether a member may see all workshops of a scope. Raise NotFound for no scope."""
    codes = workshops_of(connection, scope)
    return all(member.sees(one) for one in workshops_with(connection, codes))
