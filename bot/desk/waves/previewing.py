"""A wave before it goes out, or while it does: who is contacted when and how, who is not and why.

Reads only. What it says is what the next rounds do, as long as the facts stay the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from bot.fieldwork.language_of_contact import Speakers, language_gate, speakers
from bot.fieldwork.opening import without_case, zone_of_host
from bot.fieldwork.planned_waves import planned_wave, state_of
from bot.settings.office import Office
from storage.fieldwork.case_files import load_file
from storage.fieldwork.cases import cases_in
from storage.fieldwork.eligible import left_out
from storage.fieldwork.next_contact import (
    chosen_address,
    contact_among_others,
    life_of,
    personal_hold,
    spread_of,
)
from storage.fieldwork.waves import Wave, find_wave
from storage.fieldwork.workshops import get_workshop
from storage.people.administrations import all_administrations
from storage.people.enrolments import enrolments_in
from storage.people.participants import get_participant
from surveys.people import Administration, Enrolment, Participant
from surveys.planning.calendar import LocalCalendar, Stay, offset_text, zone
from surveys.planning.channels import EMAIL, Choice, Why
from surveys.planning.contacts import ContactState, Hold, Kind, NextContact, Timing, following
from surveys.planning.plan import DatedWave
from surveys.workshop import Workshop

REASONS = {
    "": "",
    Hold.COMPLETED: "has answered already",
    Hold.REFUSED: "declined to take part",
    Hold.STOPPED: "asked to stop",
    Hold.HANDED_OVER: "has handed over to a successor",
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
    "missed": "the wave was missed, its days had passed",
    "not_confirmed": "the days of the workshop are not confirmed",
    "joined_late": "joined after the wave opened",
    "administration_answers_once": "another contact point answers for the administration",
    "no_translation": "waits: the questionnaire is not translated into their language",
    "participant_did_not_agree": "the participant has not agreed to ask the supervisor",
}
"""Every reason why somebody is not contacted, in words for organisers."""

WHY_CHANNEL = {
    Why.CHOSEN: "the person asked for it",
    Why.USUAL: "the usual way",
    Why.BLOCKED_THERE: "the messenger is blocked there",
    Why.UNRELIABLE_THERE: "the messenger is not reliable there",
    Why.ONLY: "the only address",
}
"""Why somebody is contacted through this channel, in words for organisers."""

NOT_SENT: dict[str, Any] = {"at": None, "local": "", "channel": "", "why_channel": "", "later": ()}
"""What is left of a message that is not sent."""
ADDED_SOON = "is added in the next round"


@dataclass(frozen=True)
class Later:
    """A reminder that follows if the person stays silent."""

    at: datetime
    local: str


@dataclass(frozen=True)
class PlannedMessage:
    """One person of a wave: when the next message goes, through which channel, or why not.

    `kind` is an invitation or a reminder; `later` are the reminders after it.
    """

    participant: str
    name: str
    administration: str
    at: datetime | None
    local: str
    channel: str
    why_channel: str
    reason: str
    warning: str = ""
    kind: str = ""
    later: tuple[Later, ...] = ()


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
    languages: tuple[Speakers, ...] = ()

    @property
    def sent_to(self) -> tuple[PlannedMessage, ...]:
        return tuple(message for message in self.messages if message.at is not None)

    @property
    def not_sent(self) -> tuple[PlannedMessage, ...]:
        return tuple(message for message in self.messages if message.at is None)


def preview_wave(
    connection: Connection, office: Office, code: str, key: str, now: datetime
) -> Preview:
    """Who would be asked, when in local time, through which channel; who is left out and why."""
    workshop = get_workshop(connection, code)
    wave = find_wave(connection, code, key.upper())
    if wave is not None and wave.opened_at is not None:
        messages = _of_open_wave(connection, office, wave)
        shown: Wave | DatedWave = wave
        questionnaire = wave.questionnaire_key or ""
    else:
        shown = planned_wave(office, workshop, key)
        messages = _of_planned(connection, office, shown, now)
        barred = _barred(wave, workshop)
        if barred:
            messages = [replace(m, **NOT_SENT, reason=REASONS[barred]) for m in messages]
        questionnaire = shown.planned.questionnaire
    return Preview(
        workshop,
        shown.key,
        shown.opens_on,
        shown.closes_on,
        state_of(wave, workshop),
        questionnaire,
        tuple(messages),
        speakers(connection, shown),
    )


def _barred(wave: Wave | None, workshop: Workshop) -> str:
    """Why a wave that never opened is asked of nobody, as a code; '' if it will be."""
    if workshop.cancelled_at is not None:
        return Hold.CANCELLED
    if wave is not None and wave.missed_at is not None:
        return "missed"
    return "" if workshop.confirmed else "not_confirmed"


def _of_open_wave(connection: Connection, office: Office, wave: Wave) -> list[PlannedMessage]:
    """The next messages of the cases of an open wave as they are stored, and who has no case."""
    messages = []
    for case in cases_in(connection, wave.id):
        file = load_file(connection, case.id)
        at = case.next_contact_at
        stay = wave.stay(file.workshop)
        someone = PlannedPerson(file.enrolment, file.participant, file.works_at, stay)
        reason = reason_text(office, case.hold)
        message = someone.message(at, reason, someone.choice(connection, office))
        if at is not None and case.next_contact_kind is not None:
            state, timing = life_of(connection, file, office.rules)
            ordinal = len(state.attempts) + 1
            first = NextContact(at, Kind(case.next_contact_kind), ordinal)
            message = someone.with_reminders(message, state, timing, first)
        messages.append(message)
    administrations = all_administrations(connection)
    for enrolment, reason in without_case(connection, office, wave):
        someone = PlannedPerson.of(connection, enrolment, administrations)
        messages.append(someone.message(None, REASONS[reason] if reason else ADDED_SOON))
    return messages


def _of_planned(
    connection: Connection, office: Office, dated: DatedWave, now: datetime
) -> list[PlannedMessage]:
    administrations = all_administrations(connection)
    stay = stay_of(connection, dated)
    people = [
        replace(PlannedPerson.of(connection, enrolment, administrations), stay=stay)
        for enrolment in enrolments_in(connection, dated.workshop_code, dated.planned.role)
    ]
    gate = language_gate(connection, dated)
    messages = []
    for someone in people:
        message = _planned_message(connection, office, dated, someone, now)
        if message.at is not None and gate.holds_back(someone.participant.language):
            message = replace(message, **NOT_SENT, reason=REASONS["no_translation"])
        messages.append(message)
    return messages


def stay_of(connection: Connection, dated: DatedWave) -> Stay | None:
    """The days at the workshop, where a planned wave is asked by the clock of its host."""
    host = zone_of_host(connection, dated)
    workshop = get_workshop(connection, dated.workshop_code)
    return Stay(zone(host), workshop.starts_on, workshop.ends_on) if host else None


@dataclass(frozen=True)
class PlannedPerson:
    """An enrolled person with the calendar of their place."""

    enrolment: Enrolment
    participant: Participant
    administration: Administration
    stay: Stay | None = None

    @property
    def calendar(self) -> LocalCalendar:
        """The working days and the clock of the person."""
        zone_of_person = self.participant.timezone
        return LocalCalendar.of(self.administration, zone_of_person, stay=self.stay)

    @classmethod
    def of(
        cls,
        connection: Connection,
        enrolment: Enrolment,
        administrations: Mapping[str, Administration],
    ) -> "PlannedPerson":
        """The person of an enrolment."""
        participant = get_participant(connection, enrolment.participant_id)
        return cls(enrolment, participant, administrations[enrolment.works_at])

    def choice(self, connection: Connection, office: Office) -> Choice:
        """The address this person is contacted at, and why this one."""
        return chosen_address(connection, self.participant, self.administration, office.rules)

    def with_reminders(
        self, message: PlannedMessage, state: ContactState, timing: Timing, first: NextContact
    ) -> PlannedMessage:
        """The line of this person with the reminders that follow the next message."""
        moments = [one.at for one in following(state, timing, first) if one.at is not None]
        later = tuple(Later(at, local_text(self.calendar, at)) for at in moments)
        return replace(message, kind=first.kind or "", later=later)

    def message(
        self, at: datetime | None, reason: str, choice: Choice | None = None
    ) -> PlannedMessage:
        """The line of this person in a preview."""
        address = choice.address if choice and at else None
        year = self.calendar.local_day(at).year if at else None
        return PlannedMessage(
            participant=self.participant.code,
            name=self.participant.name,
            administration=self.administration.code,
            at=at,
            local=local_text(self.calendar, at) if at else "",
            channel=address.channel if address else "",
            why_channel=why_text(choice) if choice and at else "",
            reason=reason,
            warning=_warning(self.calendar, self.administration, year),
        )


def _planned_message(
    connection: Connection, office: Office, dated: DatedWave, someone: PlannedPerson, now: datetime
) -> PlannedMessage:
    enrolment = someone.enrolment
    choice = someone.choice(connection, office)
    personal = personal_hold(enrolment, someone.participant)
    reason = left_out(connection, enrolment.id)
    if reason and personal is Hold.NONE:
        return someone.message(None, REASONS[reason])
    hold = personal or (Hold.NONE if choice.address else Hold.UNREACHABLE)
    state = ContactState(dated.opens_on, dated.closes_on, hold=hold)
    timing = Timing(dated.planned.protocol, someone.calendar, spread_of(enrolment.id))
    who = (enrolment.participant_id, None)
    contact = contact_among_others(connection, state, timing, who, now)
    message = someone.message(contact.at, reason_text(office, contact.hold), choice)
    return someone.with_reminders(message, state, timing, contact)


def reason_text(office: Office, hold: str) -> str:
    """Why nothing is sent in a case, in words; lists may have addresses that nobody can write to."""
    reason = REASONS.get(hold, hold)
    if hold == Hold.UNREACHABLE and EMAIL not in office.rules.channels:
        return f"{reason}; letters by e-mail are not set up"
    return reason


def why_text(choice: Choice) -> str:
    """Why this channel, in words; where another one failed, which and how."""
    if choice.why is Why.OTHER_FAILED and choice.failed is not None:
        failed = choice.failed
        return f"{failed.channel} does not work: {failed.reason or failed.state}"
    return WHY_CHANNEL.get(choice.why, "")


def _warning(calendar: LocalCalendar, administration: Administration, year: int | None) -> str:
    """What an organiser should know of the calendar of a message; '' if nothing."""
    if not calendar.holidays_known:
        return f"no public holidays are known for {administration.name}"
    if year is None or calendar.holidays_known_in(year):
        return ""
    name = administration.name
    return f"the public holidays of {name} are not known for {year}; only weekends are respected"


def local_text(calendar: LocalCalendar, moment: datetime) -> str:
    """A moment on the person's clock with its offset: "Fri 8 Jun 2018 09:47 (+12:00)"."""
    local = calendar.local(moment)
    return f"{local:%a} {local.day} {local:%b %Y %H:%M} ({offset_text(local)})"
