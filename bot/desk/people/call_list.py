"""The call list: people with an open or coming questionnaire whom no message reaches.

Reads only. The words for the reasons stand here and nowhere else.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.settings.office import Office
from bot.wording.days import day_at
from storage.fieldwork.out_of_reach import OutOfReach, out_of_reach
from storage.fieldwork.plans import office_plans
from storage.fieldwork.waves import Wave, waves_in
from storage.fieldwork.workshops import get_workshop, workshops_with
from storage.people.administrations import all_administrations
from surveys.people import Administration, Role
from surveys.planning.plan import asks_since
from surveys.workshop import Workshop

NOBODY_TO_CALL = "Everybody with a questionnaire to answer can be reached."
NEVER_JOINED = "no_address"
ONE_CODE = "`followup participants codes WORKSHOP --person PERSON`"
ACCOUNT = "Ask for the present account and give a new code"
REASONS = {
    "blocked": (
        "has blocked the bot",
        "Ask whether they want to go on. If yes: open the chat and tap Restart. If no: leave it",
        "",
    ),
    "deleted": ("the account was deleted", ACCOUNT, ONE_CODE),
    "not_found": ("the chat cannot be found", ACCOUNT, ONE_CODE),
    "no_mailbox": (
        "the e-mail address does not work",
        "Ask for the present address",
        "`followup participant email PERSON ADDRESS`",
    ),
    "moved": ("the chat has moved and cannot be found", ACCOUNT, ONE_CODE),
    NEVER_JOINED: (
        "has not joined yet",
        "Ask whether the code has arrived, or give a new one",
        ONE_CODE,
    ),
}
"""By reason: why an address does not work, what an organiser can do, and the command for it."""


@dataclass(frozen=True)
class Call:
    """A person to call about a workshop. `open` are the keys of their unfinished waves.

    `ask` is what to do in words, `to_do` the same with the command for it.
    """

    participant: str
    name: str
    workshop: str
    administration: str
    reason: str
    since: datetime
    open: tuple[str, ...]
    to_do: str
    ask: str


def call_list(
    connection: Connection, office: Office, now: datetime, code: str | None = None
) -> list[Call]:
    """Return the people to call, of one workshop or all, the longest unreachable first.

    People who have never joined are listed only when a questionnaire is open for them. Raise
    NotFound for an unknown workshop.
    """
    if code is not None:
        code = get_workshop(connection, code).code
    plans = {**office.rules.plans, **office_plans(connection)}
    since = asks_since(plans.values(), office.day_of(now))
    found = out_of_reach(connection, office.rules.channels, since, code)
    if not found:
        return []
    look_up = _look_up(connection, found)
    calls = [call for one in found for call in _call(office, look_up, one, now)]
    return sorted(calls, key=lambda call: (call.since, call.name))


@dataclass(frozen=True)
class _LookUp:
    """Workshops, their stored waves, and the names of administrations, by their codes."""

    workshops: Mapping[str, Workshop]
    waves: Mapping[str, Mapping[str, Wave]]
    places: Mapping[str, Administration]


def _look_up(connection: Connection, found: Collection[OutOfReach]) -> _LookUp:
    codes = sorted({one.enrolment.workshop_code for one in found})
    workshops = {one.code: one for one in workshops_with(connection, codes)}
    return _LookUp(workshops, waves_in(connection, codes), all_administrations(connection))


def _call(office: Office, look_up: _LookUp, one: OutOfReach, now: datetime) -> list[Call]:
    """Return the call about one enrolment; [] if no wave is open or to come for it."""
    enrolment = one.enrolment
    workshop = look_up.workshops[enrolment.workshop_code]
    stored = look_up.waves[workshop.code]
    to_come = one.lost and _is_asked_later(office, workshop, stored, enrolment.role, now)
    if not workshop.running or not (one.open or to_come):
        return []
    reason = one.lost.reason if one.lost else NEVER_JOINED
    since = one.lost.since if one.lost else enrolment.enrolled_at
    words, ask, command = REASONS.get(reason, ("no message gets through", ACCOUNT, ONE_CODE))
    who = (one.person, one.name, workshop.code, look_up.places[enrolment.works_at].name)
    to_do = f"{ask}: {command}." if command else f"{ask}."
    return [Call(*who, words, since, one.open, to_do, f"{ask}.")]


def _is_asked_later(
    office: Office, workshop: Workshop, stored: Mapping[str, Wave], role: Role, now: datetime
) -> bool:
    """Return whether a wave of the plan is still to come for people of this role."""
    plan = office.rules.plan_of(workshop)
    begun = {key for key, wave in stored.items() if not wave.waits}
    return plan is not None and any(
        wave.planned.role is role and wave.key not in begun
        for wave in plan.dated(workshop)
        if wave.closes_on >= office.day_of(now)
    )


def call_text(call: Call, zone: str) -> str:
    """Return a call as an organiser reads it in chat."""
    waiting = f"open: {', '.join(call.open)}" if call.open else "no questionnaire is open now"
    return (
        f"{call.name}, {call.administration} ({call.workshop})\n"
        f"   {call.reason} since {day_at(call.since, zone)}; {waiting}\n"
        f"   {call.to_do}"
    )
