"""Cases: one questionnaire for one enrolment in one wave."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter

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
from storage.people.addresses import IS_AT
from storage.people.senders import Chat, parameters_of
from storage.schema import addresses, cases, enrolments, waves
from storage.types import UtcDateTime
from surveys.planning.channels import IMPORTED
from surveys.planning.contacts import Hold
from surveys.planning.dispositions import Disposition

IS_THERE = (enrolments.c.id == cases.c.enrolment_id) & enrolments.c.removed_at.is_(None)
"""A condition to join cases to enrolments: the person was not removed from the workshop."""


@dataclass(frozen=True)
class Case:
    """A case as stored."""

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
    set_aside_at: datetime | None = None
    set_aside_reason: str = ""
    reopened_until: datetime | None = None
    entered_mode: str | None = None


def open_case(connection: Connection, wave_id: int, enrolment_id: int, at: datetime) -> int:
    """Add the case of an enrolment in a wave; the caller has checked that there is none."""
    number: int = connection.execute(
        insert(cases)
        .values(wave_id=wave_id, enrolment_id=enrolment_id, created_at=at)
        .returning(cases.c.id)
    ).scalar_one()
    return number


def lock_case(connection: Connection, number: int) -> None:
    """Lock a case for this transaction, so that decisions about it are made one after the other.

    Use it where facts outside the case count too. A statement that waits for the lock itself sees the
    new case, but its wave and its person as they were before.
    """
    if connection.scalar(_HELD, {"number": number}) is None:
        raise NotFound(f"There is no case {number}.")


def participant_of_case(connection: Connection, number: int) -> int:
    """Return the id of the person a case belongs to."""
    found: int | None = connection.scalar(_PARTICIPANT, {"number": number})
    if found is None:
        raise NotFound(f"There is no case {number}.")
    return found


def enrolment_of_case(connection: Connection, number: int) -> int | None:
    """Return the id of the enrolment a case belongs to; None if there is no such case."""
    return connection.scalar(select(cases.c.enrolment_id).where(cases.c.id == number))


def newest_case_of(connection: Connection, enrolment_id: int) -> int | None:
    """Return the id of the newest case of an enrolment; None if it has none."""
    return connection.scalar(
        select(cases.c.id)
        .where(cases.c.enrolment_id == enrolment_id)
        .order_by(cases.c.id.desc())
        .limit(1)
    )


def cases_of(connection: Connection, enrolment_id: int) -> list[int]:
    """Return the ids of all cases of an enrolment, in the order in which they were opened."""
    mine = select(cases.c.id).where(cases.c.enrolment_id == enrolment_id)
    return list(connection.scalars(mine.order_by(cases.c.id)))


def case_in_wave(connection: Connection, wave_id: int, participant_id: int) -> int | None:
    """Return the id of the case of a person in a wave; None if there is none."""
    return connection.scalar(
        select(cases.c.id)
        .join(enrolments, enrolments.c.id == cases.c.enrolment_id)
        .where(cases.c.wave_id == wave_id, enrolments.c.participant_id == participant_id)
    )


# Statements that every tap runs are built once: building one costs more than running it.
def is_open(case: FromClause, wave: FromClause) -> ColumnElement[bool]:
    """A condition on cases joined to waves: those in open waves, and those of closed waves that the
    office has opened again.
    """
    still = wave.c.closed_at.is_(None) | case.c.reopened_until.is_not(None)
    return and_(still, case.c.closed_at.is_(None))


IS_OPEN = is_open(cases, waves)
IS_OPEN_OF = and_(enrolments.c.participant_id == bindparam("participant_id"), IS_OPEN)
ASKED_LAST_FIRST = (cases.c.asked_at.desc().nulls_last(), cases.c.id)
_OPEN_IN_ORDER = (
    select(cases)
    .join(enrolments, enrolments.c.id == cases.c.enrolment_id)
    .join(waves, waves.c.id == cases.c.wave_id)
    .where(IS_OPEN_OF)
    .order_by(*ASKED_LAST_FIRST)
)
_CARD = (
    update(cases)
    .where(cases.c.id == bindparam("number"), enrolments.c.id == cases.c.enrolment_id)
    .where(addresses.c.participant_id == enrolments.c.participant_id, IS_AT)
    .values(
        card_address_id=addresses.c.id,
        card_ref=bindparam("ref"),
        shown_item=func.coalesce(
            bindparam("item", type_=cases.c.shown_item.type), cases.c.shown_item
        ),
        asked_at=func.coalesce(bindparam("at", type_=UtcDateTime), cases.c.asked_at),
    )
)
_INVITATION = update(cases).where(
    cases.c.id == bindparam("number"),
    cases.c.started_at.is_(None) | cases.c.card_ref.is_(None),
)
_PARTICIPANT = (
    select(enrolments.c.participant_id)
    .join(cases, cases.c.enrolment_id == enrolments.c.id)
    .where(cases.c.id == bindparam("number"))
)
_HELD = select(cases.c.id).where(cases.c.id == bindparam("number")).with_for_update()


def open_cases_of(connection: Connection, participant_id: int) -> list[Case]:
    """Return the cases of a person in open waves, last asked first."""
    rows = connection.execute(_OPEN_IN_ORDER, {"participant_id": participant_id})
    return [case_of(row) for row in rows]


@dataclass(frozen=True)
class CardShown:
    """The message `ref` of a chat that shows an interview; `item` is the question that is new in it."""

    case: int
    chat: Chat
    ref: str
    item: str | None
    at: datetime


def set_cards(connection: Connection, shown: Sequence[CardShown]) -> None:
    """Store the messages that show interviews; nothing of a chat that is not the person's now."""
    # Always in one order, so that two processes never wait for each other.
    rows = [
        {
            "number": one.case,
            "ref": one.ref,
            "item": one.item,
            "at": None if one.item is None else one.at,
            **parameters_of(one.chat),
        }
        for one in sorted(shown, key=attrgetter("case"))
    ]
    if rows:
        connection.execute(_CARD, rows)


def set_invitation(connection: Connection, number: int, address_id: int, ref: str) -> None:
    """Store the message that invites to an interview; one that is shown stays where it is."""
    shown = {"number": number, "card_address_id": address_id, "card_ref": ref}
    connection.execute(_INVITATION, shown)


def forget_shown(connection: Connection, number: int) -> None:
    """Forget which question of a case was shown last, until it is shown again."""
    connection.execute(update(cases).where(cases.c.id == number).values(shown_item=None))


def set_case_language(connection: Connection, number: int, language: str) -> None:
    """Store the language chosen for this interview; stored codes stay as they are."""
    connection.execute(update(cases).where(cases.c.id == number).values(language=language))


def open_again(connection: Connection, wave_id: int) -> int:
    """Open the cases of a wave again, except those that ended with a refusal, and imported ones.

    Return how many are not completed. Their contacts are still to be planned.
    """
    again = (cases.c.wave_id == wave_id) & cases.c.disposition.is_distinct_from(
        Disposition.REFUSAL
    )
    again &= cases.c.set_aside_at.is_(None) & cases.c.entered_mode.is_distinct_from(IMPORTED)
    values = {"closed_at": None, "disposition": None, "disposition_detail": None}
    connection.execute(update(cases).where(again).values(values | {"hold": Hold.TO_PLAN}))
    left = select(func.count()).where(again, cases.c.completed_at.is_(None))
    return connection.scalar(left) or 0


def case_with_card(connection: Connection, address_id: int, ref: str) -> int | None:
    """Return the id of the case that is shown in this message."""
    return connection.scalar(
        select(cases.c.id).where(cases.c.card_address_id == address_id, cases.c.card_ref == ref)
    )


def set_entered(connection: Connection, number: int, mode: str, by: str) -> None:
    """Note that staff enter the answers of a case: in which mode, and who (by staff code)."""
    values = {"entered_mode": mode, "entered_by": by or None}
    connection.execute(update(cases).where(cases.c.id == number).values(values))


def case_of(row: Row[tuple[object, ...]]) -> Case:
    """Return a case from a row with the columns of the table."""
    return Case(**{name: getattr(row, name) for name in Case.__dataclass_fields__})
