"""When the next round must process a workshop; recalculated for all of them at start and once a day.

Opens and closes nothing.
"""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection

from bot.settings.office import Office
from storage.database import Between, Database, go_on
from storage.due_workshops import AT_ONCE, first_due, plan_due
from storage.fieldwork.eligible import workshops_with_eligible
from storage.fieldwork.waves import Wave, known_keys, open_waves
from storage.fieldwork.workshops import workshop_codes, workshops_with
from surveys.planning.due_workshops import next_due
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
    known, open_now = known_keys(connection, codes), defaultdict(list)
    for wave in open_waves(connection, codes):
        open_now[wave.workshop_code].append(wave)
    eligible = workshops_with_eligible(connection, office.rules.leaving_late(connection), codes)
    planned = first_due(connection, codes)
    soon: list[tuple[str, datetime]] = []
    for workshop in workshops_with(connection, codes):
        code, unknown = workshop.code, office.rules.plan_of(workshop) is None
        at_once = workshop.running and (code in eligible or unknown)
        at = AT_ONCE if at_once else next_due_of(office, workshop, known[code], open_now[code])
        if at is not None and (code not in planned or at < planned[code]):
            soon.append((code, at))
    plan_due(connection, soon)


def next_due_of(
    office: Office, workshop: Workshop, known: Collection[str], open_now: Collection[Wave]
) -> datetime | None:
    """Return when a workshop is due next if nothing changes until then; None if never.

    `known` are the keys of waves that were opened or missed.
    """
    plan = office.rules.plan_of(workshop) if workshop.running else None
    dated = plan.dated(workshop) if plan else ()
    coming = [wave.opens_on for wave in dated if wave.key not in known]
    moments = [wave.midpoint_at for wave in open_now if workshop.running]
    midpoints = [moment for moment in moments if moment is not None]
    return next_due(coming, [wave.closes_on for wave in open_now], midpoints)
