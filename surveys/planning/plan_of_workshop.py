"""The plan that a workshop follows: a packaged one or one of the office, with its own added waves."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache

from surveys.people import Role
from surveys.planning.plan import FixedDay, Plan, PlannedWave, read_offset
from surveys.planning.plans_file import KEY, read_plan
from surveys.problems import BadInput
from surveys.workshop import AddedWave, Workshop

DISTANCE = re.compile(r"(\d{1,3})\s*(d|days?|w|weeks?|m|months?)")
UNITS = {"d": "days", "w": "weeks", "m": "months"}


def plan_of_workshop(workshop: Workshop, packaged: Mapping[str, Plan]) -> Plan | None:
    """Return the plan of a workshop with its added waves; None if there is no such plan.

    A plan that another version of the program has stored and this one cannot read is none.
    """
    text = workshop.office_plan
    plan = plan_of_text(text) if text else packaged.get(workshop.plan)
    if plan is None or not workshop.added:
        return plan
    # A wave that the plan has come to have since is asked once, as the plan says.
    own = [planned(one) for one in workshop.added if plan.wave(one.key) is None]
    return replace(plan, waves=(*plan.waves, *own))


@lru_cache
def plan_of_text(text: str) -> Plan | None:
    """Return the plan of a stored text, parsed once; None if it cannot be read."""
    try:
        return read_plan(text, "plan")
    except BadInput:
        return None


def planned(added: AddedWave) -> PlannedWave:
    """Return an added wave as a wave of a plan, with the usual reminders."""
    opens = read_offset(added.opens) or FixedDay(date.fromisoformat(added.opens))
    return PlannedWave(
        key=added.key,
        role=Role(added.role),
        opens=opens,
        questionnaire=added.questionnaire,
        open_days=added.open_days,
    )


def read_distance(text: str) -> str:
    """Return a distance such as "3m", "2 weeks" or "10d" as in a plan ("3 months"); '' for others."""
    found = DISTANCE.fullmatch(text.strip().casefold())
    return f"{found[1]} {UNITS[found[2][0]]}" if found else ""


def free_key(questionnaire: str, taken: set[str]) -> str:
    """Return the key of a new wave: that of its questionnaire, or with a number if it is taken."""
    number, key = 1, questionnaire
    while key in taken or not KEY.fullmatch(key):
        number += 1
        key = f"{questionnaire[:20]}-{number}"
    return key
