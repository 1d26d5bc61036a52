"""How much waits for a decision of the office, in one query. Reads only."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import (
    ColumnElement,
    Connection,
    Date,
    FromClause,
    ScalarSelect,
    TextClause,
    bindparam,
    func,
    select,
)

from storage.schema import (
    IS_UNREACHABLE,
    WAITS_FOR_OFFICE,
    addresses,
    answers,
    cases,
    enrolments,
    help_changes,
    office_messages,
    waiting_files,
    walk_ins,
)
from storage.types import UtcDateTime
from surveys.help_asked import HelpState
from surveys.interview.answers import AnswerState


@dataclass(frozen=True)
class Waiting:
    """Messages to the office, new accounts, guests on no list, files put aside, people out of reach.

    Of the help that people asked for: sentences to be approved, and what is past its day.
    """

    messages: int
    accounts: int
    guests: int
    files: int
    unreachable: int
    sentences: int
    late_help: int


def _count(table: FromClause, *where: ColumnElement[bool] | TextClause) -> ScalarSelect[int]:
    return select(func.count()).select_from(table).where(*where).scalar_subquery()


_IS_ASKED = (
    select(answers.c.case_id)
    .join(cases, cases.c.id == answers.c.case_id)
    .join(enrolments, enrolments.c.id == cases.c.enrolment_id)
    .where(
        enrolments.c.workshop_code == help_changes.c.workshop_code,
        enrolments.c.administration_code == help_changes.c.administration_code,
        enrolments.c.removed_at.is_(None),
        cases.c.set_aside_at.is_(None),
        answers.c.state == AnswerState.ANSWERED,
        (" " + answers.c.value + " ").like("% " + help_changes.c.help + " %"),
    )
    .limit(1)
    .correlate(help_changes)
    .scalar_subquery()
    .is_not(None)  # not EXISTS, which PostgreSQL may answer by reading all answers
)


def _help(*where: ColumnElement[bool]) -> ScalarSelect[int]:
    """Return how many kinds of help, by workshop, stand so now: a later change has none of it.

    What only people asked for who were removed since, or whose case was set aside, is not listed.
    """
    now, later = help_changes.c, help_changes.alias("later")
    same = (now.workshop_code, now.administration_code, now.help)
    changed = select(later.c.id).where(
        later.c.id > now.id, *(column == later.c[column.name] for column in same)
    )
    kinds = (
        select(now.workshop_code, now.help).where(*where, ~changed.exists(), _IS_ASKED).distinct()
    )
    return select(func.count()).select_from(kinds.subquery()).scalar_subquery()


_IS_UNAPPROVED = (help_changes.c.sentence != "") & ~help_changes.c.approved
_IS_LATE = help_changes.c.due_on < bindparam("today", type_=Date)
_LATER = waiting_files.c.later & (waiting_files.c.expires_at > bindparam("at", type_=UtcDateTime))
_WAITING = select(
    _count(office_messages, office_messages.c.settled_at.is_(None)),
    _count(addresses, WAITS_FOR_OFFICE),
    _count(walk_ins),
    _count(waiting_files, _LATER),
    _count(cases, IS_UNREACHABLE),
    _help(help_changes.c.state == HelpState.DONE, _IS_UNAPPROVED),
    _help(help_changes.c.state == HelpState.TAKEN, _IS_LATE),
)


def what_waits(connection: Connection, at: datetime, today: date) -> Waiting:
    """Return how much of each kind waits at a moment, which is on this day at the office."""
    return Waiting(*connection.execute(_WAITING, {"at": at, "today": today}).one())
