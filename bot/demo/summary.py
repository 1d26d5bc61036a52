"""What the year came to, counted from the database: the numbers of `summary.json`."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, Connection, Table, func, select

from storage.fieldwork.case_files import load_file
from storage.schema import answers, attempts, cases, enrolments, waves, workshops
from surveys.planning.contacts import Kind
from surveys.planning.dispositions import Outcome

FOLLOW_UP = ("PRE", "END", "M3", "M6", "M12", "SUP6", "SUP12", "NCP12")
WAVES = (*FOLLOW_UP, "NEEDS", "IPR", "IPR12", "ELEARN", "FORENSICS", "SCANNERS")


@dataclass(frozen=True)
class Summary:
    """Counts of everything, and the promises kept, as numbers that must be zero or two."""

    seed: int
    until: datetime
    workshops: int
    enrolments: dict[str, int]
    participants_by_workshop: dict[str, int]
    cases: int
    cases_by_wave: dict[str, int]
    dispositions_by_wave: dict[str, dict[str, int]]
    attempts: dict[str, dict[str, int]]
    answers: int
    cases_invited_twice: int
    messages_outside_working_hours: int
    most_open_cases_of_a_person: int


def summarise(connection: Connection, seed: int, until: datetime) -> Summary:
    """The summary of a database."""
    by_wave = _dispositions(connection)
    return Summary(
        seed=seed,
        until=until,
        workshops=_count(connection, workshops),
        enrolments=_grouped(connection, enrolments.c.role),
        participants_by_workshop=_participants(connection),
        cases=_count(connection, cases),
        cases_by_wave={key: sum(found.values()) for key, found in by_wave.items()},
        dispositions_by_wave=by_wave,
        attempts=_attempts(connection),
        answers=_count(connection, answers),
        cases_invited_twice=_invited_twice(connection),
        messages_outside_working_hours=_outside(connection),
        most_open_cases_of_a_person=most_open_cases(connection),
    )


def _count(connection: Connection, table: Table) -> int:
    return connection.scalar(select(func.count()).select_from(table)) or 0


def _grouped(connection: Connection, column: Column[str]) -> dict[str, int]:
    rows = connection.execute(select(column, func.count()).group_by(column).order_by(column))
    return {row[0]: row[1] for row in rows}


def _participants(connection: Connection) -> dict[str, int]:
    rows = connection.execute(
        select(enrolments.c.workshop_code, func.count())
        .where(enrolments.c.role == "participant")
        .group_by(enrolments.c.workshop_code)
        .order_by(enrolments.c.workshop_code)
    )
    return {row[0]: row[1] for row in rows}


def _dispositions(connection: Connection) -> dict[str, dict[str, int]]:
    """Dispositions of all workshops together, by wave in the order of the plan."""
    rows = connection.execute(
        select(waves.c.key, func.coalesce(cases.c.disposition, "open"), func.count())
        .join(cases, cases.c.wave_id == waves.c.id)
        .group_by(waves.c.key, cases.c.disposition)
    )
    found: dict[str, dict[str, int]] = {}
    for key, disposition, number in sorted(tuple(row) for row in rows):
        found.setdefault(key, {})[disposition] = number
    return {key: found[key] for key in WAVES if key in found}


def _attempts(connection: Connection) -> dict[str, dict[str, int]]:
    rows = connection.execute(
        select(attempts.c.kind, attempts.c.outcome, func.count())
        .group_by(attempts.c.kind, attempts.c.outcome)
        .order_by(attempts.c.kind, attempts.c.outcome)
    )
    found: dict[str, dict[str, int]] = {}
    for kind, outcome, number in rows:
        found.setdefault(kind, {})[outcome] = number
    return found


def _invited_twice(connection: Connection) -> int:
    """Cases with more than one invitation that arrived or may have arrived."""
    arrived = (
        select(attempts.c.case_id)
        .where(attempts.c.kind == Kind.INVITATION)
        .where(attempts.c.outcome.in_((Outcome.SENT, Outcome.UNKNOWN)))
        .group_by(attempts.c.case_id)
        .having(func.count() > 1)
    )
    return len(connection.scalars(arrived).all())


def _outside(connection: Connection) -> int:
    """Messages that left outside the person's local window or on a day of rest."""
    calendars = {}
    outside = 0
    for row in connection.execute(select(attempts.c.case_id, attempts.c.claimed_at)):
        if row.case_id not in calendars:
            calendars[row.case_id] = load_file(connection, row.case_id).calendar
        outside += not calendars[row.case_id].in_window(row.claimed_at)
    return outside


def most_open_cases(connection: Connection) -> int:
    """The most cases any person had open at once, from the first message to the end of each."""
    rows = connection.execute(
        select(
            enrolments.c.participant_id,
            func.min(attempts.c.claimed_at),
            func.coalesce(cases.c.completed_at, cases.c.closed_at),
        )
        .join(cases, cases.c.enrolment_id == enrolments.c.id)
        .join(attempts, attempts.c.case_id == cases.c.id)
        .where(attempts.c.outcome.in_((Outcome.SENT, Outcome.UNKNOWN)))
        .group_by(cases.c.id, enrolments.c.participant_id)
    )
    changes: dict[int, list[tuple[datetime, int]]] = {}
    for person, invited, ended in rows:
        changes.setdefault(person, []).append((invited, 1))
        if ended is not None:
            changes[person].append((max(ended, invited), -1))
    return max((_highest(found) for found in changes.values()), default=0)


def _highest(changes: list[tuple[datetime, int]]) -> int:
    open_now: Counter[str] = Counter()
    highest = 0
    for _, step in sorted(changes):
        open_now["cases"] += step
        highest = max(highest, open_now["cases"])
    return highest
