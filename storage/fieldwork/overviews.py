"""Figures of many waves and workshops at once, each in one query. Reads only."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from storage.fieldwork.cases import IS_THERE
from storage.people.enrolments import still_asked
from storage.schema import addresses, cases, enrolments, waves, workshops
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


def figures_of_waves(connection: Connection, waves: Collection[int]) -> dict[int, WaveFigures]:
    """Return the figures of some waves; cases that were set aside or removed do not count."""
    counts = (cases.c.wave_id, func.count(), func.count(cases.c.started_at))
    rows = connection.execute(
        select(*counts, func.count(cases.c.completed_at))
        .join(enrolments, IS_THERE)
        .where(cases.c.wave_id.in_(waves), cases.c.set_aside_at.is_(None))
        .group_by(cases.c.wave_id)
    )
    return {number: WaveFigures(*found) for number, *found in rows}


def next_messages(connection: Connection, until: datetime) -> dict[int, NextMessages]:
    """Return the messages of open waves that leave until a moment, by the wave."""
    rows = connection.execute(
        select(cases.c.wave_id, func.min(cases.c.next_contact_at), func.count())
        .where(cases.c.next_contact_at <= until)
        .group_by(cases.c.wave_id)
    )
    return {wave: NextMessages(at, people) for wave, at, people in rows}


def workshops_undecided(connection: Connection) -> list[str]:
    """Return the codes of workshops that are on hold, or have a wave on hold or one that needs a yes."""
    open_question = waves.c.opened_at.is_(None) & (
        waves.c.held_at.is_not(None) | waves.c.asked_at.is_not(None)
    )
    over = (waves.c.closed_at, waves.c.missed_at, waves.c.skipped_at)
    asked = select(waves.c.workshop_code).where(open_question, *(one.is_(None) for one in over))
    held = select(workshops.c.code).where(workshops.c.held_at.is_not(None))
    return sorted({*connection.scalars(asked), *connection.scalars(held)})


def joined_in(connection: Connection, codes: Collection[str]) -> dict[str, Joined]:
    """Return how many participants of some workshops are listed and have joined."""
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
