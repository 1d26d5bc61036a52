"""Enrolments in workshops, and their consent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Row,
    and_,
    bindparam,
    func,
    insert,
    select,
    update,
)

from storage.database import NotFound
from storage.due_workshops import mark_due, mark_enrolment_due, mark_person_due
from storage.schema import enrolments, participants
from surveys.elearning import Elearning
from surveys.people import Enrolment, RemovalReason, Role


@dataclass(frozen=True)
class NewEnrolment:
    """A person in a workshop, in a role, with the administration at that time.

    `listed` is what a list said, as short hashes by field.
    """

    workshop_code: str
    participant_id: int
    administration_code: str
    role: Role = Role.PARTICIPANT
    about_enrolment_id: int | None = None
    listed: dict[str, str] | None = None


# Built once, because every page runs them: building a statement costs more than running it.
_WITH_NUMBER = select(enrolments).where(enrolments.c.id == bindparam("number"))
_OF_PERSON = (
    select(enrolments)
    .where(enrolments.c.participant_id == bindparam("participant_id"))
    .order_by(enrolments.c.id)
)


def enrol(connection: Connection, new: NewEnrolment, at: datetime) -> Enrolment:
    """Enrol a person and return the enrolment; the present one if they are enrolled in this role."""
    known = _find(connection, new)
    if known is not None:
        return known
    number = connection.execute(
        insert(enrolments)
        .values(
            workshop_code=new.workshop_code,
            participant_id=new.participant_id,
            administration_code=new.administration_code,
            role=new.role,
            about_enrolment_id=new.about_enrolment_id,
            enrolled_at=at,
        )
        .returning(enrolments.c.id)
    ).scalar_one()
    mark_due(connection, [new.workshop_code])
    return get_enrolment(connection, number)


def enrol_all(connection: Connection, new: Sequence[NewEnrolment], at: datetime) -> list[int]:
    """Enrol many people who are not enrolled yet; return the ids of the enrolments in that order."""
    rows = [
        {
            "workshop_code": one.workshop_code,
            "participant_id": one.participant_id,
            "administration_code": one.administration_code,
            "role": one.role,
            "about_enrolment_id": one.about_enrolment_id,
            "enrolled_at": at,
            "listed": one.listed,
        }
        for one in new
    ]
    if not rows:
        return []
    mark_due(connection, [one.workshop_code for one in new])
    statement = insert(enrolments).returning(enrolments.c.id, sort_by_parameter_order=True)
    return list(connection.scalars(statement, rows))


def correct_enrolment(
    connection: Connection, number: int, administration_code: str, about_enrolment_id: int | None
) -> None:
    """Correct what a list has given for an enrolment."""
    connection.execute(
        update(enrolments)
        .where(enrolments.c.id == number)
        .values(administration_code=administration_code, about_enrolment_id=about_enrolment_id)
    )
    mark_enrolment_due(connection, number)


def get_enrolment(connection: Connection, number: int) -> Enrolment:
    """The enrolment with this number."""
    row = connection.execute(_WITH_NUMBER, {"number": number}).one_or_none()
    if row is None:
        raise NotFound(f"There is no enrolment {number}.")
    return enrolment_of(row)


def enrolments_of(connection: Connection, participant_id: int) -> list[Enrolment]:
    """All enrolments of a person, oldest first."""
    rows = connection.execute(_OF_PERSON, {"participant_id": participant_id})
    return [enrolment_of(row) for row in rows]


def roles_of(connection: Connection, numbers: range) -> dict[int, set[tuple[str, Role]]]:
    """Return workshops (by code) and roles in which some people are enrolled, by the person's id."""
    found: dict[int, set[tuple[str, Role]]] = {}
    columns = (enrolments.c.participant_id, enrolments.c.workshop_code, enrolments.c.role)
    mine = enrolments.c.participant_id.between(numbers[0], numbers[-1])
    for person, code, role in connection.execute(select(*columns).where(mine)):
        found.setdefault(person, set()).add((code, Role(role)))
    return found


def still_asked(table: FromClause) -> ColumnElement[bool]:
    """Return the condition that an enrolment is active: no refusal, stop, successor or removal."""
    ended = (table.c.refused_at, table.c.withdrawn_at, table.c.handed_over_at, table.c.removed_at)
    return and_(*(moment.is_(None) for moment in ended))


def enrolments_in(
    connection: Connection, workshop_code: str, role: Role | None = None
) -> list[Enrolment]:
    """All enrolments in a workshop (in a role), oldest first."""
    wanted = select(enrolments).where(enrolments.c.workshop_code == workshop_code)
    if role is not None:
        wanted = wanted.where(enrolments.c.role == role)
    return [enrolment_of(row) for row in connection.execute(wanted.order_by(enrolments.c.id))]


def enrolments_with(connection: Connection, numbers: Sequence[int]) -> dict[int, Enrolment]:
    """Return the enrolments with these ids, by id."""
    if not numbers:
        return {}
    rows = connection.execute(select(enrolments).where(enrolments.c.id.in_(numbers)))
    return {row.id: enrolment_of(row) for row in rows}


def enrolled_since(connection: Connection, workshop_code: str, newest: int) -> int:
    """Return how many enrolments a workshop has that are newer than one of them."""
    wanted = select(func.count()).where(
        enrolments.c.workshop_code == workshop_code, enrolments.c.id > newest
    )
    return connection.scalar(wanted) or 0


def languages_in(connection: Connection, workshop_code: str, role: Role) -> dict[str, int]:
    """The languages of the active people of a workshop in a role, and how many have each."""
    rows = connection.execute(
        select(participants.c.language, func.count().label("people"))
        .join(enrolments, enrolments.c.participant_id == participants.c.id)
        .where(enrolments.c.workshop_code == workshop_code, enrolments.c.role == role)
        .where(still_asked(enrolments))
        .group_by(participants.c.language)
    )
    return {row.language: row.people for row in rows}


def workshops_speaking(connection: Connection, languages: Sequence[str]) -> list[str]:
    """Return the codes of workshops with active people who speak one of these languages."""
    if not languages:
        return []
    theirs = participants.c.id == enrolments.c.participant_id
    wanted = select(enrolments.c.workshop_code).join(participants, theirs)
    speaking = participants.c.language.in_(languages)
    return list(connection.scalars(wanted.where(still_asked(enrolments), speaking).distinct()))


def set_consent(connection: Connection, number: int, version: int, at: datetime) -> None:
    """Store that a person agreed to a version of the consent text; an earlier refusal is void."""
    connection.execute(
        update(enrolments)
        .where(enrolments.c.id == number)
        .values(consent_version=version, consented_at=at, refused_at=None)
    )
    mark_enrolment_due(connection, number)


def set_declined(connection: Connection, number: int, at: datetime, *, final: bool) -> None:
    """Store that a person said "not now": the second time (`final`) is a refusal."""
    column = {"refused_at": at} if final else {"declined_once_at": at}
    connection.execute(update(enrolments).where(enrolments.c.id == number).values(column))
    mark_enrolment_due(connection, number)


def set_withdrawn(connection: Connection, participant_id: int, at: datetime | None) -> None:
    """Withdraw all active enrolments of a person, or undo a withdrawal with None."""
    change = update(enrolments).where(enrolments.c.participant_id == participant_id)
    if at is not None:
        change = change.where(enrolments.c.withdrawn_at.is_(None))
    connection.execute(change.values(withdrawn_at=at))
    mark_person_due(connection, participant_id)


def set_present_administration(
    connection: Connection, participant_id: int, administration: str, since: date
) -> int:
    """Store where a person works since a day, for enrolments from before it; return how many."""
    day = datetime.combine(since, time(), UTC)
    before = enrolments.c.enrolled_at < day + timedelta(days=1)
    return connection.execute(
        update(enrolments)
        .where(enrolments.c.participant_id == participant_id, before)
        .values(present_administration=administration, present_since=day)
    ).rowcount


def set_handed_over(connection: Connection, number: int, at: datetime | None) -> None:
    """Store that a successor answers in place of this enrolment; None takes it back."""
    this = update(enrolments).where(enrolments.c.id == number)
    connection.execute(this.values(handed_over_at=at))
    mark_enrolment_due(connection, number)


def successors_of(connection: Connection, number: int) -> list[Enrolment]:
    """Return the enrolments that take over from a contact point when their person joins."""
    rows = connection.execute(
        select(enrolments).where(
            enrolments.c.about_enrolment_id == number,
            enrolments.c.role == Role.CONTACT_POINT,
            enrolments.c.removed_at.is_(None),
        )
    )
    return [enrolment_of(row) for row in rows]


def _find(connection: Connection, new: NewEnrolment) -> Enrolment | None:
    row = connection.execute(
        select(enrolments).where(
            enrolments.c.workshop_code == new.workshop_code,
            enrolments.c.participant_id == new.participant_id,
            enrolments.c.role == new.role,
        )
    ).one_or_none()
    return enrolment_of(row) if row else None


def enrolment_of(row: Row[tuple[object, ...]]) -> Enrolment:
    """An enrolment from a row with the columns of the table."""
    return Enrolment(
        id=row.id,
        workshop_code=row.workshop_code,
        participant_id=row.participant_id,
        role=Role(row.role),
        administration_code=row.administration_code,
        enrolled_at=row.enrolled_at,
        consent_version=row.consent_version,
        consented_at=row.consented_at,
        declined_once_at=row.declined_once_at,
        refused_at=row.refused_at,
        withdrawn_at=row.withdrawn_at,
        handed_over_at=row.handed_over_at,
        about_enrolment_id=row.about_enrolment_id,
        present_administration=row.present_administration,
        elearning=Elearning(row.elearning) if row.elearning else None,
        passed_over_at=row.passed_over_at,
        removed_at=row.removed_at,
        removed_why=RemovalReason(row.removed_why) if row.removed_why else None,
    )
