"""When the next round must process a workshop; recalculated for all of them at start and once a day.

Opens and closes nothing.
"""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection

from bot.fieldwork.planned_waves import WaveNow, waves_now_in
from bot.settings.office import Office
from storage.database import Between, Database, go_on
from storage.due_workshops import AT_ONCE, first_due, plan_due
from storage.fieldwork.eligible import workshops_with_eligible
from storage.fieldwork.workshops import workshop_codes, workshops_with
from surveys.planning.due_workshops import next_due, reminder_at
from surveys.planning.wave_states import due_at
from surveys.workshop import Workshop

BATCH_SIZE = 200
"""Workshops per transaction, so that other writers wait only briefly."""


def plan_due_workshops(database: Database, office: Office, between: Between = go_on) -> None:
    """Recalculate when each workshop is due, in batches: plans may have changed since the last run.

    If the process stops in between, the next start repeats it.
    """
    codes = database.read(workshop_codes)
    for first in range(0, len(codes), BATCH_SIZE):
        between()
        database.run(_plan_batch, office, codes[first : first + BATCH_SIZE])


def _plan_batch(connection: Connection, office: Office, codes: list[str]) -> None:
    """Store an earlier due moment for the workshops of `codes` that need one.

    Workshops with people who still need a case, or with an unknown plan, are due at once.
    """
    eligible = workshops_with_eligible(connection, office.rules.leaving_late(connection), codes)
    planned = first_due(connection, codes)
    workshops = workshops_with(connection, codes)
    waves = waves_now_in(connection, office, workshops)
    soon: list[tuple[str, datetime]] = []
    for workshop in workshops:
        code, unknown = workshop.code, office.rules.plan_of(workshop) is None
        at_once = workshop.running and (code in eligible or unknown)
        at = AT_ONCE if at_once else next_due_of(workshop, waves[code])
        if at is not None and (code not in planned or at < planned[code]):
            soon.append((code, at))
    plan_due(connection, soon)


def next_due_of(workshop: Workshop, waves: Collection[WaveNow]) -> datetime | None:
    """Return when a workshop is due next if nothing changes until then; None if never."""
    stored = [one.stored for one in waves if one.stored]
    open_now = [wave for wave in stored if wave.open]
    midpoints = [wave.midpoint_at for wave in open_now if workshop.running]
    coming = [due_at(one.facts) for one in waves if one.waits]
    days = [workshop.remind_on, *(wave.remind_on for wave in stored)]
    reminders = [reminder_at(day) for day in days if day]
    moments = [*midpoints, *coming, *reminders]
    return next_due(moments, [wave.closes_on for wave in open_now])
