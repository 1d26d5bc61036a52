"""Which plan a workshop follows. Each function is one transaction."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from bot.audit import record
from bot.desk.waves.results import WorkshopResult
from bot.desk.workshops.plans import all_plans
from bot.fieldwork.planned_waves import WaveNow, waves_if
from bot.settings.office import Office
from bot.wording.days import span_words
from storage.database import NotFound
from storage.fieldwork.plans import plan_texts
from storage.fieldwork.workshops import get_workshop, lock_workshop, put_planned
from storage.office.audit import Act
from surveys.planning.due_workshops import over_at
from surveys.planning.wave_states import WaveState
from surveys.problem_list import did_you_mean


def look_at_plan(
    connection: Connection, office: Office, code: str, key: str, now: datetime
) -> list[str]:
    """Return a line for each wave that a workshop would have with a plan, or would no longer have.

    Raise NotFound for an unknown plan.
    """
    _check(connection, office, key)
    before, text = get_workshop(connection, code), plan_texts(connection).get(key, "")
    after = replace(before, plan=key, office_plan=text, planned_since=now)
    then = waves_if(connection, office, after)
    keys = {one.key for one in then if one.planned is not None}
    gone = (one for one in waves_if(connection, office, before) if one.key not in keys)
    return [*(_then(one, now) for one in then if one.planned), *_without(gone)]


def _then(one: WaveNow, now: datetime) -> str:
    days = f"{one.title} ({one.key}): {span_words(one.opens_on, one.closes_on)}."
    if one.waits and now >= over_at(one.closes_on):
        return f"{days} That is past, so nobody is asked in it."
    return f"{days} It then needs your yes." if one.state(now) is WaveState.NEEDS_YES else days


def _without(gone: Iterator[WaveNow]) -> Iterator[str]:
    for one in gone:
        what = "has opened, and stays" if one.facts.opened else "is no longer asked"
        yield f"{one.title} ({one.key}) {what}."


def follow_plan(
    connection: Connection, office: Office, code: str, key: str, now: datetime
) -> WorkshopResult:
    """Let a workshop follow another plan. Waves that have opened stay.

    Those whose day is past or near wait for a yes. Raise NotFound for an unknown plan.
    """
    before = lock_workshop(connection, code)
    _check(connection, office, key)
    if before.plan == key:
        said = f"{before.code} follows the plan {key} already. Nothing was changed."
        return WorkshopResult(before, False, (said,))
    put_planned(connection, replace(before, plan=key), now)
    about = f"{before.code} plan {before.plan} to {key}"
    record(connection, office, Act.WORKSHOP_CHANGED, about, now)
    said = f"{before.code} follows the plan {key}, no longer {before.plan}."
    after = get_workshop(connection, before.code)
    return WorkshopResult(after, True, (f"{said} Waves that have opened stay.",), follows=True)


def _check(connection: Connection, office: Office, key: str) -> None:
    known = all_plans(connection, office)
    if key not in known:
        hint = did_you_mean(key, known)
        raise NotFound(f"There is no plan {key}. {hint} `followup plan list` shows all.")
