"""Participants: the table that knows names."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, Select, bindparam, func, insert, select, update

from storage.database import NotFound
from storage.due_workshops import mark_person_due
from storage.schema import enrolments, participants
from surveys.people import Participant, StopReason

AT_ONCE = 500
"""How many people go into one query."""


@dataclass(frozen=True)
class NewParticipant:
    """A person to add. `code` is opaque and given by the caller, because it must be random."""

    code: str
    name: str
    language: str = "en"
    timezone: str | None = None
    title: str = ""


class Elsewhere(NamedTuple):
    """A person in another workshop: the id, the name, the administration and the workshop's code."""

    id: int
    name: str
    administration: str
    workshop: str


def add_participant(connection: Connection, new: NewParticipant) -> Participant:
    """Add a person and return them."""
    values = _values(new)
    number = connection.execute(
        insert(participants).values(values).returning(participants.c.id)
    ).scalar_one()
    return get_participant(connection, number)


def add_participants(connection: Connection, new: Sequence[NewParticipant]) -> list[int]:
    """Add many people at once; return their ids in the same order."""
    if not new:
        return []
    rows = [_values(one) for one in new]
    statement = insert(participants).returning(participants.c.id, sort_by_parameter_order=True)
    return list(connection.scalars(statement, rows))


def _values(new: NewParticipant) -> dict[str, str | None]:
    return {
        "code": new.code,
        "name": new.name,
        "language": new.language,
        "timezone": new.timezone,
        "title": new.title,
    }


def languages_spoken(connection: Connection) -> list[str]:
    """Return the languages of all people, each once: one look into the index for each of them."""
    return [language for language in connection.scalars(_LANGUAGES) if language is not None]


def _languages() -> Select[Any]:
    first = select(func.min(participants.c.language).label("language"))
    found = first.cte("found", recursive=True)
    following = select(func.min(participants.c.language))
    after = following.where(participants.c.language > found.c.language).scalar_subquery()
    found = found.union_all(select(after).where(found.c.language.is_not(None)))
    return select(found.c.language)


_LANGUAGES = _languages()


def names_of_people(connection: Connection) -> list[str]:
    """Return the names of all people."""
    named = (
        select(participants.c.name).where(participants.c.name != "").order_by(participants.c.id)
    )
    return list(connection.scalars(named))


def names_by_person(connection: Connection) -> dict[int, str]:
    """Return the names of all people who have one, by id."""
    named = select(participants.c.id, participants.c.name).where(participants.c.name != "")
    return {row.id: row.name for row in connection.execute(named.order_by(participants.c.id))}


def people_in(connection: Connection, workshop_code: str) -> dict[int, Participant]:
    """Return all people in a workshop, by id."""
    mine = select(enrolments.c.participant_id).where(enrolments.c.workshop_code == workshop_code)
    rows = connection.execute(select(participants).where(participants.c.id.in_(mine)))
    return {row.id: participant_of(row) for row in rows}


def people_elsewhere(
    connection: Connection, workshop_code: str, administrations: Sequence[str]
) -> list[Elsewhere]:
    """Return who is enrolled for some administrations in other workshops, but not in this one.

    Who was removed from one counts too: it is the same person.
    """
    here = enrolments.alias()
    mine = (here.c.participant_id == participants.c.id) & (here.c.workshop_code == workshop_code)
    where = (enrolments.c.administration_code, enrolments.c.workshop_code)
    rows = connection.execute(
        select(participants.c.id, participants.c.name, *where)
        .join(enrolments, enrolments.c.participant_id == participants.c.id)
        .where(
            enrolments.c.administration_code.in_(administrations),
            participants.c.erased_at.is_(None),
            ~select(here.c.id).where(mine).exists(),
        )
        .order_by(enrolments.c.id)
    )
    return [Elsewhere(*row) for row in rows]


def people_with(connection: Connection, numbers: Sequence[int]) -> dict[int, Participant]:
    """Return the people with these ids, by id."""
    found = {}
    for start in range(0, len(numbers), AT_ONCE):
        mine = participants.c.id.in_(numbers[start : start + AT_ONCE])
        for row in connection.execute(select(participants).where(mine)):
            found[row.id] = participant_of(row)
    return found


def get_participant(connection: Connection, number: int) -> Participant:
    """The participant with this number."""
    return participant_of(connection.execute(_WITH_NUMBER, {"number": number}).one())


def participant_with(connection: Connection, code: str) -> Participant:
    """Return the participant with this opaque code, however it was typed. NotFound names the code."""
    found = find_participant(connection, code)
    if found is None:
        raise NotFound(f"There is no participant {code}. `followup participants list` shows them.")
    return found


def find_participant(connection: Connection, code: str) -> Participant | None:
    """Return the participant with this opaque code, however it was typed; None if there is none."""
    known = select(participants).where(participants.c.code == code.strip().upper())
    row = connection.execute(known).one_or_none()
    return participant_of(row) if row else None


def update_participant(
    connection: Connection,
    number: int,
    *,
    name: str,
    language: str,
    timezone: str | None,
    title: str,
) -> None:
    """Correct name, language, time zone and title of a person."""
    connection.execute(
        update(participants)
        .where(participants.c.id == number)
        .values(name=name, language=language, timezone=timezone, title=title)
    )
    mark_person_due(connection, number)


def set_language(connection: Connection, number: int, language: str) -> None:
    """Store the language a person chose."""
    connection.execute(
        update(participants).where(participants.c.id == number).values(language=language)
    )
    mark_person_due(connection, number)


def set_channel(connection: Connection, number: int, channel: str | None) -> None:
    """Store the channel a person chose; with None the table of administrations decides."""
    connection.execute(
        update(participants).where(participants.c.id == number).values(channel=channel)
    )


def set_stopped(
    connection: Connection, number: int, at: datetime | None, reason: StopReason | None = None
) -> None:
    """Store when a person asked for no more messages; None if they want messages again.

    `reason` is given if the office stores it for the person.
    """
    stop = {"stopped_at": at, "stop_reason": reason or ""}
    connection.execute(update(participants).where(participants.c.id == number).values(stop))


def set_paused(connection: Connection, number: int, until: date | None) -> None:
    """Store the local day before which nothing is sent to a person; None ends the pause."""
    connection.execute(
        update(participants).where(participants.c.id == number).values(paused_until=until)
    )


# Statements that every tap runs are built once: building one costs more than running it.
_WITH_NUMBER = select(participants).where(participants.c.id == bindparam("number"))
# This lock lets other transactions add addresses and enrolments meanwhile.
_HELD = _WITH_NUMBER.with_for_update(key_share=True)


def pieces_of_people(connection: Connection, size: int) -> list[range]:
    """Return ranges of this size that cover the ids of all people, for work in batches."""
    last = connection.scalar(select(func.max(participants.c.id))) or 0
    return [range(first, first + size) for first in range(0, last + 1, size)]


def lock_participant(connection: Connection, number: int) -> Participant:
    """Return a participant, locked so that messages to one person are decided one after the other."""
    return participant_of(connection.execute(_HELD, {"number": number}).one())


def participant_of(row: Row[tuple[object, ...]]) -> Participant:
    """A participant from a row with the columns of the table."""
    return Participant(
        id=row.id,
        code=row.code,
        name=row.name,
        language=row.language,
        timezone=row.timezone,
        stopped_at=row.stopped_at,
        channel=row.channel,
        erased_at=row.erased_at,
        stop_reason=StopReason(row.stop_reason) if row.stop_reason else None,
        paused_until=row.paused_until,
        title=row.title,
    )
