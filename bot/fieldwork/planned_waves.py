"""The waves of a workshop, planned and stored, each with its days and its state."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import Connection

from bot.settings.office import Office
from storage.database import NotFound
from storage.fieldwork.waves import Wave, waves_in, waves_of
from storage.fieldwork.workshops import get_workshop
from storage.people.listed import Listed, listed_since
from surveys.people import Role
from surveys.planning.plan import DatedWave, Plan
from surveys.planning.wave_states import WaveFacts, WaveState, state_of
from surveys.workshop import Workshop


@dataclass(frozen=True)
class WaveNow:
    """A wave of a workshop: as planned (None if the plan has lost it), as stored, and its facts."""

    workshop: Workshop
    planned: DatedWave | None
    stored: Wave | None
    facts: WaveFacts

    @property
    def key(self) -> str:
        return self.stored.key if self.stored else self.dated.key

    @property
    def title(self) -> str:
        """The wave in words, such as "6 months after"; its key if the plan has lost it."""
        title = self.planned.planned.title if self.planned else self.key
        return title[:1].upper() + title[1:]

    @property
    def name(self) -> str:
        """The workshop's code and the wave's key, as staff read and type them."""
        return f"{self.workshop.code} {self.key}"

    @property
    def role(self) -> Role:
        """The role of the people it asks."""
        return self.stored.role if self.stored else self.dated.planned.role

    @property
    def opens_on(self) -> date:
        return self.facts.opens_on

    @property
    def closes_on(self) -> date:
        return self.facts.closes_on

    @property
    def dated(self) -> DatedWave:
        """The wave of the plan with the days that hold. Raise NotFound if the plan has lost it."""
        if self.planned is None:
            raise NotFound(f"The plan of {self.workshop.code} has no wave {self.key} any more.")
        return replace(self.planned, opens_on=self.opens_on, closes_on=self.closes_on)

    @property
    def waits(self) -> bool:
        """Whether it may still open by its plan."""
        return self.planned is not None and (self.stored is None or self.stored.waits)

    def state(self, now: datetime) -> WaveState:
        """Return its state at a moment."""
        return state_of(self.facts, now)


def plan_of(office: Office, workshop: Workshop) -> Plan:
    """Return the plan of a workshop with its added waves. Raise NotFound with the known plans."""
    plan = office.rules.plan_of(workshop)
    if plan is None:
        known = ", ".join(sorted(office.rules.plans))
        raise NotFound(f"There is no plan {workshop.plan!r}. Known plans: {known}.")
    return plan


def waves_now(connection: Connection, office: Office, code: str) -> list[WaveNow]:
    """Return all waves of a workshop in the order of its plan, then those that the plan has lost."""
    return waves_if(connection, office, get_workshop(connection, code))


def waves_if(connection: Connection, office: Office, workshop: Workshop) -> list[WaveNow]:
    """Return the waves of a workshop as they would be if it were as given, such as on other days."""
    stored = waves_of(connection, workshop.code)
    return _waves(office, workshop, stored, listed_since(connection, [workshop.code]))


def waves_now_in(
    connection: Connection, office: Office, workshops: list[Workshop]
) -> dict[str, list[WaveNow]]:
    """Return the waves of some workshops by their codes; a few queries for all of them."""
    codes = [one.code for one in workshops]
    if not codes:
        return {}
    stored, listed = waves_in(connection, codes), listed_since(connection, codes)
    return {one.code: _waves(office, one, stored[one.code], listed) for one in workshops}


def opened_wave(office: Office, workshop: Workshop, stored: Wave) -> WaveNow:
    """Return a wave that has opened, as it is now."""
    plan = office.rules.plan_of(workshop)
    planned = plan.wave(stored.key) if plan else None
    return _wave_now(workshop, planned.dated(workshop) if planned else None, stored, {})


def find_wave_now(connection: Connection, office: Office, code: str, key: str) -> WaveNow:
    """Return a wave of a workshop, as it is now. Raise NotFound with the waves there are."""
    waves = waves_now(connection, office, code)
    found = next((one for one in waves if one.key.casefold() == key.casefold()), None)
    if found is None:
        plan_of(office, get_workshop(connection, code))
        keys = ", ".join(one.key for one in waves) or "none"
        raise NotFound(f"Workshop {code} has no wave {key}. Its waves: {keys}.")
    return found


def planned_wave(office: Office, workshop: Workshop, key: str) -> DatedWave:
    """Return a wave of the plan with its days. Raise NotFound with the waves of the plan."""
    plan = plan_of(office, workshop)
    planned = plan.wave(key.upper())
    if planned is None:
        keys = ", ".join(wave.key for wave in plan.waves)
        raise NotFound(f"Workshop {workshop.code} has no wave {key}. Its waves: {keys}.")
    return planned.dated(workshop)


def _waves(
    office: Office,
    workshop: Workshop,
    stored: Mapping[str, Wave],
    listed: Mapping[tuple[str, Role], Listed],
) -> list[WaveNow]:
    plan = office.rules.plan_of(workshop)
    planned = {one.key: one for one in plan.dated(workshop)} if plan else {}
    return [
        _wave_now(workshop, planned.get(key), stored.get(key), listed)
        for key in dict.fromkeys([*planned, *stored])
    ]


def _wave_now(
    workshop: Workshop,
    planned: DatedWave | None,
    stored: Wave | None,
    listed: Mapping[tuple[str, Role], Listed],
) -> WaveNow:
    role = stored.role if stored else planned.planned.role if planned else None
    people = listed.get((workshop.code, role)) if role else None
    return WaveNow(workshop, planned, stored, _facts(workshop, planned, stored, people))


def _facts(
    workshop: Workshop, planned: DatedWave | None, stored: Wave | None, listed: Listed | None
) -> WaveFacts:
    own = stored is not None and (stored.opened_at or stored.days_set_at or planned is None)
    days = stored if stored is not None and own else planned
    assert days is not None  # noqa: S101 - a wave is planned or stored
    by_hand = stored is not None and stored.days_set_at is not None
    # Days that the office has given to this very wave need no second yes.
    known = [None if by_hand else workshop.planned_since, listed.since if listed else None]
    facts = WaveFacts(
        days.opens_on,
        days.closes_on,
        confirmed=workshop.confirmed,
        cancelled=workshop.cancelled_at is not None,
        workshop_held=workshop.held_at is not None,
        known_since=max((at for at in known if at), default=None),
        people=listed is not None and listed.now > 0,
    )
    return _as_stored(facts, stored) if stored else facts


def _as_stored(facts: WaveFacts, stored: Wave) -> WaveFacts:
    return replace(
        facts,
        held=stored.held_at is not None,
        opened=stored.opened_at is not None,
        sends_from=stored.sends_from,
        closed=stored.closed_at is not None,
        skipped=stored.skipped_at is not None,
        missed=stored.missed_at is not None,
        asked=stored.asked_at is not None,
    )
