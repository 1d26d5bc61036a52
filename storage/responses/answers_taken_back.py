"""Taking back answers from tables of earlier surveys, and what the office has done with them since."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import (
    Connection,
    delete,
    exists,
    or_,
    select,
    update,
)

from storage.fieldwork.case_changes import UNPLANNED, UNSETTLED
from storage.schema import (
    anchor_decisions,
    answer_history,
    answers,
    cases,
    imported_cases,
    text_decisions,
    theme_marks,
    unlinked_answers,
    unlinked_responses,
    verifications,
)
from surveys.planning.channels import IMPORTED

NOTHING_ANSWERED = dict.fromkeys(("started_at", "completed_at", "entered_mode")) | {
    "answered": 0,
    "asked": 0,
}


@dataclass(frozen=True)
class ImportedCase:
    """A case of an import: its person, and whether anything was done with it since."""

    id: int
    made: bool
    touched: bool


def cases_of_import(
    connection: Connection, number: int, after: int, limit: int
) -> list[ImportedCase]:
    """Return cases of an import with ids after one of them, and whether anything came since.

    That is a decision about a text, themes that were marked, a verification, another answer, or that
    it was set aside.
    """
    own = cases.c.id
    foreign = exists().where(answers.c.case_id == own, answers.c.channel != IMPORTED)
    touched = or_(
        exists().where(text_decisions.c.case_id == own),
        exists().where(theme_marks.c.case_id == own),
        exists().where(verifications.c.case_id == own),
        exists().where(anchor_decisions.c.case_id == own),
        ~exists().where(answers.c.case_id == own),
        foreign,
        cases.c.set_aside_at.is_not(None),
    )
    wanted = (
        select(own, imported_cases.c.made, touched.label("touched"))
        .join(imported_cases, imported_cases.c.case_id == own)
        .where(imported_cases.c.import_id == number, own > after)
        .order_by(own)
        .limit(limit)
    )
    return [ImportedCase(row.id, row.made, row.touched) for row in connection.execute(wanted)]


def take_back_cases(connection: Connection, taken: Sequence[ImportedCase]) -> None:
    """Delete the answers of cases; and the cases, unless they were there before the import."""
    numbers = [one.id for one in taken]
    for table in (answers, answer_history):
        connection.execute(delete(table).where(table.c.case_id.in_(numbers)))
    mine = imported_cases.c.case_id.in_(numbers)
    connection.execute(delete(imported_cases).where(mine))
    made = [one.id for one in taken if one.made]
    connection.execute(delete(cases).where(cases.c.id.in_(made)))
    there = cases.c.id.in_([one.id for one in taken if not one.made])
    as_before = NOTHING_ANSWERED | UNSETTLED | UNPLANNED
    connection.execute(update(cases).where(there).values(as_before))


def take_back_unlinked(connection: Connection, number: int, limit: int) -> int:
    """Delete at most `limit` responses of nobody known of an import; return how many."""
    mine = select(unlinked_responses.c.id).where(unlinked_responses.c.import_id == number)
    numbers = list(connection.scalars(mine.order_by(unlinked_responses.c.id).limit(limit)))
    for table, column in (
        (unlinked_answers, unlinked_answers.c.response_id),
        (unlinked_responses, unlinked_responses.c.id),
    ):
        connection.execute(delete(table).where(column.in_(numbers)))
    return len(numbers)
