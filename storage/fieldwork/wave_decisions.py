"""What is decided about a wave: it opens, is held, skipped, missed, put back, or gets other days."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, insert, update

from storage.due_workshops import mark_wave_due
from storage.fieldwork.waves import Wave, find_wave, get_wave
from storage.schema import waves
from surveys.planning.plan import DatedWave


@dataclass(frozen=True)
class Held:
    """Since when something is on hold, why, and on which day organisers are reminded."""

    at: datetime
    reason: str = ""
    remind_on: date | None = None

    @property
    def values(self) -> dict[str, object]:
        """The columns of a wave or a workshop on hold."""
        return {"held_at": self.at, "hold_reason": self.reason, "remind_on": self.remind_on}


NOT_HELD: dict[str, object] = {"held_at": None, "hold_reason": "", "remind_on": None}
"""The columns of a wave or a workshop that is not on hold."""


@dataclass(frozen=True)
class Opening:
    """How a wave opens: its questionnaire (key and version), when, by whom, on whose clock.

    No message leaves before `sends_from`.
    """

    questionnaire: tuple[str, int]
    at: datetime
    by: str
    host_zone: str | None = None
    sends_from: datetime | None = None

    @property
    def values(self) -> dict[str, object]:
        return {
            "questionnaire_key": self.questionnaire[0],
            "questionnaire_version": self.questionnaire[1],
            "opened_at": self.at,
            "opened_by": self.by,
            "host_zone": self.host_zone,
            "sends_from": self.sends_from,
        }


NOT_OPENED: dict[str, object] = dict.fromkeys(
    (
        *("questionnaire_key", "questionnaire_version", "opened_at", "host_zone", "sends_from"),
        *("closed_at", "missed_at", "skipped_at", "asked_at", "days_set_at", "midpoint_told_at"),
    )
) | {"opened_by": "", **NOT_HELD}
"""The columns of a wave about which nothing is known but its plan."""


def open_wave(connection: Connection, dated: DatedWave, opening: Opening) -> Wave:
    """Open a wave with its questionnaire pinned; what was decided before counts no more."""
    number = keep_wave(connection, dated).id
    days = {"opens_on": dated.opens_on, "closes_on": dated.closes_on}
    _set(connection, number, NOT_OPENED | days | opening.values)
    return get_wave(connection, number)


def keep_wave(connection: Connection, dated: DatedWave) -> Wave:
    """Return the row of a wave of a plan; it is added if there is none."""
    found = find_wave(connection, dated.workshop_code, dated.key)
    if found is not None:
        return found
    values = {"workshop_code": dated.workshop_code, "key": dated.key, "role": dated.planned.role}
    days = {"opens_on": dated.opens_on, "closes_on": dated.closes_on}
    added = insert(waves).values(values | days).returning(waves.c.id)
    return get_wave(connection, connection.execute(added).scalar_one())


def set_missed(connection: Connection, dated: DatedWave, at: datetime) -> None:
    """Note that the last day of a wave passed before it opened: nobody was asked."""
    number = keep_wave(connection, dated).id
    _set(connection, number, {"missed_at": at, "asked_at": None})


def set_asked(connection: Connection, dated: DatedWave, at: datetime) -> None:
    """Note that a wave waits for a yes of the office since a moment."""
    _set(connection, keep_wave(connection, dated).id, {"asked_at": at})


def set_skipped(connection: Connection, dated: DatedWave, at: datetime) -> Wave:
    """Skip a wave that has not opened."""
    number = keep_wave(connection, dated).id
    _set(connection, number, NOT_OPENED | {"skipped_at": at})
    return get_wave(connection, number)


def set_days(connection: Connection, dated: DatedWave, at: datetime) -> Wave:
    """Give a wave the days of `dated` by hand; one that was skipped or missed is planned again."""
    number = keep_wave(connection, dated).id
    days = {"opens_on": dated.opens_on, "closes_on": dated.closes_on, "days_set_at": at}
    _set(connection, number, {"missed_at": None, "skipped_at": None, "asked_at": None, **days})
    return get_wave(connection, number)


def follow_plan(connection: Connection, number: int, dated: DatedWave) -> None:
    """Give a wave that has not opened the days of its plan."""
    _set(connection, number, {"opens_on": dated.opens_on, "closes_on": dated.closes_on})


def plan_again(connection: Connection, dated: DatedWave) -> Wave:
    """Put a wave back to its plan, as if it had not been opened, skipped or missed."""
    number = keep_wave(connection, dated).id
    days = {"opens_on": dated.opens_on, "closes_on": dated.closes_on}
    _set(connection, number, NOT_OPENED | days)
    return get_wave(connection, number)


def set_held(connection: Connection, number: int, held: Held | None) -> None:
    """Hold a wave, or release it with None."""
    _set(connection, number, held.values if held else NOT_HELD)


def set_remind_on(connection: Connection, number: int, day: date) -> None:
    """Set the day on which organisers are reminded of a hold."""
    _set(connection, number, {"remind_on": day})


def set_last_day(connection: Connection, number: int, closes_on: date) -> None:
    """Give an opened wave another last day."""
    _set(connection, number, {"closes_on": closes_on})
    mark_wave_due(connection, number)


def _set(connection: Connection, number: int, values: Mapping[str, object]) -> None:
    connection.execute(update(waves).where(waves.c.id == number).values(values))
