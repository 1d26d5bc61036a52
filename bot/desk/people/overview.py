"""Everything about one person that the desk shows on one page. Reads only."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from bot.desk.people.cases import PersonCase, cases_of_person
from bot.desk.people.directory import PersonState, state_of
from bot.desk.people.history import Line, history_of
from bot.desk.people.leaving_out import waves_to_ask
from bot.desk.people.personal_data import masked
from bot.desk.people.same_person import LikelySame, likely_same
from bot.fieldwork.planned_waves import waves_now
from bot.settings.office import Office
from storage.erasure.merging import merged_into
from storage.fieldwork.workshops import get_workshop
from storage.people.addresses import addresses_of
from storage.people.administrations import all_administrations
from storage.people.enrolments import enrolments_of
from storage.people.merges import everyone_merged_into
from storage.people.office_messages import OfficeMessage, messages_of
from storage.people.participants import participant_with
from storage.people.relinks import ways_out_of_use
from surveys.people import Address, AddressState, Enrolment, Participant
from surveys.planning.wave_states import WaveState

ENDED = {WaveState.SKIPPED, WaveState.NOT_ASKED, WaveState.CANCELLED, WaveState.CLOSED}


@dataclass(frozen=True)
class Place:
    """A workshop of a person, with the enrolment."""

    title: str
    enrolment: Enrolment


@dataclass(frozen=True)
class Coming:
    """A wave that has no case of the person: its workshop and key, its first day and its state.

    `left_out` says that the office leaves the person out; `asks` that the person may be asked yet.
    """

    workshop: str
    title: str
    wave: str
    opens_on: date
    state: WaveState
    left_out: bool

    @property
    def asks(self) -> bool:
        return self.state not in ENDED


@dataclass(frozen=True)
class Way:
    """A way to reach a person, its address shortened. `works` says if it is in use."""

    channel: str
    address: str
    works: bool
    replaced: bool
    reason: str
    since: datetime | None


@dataclass(frozen=True)
class Overview:
    """A person with all that is stored, except answers. `zone` is where the person is.

    `part_of` is the entry that this one was merged into.
    """

    person: Participant
    state: PersonState
    administration: str
    zone: str
    places: tuple[Place, ...]
    cases: tuple[PersonCase, ...]
    coming: tuple[Coming, ...]
    ways: tuple[Way, ...]
    messages: tuple[OfficeMessage, ...]
    same: tuple[LikelySame, ...]
    history: tuple[Line, ...]
    part_of: Participant | None

    @property
    def still_asked(self) -> list[str]:
        """The waves that are open or to come for the person, such as "M6 of RM-2017"."""
        begun = [
            (one.wave, one.workshop)
            for one in self.cases
            if not (one.complete or one.closed or one.set_aside or one.left_out)
        ]
        coming = [(one.wave, one.workshop) for one in self.coming if one.asks and not one.left_out]
        return [f"{wave} of {workshop}" for wave, workshop in (*begun, *reversed(coming))]


def overview_of(connection: Connection, office: Office, code: str, now: datetime) -> Overview:
    """Return everything about the person with this code. NotFound if there is none."""
    person = participant_with(connection, code)
    mine = enrolments_of(connection, person.id)
    home = all_administrations(connection).get(mine[-1].works_at) if mine else None
    ways = addresses_of(connection, person.id)
    cases = cases_of_person(connection, person.id, now)
    return Overview(
        person,
        state_of(person, _states(office, ways), active=any(one.active for one in mine)),
        home.name if home else "",
        person.timezone or (home.timezone if home else ""),
        tuple(_places(connection, mine)),
        tuple(cases),
        tuple(_coming(connection, office, person.code, cases, now)),
        tuple(_way(one) for one in (*ways, *ways_out_of_use(connection, person.id))),
        tuple(_waiting(connection, person.id)),
        tuple(likely_same(connection, person.code)),
        tuple(history_of(connection, person.code)),
        merged_into(connection, person.id),
    )


def _states(office: Office, ways: list[Address]) -> list[AddressState]:
    return [one.state for one in ways if one.channel in office.rules.channels]


def _places(connection: Connection, mine: list[Enrolment]) -> list[Place]:
    newest_first = reversed(mine)
    return [Place(get_workshop(connection, one.workshop_code).title, one) for one in newest_first]


def _coming(
    connection: Connection, office: Office, code: str, cases: list[PersonCase], now: datetime
) -> list[Coming]:
    """Return the waves that have no case of a person, those that come last first."""
    begun = {(one.workshop, one.wave) for one in cases}
    asked = {(one[0], one[1]): one[2] for one in waves_to_ask(connection, office, code)}
    found = [
        Coming(workshop, wave.workshop.title, wave.key, wave.opens_on, wave.state(now), out)
        for workshop in {workshop for workshop, _ in asked}
        for wave in waves_now(connection, office, workshop)
        if (out := asked.get((workshop, wave.key))) is not None
        if (workshop, wave.key) not in begun
    ]
    return sorted(found, key=lambda one: (one.opens_on, one.workshop), reverse=True)


def _way(address: Address) -> Way:
    return Way(
        address.channel,
        masked(address),
        address.state is AddressState.ACTIVE,
        address.state is AddressState.REPLACED,
        address.reason or address.state,
        address.since,
    )


def _waiting(connection: Connection, person: int) -> list[OfficeMessage]:
    whole = everyone_merged_into(connection, [person])
    return [one for one in messages_of(connection, whole) if one.settled_at is None]
