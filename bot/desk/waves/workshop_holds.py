"""Hold a whole workshop, and release it: none of its waves opens or sends meanwhile."""

from datetime import datetime

from sqlalchemy import Connection

from bot.audit import record
from bot.desk.waves.lifecycle import NO_REASON, Why, held
from bot.desk.waves.results import WorkshopResult
from bot.fieldwork.slices import plan_first_slice
from bot.settings.office import Office
from bot.wording.days import day_words
from storage.database import Conflict
from storage.fieldwork.claims import take_back_claims
from storage.fieldwork.due_contacts import hold_contacts, plan_again
from storage.fieldwork.waves import open_waves
from storage.fieldwork.workshops import (
    get_workshop,
    lock_workshop,
    set_planned_since,
    set_workshop_held,
)
from storage.office.audit import Act
from surveys.planning.contacts import Hold


def hold_workshop(
    connection: Connection,
    office: Office,
    code: str,
    now: datetime,
    why: Why = NO_REASON,
) -> WorkshopResult:
    """Hold a workshop: no wave opens and nothing is sent until it is released."""
    before = lock_workshop(connection, code)
    if before.held_at is not None:
        return WorkshopResult(before, False, (f"{code} is on hold already. Nothing was changed.",))
    if before.cancelled_at is not None:
        raise Conflict(f"{code} is cancelled: nothing is sent anyway. Nothing was changed.")
    hold = held(office, now, why)
    set_workshop_held(connection, code, hold)
    for wave in open_waves(connection, [code]):
        take_back_claims(connection, wave.id)
        hold_contacts(connection, wave.id, Hold.HELD)
    record(connection, office, Act.WORKSHOP_HELD, code, now)
    reminds = f" Organisers are reminded on {day_words(hold.remind_on)}." if hold.remind_on else ""
    said = f"{code} is on hold. No wave opens and nothing is sent.{reminds}"
    return WorkshopResult(get_workshop(connection, code), True, (said,))


def release_workshop(
    connection: Connection, office: Office, code: str, now: datetime
) -> WorkshopResult:
    """Release a workshop. Waves whose day is near or has passed meanwhile wait for a yes."""
    before = lock_workshop(connection, code)
    if before.held_at is None:
        return WorkshopResult(before, False, (f"{code} is not on hold. Nothing was changed.",))
    set_workshop_held(connection, code, None)
    set_planned_since(connection, code, now)
    plan_again(connection, [wave.id for wave in open_waves(connection, [code])], [Hold.HELD])
    to_come = plan_first_slice(connection, office, code, now)
    record(connection, office, Act.WORKSHOP_RELEASED, code, now)
    said = f"{code} is released.{to_come}"
    return WorkshopResult(get_workshop(connection, code), True, (said,), follows=True)
