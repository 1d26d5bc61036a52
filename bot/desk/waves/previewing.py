"""The preview of a wave, planned or open: who is contacted when and how, who is not and why.

Reads only. The next rounds do what it says unless the data change.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import Connection

from bot.desk.waves.contact_reasons import REASONS, reason_text
from bot.desk.waves.help_done import HelpPreview, help_preview
from bot.desk.waves.planned_messages import PlannedMessage, PlannedPerson, planned_people
from bot.desk.waves.timetables import Timetables, stay_of
from bot.fieldwork.language_of_contact import LanguageGate, Speakers, language_gate, speakers
from bot.fieldwork.opening import without_case
from bot.fieldwork.planned_waves import find_wave_now
from bot.settings.office import Office
from storage.fieldwork.case_files import load_file
from storage.fieldwork.cases_of_waves import cases_in
from storage.fieldwork.next_contact import personal_hold
from storage.fieldwork.waves import Wave
from storage.people.enrolments import enrolments_in
from storage.people.workshop_addresses import addresses_in
from surveys.planning.contacts import Hold, NextContact
from surveys.planning.plan import DatedWave
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
    help: HelpPreview = field(default_factory=HelpPreview)

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
        timetables = Timetables(connection, office, now, wave.closes_on)
        messages = _of_open_wave(connection, office, wave, timetables)
        shown: Wave | DatedWave = wave
        questionnaire = wave.questionnaire_key or ""
    else:
        shown = one.dated
        timetables = Timetables(connection, office, now, shown.closes_on)
        messages = _of_planned(connection, office, shown, timetables)
        barred = BARRED.get(one.state(now))
        if barred:
            lasting = _lasting(office, one.state(now))
            waits = REASONS[barred]
            messages = [it if lasting(it) else it.not_sent(waits) for it in messages]
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
        help_preview(connection, office, code, messages),
    )


def _lasting(office: Office, state: WaveState) -> Callable[[PlannedMessage], bool]:
    """Return whether somebody would not be asked after the yes of the office either."""
    late = reason_text(office, Hold.PAST_WINDOW)
    waits = state is WaveState.NEEDS_YES
    return lambda message: waits and message.at is None and message.reason != late


def _of_open_wave(
    connection: Connection, office: Office, wave: Wave, timetables: Timetables
) -> list[PlannedMessage]:
    """Return the next message of each case of an open wave, then the people without a case."""
    messages = []
    known = addresses_in(connection, wave.workshop_code)
    for case in cases_in(connection, wave.id):
        file = load_file(connection, case.id)
        stay = wave.stay(file.workshop)
        addresses = tuple(known.get(file.participant.id, ()))
        person = PlannedPerson(file.enrolment, file.participant, file.works_at, addresses, stay)
        contacts = timetables.of(file.enrolment, wave.key)
        choice = person.choice(office)
        if case.next_contact_at is None or not contacts or contacts[0].at is None:
            reason = reason_text(office, case.hold)
            messages.append(person.message(case.next_contact_at, reason, choice))
            continue
        at = max(contacts[0].at, case.next_contact_at)
        reason = reason_text(office, contacts[0].hold or case.hold)
        messages.append(person.with_kinds(person.message(at, reason, choice), contacts))
    without = without_case(connection, office, wave)
    people = planned_people(connection, wave.workshop_code, [one for one, _ in without])
    for person, (_, reason) in zip(people, without, strict=True):
        messages.append(person.message(None, REASONS[reason] if reason else ADDED_SOON))
    return messages


def _of_planned(
    connection: Connection, office: Office, dated: DatedWave, timetables: Timetables
) -> list[PlannedMessage]:
    """Return the next message of each person of a wave that has not opened yet."""
    code = dated.workshop_code
    asked = enrolments_in(connection, code, dated.planned.role)
    people = planned_people(connection, code, asked, stay_of(connection, dated))
    gate = language_gate(connection, dated)
    return [_planned_message(office, person, (timetables, dated.key), gate) for person in people]


def _planned_message(
    office: Office,
    person: PlannedPerson,
    planned: tuple[Timetables, str],
    gate: LanguageGate,
) -> PlannedMessage:
    enrolment, (timetables, key) = person.enrolment, planned
    personal = personal_hold(enrolment, person.participant)
    if personal is not Hold.NONE:
        return person.message(None, reason_text(office, personal))
    reason = timetables.why_not_asked(enrolment, key)
    if reason:
        return person.message(None, REASONS[reason])
    choice = person.choice(office)
    if not choice.address:
        return person.message(None, reason_text(office, Hold.UNREACHABLE))
    if gate.holds_back(person.participant.language):
        return person.message(None, REASONS["no_translation"])
    over = (NextContact(None, hold=Hold.PAST_WINDOW),)
    first, *rest = timetables.of(enrolment, key) or over
    message = person.message(first.at, reason_text(office, first.hold), choice)
    return person.with_kinds(message, (first, *rest))
