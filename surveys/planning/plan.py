"""Plans: which waves follow a workshop, counted from its first or last day.

A plan is data (`library/plans/*.yaml`). Waves are derived from plan and dates each time, so the
unopened waves of a workshop move with it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from surveys.people import Role
from surveys.planning.calendar import plus_months
from surveys.workshop import Workshop

OFFSET = re.compile(r"(start|end)(?:\s*([+-])\s*(\d{1,3})\s*(day|week|month)s?)?")


class LateRule(StrEnum):
    """What a person gets who is enrolled after a wave opened."""

    SEND_NOW = "send_now"
    NEXT_WAVE = "next_wave"


class Clock(StrEnum):
    """Whose time zone and working days count: the person's own, or the host's during the workshop."""

    HOME = "home"
    HOST = "host"


@dataclass(frozen=True)
class Offset:
    """A signed distance from the first or last day of a workshop; `unit` is days, weeks or months.

    Months are calendar months, clamped at the month's end, always counted from the workshop's own
    day and never from an earlier wave (31 August: +6 is 28 February, +12 is 31 August).
    """

    anchor: str
    number: int
    unit: str

    def applied_to(self, workshop: Workshop) -> date:
        """Return the day of this offset for a workshop."""
        day = workshop.starts_on if self.anchor == "start" else workshop.ends_on
        if self.unit == "months":
            return plus_months(day, self.number)
        return date.fromordinal(day.toordinal() + self.number * (7 if self.unit == "weeks" else 1))

    @property
    def said(self) -> str:
        """The distance in English, for staff: "6 months after", "on the last day"."""
        if not self.number:
            return "on the first day" if self.anchor == "start" else "on the last day"
        number = abs(self.number)
        unit = self.unit.removesuffix("s") if number == 1 else self.unit
        return f"{number} {unit} {'before' if self.number < 0 else 'after'}"


@dataclass(frozen=True)
class FixedDay:
    """A day of the calendar, which stays when the workshop moves."""

    day: date

    def applied_to(self, workshop: Workshop) -> date:
        """Return the day itself."""
        return self.day

    @property
    def said(self) -> str:
        """The day in English, for staff: "on 8 June 2018"."""
        return f"on {self.day.day} {self.day:%B %Y}"


def read_offset(text: str) -> Offset | None:
    """Return the offset written as in "end + 3 months"; None for any other text."""
    found = OFFSET.fullmatch(text)
    if found is None:
        return None
    anchor, sign, number, unit = found.groups()
    return Offset(anchor, int(f"{sign or '+'}{number or 0}"), f"{unit or 'day'}s")


@dataclass(frozen=True)
class Protocol:
    """How people are contacted in a wave. Days are counted from the local day of the invitation.

    `minimum_gap` is the least number of days between any two messages to one person; `open_cases` is
    the most questionnaires a person may have open.
    """

    reminders: tuple[int, ...] = (4, 9, 16)
    minimum_gap: int = 3
    open_cases: int = 2


@dataclass(frozen=True)
class PlannedWave:
    """One wave of a plan: opens at `opens`, stays open until `closes` or for `open_days` days."""

    key: str
    role: Role
    opens: Offset | FixedDay
    questionnaire: str
    open_days: int | None = None
    closes: Offset | None = None
    late: LateRule = LateRule.SEND_NOW
    clock: Clock = Clock.HOME
    protocol: Protocol = field(default_factory=Protocol)

    @property
    def title(self) -> str:
        """What the wave is, in English for staff: "6 months after", "supervisors, 6 months after"."""
        if self.role is Role.PARTICIPANT:
            return self.opens.said
        return f"{self.role.replace('_', ' ')}s, {self.opens.said}"

    def dated(self, workshop: Workshop) -> "DatedWave":
        """Return this wave for one workshop. `closes_on` is the last day on which it can be answered."""
        opens_on = self.opens.applied_to(workshop)
        if self.closes is not None:
            closes_on = self.closes.applied_to(workshop)
        else:
            assert self.open_days is not None  # noqa: S101 - the plan reader refuses anything else
            closes_on = date.fromordinal(opens_on.toordinal() + self.open_days)
        return DatedWave(self, workshop.code, opens_on, closes_on)


@dataclass(frozen=True)
class DatedWave:
    """A planned wave with its days for one workshop. Days are local to each person asked."""

    planned: PlannedWave
    workshop_code: str
    opens_on: date
    closes_on: date

    @property
    def key(self) -> str:
        return self.planned.key


@dataclass(frozen=True)
class Plan:
    """A named list of planned waves in the order of their days."""

    key: str
    waves: tuple[PlannedWave, ...]

    def wave(self, key: str) -> PlannedWave | None:
        """Return the planned wave with this key; None if the plan does not have it."""
        return next((wave for wave in self.waves if wave.key == key), None)

    def dated(self, workshop: Workshop) -> tuple[DatedWave, ...]:
        """All waves of this plan for one workshop."""
        return tuple(wave.dated(workshop) for wave in self.waves)


def asks_since(plans: Iterable[Plan], today: date) -> date:
    """Return the day before which no workshop has ended that plans still ask about today.

    Months have different lengths, so it is up to a month too early.
    """
    ended = Workshop("", "", "", today, today, "", "")
    last = max((one.closes_on for plan in plans for one in plan.dated(ended)), default=today)
    return today - (last - today) - timedelta(days=31)
