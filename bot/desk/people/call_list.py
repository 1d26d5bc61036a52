"""The call list: people with an open or coming questionnaire whom no message reaches.

Reads only. The words for the reasons stand here and nowhere else.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.settings.office import Office
from bot.wording.days import day_at
from storage.fieldwork.cases import open_cases_of
from storage.fieldwork.next_contact import out_of_reach
from storage.fieldwork.waves import get_wave, waves_of
from storage.fieldwork.workshops import get_workshop
from storage.people.addresses import addresses_of
from storage.people.administrations import all_administrations
from storage.people.enrolments import enrolments_of
from storage.people.participants import get_participant
from surveys.people import Address, AddressState, Enrolment
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
    calls = [
        call
        for number in out_of_reach(connection, office.rules.channels)
        for enrolment in enrolments_of(connection, number)
        if enrolment.active and code in (None, enrolment.workshop_code)
        for call in _call(connection, office, enrolment, now)
    ]
    return sorted(calls, key=lambda call: (call.since, call.name))


def _call(
    connection: Connection, office: Office, enrolment: Enrolment, now: datetime
) -> list[Call]:
    """Return the call about one enrolment; [] if no wave is open or to come for it."""
    workshop = get_workshop(connection, enrolment.workshop_code)
    waiting = _open_waves(connection, enrolment)
    known = addresses_of(connection, enrolment.participant_id)
    reason, since = _lost_since(known, enrolment.enrolled_at)
    to_come = reason != NEVER_JOINED and _is_asked_later(
        connection, office, workshop, enrolment, now
    )
    if not workshop.running or not (waiting or to_come):
        return []
    participant = get_participant(connection, enrolment.participant_id)
    words, ask, command = REASONS.get(reason, ("no message gets through", ACCOUNT, ONE_CODE))
    place = all_administrations(connection)[enrolment.works_at].name
    who = (participant.code, participant.name, workshop.code, place)
    to_do = f"{ask}: {command}." if command else f"{ask}."
    return [Call(*who, words, since, waiting, to_do, f"{ask}.")]


def _open_waves(connection: Connection, enrolment: Enrolment) -> tuple[str, ...]:
    """Return the keys of the open waves that this enrolment has not completed."""
    return tuple(
        get_wave(connection, case.wave_id).key
        for case in open_cases_of(connection, enrolment.participant_id)
        if case.enrolment_id == enrolment.id and case.completed_at is None
    )


def _is_asked_later(
    connection: Connection,
    office: Office,
    workshop: Workshop,
    enrolment: Enrolment,
    now: datetime,
) -> bool:
    """Return whether a wave of the plan is still to come for this enrolment."""
    plan = office.rules.plan_of(workshop)
    stored = waves_of(connection, workshop.code)
    begun = {key for key, wave in stored.items() if not wave.waits}
    return plan is not None and any(
        wave.planned.role is enrolment.role and wave.key not in begun
        for wave in plan.dated(workshop)
        if wave.closes_on >= office.day_of(now)
    )


def _lost_since(known: list[Address], enrolled_at: datetime) -> tuple[str, datetime]:
    """Return the reason and the moment of the address that was lost last."""
    lost = [one for one in known if one.state is not AddressState.ACTIVE]
    newest = max(lost, key=lambda one: one.since or enrolled_at, default=None)
    if newest is None:
        return NEVER_JOINED, enrolled_at
    return newest.reason or newest.state, newest.since or enrolled_at


def call_text(call: Call, zone: str) -> str:
    """Return a call as an organiser reads it in chat."""
    waiting = f"open: {', '.join(call.open)}" if call.open else "no questionnaire is open now"
    return (
        f"{call.name}, {call.administration} ({call.workshop})\n"
        f"   {call.reason} since {day_at(call.since, zone)}; {waiting}\n"
        f"   {call.to_do}"
    )
