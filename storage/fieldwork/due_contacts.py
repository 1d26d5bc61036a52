"""The next contact of cases: which are due, how many are on hold, and storing the plan."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Connection,
    Select,
    bindparam,
    func,
    select,
    update,
)

from storage.schema import (
    IS_FAULTY,
    IS_IN_FLIGHT,
    attempts,
    cases,
    enrolments,
    participants,
    waves,
)
from storage.types import UtcDateTime
from surveys.planning.contacts import Hold, NextContact

# Built once, because they are run often: building a statement costs more than running it.
_NEXT_DUE = (
    select(cases.c.next_contact_at)
    .where(cases.c.next_contact_at.is_not(None))
    .order_by(cases.c.next_contact_at)
    .limit(1)
)
_TO_CLAIM = (
    select(cases.c.id)
    .join(enrolments, enrolments.c.id == cases.c.enrolment_id)
    .join(participants, participants.c.id == enrolments.c.participant_id)
    .where(
        cases.c.next_contact_channel == bindparam("channel"),
        cases.c.next_contact_at <= bindparam("now"),
    )
    .order_by(cases.c.next_contact_at, cases.c.id)
    .limit(bindparam("most"))
    .with_for_update(of=participants, skip_locked=True)
)


def _due_by_channel() -> Select[Any]:
    by, planned = cases.c.next_contact_channel, cases.c.next_contact_at.is_not(None)
    first = select(func.min(by).label("channel")).where(planned)
    found = first.cte("found", recursive=True)
    after = select(func.min(by)).where(planned, by > found.c.channel).scalar_subquery()
    found = found.union_all(select(after).where(found.c.channel.is_not(None)))
    due = select(func.count()).where(
        by == found.c.channel, cases.c.next_contact_at <= bindparam("until")
    )
    counted = select(found.c.channel, due.scalar_subquery())
    return counted.where(found.c.channel.is_not(None))


_DUE_BY_CHANNEL = _due_by_channel()


def due_cases(connection: Connection, now: datetime, limit: int) -> list[int]:
    """Return the ids of at most `limit` cases whose next contact is due, longest due first."""
    due = (
        select(cases.c.id)
        .where(cases.c.next_contact_at <= now)
        .order_by(cases.c.next_contact_at, cases.c.id)
        .limit(limit)
    )
    return list(connection.scalars(due))


def cases_to_claim(connection: Connection, channel: str, now: datetime, limit: int) -> list[int]:
    """Return at most `limit` cases that are due through a channel, and lock their people.

    People whom another transaction has locked are passed over: another process claims their
    contacts, or they are answering. A case whose channel is not known is among those of each.
    """
    found: list[int] = []
    for name in ("", channel):
        which = {"channel": name, "now": now, "most": limit - len(found)}
        found += connection.scalars(_TO_CLAIM, which) if len(found) < limit else ()
    return found


def forget_channels_except(connection: Connection, known: Collection[str]) -> None:
    """Let each queue look at the contacts of channels that are no longer in use."""
    planned = cases.c.next_contact_at.is_not(None)
    unknown = cases.c.next_contact_channel.not_in(("", *known))
    connection.execute(update(cases).where(planned, unknown).values(next_contact_channel=""))


def count_due_by_channel(connection: Connection, until: datetime) -> dict[str, int]:
    """Return how many contacts that were due by then were not made, by channel.

    What is not due yet is not read: one look into the index for each channel.
    """
    found = connection.execute(_DUE_BY_CHANNEL, {"until": until})
    return {channel: number for channel, number in found if number}


def count_due(connection: Connection, until: datetime) -> int:
    """Return how many cases have a contact that was due by then and was not made."""
    due = select(func.count()).where(cases.c.next_contact_at <= until)
    return connection.scalar(due) or 0


def count_faults(connection: Connection) -> int:
    """Return how many open cases a fault of the program holds up."""
    return connection.scalar(select(func.count()).select_from(cases).where(IS_FAULTY)) or 0


def next_due_at(connection: Connection) -> datetime | None:
    """Return when the next contact of any case is due."""
    return connection.scalar(_NEXT_DUE)


CONTACT = {
    "next_contact_at": bindparam("next_at", type_=UtcDateTime),
    "next_contact_kind": bindparam("next_kind"),
    "next_contact_channel": bindparam("through"),
    "hold": bindparam("holding"),
}
"""The columns of the next contact; `stored_contact` gives the parameters."""
# Built once, because it is run often: building a statement costs more than running it.
_CONTACT = update(cases).where(cases.c.id == bindparam("number")).values(CONTACT)


def cases_held_back_by(connection: Connection, numbers: Collection[int], hold: str) -> list[int]:
    """Return the ids of the open cases on hold of the people of some other cases."""
    theirs = (
        select(enrolments.c.participant_id)
        .join(cases, cases.c.enrolment_id == enrolments.c.id)
        .where(cases.c.id.in_(numbers))
    )
    held = (
        select(cases.c.id)
        .join(enrolments, enrolments.c.id == cases.c.enrolment_id)
        .where(enrolments.c.participant_id.in_(theirs))
        .where(cases.c.closed_at.is_(None), cases.c.hold == hold)
        .order_by(cases.c.id)
    )
    return list(connection.scalars(held))


def cancel_contacts(connection: Connection, wave_id: int, hold: str) -> None:
    """Cancel the next contact of each case of a wave that has one, for this reason."""
    planned = (cases.c.wave_id == wave_id) & cases.c.next_contact_at.is_not(None)
    ended = {"next_contact_at": None, "next_contact_kind": None, "hold": hold}
    connection.execute(update(cases).where(planned).values(ended))


def hold_contacts(connection: Connection, wave_id: int, hold: str) -> None:
    """Cancel the next contact of each case of a wave, also of those whose claim was taken back."""
    cancel_contacts(connection, wave_id, hold)
    sending = select(attempts.c.id).where(attempts.c.case_id == cases.c.id, IS_IN_FLIGHT).exists()
    waited = (cases.c.wave_id == wave_id) & (cases.c.hold == Hold.IN_FLIGHT) & ~sending
    connection.execute(update(cases).where(waited).values(hold=hold))


UNPLANNED = {"next_contact_at": None, "next_contact_kind": None, "hold": Hold.TO_PLAN}


def plan_again(connection: Connection, wave_ids: Collection[int], holds: Collection[str]) -> None:
    """Let the rounds plan the next contact of the open cases of waves that have one, or such a hold.

    Until then nothing is sent in them.
    """
    planned = cases.c.next_contact_at.is_not(None) | cases.c.hold.in_(holds)
    these = cases.c.wave_id.in_(wave_ids) & cases.c.closed_at.is_(None) & planned
    connection.execute(update(cases).where(these).values(UNPLANNED))


def plan_person_again(connection: Connection, participant_id: int) -> None:
    """Let the rounds plan the next contact of a person's cases that have one."""
    theirs = select(enrolments.c.id).where(enrolments.c.participant_id == participant_id)
    planned = cases.c.enrolment_id.in_(theirs) & cases.c.next_contact_at.is_not(None)
    connection.execute(update(cases).where(planned).values(UNPLANNED))


def people_to_plan(connection: Connection, workshop_code: str, limit: int) -> list[int]:
    """Return the ids of at most `limit` people of a workshop whose next contact is planned again."""
    open_now = (waves.c.workshop_code == workshop_code) & waves.c.closed_at.is_(None)
    these = cases.c.closed_at.is_(None) & (cases.c.hold == Hold.TO_PLAN)
    wanted = (
        select(enrolments.c.participant_id)
        .join(cases, cases.c.enrolment_id == enrolments.c.id)
        .join(waves, waves.c.id == cases.c.wave_id)
        .where(open_now, these)
        .distinct()
        .order_by(enrolments.c.participant_id)
        .limit(limit)
    )
    return list(connection.scalars(wanted))


def set_contact(connection: Connection, number: int, contact: NextContact) -> None:
    """Store when a case is contacted next, or why it is not."""
    connection.execute(_CONTACT, {"number": number, **stored_contact(contact)})


def set_contacts(connection: Connection, contacts: Mapping[int, NextContact]) -> None:
    """Store when some cases are contacted next, or why they are not."""
    planned = [{"number": number, **stored_contact(one)} for number, one in contacts.items()]
    if planned:
        connection.execute(_CONTACT, planned)


def stored_contact(contact: NextContact) -> dict[str, object]:
    """Return the parameters of `CONTACT`."""
    return {
        "next_at": contact.at,
        "next_kind": contact.kind,
        "through": contact.channel,
        "holding": contact.hold,
    }
