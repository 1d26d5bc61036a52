"""Enrol the checked people of a list in a workshop, or correct those who are enrolled.

Reads no file. A person is recognised by e-mail, or within the workshop by name and administration.
Stored people are read first and new ones inserted together: few statements for thousands of rows.
"""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection

from bot.access.codes import opaque_code
from bot.importing.rows.rows import Reading, Row
from bot.settings.office import Office
from storage.fieldwork.elearning_reminders import set_elearning
from storage.fieldwork.next_contact import refresh_person
from storage.people.addresses import add_address, add_addresses, identifiers_in, people_at
from storage.people.enrolments import (
    NewEnrolment,
    correct_enrolment,
    enrol_all,
    enrolments_in,
    set_declined,
)
from storage.people.participants import (
    NewParticipant,
    add_participants,
    get_participant,
    people_in,
    update_participant,
)
from surveys.elearning import Elearning
from surveys.people import Enrolment, Participant, Role

CHANNEL = "email"


@dataclass(frozen=True)
class ListedPerson:
    """One checked person of a list. `phone` serves to find duplicates in the list only.

    `refused` if the list says that the person does not want to be contacted. `elearning` is their
    status in the list, None without one.
    """

    row: Row
    name: str
    administration: str
    email: str
    language: str
    timezone: str | None
    role: Role
    about: str
    phone: str = ""
    refused: bool = False
    elearning: Elearning | None = None


@dataclass
class KnownPeople:
    """Stored people: by number, by address, and in the workshop by name and role."""

    people: dict[int, Participant] = field(default_factory=dict)
    by_email: dict[str, int] = field(default_factory=dict)
    emails: dict[int, set[str]] = field(default_factory=dict)
    by_name: dict[tuple[str, str], set[int]] = field(default_factory=dict)
    enrolled: dict[tuple[int, Role], Enrolment] = field(default_factory=dict)
    asked_about: dict[str, set[int]] = field(default_factory=dict)


class Enroller:
    """Enrols checked people in one workshop and corrects those who are enrolled."""

    def __init__(self, connection: Connection, office: Office, code: str, now: datetime) -> None:
        self._connection = connection
        self._office = office
        self._code = code
        self._now = now
        self._known = KnownPeople(
            people=people_in(connection, code), emails=identifiers_in(connection, code, CHANNEL)
        )
        for enrolment in enrolments_in(connection, code):
            self._remember(enrolment)

    def enrol(self, listed: list[ListedPerson], reading: Reading) -> dict[str, int]:
        """Enrol or correct people; return how many were "new", "changed" and "same"."""
        emails = [one.email for one in listed if one.email]
        for email, person in people_at(self._connection, CHANNEL, emails).items():
            self._known.people.setdefault(person.id, person)
            self._known.emails.setdefault(person.id, set()).add(email)
            self._known.by_email[email] = person.id
        counts = {"new": 0, "changed": 0, "same": 0}
        # Participants before the supervisors who answer about them.
        for role in (Role.PARTICIPANT, Role.SUPERVISOR, Role.CONTACT_POINT):
            self._enrol_role([one for one in listed if one.role is role], reading, counts)
        return counts

    def _enrol_role(
        self, listed: list[ListedPerson], reading: Reading, counts: dict[str, int]
    ) -> None:
        fresh: list[ListedPerson] = []
        joining: list[tuple[ListedPerson, int]] = []
        for one in listed:
            number = self._number_of(one, reading)
            if number is None:
                fresh.append(one)
            elif (number, one.role) in self._known.enrolled:
                counts[self._correct_enrolled(one, number, reading)] += 1
            else:
                self._correct_person(one, number)
                joining.append((one, number))
        joining += zip(fresh, self._new_people(fresh), strict=True)
        self._insert(joining, reading)
        counts["new"] += len(joining)

    def _new_people(self, fresh: list[ListedPerson]) -> list[int]:
        new = [
            NewParticipant(opaque_code("P"), one.name, one.language, one.timezone) for one in fresh
        ]
        numbers = add_participants(self._connection, new)
        owners = []
        for number, one, person in zip(numbers, fresh, new, strict=True):
            self._known.people[number] = Participant(
                number, person.code, person.name, person.language, person.timezone
            )
            if one.email:
                owners.append((number, one.email))
                self._known.by_email[one.email] = number
                self._known.emails[number] = {one.email}
        add_addresses(self._connection, CHANNEL, owners, self._now)
        return numbers

    def _insert(self, joining: list[tuple[ListedPerson, int]], reading: Reading) -> None:
        new = [
            NewEnrolment(
                self._code, number, one.administration, one.role, self._supervised(one, reading)
            )
            for one, number in joining
        ]
        enrolled = enrol_all(self._connection, new, self._now)
        for enrolment, (one, _) in zip(enrolled, joining, strict=True):
            self._remember(enrolment)
            if one.refused:
                set_declined(self._connection, enrolment.id, self._now, final=True)
            if one.elearning is not None:
                set_elearning(self._connection, enrolment.id, one.elearning)

    def _remember(self, enrolment: Enrolment) -> None:
        known, number = self._known, enrolment.participant_id
        person = known.people[number]
        name = person.name.casefold()
        known.enrolled[number, enrolment.role] = enrolment
        known.by_name.setdefault((enrolment.administration_code, name), set()).add(number)
        for email in known.emails.get(number, ()):
            known.by_email[email] = number
        if enrolment.role is Role.PARTICIPANT:
            for called in (name, *known.emails.get(number, ())):
                known.asked_about.setdefault(called, set()).add(enrolment.id)

    def _number_of(self, listed: ListedPerson, reading: Reading) -> int | None:
        """Return the number of the stored person of a row; None for a new person."""
        known = self._known
        number = known.by_email.get(listed.email) if listed.email else None
        if number is not None:
            person = known.people[number]
            if person.name.casefold() != listed.name.casefold():
                message = f"is a new name for {person.code}, who has the same e-mail address."
                fix = "Two people need two addresses, or none."
                reading.doubtful(listed.row, "name", message, fix)
            return number
        same = sorted(known.by_name.get((listed.administration, listed.name.casefold()), ()))
        if listed.email and any(known.emails.get(one) for one in same):
            message = "is also enrolled with another e-mail address, so this is a second person."
            reading.doubtful(listed.row, "name", message)
            same = [one for one in same if not known.emails.get(one)]
        if len(same) > 1:
            message = "is the name of several people of this workshop."
            reading.wrong(listed.row, "name", message, "Write the e-mail address.")
        return same[0] if same else None

    def _correct_enrolled(self, listed: ListedPerson, number: int, reading: Reading) -> str:
        """Correct an enrolled person; return "changed" or "same"."""
        changed = self._correct_person(listed, number)
        enrolment = self._known.enrolled[number, listed.role]
        about = self._supervised(listed, reading)
        is_right = (listed.administration, about)
        if (enrolment.administration_code, enrolment.about_enrolment_id) != is_right:
            correct_enrolment(self._connection, enrolment.id, *is_right)
            changed = True
        if listed.refused and enrolment.active and enrolment.consented_at is None:
            set_declined(self._connection, enrolment.id, self._now, final=True)
            changed = True
        if listed.elearning not in (None, enrolment.elearning):
            set_elearning(self._connection, enrolment.id, listed.elearning)
            changed = True
        if changed:
            refresh_person(self._connection, number, self._office.rules, self._now)
        return "changed" if changed else "same"

    def _correct_person(self, listed: ListedPerson, number: int) -> bool:
        """Correct address, name, language and time zone of a person; return whether any changed."""
        known, person = self._known, self._known.people[number]
        new_email = bool(listed.email) and listed.email not in known.emails.get(number, ())
        if new_email:
            add_address(self._connection, number, CHANNEL, listed.email, self._now)
            known.emails.setdefault(number, set()).add(listed.email)
            known.by_email[listed.email] = number
        # A language chosen in the chat stays if the list names none.
        language = listed.row.get("language") or person.language
        if (person.name, person.language, person.timezone) == (
            listed.name,
            language,
            listed.timezone,
        ):
            return new_email
        update_participant(
            self._connection,
            number,
            name=listed.name,
            language=language,
            timezone=listed.timezone,
        )
        known.people[number] = get_participant(self._connection, number)
        if (number, Role.PARTICIPANT) in known.enrolled:
            self._remember(known.enrolled[number, Role.PARTICIPANT])
        return True

    def _supervised(self, listed: ListedPerson, reading: Reading) -> int | None:
        """Return the enrolment a supervisor answers about; None for other roles and after a problem."""
        if listed.role is not Role.SUPERVISOR:
            return None
        found = self._known.asked_about.get(listed.about.casefold(), set())
        if len(found) != 1:
            who = "several participants" if found else "no participant"
            message = f"names {who} of this workshop."
            reading.wrong(listed.row, "about", message, "Write the participant's e-mail or name.")
            return None
        return next(iter(found))
