"""The waves in the plan of a workshop, and the state of each."""

from bot.settings.office import Office
from storage.database import NotFound
from storage.fieldwork.waves import Wave
from surveys.planning.plan import DatedWave, Plan
from surveys.workshop import Workshop


def plan_of(office: Office, workshop: Workshop) -> Plan:
    """Return the plan of a workshop with its added waves. Raise NotFound with the known plans."""
    plan = office.rules.plan_of(workshop)
    if plan is None:
        known = ", ".join(sorted(office.rules.plans))
        raise NotFound(f"There is no plan {workshop.plan!r}. Known plans: {known}.")
    return plan


def planned_wave(office: Office, workshop: Workshop, key: str) -> DatedWave:
    """Return a wave of the plan with its days. Raise NotFound with the waves of the plan."""
    plan = plan_of(office, workshop)
    planned = plan.wave(key.upper())
    if planned is None:
        keys = ", ".join(wave.key for wave in plan.waves)
        raise NotFound(f"Workshop {workshop.code} has no wave {key}. Its waves: {keys}.")
    return planned.dated(workshop)


def state_of(wave: Wave | None, workshop: Workshop) -> str:
    """Return the state of a wave in words; `wave` is None for one that has not opened."""
    if wave is None:
        if workshop.cancelled_at is not None:
            return "cancelled"
        return "planned" if workshop.confirmed else "waits for confirmed dates"
    if wave.missed_at is not None:
        return "missed"
    if wave.closed_at is not None:
        return "closed"
    return "paused" if wave.paused_at is not None else "open"
