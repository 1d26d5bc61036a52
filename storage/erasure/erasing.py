"""Erase a person: name, addresses, codes and links are deleted; only an opaque code stays.

The person has chosen whether the answers are kept. Answers in own words are always deleted.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, null, select, update

from storage.due_workshops import mark_person_due
from storage.office.audit import Act
from storage.office.help_needs import forget_help
from storage.office.jobs import forget_jobs
from storage.office.notices import forget_naming
from storage.office.report_quotes import forget_quotes
from storage.people.addresses import forget_addresses
from storage.people.apart import forget_apart
from storage.people.imports import forget_values
from storage.people.merges import everyone_merged_into
from storage.people.office_messages import forget_messages
from storage.people.walk_ins import forget_walk_ins_of
from storage.responses.open_answers import (
    delete_answers,
    delete_open_answers,
    open_answers_of,
)
from storage.responses.shown_files import forget_files_of
from storage.schema import (
    answers,
    attempts,
    audit,
    cases,
    enrolments,
    merges,
    participants,
)
from surveys.planning.dispositions import Disposition

NO_LANGUAGE = "und"
"""The language code of a person whose language is not known."""


@dataclass(frozen=True)
class Erasure:
    """A person who was erased: the opaque code, when, and whether the answers were kept."""

    participant: str
    at: datetime
    answers_kept: bool


def erase(
    connection: Connection, participant_id: int, at: datetime, *, keep_answers: bool
) -> Erasure:
    """Erase a person and all entries merged into them. Erasing twice changes nothing.

    With `keep_answers` the answers that are codes, numbers and days stay, without a name.
    """
    people = everyone_merged_into(connection, [participant_id])
    number = enrolments.c.participant_id.in_(people)
    mine = list(connection.scalars(select(enrolments.c.id).where(number)))
    asked = list(connection.scalars(select(cases.c.id).where(cases.c.enrolment_id.in_(mine))))
    forget_quotes(connection, open_answers_of(connection, asked))
    _forget_answers(connection, asked, keep_answers=keep_answers)
    forget_files_of(connection, asked)
    forget_help(connection, mine)
    _forget_contacts(connection, people, asked)
    connection.execute(
        update(enrolments)
        .where(number)
        .values(
            withdrawn_at=func.coalesce(enrolments.c.withdrawn_at, at), present_administration=None
        )
    )
    connection.execute(
        update(merges)
        .where(merges.c.kept_id.in_(people) | merges.c.other_id.in_(people))
        .values(moved={})
    )
    forget_values(connection, people)
    # Their files and sentences may have the name; they can be made again.
    forget_jobs(connection)
    connection.execute(update(enrolments).where(number).values(listed=null()))
    if not keep_answers:
        connection.execute(update(enrolments).where(number).values(elearning=None))
    _forget_person(connection, people, at, keep_answers=keep_answers)
    mark_person_due(connection, participant_id)
    row = connection.execute(select(participants).where(participants.c.id == participant_id)).one()
    return Erasure(row.code, row.erased_at, row.answers_kept)


def _forget_answers(connection: Connection, asked: Collection[int], *, keep_answers: bool) -> None:
    here = cases.c.id.in_(asked)
    unnamed = {
        "set_aside_reason": "",
        "position": None,
        "draft": None,
        "language": None,
        "card_ref": None,
    }
    connection.execute(update(cases).where(here).values(unnamed | {"card_address_id": None}))
    if keep_answers:
        delete_open_answers(connection, asked)
        told = answers.c.case_id.in_(asked)
        connection.execute(update(answers).where(told).values(language=NO_LANGUAGE))
        return
    delete_answers(connection, asked)
    nothing = {"started_at": None, "completed_at": None, "answered": 0, "asked": 0}
    connection.execute(update(cases).where(here).values(nothing | {"asked_at": None}))
    connection.execute(
        update(cases)
        .where(here, cases.c.closed_at.is_not(None))
        .values(disposition=Disposition.REFUSAL, disposition_detail="stopped")
    )


def _forget_contacts(
    connection: Connection, people: Collection[int], asked: Collection[int]
) -> None:
    forget_naming(connection, forget_walk_ins_of(connection, people))
    forget_addresses(connection, people)
    forget_messages(connection, people)
    forget_apart(connection, people)
    connection.execute(update(attempts).where(attempts.c.case_id.in_(asked)).values(ref=None))


def _forget_person(
    connection: Connection, people: Collection[int], at: datetime, *, keep_answers: bool
) -> None:
    column = participants.c
    named = select(column.name).where(column.id.in_(people))
    forget_naming(connection, list(connection.scalars(named)))
    connection.execute(
        update(participants)
        .where(column.id.in_(people))
        .values(
            name="",
            title="",
            language="en",
            timezone=None,
            channel=None,
            stopped_at=func.coalesce(column.stopped_at, at),
            stop_reason="",
            paused_until=None,
            erased_at=func.coalesce(column.erased_at, at),
            answers_kept=keep_answers,
        )
    )


def erasures_in(connection: Connection) -> list[Erasure]:
    """Return all people who were erased."""
    erased = participants.c.erased_at
    # Only these: the database may be of an earlier version.
    wanted = select(participants.c.code, erased, participants.c.answers_kept)
    rows = connection.execute(wanted.where(erased.is_not(None)))
    return [Erasure(row.code, row.erased_at, bool(row.answers_kept)) for row in rows]


def erased_since(connection: Connection, moment: datetime | None) -> bool:
    """Return whether anybody was erased at or after a moment; ever, if the moment is None.

    Also true if the retention rules have deleted anything after it.
    """
    erased = select(participants.c.id).where(participants.c.erased_at.is_not(None))
    forgotten = select(audit.c.id).where(audit.c.act == Act.FORGOTTEN)
    if moment is not None:
        erased = erased.where(participants.c.erased_at >= moment)
        forgotten = forgotten.where(audit.c.at > moment)
    return any(connection.scalar(one.limit(1)) is not None for one in (erased, forgotten))


def erase_again(connection: Connection, erasures: Collection[Erasure]) -> int:
    """Erase the people whom a restored copy still contains; return how many they were."""
    done = 0
    for erasure in erasures:
        known = select(participants.c.id).where(
            participants.c.code == erasure.participant, participants.c.erased_at.is_(None)
        )
        number = connection.scalar(known)
        if number is not None:
            erase(connection, number, erasure.at, keep_answers=erasure.answers_kept)
            done += 1
    return done
