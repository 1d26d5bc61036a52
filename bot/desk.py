"""What organisers do: look at waves before they go out, open, pause, resume and close them.

The chat commands and the command line are thin skins over these functions. Each is one transaction
and says what it did; doing a thing twice changes nothing and says so.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, func, select

from bot import fieldwork
from bot.office import Office
from storage import waves as stored_waves
from storage.administrations import all_administrations
from storage.cases import cases_in
from storage.contacting import reachable_address, refresh, spread_of
from storage.database import Conflict, NotFound
from storage.enrolments import enrolments_in
from storage.interviews import load_file
from storage.participants import get_participant
from storage.schema import attempts, cases
from storage.waves import Wave, find_wave, waves_of
from storage.workshops import all_workshops, get_workshop
from surveys.calendar import LocalCalendar, offset_text
from surveys.contacts import Hold, Standing, next_contact
from surveys.dispositions import Outcome
from surveys.people import Administration, Enrolment
from surveys.plan import DatedWave, Plan
from surveys.workshop import Workshop

REASONS = {
    "": "",
    Hold.COMPLETED: "has answered already",
    Hold.REFUSED: "declined to take part",
    Hold.STOPPED: "asked to stop",
    Hold.CLOSED: "the wave is closed",
    Hold.PAUSED: "the wave is paused",
    Hold.CANCELLED: "the workshop is cancelled",
    Hold.UNREACHABLE: "cannot be reached: no address that works",
    Hold.IN_FLIGHT: "a message is on its way",
    Hold.LAST_REMINDER_SENT: "the last reminder has gone",
    Hold.PAST_WINDOW: "no working day is left before the last day",
    Hold.TOO_MANY_OPEN: "has two other questionnaires open",
    Hold.TOO_SOON: "was invited to another one in the last days",
    "fault": "a fault: see the log",
    "joined_late": "joined after the wave opened",
    "participant_did_not_agree": "the participant has not agreed to ask the supervisor",
}
"""Every reason why somebody is not contacted, in words for organisers."""


@dataclass(frozen=True)
class PlannedMessage:
    """One person of a wave: when the next message goes, through which channel, or why not."""

    participant: str
    name: str
    administration: str
    at: datetime | None
    local: str
    channel: str
    reason: str
    warning: str = ""


@dataclass(frozen=True)
class Preview:
    """A wave before (or while) it is open."""

    workshop: Workshop
    key: str
    opens_on: date
    closes_on: date
    state: str
    questionnaire: str
    messages: tuple[PlannedMessage, ...]

    @property
    def sent_to(self) -> tuple[PlannedMessage, ...]:
        return tuple(message for message in self.messages if message.at is not None)

    @property
    def not_sent(self) -> tuple[PlannedMessage, ...]:
        return tuple(message for message in self.messages if message.at is None)


@dataclass(frozen=True)
class WaveLine:
    """A wave in a listing."""

    key: str
    role: str
    opens_on: date
    closes_on: date
    state: str
    cases: int


@dataclass(frozen=True)
class Progress:
    """How a wave goes, in numbers of people."""

    workshop_code: str
    key: str
    state: str
    cases: int
    invited: int
    started: int
    completed: int
    not_reached: int


@dataclass(frozen=True)
class Opened:
    """The result of opening: the wave, how many cases, or since when it was open already."""

    wave: Wave
    cases: int
    already: bool


def plan_of(office: Office, workshop: Workshop) -> Plan:
    """The plan of a workshop; NotFound names the known ones."""
    plan = office.rules.plans.get(workshop.plan)
    if plan is None:
        known = ", ".join(sorted(office.rules.plans))
        raise NotFound(f"There is no plan {workshop.plan!r}. Known plans: {known}.")
    return plan


def planned_wave(office: Office, workshop: Workshop, key: str) -> DatedWave:
    """A wave of the plan with its days; NotFound names the plan's waves."""
    plan = plan_of(office, workshop)
    planned = plan.wave(key.upper())
    if planned is None:
        keys = ", ".join(wave.key for wave in plan.waves)
        raise NotFound(f"Workshop {workshop.code} has no wave {key}. Its waves: {keys}.")
    return planned.dated(workshop)


def state_of(wave: Wave | None, workshop: Workshop) -> str:
    """The state of a wave in one word."""
    if wave is None:
        if workshop.cancelled_at is not None:
            return "cancelled"
        return "planned" if workshop.confirmed else "waits for confirmed dates"
    if wave.missed_at is not None:
        return "missed"
    if wave.closed_at is not None:
        return "closed"
    return "paused" if wave.paused_at is not None else "open"


def list_waves(connection: Connection, office: Office, code: str) -> list[WaveLine]:
    """All waves of a workshop, stored or planned, in the order of the plan."""
    workshop = get_workshop(connection, code)
    stored = waves_of(connection, code)
    counts = {
        row.wave_id: row.cases
        for row in connection.execute(
            select(cases.c.wave_id, func.count().label("cases")).group_by(cases.c.wave_id)
        )
    }
    lines = []
    for dated in plan_of(office, workshop).dated(workshop):
        wave = stored.get(dated.key)
        days = (wave or dated).opens_on, (wave or dated).closes_on
        number = counts.get(wave.id, 0) if wave else 0
        lines.append(
            WaveLine(dated.key, dated.planned.role, *days, state_of(wave, workshop), number)
        )
    return lines


def preview_wave(
    connection: Connection, office: Office, code: str, key: str, now: datetime
) -> Preview:
    """Who would be asked, when in local time, through which channel; who is left out and why."""
    workshop = get_workshop(connection, code)
    dated = planned_wave(office, workshop, key)
    wave = find_wave(connection, code, dated.key)
    shown = wave or dated
    messages = (
        _of_open_wave(connection, wave)
        if wave is not None and wave.opened_at is not None
        else _of_planned(connection, office, dated, now)
    )
    return Preview(
        workshop,
        dated.key,
        shown.opens_on,
        shown.closes_on,
        state_of(wave, workshop),
        dated.planned.questionnaire,
        tuple(messages),
    )


def _of_open_wave(connection: Connection, wave: Wave) -> list[PlannedMessage]:
    """The next messages of the cases of an open wave, as they are stored."""
    messages = []
    for case in cases_in(connection, wave.id):
        file = load_file(connection, case.id)
        at = case.next_contact_at
        messages.append(
            PlannedMessage(
                participant=file.participant.code,
                name=file.participant.name,
                administration=file.administration.code,
                at=at,
                local=local_text(file.calendar, at) if at else "",
                channel="",
                reason=REASONS.get(case.hold, case.hold),
            )
        )
    return messages


def _of_planned(
    connection: Connection, office: Office, dated: DatedWave, now: datetime
) -> list[PlannedMessage]:
    administrations = all_administrations(connection)
    return [
        _planned_message(
            connection,
            office,
            dated,
            (enrolment, administrations[enrolment.administration_code]),
            now,
        )
        for enrolment in enrolments_in(connection, dated.workshop_code, dated.planned.role)
    ]


def _planned_message(
    connection: Connection,
    office: Office,
    dated: DatedWave,
    who: tuple[Enrolment, Administration],
    now: datetime,
) -> PlannedMessage:
    enrolment, administration = who
    participant = get_participant(connection, enrolment.participant_id)
    calendar = LocalCalendar.of(administration, participant.timezone)
    address = reachable_address(connection, participant.id, office.rules.channels)
    hold = Hold.NONE if address else Hold.UNREACHABLE
    hold = hold if enrolment.active and participant.stopped_at is None else _why(enrolment)
    standing = Standing(dated.opens_on, dated.closes_on, hold=hold)
    contact = next_contact(
        standing, dated.planned.protocol, calendar, now, spread_of(enrolment.id)
    )
    known = calendar.holidays_known
    return PlannedMessage(
        participant=participant.code,
        name=participant.name,
        administration=administration.code,
        at=contact.at,
        local=local_text(calendar, contact.at) if contact.at else "",
        channel=address.channel if address and contact.at else "",
        reason=REASONS.get(contact.hold, contact.hold),
        warning="" if known else f"no public holidays are known for {administration.name}",
    )


def _why(enrolment: Enrolment) -> Hold:
    return Hold.REFUSED if enrolment.refused_at is not None else Hold.STOPPED


def local_text(calendar: LocalCalendar, moment: datetime) -> str:
    """A moment on the person's clock with its offset: "Fri 8 Jun 2018 09:47 (+12:00)"."""
    local = calendar.local(moment)
    return f"{local:%a} {local.day} {local:%b %Y %H:%M} ({offset_text(local)})"


def open_wave(
    connection: Connection, office: Office, code: str, key: str, now: datetime, by: str
) -> Opened:
    """Open a planned wave now. Twice changes nothing. Conflict says why it cannot be."""
    workshop = get_workshop(connection, code)
    dated = planned_wave(office, workshop, key)
    wave = find_wave(connection, code, dated.key)
    if wave is not None:
        if wave.missed_at is not None or wave.closed_at is not None:
            state = state_of(wave, workshop)
            raise Conflict(f"{code} {dated.key} is {state} and cannot be opened.")
        return Opened(wave, len(cases_in(connection, wave.id)), already=True)
    if not workshop.running:
        raise Conflict(f"{code} is {state_of(None, workshop)}, so {dated.key} cannot be opened.")
    opened = fieldwork.opened_today(dated, now.date())
    if opened.closes_on < opened.opens_on:
        raise Conflict(f"The last day of {code} {dated.key} was {dated.closes_on}.")
    wave = fieldwork.open_wave(connection, opened, now, by)
    return Opened(wave, fieldwork.add_cases(connection, office, wave, now), already=False)


def _open_one(connection: Connection, code: str, key: str) -> Wave:
    get_workshop(connection, code)
    wave = find_wave(connection, code, key.upper())
    if wave is None or not wave.open:
        raise Conflict(f"{code} {key.upper()} is not open.")
    return wave


def pause_wave(connection: Connection, office: Office, code: str, key: str, now: datetime) -> Wave:
    """Send nothing more in a wave until it is resumed; people can still answer."""
    wave = _open_one(connection, code, key)
    if wave.paused_at is None:
        stored_waves.set_paused(connection, wave.id, now)
        _refresh_wave(connection, office, wave, now)
    return stored_waves.get_wave(connection, wave.id)


def resume_wave(
    connection: Connection, office: Office, code: str, key: str, now: datetime
) -> Wave:
    """Let a paused wave go on."""
    wave = _open_one(connection, code, key)
    if wave.paused_at is not None:
        stored_waves.set_paused(connection, wave.id, None)
        _refresh_wave(connection, office, wave, now)
    return stored_waves.get_wave(connection, wave.id)


def close_wave(connection: Connection, office: Office, code: str, key: str, now: datetime) -> Wave:
    """Close a wave before its last day; what was answered stays."""
    wave = _open_one(connection, code, key)
    fieldwork.close_wave(connection, wave, now)
    return stored_waves.get_wave(connection, wave.id)


def _refresh_wave(connection: Connection, office: Office, wave: Wave, now: datetime) -> None:
    numbers = [case.id for case in cases_in(connection, wave.id)]
    refresh(connection, numbers, office.rules, now)


def wave_progress(connection: Connection, code: str, key: str) -> Progress:
    """How an opened wave goes."""
    workshop = get_workshop(connection, code)
    wave = find_wave(connection, code, key.upper())
    if wave is None or wave.opened_at is None:
        raise Conflict(f"{code} {key.upper()} has not opened yet.")
    all_cases = cases_in(connection, wave.id)
    reached = set(
        connection.scalars(
            select(attempts.c.case_id)
            .join(cases, cases.c.id == attempts.c.case_id)
            .where(cases.c.wave_id == wave.id)
            .where(attempts.c.outcome.in_((Outcome.SENT, Outcome.UNKNOWN)))
        )
    )
    lost = [c for c in all_cases if c.hold == Hold.UNREACHABLE or c.disposition == "non_contact"]
    return Progress(
        code,
        wave.key,
        state_of(wave, workshop),
        cases=len(all_cases),
        invited=len(reached),
        started=sum(case.started_at is not None for case in all_cases),
        completed=sum(case.completed_at is not None for case in all_cases),
        not_reached=len([case for case in lost if case.id not in reached]),
    )


def workshops_with_waves(
    connection: Connection, office: Office
) -> list[tuple[Workshop, list[WaveLine]]]:
    """All workshops with their waves."""
    return [
        (workshop, list_waves(connection, office, workshop.code))
        for workshop in all_workshops(connection)
    ]
