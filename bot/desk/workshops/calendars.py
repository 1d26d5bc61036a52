"""Import of workshops from a calendar, completely or not at all.

All problems are reported at once with their places; unclear cells become questions. Importing a
calendar again corrects what has changed.
"""

from dataclasses import replace
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
from bot.settings.office import Office
from storage.fieldwork.workshops import find_workshop, put_workshop
from storage.office.audit import Act
from storage.people.administrations import all_administrations


def import_workshops(
    connection: Connection, office: Office, given: List, now: datetime
) -> Imported:
    """Add or correct the workshops of a calendar.

    Raise BadInput with all problems; then nothing is changed.
    """
    reading = Reading(given.source)
    calendar = Calendar(reading, office, all_administrations(connection), given.answers)
    rows = read_calendar(given, reading)
    calendar.orders = orders_of(rows)
    for row in rows:
        check_broken(row, reading)
        calendar.add(row)
    _refuse_repeated([(row, workshop.code) for row, workshop in calendar.workshops], reading)
    reading.refuse_if_failed()
    workshops = [workshop for _, workshop in calendar.workshops]
    new = changed = 0
    with connection.begin_nested() as trial:
        for workshop in workshops:
            before = find_workshop(connection, workshop.code)
            put_workshop(connection, workshop)
            new += before is None
            changed += before is not None and replace(before, cancelled_at=None) != workshop
        record(connection, office, Act.IMPORTED, "workshops", now, new=new, changed=changed)
        if given.dry_run or calendar.questions:
            trial.rollback()
    return Imported(
        new,
        changed,
        len(workshops) - new - changed,
        reading.warnings,
        tuple(calendar.questions.values()),
        tuple(calendar.notes),
        tuple(workshops),
        tuple(f"{one.starts_on} to {one.ends_on}: {one.title}" for one in workshops),
    )


def _refuse_repeated(keys: list[tuple[Row, str]], reading: Reading) -> None:
    """Report rows with the workshop code of an earlier row."""
    seen: dict[str, Row] = {}
    for row, code in keys:
        if code in seen:
            reading.wrong(
                row, "code", f"is the code of {seen[code].place} too.", "Keep one of them."
            )
        seen.setdefault(code, row)
