"""Looking for lines in the audit log, a page at a time, the newest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Text, func, literal, or_, select

from storage.office.audit import Act, Entry
from storage.schema import audit

APART = ":/,"
"""Signs behind a code in what a line is about."""


@dataclass(frozen=True)
class AuditFilter:
    """Which lines are wanted: "" and None mean all.

    `who` is a staff code, "plan", or the beginning of "command line (account)". `about` are codes, of
    which one stands in the line. The days go from `since` on, and end before `until`.
    """

    who: str = ""
    act: Act | None = None
    about: Sequence[str] = ()
    since: datetime | None = None
    until: datetime | None = None


def find_lines(
    connection: Connection, wanted: AuditFilter, most: int | None = None, before: int = 0
) -> list[tuple[int, Entry]]:
    """Return lines with their numbers, the newest first; those below the number `before` unless 0."""
    chosen = select(audit).where(*_conditions(wanted)).order_by(audit.c.id.desc()).limit(most)
    if before:
        chosen = chosen.where(audit.c.id < before)
    return [
        (row.id, Entry(row.at, row.who, Act(row.act), row.about, row.counts))
        for row in connection.execute(chosen)
    ]


def count_lines(connection: Connection, wanted: AuditFilter) -> int:
    """Return how many lines are wanted."""
    chosen = select(func.count()).select_from(audit).where(*_conditions(wanted))
    return connection.execute(chosen).scalar_one()


def _conditions(wanted: AuditFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.who:
        begins = audit.c.who.startswith(f"{wanted.who} ", autoescape=True)
        found.append((audit.c.who == wanted.who) | begins)
    if wanted.act is not None:
        found.append(audit.c.act == wanted.act)
    if wanted.about:
        found.append(or_(*(_names(code) for code in wanted.about)))
    if wanted.since is not None:
        found.append(audit.c.at >= wanted.since)
    if wanted.until is not None:
        found.append(audit.c.at < wanted.until)
    return found


def _names(code: str) -> ColumnElement[bool]:
    """Return whether a code stands in a line as a word, in any case."""
    text, wanted = func.lower(audit.c.about), code.lower()
    for sign in APART:
        text, wanted = func.replace(text, sign, " ", type_=Text), wanted.replace(sign, " ")
    return (literal(" ") + text + " ").contains(f" {wanted.strip()} ", autoescape=True)
