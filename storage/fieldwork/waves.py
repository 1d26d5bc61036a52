"""Waves that were opened or missed. A planned wave has no row before that."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, Row, insert, select, update

from storage.database import NotFound
from storage.due_workshops import mark_wave_due
from storage.schema import waves
from surveys.people import Role
from surveys.planning.calendar import Stay
from surveys.planning.due_workshops import midpoint_at
from surveys.planning.plan import DatedWave
from surveys.planning.timezones import zone
from surveys.workshop import Workshop

IS_OPEN = waves.c.opened_at.is_not(None) & waves.c.closed_at.is_(None)
"""The condition that a wave was opened and not closed; it may be paused."""


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
    paused_at: datetime | None = None
    closed_at: datetime | None = None
    missed_at: datetime | None = None
    midpoint_told_at: datetime | None = None

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
    def midpoint_at(self) -> datetime | None:
        """When organisers are told the progress half-way; None if they were, or the wave is not open."""
        if not self.open or self.midpoint_told_at is not None:
            return None
        return midpoint_at(self.opens_on, self.closes_on)


def insert_wave(
    connection: Connection,
    dated: DatedWave,
    questionnaire: tuple[str, int],
    at: datetime,
    by: str,
    host_zone: str | None = None,
) -> Wave:
    """Open a wave with its questionnaire pinned; one for each workshop and planned wave."""
    number = connection.execute(
        insert(waves)
        .values(
            **_planned(dated),
            questionnaire_key=questionnaire[0],
            questionnaire_version=questionnaire[1],
            opened_at=at,
            opened_by=by,
            host_zone=host_zone,
        )
        .returning(waves.c.id)
    ).scalar_one()
    return get_wave(connection, number)


def insert_missed(connection: Connection, dated: DatedWave, at: datetime) -> None:
    """Note that the window of a wave passed before it could be opened."""
    connection.execute(insert(waves).values(**_planned(dated), missed_at=at))


def open_missed(
    connection: Connection,
    number: int,
    dated: DatedWave,
    questionnaire: tuple[str, int],
    opened: tuple[datetime, str],
    host_zone: str | None = None,
) -> Wave:
    """Open a wave that was missed, on other days, with its questionnaire pinned."""
    connection.execute(
        update(waves)
        .where(waves.c.id == number)
        .values(
            **_planned(dated),
            questionnaire_key=questionnaire[0],
            questionnaire_version=questionnaire[1],
            opened_at=opened[0],
            opened_by=opened[1],
            host_zone=host_zone,
            missed_at=None,
        )
    )
    return get_wave(connection, number)


def _planned(dated: DatedWave) -> dict[str, object]:
    return {
        "workshop_code": dated.workshop_code,
        "key": dated.key,
        "role": dated.planned.role,
        "opens_on": dated.opens_on,
        "closes_on": dated.closes_on,
    }


def find_wave(connection: Connection, workshop_code: str, key: str) -> Wave | None:
    """Return the stored wave of a workshop; None if it has not opened."""
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
    rows = connection.execute(select(waves).where(waves.c.workshop_code == workshop_code))
    return {row.key: wave_of(row) for row in rows}


def open_waves(connection: Connection, codes: Collection[str]) -> list[Wave]:
    """Return the waves of some workshops that are open now, also paused ones."""
    wanted = select(waves).where(waves.c.workshop_code.in_(codes), IS_OPEN)
    return [wave_of(row) for row in connection.execute(wanted.order_by(waves.c.id))]


def all_open_waves(connection: Connection) -> list[Wave]:
    """Return the waves of all workshops that are open now, also paused ones."""
    return [wave_of(row) for row in connection.execute(select(waves).where(IS_OPEN))]


def asked_now(connection: Connection) -> list[tuple[str, int]]:
    """Return key and version of each questionnaire that an open wave asks."""
    pinned = (waves.c.questionnaire_key, waves.c.questionnaire_version)
    wanted = select(*pinned).where(IS_OPEN, pinned[0].is_not(None)).distinct().order_by(*pinned)
    return [(key, version) for key, version in connection.execute(wanted)]


def known_keys(connection: Connection, codes: Collection[str]) -> dict[str, set[str]]:
    """The keys of the waves of some workshops that were opened or missed, by workshop."""
    found: dict[str, set[str]] = {code: set() for code in codes}
    wanted = select(waves.c.workshop_code, waves.c.key).where(waves.c.workshop_code.in_(codes))
    for code, key in connection.execute(wanted):
        found[code].add(key)
    return found


def set_paused(connection: Connection, number: int, at: datetime | None) -> None:
    """Pause a wave, or resume it with None."""
    connection.execute(update(waves).where(waves.c.id == number).values(paused_at=at))


def set_midpoint_told(connection: Connection, number: int, at: datetime) -> None:
    """Note that the organisers were told the progress half-way."""
    connection.execute(update(waves).where(waves.c.id == number).values(midpoint_told_at=at))


def set_closed(connection: Connection, number: int, at: datetime | None) -> None:
    """Close a wave, or open it again with None."""
    connection.execute(update(waves).where(waves.c.id == number).values(closed_at=at))
    if at is None:
        mark_wave_due(connection, number)


def wave_of(row: Row[tuple[object, ...]]) -> Wave:
    """A wave from its row."""
    return Wave(
        id=row.id,
        workshop_code=row.workshop_code,
        key=row.key,
        role=Role(row.role),
        questionnaire_key=row.questionnaire_key,
        questionnaire_version=row.questionnaire_version,
        opens_on=row.opens_on,
        closes_on=row.closes_on,
        host_zone=row.host_zone,
        opened_at=row.opened_at,
        opened_by=row.opened_by,
        paused_at=row.paused_at,
        closed_at=row.closed_at,
        missed_at=row.missed_at,
        midpoint_told_at=row.midpoint_told_at,
    )
