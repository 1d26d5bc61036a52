"""The Good Practice Report on a fiscal year, with what the office adds to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from bot.desk.reports.choices import Wishes
from bot.desk.reports.recommended import released
from bot.desk.reports.scopes import year_of
from storage.office.recommendations import Recommendation
from storage.office.report_status import presented_at, report_status_of
from storage.office.report_versions import Edition, figures_of
from surveys.planning.fiscal_year import FiscalYear

if TYPE_CHECKING:
    from analysis.facts.cut_offs import CutOffs
    from analysis.model import Report
    from analysis.sections.conclusions import Advice
    from analysis.sections.trend import EarlierYear

AUDIENCE = "good_practice"
YEARS_BEFORE = 4
"""How many earlier years the trend shows at most."""


def of_year(connection: Connection, edition: Edition, limits: CutOffs, wishes: Wishes) -> Report:
    """Return the report of a version as it was presented: later acts of the office need a new one.

    A version that was not presented yet has what is released by the newest moment in it.
    """
    from analysis.reports.good_practice import FromOffice, build_good_practice

    year, version = year_of(edition.scope), edition.version
    at = presented_at(connection, edition.scope, version) or limits.at
    office = FromOffice(
        _advice(released(connection, year, at)),
        _advice(released(connection, FiscalYear(year.begins - 1), at)),
        list(_earlier(connection, year, wishes.language, at)),
    )
    return build_good_practice(connection, year, limits, wishes, office)


def _advice(found: Sequence[Recommendation]) -> list[Advice]:
    from analysis.sections.conclusions import Advice

    return [
        Advice(one.words, one.owner, one.due_on, one.outcome, one.outcome_words)
        for one in (each.content for each in found)
    ]


def _earlier(
    connection: Connection, year: FiscalYear, language: str, at: datetime
) -> Iterator[EarlierYear]:
    """Yield the years before whose reports were made by then, oldest first."""
    from analysis.formats.json import report_of
    from analysis.sections.trend import earlier_year

    for begins in range(year.begins - YEARS_BEFORE, year.begins):
        stored = _stored(connection, f"FY{begins}", language, at)
        if stored is not None:
            yield earlier_year(FiscalYear(begins), report_of(stored))


def _stored(connection: Connection, scope: str, language: str, at: datetime) -> bytes | None:
    """Return the figures of the latest version of a scope that were made by a moment, if any."""
    latest = report_status_of(connection, scope).version
    for version in range(latest, 0, -1):
        edition = Edition(scope, version, "", "", AUDIENCE, "", language)
        found = figures_of(connection, edition)
        if found is not None and found.made_at <= at:
            return found.content
    return None
