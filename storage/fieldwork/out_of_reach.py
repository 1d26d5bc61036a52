"""People whom no message reaches, and what they have to answer: a few statements for all of them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import CompoundSelect, Connection, Row, Select, select, union

from storage.fieldwork.cases import IS_OPEN
from storage.people.enrolments import enrolment_of, still_asked
from storage.schema import (
    IS_LOST,
    IS_UNREACHABLE,
    added_waves,
    addresses,
    cases,
    enrolments,
    participants,
    waves,
    workshops,
)
from surveys.people import AddressState, Enrolment


@dataclass(frozen=True)
class LostAddress:
    """Why an address does not work, as a code, and since when."""

    reason: str
    since: datetime


@dataclass(frozen=True)
class OutOfReach:
    """An enrolment of a person without a working address, who has not asked to stop.

    `open` are the keys of the open waves that it has not completed; `lost` is the address that was
    lost last, None for somebody who has never joined.
    """

    person: str
    name: str
    enrolment: Enrolment
    open: tuple[str, ...]
    lost: LostAddress | None


def out_of_reach(
    connection: Connection, channels: Collection[str], since: date, code: str | None = None
) -> list[OutOfReach]:
    """Return the active enrolments, of one workshop or all, of people whom no message reaches.

    They have something to answer, or have lost an address and took part in a workshop that was not
    over before `since`, or has waves of its own.
    """
    found = connection.execute(_enrolments(channels, since, code)).all()
    if not found:
        return []
    unfinished, lost = _open_waves(connection), _lost_addresses(connection)
    return [_of(row, unfinished.get(row.id, ()), lost.get(row.participant_id)) for row in found]


def _of(
    row: Row[tuple[object, ...]], waiting: Collection[str], lost: LostAddress | None
) -> OutOfReach:
    return OutOfReach(row.person, row.name, enrolment_of(row), tuple(waiting), lost)


def _enrolments(channels: Collection[str], since: date, code: str | None) -> Select[Any]:
    usable = (
        select(addresses.c.id)
        .where(addresses.c.participant_id == participants.c.id)
        .where(addresses.c.state == AddressState.ACTIVE, addresses.c.channel.in_(channels))
        .exists()
    )
    wanted = (
        select(enrolments, participants.c.code.label("person"), participants.c.name)
        .join(participants, participants.c.id == enrolments.c.participant_id)
        .where(enrolments.c.id.in_(_candidates(since)), still_asked(enrolments))
        .where(participants.c.stopped_at.is_(None), ~usable)
        .order_by(enrolments.c.participant_id, enrolments.c.id)
    )
    return wanted if code is None else wanted.where(enrolments.c.workshop_code == code)


def _candidates(since: date) -> CompoundSelect[tuple[int]]:
    own = select(added_waves.c.workshop_code)
    coming = (workshops.c.ends_on >= since) | workshops.c.code.in_(own)
    # With joins SQLite would read all enrolments.
    late = select(workshops.c.code).where(workshops.c.code == enrolments.c.workshop_code, coming)
    lost = select(enrolments.c.id).where(
        enrolments.c.participant_id.in_(select(addresses.c.participant_id).where(IS_LOST)),
        late.exists(),
    )
    return union(select(cases.c.enrolment_id).where(IS_UNREACHABLE), lost)


def _open_waves(connection: Connection) -> dict[int, list[str]]:
    """Return the keys of the unfinished open waves of people out of reach, by enrolment."""
    unfinished = (
        select(cases.c.enrolment_id, waves.c.key)
        .join(waves, waves.c.id == cases.c.wave_id)
        .where(IS_UNREACHABLE, IS_OPEN, cases.c.completed_at.is_(None))
        .order_by(cases.c.asked_at.desc().nulls_last(), cases.c.id)
    )
    found: dict[int, list[str]] = {}
    for enrolment, key in connection.execute(unfinished):
        found.setdefault(enrolment, []).append(key)
    return found


def _lost_addresses(connection: Connection) -> dict[int, LostAddress]:
    """Return the address that each person lost last, by person."""
    lost = select(addresses).where(IS_LOST).order_by(addresses.c.since, addresses.c.id.desc())
    return {
        row.participant_id: LostAddress(row.reason or row.state, row.since)
        for row in connection.execute(lost)
    }
