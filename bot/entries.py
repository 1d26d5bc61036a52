"""Putting checked people of a list into one workshop, and knowing those again who are in it.

Reads no file. A person is known by e-mail, or within the workshop by name and administration.
"""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection

from bot.codes import opaque_code
from bot.lists import Reading, Row
from bot.office import Office
from storage.contacting import refresh_person
from storage.enrolments import NewEnrolment, correct_enrolment, enrol, enrolments_in
from storage.participants import (
    NewParticipant,
    add_address,
    add_participant,
    addresses_of,
    find_address,
    get_participant,
    update_participant,
)
from surveys.people import Enrolment, Participant, Role


@dataclass(frozen=True)
class Listed:
    """One person of a list, checked."""

    row: Row
    name: str
    administration: str
    email: str
    language: str
    timezone: str | None
    role: Role
    about: str


@dataclass
class Entry:
    """Putting checked people into one workshop, and knowing those again who are in it."""

    connection: Connection
    office: Office
    code: str
    now: datetime
    enrolments: list[Enrolment] = field(default_factory=list)
    people: dict[int, Participant] = field(default_factory=dict)
    emails: dict[int, set[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for enrolment in enrolments_in(self.connection, self.code):
            self._remember(enrolment, get_participant(self.connection, enrolment.participant_id))

    def _remember(self, enrolment: Enrolment, person: Participant) -> None:
        self.enrolments.append(enrolment)
        self.people[person.id] = person
        self.emails[person.id] = {
            address.identifier
            for address in addresses_of(self.connection, person.id)
            if address.channel == "email"
        }

    def put(self, listed: Listed, reading: Reading) -> str:
        """Enrol one person, or correct what is known: "new", "changed" or "same"."""
        about = self._about(listed, reading)
        known = self._known(listed, reading)
        person = known or self._added(listed)
        changed = known is not None and self._corrected(known, listed)
        facts = NewEnrolment(self.code, person.id, listed.administration, listed.role, about)
        enrolment = self._enrolment(person, listed.role)
        if enrolment is None:
            person = get_participant(self.connection, person.id)
            self._remember(enrol(self.connection, facts, self.now), person)
            return "new"
        if (enrolment.administration_code, enrolment.about_enrolment_id) != (
            listed.administration,
            about,
        ):
            correct_enrolment(self.connection, enrolment.id, listed.administration, about)
            changed = True
        if changed:
            refresh_person(self.connection, person.id, self.office.rules, self.now)
        return "changed" if changed else "same"

    def _enrolment(self, person: Participant, role: Role) -> Enrolment | None:
        mine = (one for one in self.enrolments if one.participant_id == person.id)
        return next((one for one in mine if one.role is role), None)

    def _known(self, listed: Listed, reading: Reading) -> Participant | None:
        """The person of a row, if we know them already."""
        address = find_address(self.connection, "email", listed.email) if listed.email else None
        if address is not None:
            person = get_participant(self.connection, address.participant_id)
            if person.name.casefold() != listed.name.casefold():
                message = f"is a new name for {person.code}, who has this e-mail address."
                fix = "Two people need two addresses, or none."
                reading.doubtful(listed.row, "name", message, fix)
            return person
        same = self._named(listed)
        if listed.email and any(self.emails[number] for number in same):
            message = "is also enrolled with another e-mail address, so this is a second person."
            reading.doubtful(listed.row, "name", message)
            same = [number for number in same if not self.emails[number]]
        if len(same) > 1:
            message = "is the name of several people of this workshop."
            reading.wrong(listed.row, "name", message, "Write the e-mail address.")
        return self.people[same[0]] if same else None

    def _named(self, listed: Listed) -> list[int]:
        """Numbers of the people of this workshop with this name and administration."""
        return sorted(
            {
                one.participant_id
                for one in self.enrolments
                if one.administration_code == listed.administration
                and self.people[one.participant_id].name.casefold() == listed.name.casefold()
            }
        )

    def _added(self, listed: Listed) -> Participant:
        new = NewParticipant(opaque_code("P"), listed.name, listed.language, listed.timezone)
        person = add_participant(self.connection, new)
        if listed.email:
            add_address(self.connection, person.id, "email", listed.email, self.now)
        return person

    def _corrected(self, known: Participant, listed: Listed) -> bool:
        """Correct a person's particulars; whether anything was other than listed."""
        new_email = bool(listed.email) and listed.email not in self._emails_of(known)
        if new_email:
            add_address(self.connection, known.id, "email", listed.email, self.now)
            self.emails[known.id] = self._emails_of(known)
        # What the person chose in the chat counts more than a list that does not say.
        language = listed.row.get("language") or known.language
        wanted = (listed.name, language, listed.timezone)
        if (known.name, known.language, known.timezone) == wanted:
            return new_email
        update_participant(
            self.connection,
            known.id,
            name=listed.name,
            language=language,
            timezone=listed.timezone,
        )
        self.people[known.id] = get_participant(self.connection, known.id)
        return True

    def _emails_of(self, person: Participant) -> set[str]:
        if person.id in self.emails:
            return self.emails[person.id]
        mine = addresses_of(self.connection, person.id)
        return {address.identifier for address in mine if address.channel == "email"}

    def _about(self, listed: Listed, reading: Reading) -> int | None:
        """The enrolment a supervisor answers about."""
        if listed.role is not Role.SUPERVISOR:
            return None
        wanted = listed.about.casefold()
        found = [
            one.id
            for one in self.enrolments
            if one.role is Role.PARTICIPANT
            and wanted
            and (
                wanted in self.emails[one.participant_id]
                or wanted == self.people[one.participant_id].name.casefold()
            )
        ]
        if len(found) != 1:
            who = "several participants" if found else "no participant"
            message = f"names {who} of this workshop."
            reading.wrong(listed.row, "about", message, "Write the participant's e-mail or name.")
            return None
        return found[0]
