"""Counters for monitoring: messages and answers since the beginning; they only grow."""

from datetime import datetime

from sqlalchemy import Connection, func, select, union_all

from storage.schema import (
    anchor_decisions,
    answer_history,
    answers,
    attempts,
    cases,
    report_statuses,
    text_decisions,
    verifications,
    waves,
)
from surveys.planning.dispositions import Outcome

DECIDED = (verifications, anchor_decisions, report_statuses, text_decisions)
"""What the office says about answers and reports; each row is newer than all before it."""
FINAL = (Outcome.SENT, Outcome.FAILED, Outcome.UNKNOWN)


def messages_made(connection: Connection) -> dict[tuple[str, str, str], int]:
    """Return the numbers of contact attempts by channel, kind and final outcome."""
    by = (attempts.c.channel, attempts.c.kind, attempts.c.outcome)
    rows = connection.execute(
        select(*by, func.count().label("number")).where(by[2].in_(FINAL)).group_by(*by)
    )
    return {(row.channel, row.kind, row.outcome): row.number for row in rows}


def answers_given(connection: Connection) -> dict[str, int]:
    """Return the numbers of answers by channel, including replaced ones."""
    given = union_all(select(answers.c.channel), select(answer_history.c.channel)).subquery()
    rows = connection.execute(
        select(given.c.channel, func.count().label("number")).group_by(given.c.channel)
    )
    return {row.channel: row.number for row in rows}


def last_answers(connection: Connection, workshop_code: str) -> tuple[int | datetime | None, ...]:
    """Return a fingerprint of what the report on a workshop is made of.

    It holds the number of answers, the time of the newest one and the newest decisions of the office;
    while it stays the same, the report has nothing new.
    """
    row = connection.execute(
        select(func.count(), func.max(answers.c.answered_at))
        .select_from(answers)
        .join(cases, cases.c.id == answers.c.case_id)
        .join(waves, waves.c.id == cases.c.wave_id)
        .where(waves.c.workshop_code == workshop_code)
    ).one()
    decided = (connection.scalar(select(func.max(table.c.id))) for table in DECIDED)
    return (row[0], row[1], *decided)
