"""Waves as stored: opened ones, and planned ones about which something was decided.

A planned wave of which nothing is known but its plan has no row.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from operator import attrgetter

from sqlalchemy import ColumnElement, Connection, Row, bindparam, select, update

from storage.database import NotFound
from storage.due_workshops import mark_wave_due
from storage.schema import questionnaires, waves
from surveys.people import Role
from surveys.planning.calendar import Stay
from surveys.planning.due_workshops import midpoint_at
from surveys.planning.timezones import zone
from surveys.workshop import Workshop

IS_OPEN = waves.c.opened_at.is_not(None) & waves.c.closed_at.is_(None)
"""The condition that a wave was opened and not closed; it may be held."""
_OF_WORKSHOP = select(waves).where(waves.c.workshop_code == bindparam("code"))


@dataclass(frozen=True)
class Wave:
    """A wave of a workshop as stored. Its days are local to each person."""

    id: int
    workshop_code: str
    key: str
    role: Role
    questionnaire_key: str | None
    questionnaire_version: int | None
    opens_on: date
    closes_on: date
    host_zone: str | None = None
    opened_at: datetime | None = None
    opened_by: str = ""
    sends_from: datetime | None = None
    held_at: datetime | None = None
    hold_reason: str = ""
    remind_on: date | None = None
    closed_at: datetime | None = None
    missed_at: datetime | None = None
    skipped_at: datetime | None = None
    asked_at: datetime | None = None
    days_set_at: datetime | None = None
    midpoint_told_at: datetime | None = None
    asks_files: bool = False

    def stay(self, workshop: Workshop) -> Stay | None:
        """Return the days at the place of the workshop; None where people keep their own time zone."""
        if self.host_zone is None:
            return None
        return Stay(zone(self.host_zone), workshop.starts_on, workshop.ends_on)

    @property
    def open(self) -> bool:
        """Whether it was opened and is not closed."""
        return self.opened_at is not None and self.closed_at is None

    @property
    def never_asks(self) -> bool:
        """Whether it was missed or is skipped: nobody is asked in it."""
        return self.missed_at is not None or self.skipped_at is not None

    @property
    def waits(self) -> bool:
        """Whether it has not opened and may still do so by its plan."""
        return self.opened_at is None and not self.never_asks

    @property
    def begun_on(self) -> date:
        """The day from which days are counted: a late wave begins on the day it really opened."""
        opened_on = self.opened_at.date() if self.opened_at else self.opens_on
        return max(self.opens_on, opened_on)

    @property
    def midpoint_at(self) -> datetime | None:
        """When organisers are told the progress half-way; None if they were, or the wave is not open."""
        if not self.open or self.midpoint_told_at is not None:
            return None
        return midpoint_at(self.begun_on, self.closes_on)


def find_wave(connection: Connection, workshop_code: str, key: str) -> Wave | None:
    """Return the stored wave of a workshop; None if it has no row."""
    row = connection.execute(
        select(waves).where(waves.c.workshop_code == workshop_code, waves.c.key == key)
    ).one_or_none()
    return wave_of(row) if row else None


def get_wave(connection: Connection, number: int) -> Wave:
    """The wave with this number."""
    row = connection.execute(select(waves).where(waves.c.id == number)).one_or_none()
    if row is None:
        raise NotFound(f"There is no wave {number}.")
    return wave_of(row)


def waves_of(connection: Connection, workshop_code: str) -> dict[str, Wave]:
    """The stored waves of a workshop by their keys."""
    rows = connection.execute(_OF_WORKSHOP, {"code": workshop_code})
    return {row.key: wave_of(row) for row in rows}


def open_waves(connection: Connection, codes: Collection[str]) -> list[Wave]:
    """Return the waves of some workshops that are open now, also held ones."""
    wanted = select(waves).where(waves.c.workshop_code.in_(codes), IS_OPEN)
    return [wave_of(row) for row in connection.execute(wanted.order_by(waves.c.id))]


def waves_between(
    connection: Connection, codes: Collection[str], span: tuple[datetime, datetime]
) -> tuple[list[Wave], list[Wave]]:
    """Return the waves of some workshops that opened, and those that closed, in a span of time."""
    here = waves.c.workshop_code.in_(codes)
    found = []
    for column in (waves.c.opened_at, waves.c.closed_at):
        wanted = select(waves).where(here, column >= span[0], column < span[1])
        rows = connection.execute(wanted.order_by(column, waves.c.id))
        found.append([wave_of(row) for row in rows])
    return found[0], found[1]


def all_open_waves(connection: Connection) -> list[Wave]:
    """Return the waves of all workshops that are open now, also held ones."""
    return [wave_of(row) for row in connection.execute(select(waves).where(IS_OPEN))]


def waves_with(connection: Connection, numbers: Collection[int]) -> list[Wave]:
    """Return the waves with these numbers."""
    wanted = select(waves).where(waves.c.id.in_(numbers)).order_by(waves.c.id)
    return [wave_of(row) for row in connection.execute(wanted)] if numbers else []


def asked_now(connection: Connection) -> list[tuple[str, int]]:
    """Return key and version of each questionnaire that an open wave asks.

    One look into the index for each questionnaire: there may be thousands of open waves.
    """
    one = questionnaires.c
    asking = (waves.c.questionnaire_key == one.key) & (
        waves.c.questionnaire_version == one.version
    )
    asked = select(waves.c.id).where(IS_OPEN, asking).exists()
    wanted = select(one.key, one.version).where(asked).distinct().order_by(one.key, one.version)
    return [(key, version) for key, version in connection.execute(wanted)]


def waves_in(connection: Connection, codes: Collection[str]) -> dict[str, dict[str, Wave]]:
    """Return the stored waves of some workshops, by workshop and key."""
    found: dict[str, dict[str, Wave]] = {code: {} for code in codes}
    for row in connection.execute(select(waves).where(waves.c.workshop_code.in_(codes))):
        found[row.workshop_code][row.key] = wave_of(row)
    return found


def set_midpoint_told(connection: Connection, number: int, at: datetime) -> None:
    """Note that the organisers were told the progress half-way."""
    connection.execute(update(waves).where(waves.c.id == number).values(midpoint_told_at=at))


def set_closed(connection: Connection, number: int, at: datetime | None) -> None:
    """Close a wave, or open it again with None."""
    connection.execute(update(waves).where(waves.c.id == number).values(closed_at=at))
    if at is None:
        mark_wave_due(connection, number)


def set_asks_files(connection: Connection, asks: bool, number: int | None = None) -> None:
    """Note whether people are asked to show files in the waves that are not closed, or in one."""
    which = _asking_otherwise(asks)
    if number is not None:
        which = which & (waves.c.id == number)
    connection.execute(update(waves).where(which).values(asks_files=asks))


def asks_otherwise(connection: Connection, asks: bool) -> bool:
    """Return whether `set_asks_files` would change anything."""
    found = select(waves.c.id).where(_asking_otherwise(asks)).limit(1)
    return connection.scalar(found) is not None


def _asking_otherwise(asks: bool) -> ColumnElement[bool]:
    return waves.c.closed_at.is_(None) & waves.c.asks_files.is_not(asks)


_NAMES = tuple(name for name in Wave.__dataclass_fields__ if name != "role")
_FACTS = attrgetter(*_NAMES)


def wave_of(row: Row[tuple[object, ...]]) -> Wave:
    """A wave from its row."""
    return Wave(role=Role(row.role), **dict(zip(_NAMES, _FACTS(row), strict=True)))
