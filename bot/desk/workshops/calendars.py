"""Import of workshops from a calendar: judged as a whole, stored in slices.

All problems are reported at once with their places; unclear cells become questions. Importing a
calendar again corrects what has changed, and goes on where an interrupted import ended.
"""

import time
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import Connection

from bot.audit import record
from bot.desk.list_columns import columns_offer, forget_for, keep_columns, recall_of
from bot.desk.people.import_texts import list_file
from bot.desk.workshops.replanning import cancel
from bot.importing.calendars.calendar_rows import FIELDS, read_calendar
from bot.importing.calendars.changes import Changes
from bot.importing.calendars.likely import likely
from bot.importing.calendars.matching import Entry, Known, Matching, with_new_codes
from bot.importing.calendars.reading import Calendar
from bot.importing.calendars.row_days import RowDays, orders_of
from bot.importing.rows.columns import Table
from bot.importing.rows.imported import Imported
from bot.importing.rows.open_questions import Answers
from bot.importing.rows.readings import sheets_of
from bot.importing.rows.rows import (
    List,
    Reading,
    Row,
    check_broken,
)
from bot.runtime.transactions import PAUSE, Door
from bot.settings.office import Office
from bot.wording.days import day_words, span_words
from storage.fieldwork.calendar_imports import CalendarChange, add_calendar_changes
from storage.fieldwork.plans import plan_texts
from storage.fieldwork.waves import all_open_waves
from storage.fieldwork.workshop_names import codes_by_former, codes_by_uid, put_uids
from storage.fieldwork.workshops import (
    all_workshops,
    find_workshop,
    moved_by_hand,
    note_moved_by_hand,
    put_planned,
)
from storage.office.audit import Act
from storage.people.administrations import all_administrations
from storage.people.imports import ListFile, add_import
from surveys.workshop import Workshop

SLICE = 20
"""Workshops in a transaction: others wait for a fraction of a second only."""


@dataclass(frozen=True)
class JudgedCalendar:
    """A calendar after reading: what its import would do, and what it changes.

    `workshops` are added or corrected, those of `moved` get other days, those of `cancelled` are
    cancelled. `uids` are numbers in a calendar program that were not known.
    """

    imported: Imported
    workshops: tuple[Workshop, ...]
    moved: tuple[str, ...]
    cancelled: tuple[str, ...]
    uids: Mapping[str, str]
    tables: tuple[Table, ...] = ()


def import_workshops(door: Door, office: Office, given: List, now: datetime) -> Imported:
    """Add or correct the workshops of a calendar.

    Other days, titles and cancellations of known ones are asked about. Raise BadInput with all
    problems; then nothing is changed.
    """
    judged = door.read(judge_calendar, office, given, now)
    done = judged.imported
    if given.dry_run or done.questions:
        return done
    counts = {"new": done.new, "changed": done.changed}
    door.run(_keep_columns, office, judged.tables, given.answers, now)
    number = door.run(_begin, office, list_file(given), counts, now)
    for first in range(0, len(judged.workshops), SLICE):
        door.run(_save_slice, judged.workshops[first : first + SLICE], number, now)
        time.sleep(PAUSE)
    door.run(_save_rest, office, judged, now)
    return replace(done, number=number)


def judge_calendar(
    connection: Connection, office: Office, given: List, now: datetime
) -> JudgedCalendar:
    """Return what an import of a calendar would do. Writes nothing. Raise BadInput with all problems."""
    reading = Reading(given.source)
    plans = {*office.rules.plans, *plan_texts(connection)}
    read = read_calendar(given, reading, recall_of(connection, given.answers))
    days = RowDays(reading, given.answers, office.day_of(now), orders_of(list(read.rows)))
    calendar = Calendar(reading, plans, all_administrations(connection), days)
    for table in read.tables:
        days.questions |= {question.key: question for question in table.questions}
    for row in read.rows:
        check_broken(row, reading)
        calendar.add(row)
    _refuse_repeated([(one.row, one.workshop.code) for one in calendar.entries], reading)
    reading.refuse_if_failed()
    calendar.entries = likely(calendar.entries, days)
    judged = _compared(calendar, _known(connection), office.day_of(now))
    offers = (*columns_offer(connection, office, read.tables), *judged.imported.offers)
    sheets = sheets_of(read.tables, FIELDS)
    done = replace(judged.imported, offers=offers, sheets=sheets)
    return replace(judged, imported=done, tables=read.tables)


def _known(connection: Connection) -> Known:
    stored = {one.code: one for one in all_workshops(connection)}
    by_hand = frozenset(moved_by_hand(connection))
    names = codes_by_uid(connection), codes_by_former(connection)
    open_now: dict[str, list[str]] = defaultdict(list)
    for wave in all_open_waves(connection):
        open_now[wave.workshop_code].append(wave.key)
    return Known(stored, *names, by_hand, open_now)


def _compared(calendar: Calendar, known: Known, today: date) -> JudgedCalendar:
    """Return what changes of the known workshops, what is new, and what is asked."""
    answers = calendar.days.answers
    matching, changes = Matching(known, answers, today), Changes(known, answers)
    workshops, uids = [], {}
    for entry, code, is_known in with_new_codes(matching.matched(calendar.entries), known):
        if entry.uid and code:
            uids[entry.uid] = code
        if is_known:
            after = changes.of(entry, code)
        elif entry.cancelled or not entry.dated:
            calendar.notes.append(_left_out(entry))
            continue
        else:
            after = replace(entry.workshop, code=code)
        if after is not None:
            workshops.append(after)
    changed = tuple(one for one in workshops if known.workshops.get(one.code) != one)
    new = sum(one.code not in known.workshops for one in changed)
    imported = Imported(
        new,
        len(changed) - new + len(changes.cancelled),
        len(workshops) - len(changed),
        calendar.reading.warnings,
        (*calendar.days.questions.values(), *matching.questions, *changes.questions),
        tuple(changes.offers),
        (*calendar.notes, *changes.notes, *_told(changed, changes, known)),
        tuple(workshops),
        tuple(f"{span_words(one.starts_on, one.ends_on)}: {one.title}" for one in workshops),
        tuple(known.workshops[code] for code in (*changes.moved, *changes.cancelled)),
    )
    unknown = {uid: code for uid, code in uids.items() if known.uids.get(uid) != code}
    return JudgedCalendar(
        imported, changed, tuple(changes.moved), tuple(changes.cancelled), unknown
    )


def _left_out(entry: Entry) -> str:
    """Return why a row adds no workshop."""
    about = f"{entry.row.place}: '{entry.workshop.title}'"
    if entry.cancelled:
        return f"{about} is cancelled and was left out."
    return f"{about} has no days yet and was left out. Send it again with days."


def _moves(before: Workshop, after: Workshop) -> str:
    return (
        f"{after.code} moves: from {day_words(before.starts_on)} to {day_words(after.starts_on)}."
    )


def _told(changed: Iterable[Workshop], changes: Changes, known: Known) -> list[str]:
    """Return a line for each known workshop that moves or is cancelled."""
    moved = [
        _moves(known.workshops[one.code], one) for one in changed if one.code in changes.moved
    ]
    return [*moved, *(f"{code} is cancelled." for code in changes.cancelled)]


def _begin(
    connection: Connection, office: Office, file: ListFile, counts: dict[str, int], now: datetime
) -> int:
    """Store the line of the audit log for the whole calendar, and the import; return its number.

    An import that changes nothing has no number.
    """
    record(connection, office, Act.IMPORTED, "workshops", now, **counts)
    return add_import(connection, "", file, office.acting, now) if any(counts.values()) else 0


def _keep_columns(
    connection: Connection,
    office: Office,
    tables: Iterable[Table],
    answers: Answers,
    now: datetime,
) -> None:
    """Remember or forget the columns that were chosen for a calendar."""
    forget_for(connection, office, tables, answers, now)
    keep_columns(connection, office, FIELDS.kind, tables, now)


def _save_slice(
    connection: Connection, workshops: tuple[Workshop, ...], number: int, now: datetime
) -> None:
    """Store some workshops, and what they were before."""
    changes = []
    for workshop in workshops:
        before = find_workshop(connection, workshop.code)
        changes.append(CalendarChange(workshop.code, before, workshop))
        put_planned(connection, workshop, now)
    add_calendar_changes(connection, number, changes)


def _save_rest(
    connection: Connection, office: Office, judged: JudgedCalendar, now: datetime
) -> None:
    """Cancel what the calendar cancels, and note its numbers and who moved a workshop last."""
    for code in judged.cancelled:
        cancel(connection, office, code, now)
    for code in judged.moved:
        note_moved_by_hand(connection, code, None)
    put_uids(connection, judged.uids)


def _refuse_repeated(keys: list[tuple[Row, str]], reading: Reading) -> None:
    """Report rows with the workshop code of an earlier row."""
    seen: dict[str, Row] = {}
    for row, code in keys:
        if not code:
            continue
        first = seen.setdefault(code.casefold(), row)
        if first is not row:
            reading.wrong(row, "code", f"is the code of {first.place} too.", "Keep one of them.")
