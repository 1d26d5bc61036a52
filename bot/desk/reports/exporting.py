"""Exports of stored answers, made by `analysis`: for the office, and for readers outside."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from analysis.reports.audiences import ONE_OR_ALL
from bot.audit import record
from bot.desk.reports.report_status import check_level, check_published, get_status
from bot.desk.reports.reporting import checked_codes, told_codes
from bot.desk.reports.scopes import scope_of
from bot.desk.reports.versions import check_few_erased, counted_until
from bot.settings.office import Office
from storage.database import Conflict, Database
from storage.office.audit import Act

if TYPE_CHECKING:
    from analysis.facts.cut_offs import CutOffs

STAFF, VIEWERS = "staff", "viewer"


def export(
    database: Database,
    office: Office,
    codes: Sequence[str],
    now: datetime,
    audience: str = STAFF,
    raw: bool = False,
) -> bytes:
    """Return a zip with the data of some workshops (all if `codes` is empty).

    The office gets everything up to `now` (aware). A viewer gets the waves of the published version of
    the report, each until its cut-off. With `raw`, texts in CSV files may run as formulas. The audit log
    has the export, and that it contains texts in people's own words, before it is returned. Raise
    NotFound for an unknown workshop, Conflict for viewers if there is no such version.
    """
    made = database.read(_export, codes, now, audience, raw)
    about = f"{told_codes(codes)}: for {audience}, with texts in people's own words"
    database.run(record, office, Act.EXPORTED, about, now, bytes=len(made))
    return made


def _export(
    connection: Connection, codes: Sequence[str], now: datetime, audience: str, raw: bool
) -> bytes:
    from analysis.exports.audience import Audience
    from analysis.exports.bundle import Wishes, build

    known = checked_codes(connection, codes)
    limits = _published_until(connection, codes) if audience == VIEWERS else now
    return build(connection, known, limits, Wishes(Audience(audience), raw))


def _published_until(connection: Connection, codes: Sequence[str]) -> CutOffs:
    """Return until when the published version of the report on some workshops counts each wave."""
    scope = scope_of(codes, "", None)
    if not scope:
        raise Conflict(ONE_OR_ALL)
    found = get_status(connection, scope)
    check_published(found, VIEWERS)
    check_level(found, VIEWERS)
    limits = counted_until(connection, scope, found.report_status)
    check_few_erased(connection, scope, found.report_status.version, limits)
    return limits
