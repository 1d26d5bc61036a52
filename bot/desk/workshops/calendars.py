"""Import of workshops from a calendar: judged as a whole, stored in slices.

All problems are reported at once with their places; unclear cells become questions. Importing a
calendar again corrects what has changed, and goes on where an interrupted import ended.
"""

import time
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from bot.audit import record
from bot.importing.calendars.calendar_rows import read_calendar
from bot.importing.calendars.reading import Calendar, orders_of
from bot.importing.rows.imported import Imported
from bot.importing.rows.rows import (
    List,
    Reading,
    Row,
    check_broken,
)
from bot.runtime.transactions import PAUSE, Door
from bot.settings.office import Office
from storage.fieldwork.workshops import all_workshops, put_planned
from storage.office.audit import Act
from storage.people.administrations import all_administrations
from surveys.workshop import Workshop

SLICE = 20
"""Workshops in a transaction: others wait for a fraction of a second only."""


@dataclass(frozen=True)
class JudgedCalendar:
    """A calendar after reading: what its import would do, and the workshops it adds or corrects."""

    imported: Imported
    workshops: tuple[Workshop, ...]


def import_workshops(door: Door, office: Office, given: List, now: datetime) -> Imported:
    """Add or correct the workshops of a calendar.

    Raise BadInput with all problems; then nothing is changed.
    """
    judged = door.read(judge_calendar, office, given)
    done = judged.imported
    if given.dry_run or done.questions:
        return done
    for first in range(0, max(len(judged.workshops), 1), SLICE):
        piece = judged.workshops[first : first + SLICE]
        counts = None if first else {"new": done.new, "changed": done.changed}
        door.run(_save_slice, office, piece, counts, now)
        time.sleep(PAUSE)
    return done


def judge_calendar(connection: Connection, office: Office, given: List) -> JudgedCalendar:
    """Return what an import of a calendar would do. Writes nothing. Raise BadInput with all problems."""
    reading = Reading(given.source)
    calendar = Calendar(reading, office, all_administrations(connection), given.answers)
    rows = read_calendar(given, reading)
    calendar.orders = orders_of(rows)
    for row in rows:
        check_broken(row, reading)
        calendar.add(row)
    _refuse_repeated([(row, workshop.code) for row, workshop in calendar.workshops], reading)
    reading.refuse_if_failed()
    workshops = tuple(workshop for _, workshop in calendar.workshops)
    stored = {one.code: replace(one, cancelled_at=None) for one in all_workshops(connection)}
    changes = tuple(one for one in workshops if stored.get(one.code) != one)
    new = sum(one.code not in stored for one in changes)
    imported = Imported(
        new,
        len(changes) - new,
        len(workshops) - len(changes),
        reading.warnings,
        tuple(calendar.questions.values()),
        tuple(calendar.notes),
        workshops,
        tuple(f"{one.starts_on} to {one.ends_on}: {one.title}" for one in workshops),
    )
    return JudgedCalendar(imported, changes)


def _save_slice(
    connection: Connection,
    office: Office,
    workshops: tuple[Workshop, ...],
    counts: dict[str, int] | None,
    now: datetime,
) -> None:
    """Store some workshops; with the first of them the line of the audit log for the whole calendar."""
    for workshop in workshops:
        put_planned(connection, workshop, now)
    if counts is not None:
        record(connection, office, Act.IMPORTED, "workshops", now, **counts)


def _refuse_repeated(keys: list[tuple[Row, str]], reading: Reading) -> None:
    """Report rows with the workshop code of an earlier row."""
    seen: dict[str, Row] = {}
    for row, code in keys:
        if code in seen:
            reading.wrong(
                row, "code", f"is the code of {seen[code].place} too.", "Keep one of them."
            )
        seen.setdefault(code, row)
