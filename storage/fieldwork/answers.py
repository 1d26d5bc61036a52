"""The present answers of cases, and storing one step of an interview."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Connection,
    bindparam,
    delete,
    func,
    insert,
    select,
    update,
)

from storage.due_workshops import mark_wave_due
from storage.fieldwork.cases import Case
from storage.fieldwork.due_contacts import CONTACT, stored_contact
from storage.fieldwork.eligible import SUPERVISOR_AGREED
from storage.schema import answer_history, answers, cases
from storage.types import UtcDateTime
from surveys.interview.interview import Answer, AnswerState, Interview
from surveys.planning.contacts import NextContact

# Statements that every tap runs are built once: building one costs more than running it.
GIVEN = select(
    *(answers.c[name] for name in ("case_id", "item", "value", "state", "language", "answered_at"))
)
_ANSWERS_OF_ONE = GIVEN.where(answers.c.case_id == bindparam("case_id"))
_ANSWERS = GIVEN.where(answers.c.case_id.in_(bindparam("case_ids", expanding=True)))
_STEP = (
    update(cases)
    .where(cases.c.id == bindparam("number"))
    .values(
        started_at=func.coalesce(cases.c.started_at, bindparam("at", type_=UtcDateTime)),
        completed_at=bindparam("completed", type_=UtcDateTime),
        position=bindparam("place"),
        draft=bindparam("ticks"),
        asked_at=func.coalesce(bindparam("asks_at", type_=UtcDateTime), cases.c.asked_at),
        answered=bindparam("given"),
        asked=bindparam("of"),
        card_address_id=func.coalesce(bindparam("card_address"), cases.c.card_address_id),
        card_ref=func.coalesce(bindparam("card"), cases.c.card_ref),
    )
)
_STEP_AND_CONTACT = _STEP.values(CONTACT)
_ANSWER = insert(answers)


def answers_of(connection: Connection, case_ids: Sequence[int]) -> dict[int, dict[str, Answer]]:
    """Return the present answers of some cases, by case and item name."""
    found: dict[int, dict[str, Answer]] = {number: {} for number in case_ids}
    if len(case_ids) == 1:
        rows = connection.execute(_ANSWERS_OF_ONE, {"case_id": case_ids[0]})
    else:
        rows = connection.execute(_ANSWERS, {"case_ids": list(case_ids)})
    for row in rows:
        found[row.case_id][row.item] = answer_of(row)
    return found


def answer_of(row: Sequence[Any]) -> Answer:
    """Return an answer from a row that begins with the columns of `GIVEN`."""
    item, value, state, language, at = row[1:6]
    return Answer(item, value, AnswerState(state), language, at)


@dataclass(frozen=True)
class Saving:
    """What one step of an interview changes.

    `replaced` are names among `saved` that had an answer before; `card` is the address and the message
    that show the interview now, where known. Without `asks`, the question was shown before. `contact`
    is when the person is contacted next, if the step changes that.
    """

    interview: Interview
    saved: tuple[Answer, ...]
    replaced: tuple[str, ...]
    cleared: tuple[str, ...]
    progress: tuple[int, int]
    channel: str
    at: datetime
    card: tuple[int, str] | None = None
    asks: bool = True
    contact: NextContact | None = None


def save_step(connection: Connection, case: Case, saving: Saving) -> None:
    """Store the answers, history, ticks, position, progress and completion of one step, and the contact.

    The caller has locked the case.
    """
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
        "asks_at": saving.at if saving.asks else None,
        "completed": saving.interview.completed_at,
        "place": saving.interview.position,
        "ticks": saving.interview.draft,
        "given": saving.progress[0],
        "of": saving.progress[1],
        "card_address": address_id,
        "card": ref,
    }
    if saving.contact is None:
        connection.execute(_STEP, stored)
    else:
        connection.execute(_STEP_AND_CONTACT, stored | stored_contact(saving.contact))


def _to_history(
    connection: Connection, case_id: int, items: Sequence[str], at: datetime, why: str
) -> None:
    """Move answers to the history before they are replaced or deleted."""
    if not items:
        return
    mine = (answers.c.case_id == case_id) & answers.c.item.in_(items)
    for row in connection.execute(select(answers).where(mine)).all():
        connection.execute(insert(answer_history).values(**row._mapping, replaced_at=at, why=why))
    connection.execute(delete(answers).where(mine))
