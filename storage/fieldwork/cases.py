"""Cases: one questionnaire due from one enrolment in one wave, and the answers given in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    Connection,
    Row,
    and_,
    bindparam,
    delete,
    func,
    insert,
    select,
    update,
)

from storage.database import NotFound
from storage.due_workshops import mark_wave_due
from storage.fieldwork.eligible import SUPERVISOR_AGREED
from storage.schema import answer_history, answers, cases, enrolments, waves
from storage.types import UtcDateTime
from surveys.interview.interview import Answer, AnswerState, Interview
from surveys.planning.dispositions import Disposition


@dataclass(frozen=True)
class Case:
    """The stored facts of a case."""

    id: int
    wave_id: int
    enrolment_id: int
    created_at: datetime
    language: str | None = None
    started_at: datetime | None = None
    completed_at: datetime | None = None
    closed_at: datetime | None = None
    answered: int = 0
    asked: int = 0
    position: str | None = None
    draft: str | None = None
    asked_at: datetime | None = None
    card_address_id: int | None = None
    card_ref: str | None = None
    shown_item: str | None = None
    next_contact_at: datetime | None = None
    next_contact_kind: str | None = None
    hold: str = ""
    disposition: str | None = None
    disposition_detail: str | None = None


def open_case(connection: Connection, wave_id: int, enrolment_id: int, at: datetime) -> int:
    """Add the case of an enrolment in a wave; the caller has seen that there is none."""
    number: int = connection.execute(
        insert(cases)
        .values(wave_id=wave_id, enrolment_id=enrolment_id, created_at=at)
        .returning(cases.c.id)
    ).scalar_one()
    return number


def lock_case(connection: Connection, number: int) -> None:
    """Hold a case for this transaction, so that what is decided about it comes in turn.

    Used where other facts than the case's own count: a statement that itself waited for the lock
    sees the new case, but its wave and its person as they were before.
    """
    if connection.scalar(_HELD, {"number": number}) is None:
        raise NotFound(f"There is no case {number}.")


def participant_of_case(connection: Connection, number: int) -> int:
    """The number of the person whose case it is."""
    found: int | None = connection.scalar(
        select(enrolments.c.participant_id)
        .join(cases, cases.c.enrolment_id == enrolments.c.id)
        .where(cases.c.id == number)
    )
    if found is None:
        raise NotFound(f"There is no case {number}.")
    return found


def enrolment_of_case(connection: Connection, number: int) -> int | None:
    """The number of the enrolment a case belongs to; None if there is no such case."""
    return connection.scalar(select(cases.c.enrolment_id).where(cases.c.id == number))


def newest_case_of(connection: Connection, enrolment_id: int) -> int | None:
    """The number of the case that was opened last for an enrolment; None if none was yet."""
    return connection.scalar(
        select(cases.c.id)
        .where(cases.c.enrolment_id == enrolment_id)
        .order_by(cases.c.id.desc())
        .limit(1)
    )


def due_cases(connection: Connection, now: datetime, limit: int) -> list[int]:
    """Numbers of the cases whose next contact is due, longest due first."""
    due = (
        select(cases.c.id)
        .where(cases.c.next_contact_at <= now)
        .order_by(cases.c.next_contact_at, cases.c.id)
        .limit(limit)
    )
    return list(connection.scalars(due))


def count_due(connection: Connection, until: datetime) -> int:
    """How many cases have a contact that was due by then and has not been made."""
    due = select(func.count()).where(cases.c.next_contact_at <= until)
    return connection.scalar(due) or 0


def count_held(connection: Connection, hold: str) -> int:
    """How many open cases are held back for this reason."""
    held = select(func.count()).where(cases.c.hold == hold, cases.c.closed_at.is_(None))
    return connection.scalar(held) or 0


def next_due_at(connection: Connection) -> datetime | None:
    """When the next contact of any case is due."""
    return connection.scalar(
        select(cases.c.next_contact_at)
        .where(cases.c.next_contact_at.is_not(None))
        .order_by(cases.c.next_contact_at)
        .limit(1)
    )


def cases_in(connection: Connection, wave_id: int) -> list[Case]:
    """All cases of a wave, in the order in which they were opened."""
    rows = connection.execute(select(cases).where(cases.c.wave_id == wave_id).order_by(cases.c.id))
    return [case_of(row) for row in rows]


def cases_of(connection: Connection, enrolment_id: int) -> list[int]:
    """The numbers of all cases of an enrolment, in the order in which they were opened."""
    mine = select(cases.c.id).where(cases.c.enrolment_id == enrolment_id)
    return list(connection.scalars(mine.order_by(cases.c.id)))


def case_in_wave(connection: Connection, wave_id: int, participant_id: int) -> int | None:
    """The number of a person's case in a wave."""
    return connection.scalar(
        select(cases.c.id)
        .join(enrolments, enrolments.c.id == cases.c.enrolment_id)
        .where(cases.c.wave_id == wave_id, enrolments.c.participant_id == participant_id)
    )


# Statements of every tap are built once: building one costs more than running it.
IS_OPEN_OF = and_(
    enrolments.c.participant_id == bindparam("participant_id"),
    waves.c.closed_at.is_(None),
    cases.c.closed_at.is_(None),
)
"""A person's cases in open waves, of cases joined to their enrolments and waves."""
ASKED_LAST_FIRST = (cases.c.asked_at.desc().nulls_last(), cases.c.id)
_OPEN_OF = (
    select(cases)
    .join(enrolments, enrolments.c.id == cases.c.enrolment_id)
    .join(waves, waves.c.id == cases.c.wave_id)
    .where(IS_OPEN_OF)
)
_OPEN_IN_ORDER = _OPEN_OF.order_by(*ASKED_LAST_FIRST)
_ON_SCREEN = (
    _OPEN_OF.with_only_columns(cases.c.id, maintain_column_froms=True)
    .where(cases.c.id != bindparam("except_case"))
    .where(cases.c.completed_at.is_(None), cases.c.card_ref.is_not(None))
    .limit(1)
)
_CARD = (
    update(cases)
    .where(cases.c.id == bindparam("number"))
    .values(
        card_address_id=bindparam("address"),
        card_ref=bindparam("ref"),
        shown_item=func.coalesce(
            bindparam("item", type_=cases.c.shown_item.type), cases.c.shown_item
        ),
    )
)
_ANSWERS = select(answers).where(answers.c.case_id.in_(bindparam("case_ids", expanding=True)))
_STEP = (
    update(cases)
    .where(cases.c.id == bindparam("number"))
    .values(
        started_at=func.coalesce(cases.c.started_at, bindparam("at", type_=UtcDateTime)),
        completed_at=bindparam("completed", type_=UtcDateTime),
        position=bindparam("place"),
        draft=bindparam("ticks"),
        asked_at=bindparam("at", type_=UtcDateTime),
        answered=bindparam("given"),
        asked=bindparam("of"),
        card_address_id=func.coalesce(bindparam("card_address"), cases.c.card_address_id),
        card_ref=func.coalesce(bindparam("card"), cases.c.card_ref),
    )
)
_ANSWER = insert(answers)
_HELD = select(cases.c.id).where(cases.c.id == bindparam("number")).with_for_update()
_CONTACT = (
    update(cases)
    .where(cases.c.id == bindparam("number"))
    .values(
        next_contact_at=bindparam("next_at"),
        next_contact_kind=bindparam("next_kind"),
        hold=bindparam("holding"),
    )
)


def open_cases_of(connection: Connection, participant_id: int) -> list[Case]:
    """A person's cases in open waves, the one asked last first."""
    rows = connection.execute(_OPEN_IN_ORDER, {"participant_id": participant_id})
    return [case_of(row) for row in rows]


def others_on_screen(connection: Connection, participant_id: int, except_case: int) -> bool:
    """Whether a person has another unfinished case in an open wave that was shown to them."""
    which = {"participant_id": participant_id, "except_case": except_case}
    return connection.scalar(_ON_SCREEN, which) is not None


def cases_held_back_by(connection: Connection, wave_id: int, hold: str) -> list[int]:
    """Numbers of open cases in other waves that are held, of the people who are asked in a wave."""
    asked = (
        select(enrolments.c.participant_id)
        .join(cases, cases.c.enrolment_id == enrolments.c.id)
        .where(cases.c.wave_id == wave_id)
    )
    held = (
        select(cases.c.id)
        .join(enrolments, enrolments.c.id == cases.c.enrolment_id)
        .where(cases.c.wave_id != wave_id, cases.c.closed_at.is_(None), cases.c.hold == hold)
        .where(enrolments.c.participant_id.in_(asked))
        .order_by(cases.c.id)
    )
    return list(connection.scalars(held))


def set_contact(
    connection: Connection, number: int, at: datetime | None, kind: str | None, hold: str
) -> None:
    """Store when the case is contacted next, or why not. Called by `contacting` only."""
    contact = {"next_at": at, "next_kind": kind, "holding": hold}
    connection.execute(_CONTACT, {"number": number} | contact)


def set_card(
    connection: Connection, number: int, address_id: int, ref: str, item: str | None = None
) -> None:
    """Remember the message an interview lives in, and the question that is new in it."""
    shown = {"number": number, "address": address_id, "ref": ref, "item": item}
    connection.execute(_CARD, shown)


def set_case_language(connection: Connection, number: int, language: str) -> None:
    """Remember the language chosen for this interview; stored codes stay as they are."""
    connection.execute(update(cases).where(cases.c.id == number).values(language=language))


def close_case(
    connection: Connection, number: int, disposition: Disposition, detail: str, at: datetime
) -> None:
    """Freeze a case with its disposition."""
    connection.execute(
        update(cases)
        .where(cases.c.id == number)
        .values(
            closed_at=at,
            disposition=disposition,
            disposition_detail=detail,
            next_contact_at=None,
            next_contact_kind=None,
            hold="closed",
            draft=None,
        )
    )


def open_again(connection: Connection, wave_id: int) -> list[Case]:
    """Take back the closing of the cases of a wave, but not of those that ended with a refusal."""
    again = [
        case for case in cases_in(connection, wave_id) if case.disposition != Disposition.REFUSAL
    ]
    connection.execute(
        update(cases)
        .where(cases.c.id.in_([case.id for case in again]))
        .values(closed_at=None, disposition=None, disposition_detail=None, hold="")
    )
    return again


def case_with_card(connection: Connection, address_id: int, ref: str) -> int | None:
    """The number of the case whose card is this message."""
    return connection.scalar(
        select(cases.c.id).where(cases.c.card_address_id == address_id, cases.c.card_ref == ref)
    )


def answers_of(connection: Connection, case_ids: Sequence[int]) -> dict[int, dict[str, Answer]]:
    """The present answers of some cases, by case and item name."""
    found: dict[int, dict[str, Answer]] = {number: {} for number in case_ids}
    for row in connection.execute(_ANSWERS, {"case_ids": list(case_ids)}):
        state = AnswerState(row.state)
        answer = Answer(row.item, row.value, state, row.language, row.answered_at)
        found[row.case_id][row.item] = answer
    return found


def set_entered(connection: Connection, number: int, mode: str, by: str) -> None:
    """Note that staff type the answers of a case, how those came, and who it is by staff code."""
    values = {"entered_mode": mode, "entered_by": by or None}
    connection.execute(update(cases).where(cases.c.id == number).values(values))


@dataclass(frozen=True)
class Saving:
    """What a step of an interview leaves to be stored.

    `replaced` are names among `saved` that had an answer before; `card` is the address and the
    message the interview now lives in, where that is known.
    """

    interview: Interview
    saved: tuple[Answer, ...]
    replaced: tuple[str, ...]
    cleared: tuple[str, ...]
    progress: tuple[int, int]
    channel: str
    at: datetime
    card: tuple[int, str] | None = None


def save_step(connection: Connection, case: Case, saving: Saving) -> None:
    """Store answers, history, ticks, position, progress and completion of one step."""
    _to_history(connection, case.id, saving.replaced, saving.at, "changed")
    _to_history(connection, case.id, saving.cleared, saving.at, "cleared")
    for answer in saving.saved:
        given = {
            "case_id": case.id,
            "item": answer.item,
            "value": answer.value,
            "state": answer.state,
            "language": answer.language,
            "channel": saving.channel,
            "answered_at": saving.at,
        }
        connection.execute(_ANSWER, given)
    if any(answer.item == SUPERVISOR_AGREED for answer in saving.saved):
        mark_wave_due(connection, case.wave_id)
    address_id, ref = saving.card or (None, None)
    stored = {
        "number": case.id,
        "at": saving.at,
        "completed": saving.interview.completed_at,
        "place": saving.interview.position,
        "ticks": saving.interview.draft,
        "given": saving.progress[0],
        "of": saving.progress[1],
        "card_address": address_id,
        "card": ref,
    }
    connection.execute(_STEP, stored)


def _to_history(
    connection: Connection, case_id: int, items: Sequence[str], at: datetime, why: str
) -> None:
    """Move answers into history before they are replaced or taken away."""
    if not items:
        return
    mine = (answers.c.case_id == case_id) & answers.c.item.in_(items)
    for row in connection.execute(select(answers).where(mine)).all():
        connection.execute(insert(answer_history).values(**row._mapping, replaced_at=at, why=why))
    connection.execute(delete(answers).where(mine))


def case_of(row: Row[tuple[object, ...]]) -> Case:
    """A case from a row with the columns of the table."""
    return Case(**{name: getattr(row, name) for name in Case.__dataclass_fields__})
