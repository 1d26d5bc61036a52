"""The messages to come of people in all their workshops, as the rounds will send them."""

from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import Connection

from bot.fieldwork.language_of_contact import LanguageGate, language_gate
from bot.fieldwork.opening import zone_of_host
from bot.fieldwork.planned_waves import waves_now
from bot.settings.office import Office
from storage.fieldwork.case_files import open_files_of
from storage.fieldwork.eligible import reasons_not_asked
from storage.fieldwork.last_messages import last_message_without_case
from storage.fieldwork.next_contact import chosen_address, life_of, personal_hold, spread_of
from storage.fieldwork.workshops import get_workshop
from storage.people.administrations import all_administrations
from storage.people.enrolments import enrolments_of
from storage.people.participants import get_participant
from surveys.people import Administration, Enrolment, Participant
from surveys.planning.calendar import LocalCalendar, Stay
from surveys.planning.contacts import ContactState, Hold, NextContact, Timing
from surveys.planning.plan import DatedWave
from surveys.planning.timetable import timetable
from surveys.planning.timezones import zone
from surveys.planning.wave_states import WaveState

Messages = tuple[NextContact, ...]
Life = tuple[ContactState, Timing]


def stay_of(connection: Connection, dated: DatedWave) -> Stay | None:
    """Return the days of the stay at the workshop, for a wave on the host's clock; else None."""
    host = zone_of_host(connection, dated)
    workshop = get_workshop(connection, dated.workshop_code)
    return Stay(zone(host), workshop.starts_on, workshop.ends_on) if host else None


@dataclass(frozen=True)
class _Coming:
    """A wave that has not opened yet, with what its messages depend on for all its people."""

    dated: DatedWave
    stay: Stay | None
    gate: LanguageGate


@dataclass
class Timetables:
    """The timetables of people until a day; what several people share is read once.

    Each message is taken as delivered and without an answer.
    """

    connection: Connection
    office: Office
    now: datetime
    until: date
    _coming: dict[str, list[_Coming]] = field(default_factory=dict)
    _not_asked: dict[tuple[str, str], dict[int, str]] = field(default_factory=dict)
    _places: dict[str, Administration] = field(default_factory=dict)
    _found: dict[int, dict[tuple[int, str], Messages]] = field(default_factory=dict)

    def of(self, enrolment: Enrolment, key: str) -> Messages:
        """Return the messages to come to an enrolment in a wave; the last has no moment and says why.

        Empty if the wave will not ask it.
        """
        person = enrolment.participant_id
        if person not in self._found:
            self._found[person] = self._timetable(get_participant(self.connection, person))
        return self._found[person].get((enrolment.id, key), ())

    def why_not_asked(self, enrolment: Enrolment, key: str) -> str:
        """Return why an enrolment is not asked in a wave to come, as a code; '' if it is."""
        wave = (enrolment.workshop_code, key)
        if wave not in self._not_asked:
            self._not_asked[wave] = reasons_not_asked(self.connection, *wave)
        return self._not_asked[wave][enrolment.id]

    def _timetable(self, person: Participant) -> dict[tuple[int, str], Messages]:
        files = sorted(open_files_of(self.connection, person.id), key=lambda one: one.case.id)
        lives: dict[tuple[int, str], Life] = {
            (file.enrolment.id, file.wave.key): life_of(self.connection, file, self.office.rules)
            for file in files
        }
        for enrolment in enrolments_of(self.connection, person.id):
            lives |= self._lives_to_come(enrolment, person)
        last = last_message_without_case(self.connection, person.id)
        return dict(zip(lives, timetable([*lives.values()], self.now, last), strict=True))

    def _lives_to_come(
        self, enrolment: Enrolment, person: Participant
    ) -> dict[tuple[int, str], Life]:
        coming = [
            one
            for one in self._coming_in(enrolment.workshop_code)
            if one.dated.planned.role is enrolment.role
            and not one.gate.holds_back(person.language)
            and not self.why_not_asked(enrolment, one.dated.key)
        ]
        return {
            (enrolment.id, one.dated.key): self._life(enrolment, person, one) for one in coming
        }

    def _life(self, enrolment: Enrolment, person: Participant, coming: _Coming) -> Life:
        self._places = self._places or all_administrations(self.connection)
        works_at = self._places[enrolment.works_at]
        address = chosen_address(self.connection, person, works_at, self.office.rules).address
        hold = personal_hold(enrolment, person)
        hold = hold or (Hold.NONE if address else Hold.UNREACHABLE)
        calendar = LocalCalendar.of(works_at, person.timezone, stay=coming.stay)
        dated = coming.dated
        timing = Timing(dated.planned.protocol, calendar, spread_of(enrolment.id))
        first = max(dated.opens_on, person.paused_until or dated.opens_on)
        return ContactState(first, dated.closes_on, hold=hold), timing

    def _coming_in(self, code: str) -> list[_Coming]:
        """Return the waves of a workshop that open by the last day, in the order of their days."""
        if code not in self._coming:
            self._coming[code] = [
                _Coming(
                    dated, stay_of(self.connection, dated), language_gate(self.connection, dated)
                )
                for dated in self._planned(code)
            ]
        return self._coming[code]

    def _planned(self, code: str) -> list[DatedWave]:
        return [
            one.dated
            for one in waves_now(self.connection, self.office, code)
            if one.waits and one.state(self.now) is WaveState.PLANNED
            if one.opens_on <= self.until
        ]
