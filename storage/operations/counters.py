"""A fingerprint of what a report is made of."""

from datetime import datetime

from sqlalchemy import Column, ColumnElement, Connection, func, select

from storage.office.audit import Act
from storage.schema import (
    anchor_decisions,
    answers,
    audit,
    cases,
    enrolments,
    recommendation_changes,
    report_statuses,
    text_decisions,
    theme_marks,
    verifications,
    waves,
)

DECIDED = (
    *(verifications, anchor_decisions, report_statuses, text_decisions),
    *(recommendation_changes, theme_marks),
)
"""What the office says about answers and reports; each row is newer than all before it."""
READING = (Act.REPORTED, Act.TEXTS_READ, Act.ANSWERS_READ, Act.MESSAGES_READ, Act.EXPORTED)
"""Acts that change nothing of what a report is made of, and follow each other quickly."""


def last_answers(
    connection: Connection, workshop_code: str = ""
) -> tuple[int | datetime | None, ...]:
    """Return a fingerprint of what the report on a workshop is made of; "" for all workshops.

    It holds the number of answers, the time of the newest one, when somebody last declined or stopped,
    and the newest decisions and acts of the office; while it stays the same, the report has nothing new.
    """
    row = connection.execute(
        select(func.count(), func.max(answers.c.answered_at))
        .select_from(answers)
        .join(cases, cases.c.id == answers.c.case_id)
        .join(waves, waves.c.id == cases.c.wave_id)
        .where(*_of_workshop(waves.c.workshop_code, workshop_code))
    ).one()
    decided = (connection.scalar(select(func.max(table.c.id))) for table in DECIDED)
    people = enrolments.c
    left = connection.execute(
        select(func.max(people.refused_at), func.max(people.withdrawn_at)).where(
            *_of_workshop(people.workshop_code, workshop_code)
        )
    ).one()
    done = connection.scalar(select(func.max(audit.c.id)).where(audit.c.act.not_in(READING)))
    return (row[0], row[1], *left, done, *decided)


def _of_workshop(column: Column[str], code: str) -> tuple[ColumnElement[bool], ...]:
    return (column == code,) if code else ()
