"""The preview of a wave, planned or open: who is contacted when and how, who is not and why.

Reads only. The next rounds do what it says unless the data change.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import Connection

from bot.desk.waves.contact_reasons import REASONS, reason_text
from bot.desk.waves.planned_messages import PlannedMessage, PlannedPerson
from bot.fieldwork.language_of_contact import Speakers, language_gate, speakers
from bot.fieldwork.opening import without_case, zone_of_host
from bot.fieldwork.planned_waves import find_wave_now
from bot.settings.office import Office
from storage.fieldwork.case_files import load_file
from storage.fieldwork.cases import cases_in
from storage.fieldwork.eligible import left_out
from storage.fieldwork.next_contact import (
    contact_among_others,
    life_of,
    personal_hold,
    spread_of,
)
from storage.fieldwork.waves import Wave
from storage.fieldwork.workshops import get_workshop
from storage.people.administrations import all_administrations
from storage.people.enrolments import enrolments_in
from surveys.planning.calendar import Stay
from surveys.planning.contacts import ContactState, Hold, Kind, NextContact, Timing
from surveys.planning.plan import DatedWave
from surveys.planning.timezones import zone
from surveys.planning.wave_states import WaveState
from surveys.workshop import Workshop

ADDED_SOON = "is added in the next round"
BARRED = {
    WaveState.CANCELLED: Hold.CANCELLED,
    WaveState.HELD_PLANNED: Hold.HELD,
    WaveState.SKIPPED: "skipped",
    WaveState.NOT_ASKED: "missed",
    WaveState.NEEDS_YES: "needs_yes",
    WaveState.UNCONFIRMED: "not_confirmed",
}
"""Why nothing is sent in a wave that has not opened, as codes."""


@dataclass(frozen=True)
class Preview:
    """The preview of a wave: its days, state and questionnaire, and a line for each person."""

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
    """Return the preview of a wave. Raise NotFound for an unknown workshop or wave."""
    one = find_wave_now(connection, office, code, key)
    wave = one.stored
    if wave is not None and one.facts.opened:
        messages = _of_open_wave(connection, office, wave)
        shown: Wave | DatedWave = wave
        questionnaire = wave.questionnaire_key or ""
    else:
        shown = one.dated
        messages = _of_planned(connection, office, shown, now)
        barred = BARRED.get(one.state(now))
        if barred:
            messages = [message.not_sent(REASONS[barred]) for message in messages]
        questionnaire = shown.planned.questionnaire
    return Preview(
        one.workshop,
        one.key,
        shown.opens_on,
        shown.closes_on,
        one.state(now),
        questionnaire,
        tuple(messages),
        speakers(connection, shown),
    )


def _of_open_wave(connection: Connection, office: Office, wave: Wave) -> list[PlannedMessage]:
    """Return the stored next message of each case of an open wave, then the people without a case."""
    messages = []
    for case in cases_in(connection, wave.id):
        file = load_file(connection, case.id)
        at = case.next_contact_at
        stay = wave.stay(file.workshop)
        person = PlannedPerson(file.enrolment, file.participant, file.works_at, stay)
        reason = reason_text(office, case.hold)
        message = person.message(at, reason, person.choice(connection, office))
        if at is not None and case.next_contact_kind is not None:
            state, timing = life_of(connection, file, office.rules)
            ordinal = len(state.attempts) + 1
            first = NextContact(at, Kind(case.next_contact_kind), ordinal)
            message = person.with_reminders(message, state, timing, first)
        messages.append(message)
    administrations = all_administrations(connection)
    for enrolment, reason in without_case(connection, office, wave):
        person = PlannedPerson.of(connection, enrolment, administrations)
        messages.append(person.message(None, REASONS[reason] if reason else ADDED_SOON))
    return messages


def _of_planned(
    connection: Connection, office: Office, dated: DatedWave, now: datetime
) -> list[PlannedMessage]:
    """Return the next message of each person of a wave that has not opened yet."""
    administrations = all_administrations(connection)
    stay = stay_of(connection, dated)
    people = [
        replace(PlannedPerson.of(connection, enrolment, administrations), stay=stay)
        for enrolment in enrolments_in(connection, dated.workshop_code, dated.planned.role)
    ]
    gate = language_gate(connection, dated)
    messages = []
    for person in people:
        message = _planned_message(connection, office, dated, person, now)
        if message.at is not None and gate.holds_back(person.participant.language):
            message = message.not_sent(REASONS["no_translation"])
        messages.append(message)
    return messages


def stay_of(connection: Connection, dated: DatedWave) -> Stay | None:
    """Return the days of the stay at the workshop, for a wave on the host's clock; else None."""
    host = zone_of_host(connection, dated)
    workshop = get_workshop(connection, dated.workshop_code)
    return Stay(zone(host), workshop.starts_on, workshop.ends_on) if host else None


def _planned_message(
    connection: Connection, office: Office, dated: DatedWave, person: PlannedPerson, now: datetime
) -> PlannedMessage:
    enrolment = person.enrolment
    choice = person.choice(connection, office)
    personal = personal_hold(enrolment, person.participant)
    reason = left_out(connection, enrolment.id)
    if reason and personal is Hold.NONE:
        return person.message(None, REASONS[reason])
    hold = personal or (Hold.NONE if choice.address else Hold.UNREACHABLE)
    state = ContactState(dated.opens_on, dated.closes_on, hold=hold)
    timing = Timing(dated.planned.protocol, person.calendar, spread_of(enrolment.id))
    who = (enrolment.participant_id, None)
    contact = contact_among_others(connection, state, timing, who, now)
    message = person.message(contact.at, reason_text(office, contact.hold), choice)
    return person.with_reminders(message, state, timing, contact)
