"""Figures of many waves and workshops at once, each in one query. Reads only."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, select, union

from storage.fieldwork.cases import IS_THERE
from storage.fieldwork.waves import IS_OPEN, Wave, wave_of
from storage.people.enrolments import still_asked
from storage.schema import addresses, cases, due_workshops, enrolments, waves, workshops
from storage.types import UtcDateTime
from surveys.people import Role
from surveys.planning.channels import EMAIL


@dataclass(frozen=True)
class WaveFigures:
    """How many cases a wave has, and how many of them were begun and completed."""

    cases: int = 0
    started: int = 0
    completed: int = 0


@dataclass(frozen=True)
class NextMessages:
    """When the first of the next messages of a wave leaves, and how many leave by then."""

    at: datetime
    people: int


@dataclass(frozen=True)
class Joined:
    """How many people are on the list of a workshop, and how many of them have joined.

    Who is on the list with an e-mail address has joined when the person has agreed.
    """

    people: int = 0
    joined: int = 0


# Built once: building a statement costs more than running it.
_FIGURES = (
    select(
        cases.c.wave_id,
        func.count(),
        func.count(cases.c.started_at),
        func.count(cases.c.completed_at),
    )
    .join(enrolments, IS_THERE)
    .where(cases.c.wave_id.in_(bindparam("waves", expanding=True)), cases.c.set_aside_at.is_(None))
    .group_by(cases.c.wave_id)
)
_WAVE = cases.c.wave_id + 0
"""An expression, so that SQLite finds the few cases that are due, and not all of each wave."""
_NEXT = (
    select(_WAVE, func.min(cases.c.next_contact_at), func.count())
    .where(cases.c.next_contact_at <= bindparam("until", type_=UtcDateTime))
    .group_by(_WAVE)
)
_NOT_OVER = (
    waves.c.closed_at.is_(None) & waves.c.missed_at.is_(None) & waves.c.skipped_at.is_(None)
)
_SOON = union(
    select(due_workshops.c.workshop_code).where(
        due_workshops.c.at <= bindparam("until", type_=UtcDateTime)
    ),
    select(waves.c.workshop_code).where(
        _NOT_OVER, waves.c.held_at.is_not(None) | waves.c.asked_at.is_not(None)
    ),
    select(workshops.c.code).where(workshops.c.held_at.is_not(None)),
)
_OPEN = (
    select(waves, func.count().over().label("number"))
    .join(workshops, workshops.c.code == waves.c.workshop_code)
    .where(IS_OPEN, workshops.c.cancelled_at.is_(None))
    .order_by(waves.c.closes_on, waves.c.workshop_code, waves.c.key)
    .limit(bindparam("most"))
)


def figures_of_waves(connection: Connection, waves: Collection[int]) -> dict[int, WaveFigures]:
    """Return the figures of some waves; cases that were set aside or removed do not count."""
    rows = connection.execute(_FIGURES, {"waves": list(waves)})
    return {number: WaveFigures(*found) for number, *found in rows}


def first_to_close(
    connection: Connection, most: int, codes: Collection[str] | None = None
) -> tuple[int, list[Wave]]:
    """Return how many waves are open (of some workshops), and those that close first."""
    wanted = _OPEN if codes is None else _OPEN.where(waves.c.workshop_code.in_(codes))
    rows = connection.execute(wanted, {"most": most}).all()
    return (rows[0].number if rows else 0), [wave_of(row) for row in rows]


def next_messages(connection: Connection, until: datetime) -> dict[int, NextMessages]:
    """Return the messages of open waves that leave until a moment, by the wave."""
    rows = connection.execute(_NEXT, {"until": until})
    return {wave: NextMessages(at, people) for wave, at, people in rows}


def workshops_ahead(connection: Connection, until: datetime) -> list[str]:
    """Return the codes of workshops at which somebody has to look.

    Something is due in them until a moment, they are on hold, or have a wave that is on hold or was
    asked about.
    """
    return sorted(connection.scalars(_SOON, {"until": until}))


def joined_in(connection: Connection, codes: Collection[str]) -> dict[str, Joined]:
    """Return how many participants of some workshops are listed and have joined."""
    if not codes:
        return {}
    reachable = (
        select(addresses.c.id)
        .where(addresses.c.participant_id == enrolments.c.participant_id)
        .where(addresses.c.state == "active")
        .where((addresses.c.channel != EMAIL) | enrolments.c.consented_at.is_not(None))
        .exists()
    )
    rows = connection.execute(
        select(enrolments.c.workshop_code, func.count(), func.count().filter(reachable))
        .where(enrolments.c.workshop_code.in_(codes), enrolments.c.role == Role.PARTICIPANT)
        .where(still_asked(enrolments))
        .group_by(enrolments.c.workshop_code)
    )
    return {code: Joined(people, joined) for code, people, joined in rows}
