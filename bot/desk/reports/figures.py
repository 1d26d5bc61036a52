"""The figures by delegation, with their bounds: for the office, as they have counts under five."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from bot.audit import record
from bot.settings.office import Office
from storage.database import Database
from storage.fieldwork.workshops import get_workshop
from storage.office.audit import Act

if TYPE_CHECKING:
    from analysis.findings.delegation_figures import DelegationFigures

MOMENTS = {6: "M6", 12: "M12"}
"""By months after the workshop."""


def figures(
    database: Database, office: Office, codes: Sequence[str], months: int, now: datetime
) -> DelegationFigures:
    """Return what became of some workshops (all if `codes` is empty) after 6 or 12 months.

    The audit log has it. Raise NotFound for an unknown workshop.
    """
    found = database.read(_figures, codes, MOMENTS[months], now)
    about = f"{' '.join(codes) or 'all workshops'}: figures after {months} months"
    database.run(record, office, Act.REPORTED, about, now)
    return found


def moved(
    connection: Connection, code: str, moment: str, now: datetime
) -> tuple[int, int, int] | None:
    """Return how many people told a higher stage in a wave than before, the same, and a lower one.

    None if nobody told it in both. They are those of `figures`.
    """
    *_, last = _figures(connection, [code], moment, now).trend
    counts = (last.up, last.same, last.down)
    return counts if any(counts) else None


def _figures(
    connection: Connection, codes: Sequence[str], moment: str, now: datetime
) -> DelegationFigures:
    from analysis.findings.delegation_figures import delegation_figures

    known = [get_workshop(connection, code).code for code in codes]
    return delegation_figures(connection, known, moment, now)
