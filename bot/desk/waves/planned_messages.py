"""The lines of a preview: the next message to each person of a wave, or why there is none."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from bot.desk.waves.contact_reasons import calendar_warning, local_text, why_text
from bot.settings.office import Office
from storage.people.administrations import all_administrations
from storage.people.participants import people_in
from storage.people.workshop_addresses import addresses_in
from surveys.people import Address, Administration, Enrolment, Participant
from surveys.planning.calendar import LocalCalendar, Stay
from surveys.planning.channels import Choice, choose
from surveys.planning.contacts import NextContact


@dataclass(frozen=True)
class Later:
    """A reminder that follows if the person does not answer."""

    at: datetime
    local: str


@dataclass(frozen=True)
class PlannedMessage:
    """One person of a wave: when the next message is sent, through which channel, or why not.

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

    def not_sent(self, reason: str) -> "PlannedMessage":
        """Return this line without a message, and with the reason for that."""
        return replace(
            self, at=None, local="", channel="", why_channel="", later=(), reason=reason
        )


def planned_people(
    connection: Connection, code: str, enrolments: Sequence[Enrolment], stay: Stay | None = None
) -> "list[PlannedPerson]":
    """Return the people of some enrolments of a workshop, in three statements."""
    if not enrolments:
        return []
    people, places = people_in(connection, code), all_administrations(connection)
    known = addresses_in(connection, code)
    return [
        PlannedPerson(
            one,
            people[one.participant_id],
            places[one.works_at],
            tuple(known.get(one.participant_id, ())),
            stay,
        )
        for one in enrolments
    ]


@dataclass(frozen=True)
class PlannedPerson:
    """An enrolled person with the administration that gives them their calendar, and all addresses."""

    enrolment: Enrolment
    participant: Participant
    administration: Administration
    addresses: tuple[Address, ...] = ()
    stay: Stay | None = None

    @property
    def calendar(self) -> LocalCalendar:
        """The working days and the time zone of the person."""
        zone_of_person = self.participant.timezone
        return LocalCalendar.of(self.administration, zone_of_person, stay=self.stay)

    def choice(self, office: Office) -> Choice:
        """Return the address this person is contacted at, and why it is chosen."""
        channels = office.rules.channels
        return choose(self.addresses, channels, self.participant, self.administration)

    def with_kinds(
        self, message: PlannedMessage, contacts: tuple[NextContact, ...]
    ) -> PlannedMessage:
        """Return `message`, the first of some contacts, with its kind and the reminders after it."""
        moments = [one.at for one in contacts[1:] if one.at is not None]
        later = tuple(Later(at, local_text(self.calendar, at)) for at in moments)
        return replace(message, kind=contacts[0].kind or "", later=later)

    def message(
        self, at: datetime | None, reason: str, choice: Choice | None = None
    ) -> PlannedMessage:
        """Return the line of this person in a preview."""
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
            warning=calendar_warning(self.calendar, self.administration, year),
        )
