"""Changes that the office makes to one case: set aside, opened again, its answers moved to another."""

from datetime import datetime

from sqlalchemy import Connection, Update, func, select, update

from storage.database import Conflict
from storage.schema import (
    anchor_decisions,
    answer_history,
    answers,
    cases,
    enrolments,
    files,
    text_decisions,
    theme_marks,
    verifications,
    waves,
)
from surveys.planning.contacts import Hold

TOLD = (
    *(answers, answer_history, verifications, anchor_decisions),
    *(text_decisions, theme_marks, files),
)
"""Tables with what was told in a case, and what the office has said of it."""
PROGRESS = (
    *("language", "started_at", "completed_at", "answered", "asked", "position", "draft"),
    *("asked_at", "shown_item", "entered_mode", "entered_by"),
)
"""Columns of a case that say how far its interview is."""
NO_CARD = {"card_address_id": None, "card_ref": None}
UNSETTLED = {"closed_at": None, "disposition": None, "disposition_detail": None}
UNPLANNED = {"next_contact_at": None, "next_contact_kind": None, "hold": Hold.TO_PLAN}


def set_aside(connection: Connection, number: int, reason: str, at: datetime) -> None:
    """Set a case aside: it is closed and counts nowhere. A disposition it has stays."""
    values = {"set_aside_at": at, "set_aside_reason": reason, "draft": None}
    closed = {"closed_at": func.coalesce(cases.c.closed_at, at)}
    contact = UNPLANNED | {"hold": Hold.CLOSED}
    connection.execute(_change(number).values(values | closed | contact))


def put_back(connection: Connection, number: int) -> None:
    """Put a case back that was set aside; one without a disposition is open, or to be settled.

    One whose wave was put back to its plan waits for the wave.
    """
    connection.execute(_change(number).values({"set_aside_at": None, "set_aside_reason": ""}))
    opened = select(waves.c.id).where(
        waves.c.id == cases.c.wave_id, waves.c.opened_at.is_not(None)
    )
    unsettled = cases.c.disposition.is_(None) & opened.exists()
    values = UNPLANNED | {"closed_at": None}
    connection.execute(_change(number).where(unsettled).values(values))


def reopen_until(connection: Connection, number: int, until: datetime) -> None:
    """Open a case of a closed wave until a moment; its disposition is found anew after it."""
    connection.execute(_change(number).values(UNSETTLED | {"reopened_until": until}))


def first_reopened_end(
    connection: Connection, workshop_code: str, now: datetime
) -> datetime | None:
    """Return when the first case of a workshop ends that was opened again; None if none is open."""
    open_now = cases.c.closed_at.is_(None) & (cases.c.reopened_until > now)
    ends = select(func.min(cases.c.reopened_until)).join(waves, waves.c.id == cases.c.wave_id)
    found: datetime | None = connection.scalar(
        ends.where(waves.c.workshop_code == workshop_code, open_now)
    )
    return found


def move_answers(connection: Connection, source: int, target: int) -> int:
    """Move all that was told in a case to one in which nothing was; return how many answers.

    The first one is as if nothing had been answered. Both are to be planned or settled.
    """
    there = select(func.count()).select_from(answers).where(answers.c.case_id == target)
    if connection.scalar(there):
        raise Conflict("There are answers already. Nothing was changed.")
    progress = select(*(cases.c[name] for name in PROGRESS)).where(cases.c.id == source)
    told = connection.execute(progress).one()._mapping
    nothing = {name: 0 if name in ("answered", "asked") else None for name in PROGRESS}
    fresh = UNSETTLED | UNPLANNED | NO_CARD
    connection.execute(_change(target).values(fresh | dict(told)))
    connection.execute(_change(source).values(fresh | nothing))
    moved = [
        connection.execute(
            update(table).where(table.c.case_id == source).values(case_id=target)
        ).rowcount
        for table in TOLD
    ]
    return moved[0]


def cases_to_move_to(connection: Connection, number: int) -> dict[str, int]:
    """Return the cases of the same person that can take the answers of a case, by their workshops.

    They ask the same version of the same questionnaire, and nothing is answered there.
    """
    here = (
        select(enrolments.c.participant_id, waves.c.questionnaire_key)
        .add_columns(waves.c.questionnaire_version)
        .join(cases, cases.c.enrolment_id == enrolments.c.id)
        .join(waves, waves.c.id == cases.c.wave_id)
        .where(cases.c.id == number)
        .subquery()
    )
    wanted = (
        select(waves.c.workshop_code, cases.c.id)
        .join(cases, cases.c.wave_id == waves.c.id)
        .join(enrolments, enrolments.c.id == cases.c.enrolment_id)
        .join(here, here.c.participant_id == enrolments.c.participant_id)
        .where(waves.c.questionnaire_key == here.c.questionnaire_key)
        .where(waves.c.questionnaire_version == here.c.questionnaire_version)
        .where(cases.c.id != number, cases.c.answered == 0, cases.c.set_aside_at.is_(None))
        .where(enrolments.c.consented_at.is_not(None), enrolments.c.withdrawn_at.is_(None))
        .where(enrolments.c.refused_at.is_(None), enrolments.c.handed_over_at.is_(None))
        .where(enrolments.c.removed_at.is_(None))
        .order_by(waves.c.workshop_code, cases.c.id.desc())
    )
    return {row.workshop_code: row.id for row in connection.execute(wanted)}


def count_set_aside(connection: Connection, wave_id: int) -> int:
    """Return how many cases of a wave were set aside."""
    aside = select(func.count()).where(
        cases.c.wave_id == wave_id, cases.c.set_aside_at.is_not(None)
    )
    return connection.scalar(aside) or 0


def _change(number: int) -> Update:
    return update(cases).where(cases.c.id == number)
