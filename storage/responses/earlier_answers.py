"""Answers from tables of earlier surveys.

Answers of a person whom the office knows are a case, which is closed from the beginning. Those of
nobody known are responses without a person: nothing can be sent to them, and they are on no list.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Connection,
    exists,
    insert,
    or_,
    select,
    update,
)

from storage.fieldwork.claims import take_back_waiting
from storage.responses.answer_imports import AnswerImport
from storage.schema import (
    answer_history,
    answers,
    cases,
    imported_cases,
    unlinked_answers,
    unlinked_responses,
)
from surveys.interview.answers import Answer
from surveys.planning.channels import IMPORTED
from surveys.planning.contacts import Hold
from surveys.planning.dispositions import Disposition


@dataclass(frozen=True)
class NewResponse:
    """The answers of one row of a table: of an enrolment, or of nobody known.

    `replaced` are earlier answers to the same questions, with the moments they were replaced.
    `asked` counts the questions that the table asks.
    """

    row: int
    enrolment_id: int | None
    answers: tuple[Answer, ...]
    asked: int
    answered: int
    disposition: Disposition
    started_at: datetime
    completed_at: datetime | None
    administration: str | None = None
    replaced: tuple[tuple[Answer, datetime], ...] = ()


def answered_in(connection: Connection, wave_id: int) -> set[int]:
    """Return the enrolments that cannot take answers in a wave: they have answered, or are set aside."""
    told = exists().where(answers.c.case_id == cases.c.id)
    busy = or_(told, cases.c.set_aside_at.is_not(None), cases.c.started_at.is_not(None))
    wanted = select(cases.c.enrolment_id).where(cases.c.wave_id == wave_id, busy)
    return set(connection.scalars(wanted))


def enrolments_of_import(connection: Connection, number: int) -> set[int]:
    """Return the enrolments whose answers an import has stored."""
    mine = select(cases.c.enrolment_id).join(
        imported_cases, imported_cases.c.case_id == cases.c.id
    )
    return set(connection.scalars(mine.where(imported_cases.c.import_id == number)))


def rows_stored(connection: Connection, number: int) -> set[int]:
    """Return the rows of nobody known that an import has stored."""
    mine = unlinked_responses.c.import_id == number
    return set(connection.scalars(select(unlinked_responses.c.row).where(mine)))


def add_linked(
    connection: Connection, one: AnswerImport, new: Sequence[NewResponse], at: datetime
) -> list[int]:
    """Store answers of known people as closed cases. Who has answered is left.

    Return the cases that were there before, without answers.
    """
    theirs = {response.enrolment_id or 0: response for response in new}
    there = _cases_there(connection, one.wave_id, theirs.keys())
    # After the lock, so that nobody answers in one of these cases meanwhile.
    for number in answered_in(connection, one.wave_id) & theirs.keys():
        del theirs[number]
        there.pop(number, None)
    _fill(connection, {case: theirs[who] for who, case in there.items()}, at)
    fresh = {who: given for who, given in theirs.items() if who not in there}
    made = _make(connection, one.wave_id, fresh, at)
    marks = [{"case_id": case, "import_id": one.id, "made": True} for case in made.values()]
    marks += [{"case_id": case, "import_id": one.id, "made": False} for case in there.values()]
    if marks:
        connection.execute(insert(imported_cases), marks)
    for who, case in (made | there).items():
        _tell(connection, case, theirs[who])
    return list(there.values())


def _cases_there(
    connection: Connection, wave_id: int, people: Mapping[int, Any] | Any
) -> dict[int, int]:
    """Return the cases of some enrolments in a wave, locked, by enrolment."""
    wanted = select(cases.c.enrolment_id, cases.c.id).where(
        cases.c.wave_id == wave_id, cases.c.enrolment_id.in_(list(people))
    )
    rows = connection.execute(wanted.order_by(cases.c.id).with_for_update())
    return {row.enrolment_id: row.id for row in rows}


def _values(given: NewResponse, at: datetime) -> dict[str, Any]:
    return {
        "started_at": given.started_at,
        "completed_at": given.completed_at,
        "closed_at": at,
        "answered": given.answered,
        "asked": given.asked,
        "hold": Hold.CLOSED,
        "disposition": given.disposition,
        "disposition_detail": "",
        "entered_mode": IMPORTED,
    }


def _make(
    connection: Connection, wave_id: int, new: Mapping[int, NewResponse], at: datetime
) -> dict[int, int]:
    rows = [
        {"wave_id": wave_id, "enrolment_id": who, "created_at": at} | _values(given, at)
        for who, given in new.items()
    ]
    if not rows:
        return {}
    statement = insert(cases).returning(cases.c.id, sort_by_parameter_order=True)
    return dict(zip(new, connection.scalars(statement, rows), strict=True))


def _fill(connection: Connection, there: Mapping[int, NewResponse], at: datetime) -> None:
    """Store answers in cases that are there: nothing more is sent in them."""
    no_contact = {"next_contact_at": None, "next_contact_kind": None, "draft": None}
    for number, given in there.items():
        take_back_waiting(connection, number, None)
        this = update(cases).where(cases.c.id == number)
        connection.execute(this.values(_values(given, at) | no_contact))


def _tell(connection: Connection, case: int, given: NewResponse) -> None:
    rows = [{"case_id": case, "channel": IMPORTED} | _answer(answer) for answer in given.answers]
    connection.execute(insert(answers), rows)
    before = [
        {"case_id": case, "channel": IMPORTED, "why": "changed", "replaced_at": later}
        | _answer(answer)
        for answer, later in given.replaced
    ]
    if before:
        connection.execute(insert(answer_history), before)


def _answer(answer: Answer) -> dict[str, Any]:
    return {
        "item": answer.item,
        "value": answer.value,
        "state": answer.state,
        "language": answer.language,
        "answered_at": answer.at,
    }


def add_unlinked(
    connection: Connection, one: AnswerImport, new: Sequence[NewResponse], at: datetime
) -> int:
    """Store answers of nobody known; return how many rows. Rows that are stored stay as they are."""
    known = rows_stored(connection, one.id)
    fresh = [given for given in new if given.row not in known]
    rows = [
        {
            "import_id": one.id,
            "row": given.row,
            "administration_code": given.administration,
            "created_at": at,
            "started_at": given.started_at,
            "completed_at": given.completed_at,
            "answered": given.answered,
            "asked": given.asked,
            "disposition": given.disposition,
        }
        for given in fresh
    ]
    if not rows:
        return 0
    column = unlinked_responses.c.id
    statement = insert(unlinked_responses).returning(column, sort_by_parameter_order=True)
    numbers = connection.scalars(statement, rows).all()
    told = [
        {"response_id": number} | _answer(answer)
        for number, given in zip(numbers, fresh, strict=True)
        for answer in given.answers
    ]
    connection.execute(insert(unlinked_answers), told)
    return len(rows)
