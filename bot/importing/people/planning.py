"""What an import of people will do, decided on one reading of the database. Writes nothing.

A person is recognised by e-mail, or within the workshop by name and administration. New people and
enrolments get negative numbers until they are stored.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection

from bot.importing.people.corrections import corrections, of_person
from bot.importing.people.listed import ListedPerson
from bot.importing.rows.rows import Reading
from storage.people.addresses import identifiers_in, people_at
from storage.people.enrolments import enrolments_in
from storage.people.participants import people_in
from surveys.people import Enrolment, Participant, Role

CHANNEL = "email"
ROLES = (Role.PARTICIPANT, Role.SUPERVISOR, Role.CONTACT_POINT)
"""Participants before the supervisors who answer about them."""
Name = tuple[str, str]


class Outcome(StrEnum):
    """What an import does with a row."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"


@dataclass(frozen=True)
class Planned:
    """One row and what becomes of it: ids of the person, of the enrolment, and of whom it is about."""

    listed: ListedPerson
    outcome: Outcome
    person: int
    enrolment: int
    about: int | None


@dataclass(frozen=True)
class Plan:
    """All rows in the order in which they are stored, and the newest enrolment that was known."""

    rows: tuple[Planned, ...]
    newest: int

    def count(self, outcome: Outcome) -> int:
        """Return how many rows have this outcome."""
        return sum(row.outcome is outcome for row in self.rows)


@dataclass
class KnownPeople:
    """Stored people: by number, by address, and in the workshop by name and role.

    `bare` are those of `by_name` without an e-mail address.
    """

    people: dict[int, Participant] = field(default_factory=dict)
    by_email: dict[str, int] = field(default_factory=dict)
    emails: dict[int, set[str]] = field(default_factory=dict)
    by_name: dict[Name, set[int]] = field(default_factory=dict)
    bare: dict[Name, set[int]] = field(default_factory=dict)
    enrolled: dict[tuple[int, Role], Enrolment] = field(default_factory=dict)
    asked_about: dict[str, set[int]] = field(default_factory=dict)

    def remember(self, enrolment: Enrolment) -> None:
        """Add an enrolment of a known person."""
        number = enrolment.participant_id
        person, emails = self.people[number], self.emails.get(number, set())
        name = person.name.casefold()
        self.enrolled[number, enrolment.role] = enrolment
        key = (enrolment.administration_code, name)
        self.by_name.setdefault(key, set()).add(number)
        bare = self.bare.setdefault(key, set())
        bare.discard(number) if emails else bare.add(number)
        self.by_email.update(dict.fromkeys(emails, number))
        if enrolment.role is Role.PARTICIPANT:
            for called in (name, *emails):
                self.asked_about.setdefault(called, set()).add(enrolment.id)

    def add_email(self, number: int, email: str) -> None:
        """Add an address to a known person."""
        self.emails.setdefault(number, set()).add(email)
        self.by_email[email] = number


def known_people(connection: Connection, code: str, emails: list[str]) -> KnownPeople:
    """Return the people of a workshop, and all others with one of these addresses."""
    known = KnownPeople(
        people=people_in(connection, code), emails=identifiers_in(connection, code, CHANNEL)
    )
    for enrolment in enrolments_in(connection, code):
        known.remember(enrolment)
    for email, person in people_at(connection, CHANNEL, emails).items():
        known.people.setdefault(person.id, person)
        known.add_email(person.id, email)
    return known


def plan_people(
    connection: Connection, code: str, listed: list[ListedPerson], reading: Reading, now: datetime
) -> Plan:
    """Return what an import of these people does; problems go to `reading`."""
    known = known_people(connection, code, [one.email for one in listed if one.email])
    newest = max((one.id for one in known.enrolled.values()), default=0)
    planner = _Planner(known, code, reading, now)
    for role in ROLES:
        planner.add([one for one in listed if one.role is role])
    return Plan(tuple(planner.rows), newest)


class _Planner:
    """Plans row by row, and knows what the rows before will have stored."""

    def __init__(self, known: KnownPeople, code: str, reading: Reading, now: datetime) -> None:
        self._known, self._code, self._reading, self._now = known, code, reading, now
        self._last = 0
        self.rows: list[Planned] = []

    def add(self, listed: Iterable[ListedPerson]) -> None:
        """Plan the people of one role; namesakes among them do not count as stored."""
        joining: list[tuple[ListedPerson, int]] = []
        fresh: list[ListedPerson] = []
        for one in listed:
            number = self._number_of(one)
            if number is None:
                fresh.append(one)
            elif (number, one.role) in self._known.enrolled:
                self._correct(one, number)
            else:
                self._correct_person(one, number)
                joining.append((one, number))
        joining += [(one, self._new_person(one)) for one in fresh]
        for one, number in joining:
            self._enrol(one, number)

    def _number_of(self, listed: ListedPerson) -> int | None:
        """Return the number of the stored person of a row; None for a new person."""
        known, reading = self._known, self._reading
        number = known.by_email.get(listed.email) if listed.email else None
        if number is not None:
            person = known.people[number]
            if person.name.casefold() != listed.name.casefold():
                who = person.code or person.name
                message = f"is a new name for {who}, who has the same e-mail address."
                fix = "Two people need two addresses, or none."
                reading.doubtful(listed.row, "name", message, fix)
            return number
        name = (listed.administration, listed.name.casefold())
        same, bare = known.by_name.get(name, set()), known.bare.get(name, set())
        if listed.email and len(same) > len(bare):
            message = "is also enrolled with another e-mail address, so this is a second person."
            reading.doubtful(listed.row, "name", message)
        matching = bare if listed.email else same
        if len(matching) > 1:
            message = "is the name of several people of this workshop."
            reading.wrong(listed.row, "name", message, "Write the e-mail address.")
        return next(iter(matching), None)

    def _new_person(self, one: ListedPerson) -> int:
        self._last -= 1
        self._known.people[self._last] = Participant(
            self._last, "", one.name, one.language, one.timezone
        )
        if one.email:
            self._known.add_email(self._last, one.email)
        return self._last

    def _enrol(self, one: ListedPerson, number: int) -> None:
        self._last -= 1
        about = self._supervised(one)
        self._known.remember(
            Enrolment(self._last, self._code, number, one.role, one.administration, self._now)
        )
        self.rows.append(Planned(one, Outcome.NEW, number, self._last, about))

    def _correct(self, one: ListedPerson, number: int) -> None:
        known = self._known
        about = self._supervised(one)
        enrolment = known.enrolled[number, one.role]
        stored = (known.people[number], enrolment)
        found = corrections(one, stored, known.emails.get(number, set()), about)
        self._correct_person(one, number)
        outcome = Outcome.CHANGED if found else Outcome.SAME
        self.rows.append(Planned(one, outcome, number, enrolment.id, about))

    def _correct_person(self, one: ListedPerson, number: int) -> None:
        known = self._known
        details, email = of_person(one, known.people[number], known.emails.get(number, set()))
        if email:
            known.add_email(number, email)
        if details:
            name, language, timezone = details
            known.people[number] = replace(
                known.people[number], name=name, language=language, timezone=timezone
            )
        if (details or email) and (number, Role.PARTICIPANT) in known.enrolled:
            known.remember(known.enrolled[number, Role.PARTICIPANT])

    def _supervised(self, listed: ListedPerson) -> int | None:
        """Return the enrolment a supervisor answers about; None for other roles and after a problem."""
        if listed.role is not Role.SUPERVISOR:
            return None
        found = self._known.asked_about.get(listed.about.casefold(), set())
        if len(found) != 1:
            who = "several participants" if found else "no participant"
            message = f"names {who} of this workshop."
            fix = "Write the participant's e-mail or name."
            self._reading.wrong(listed.row, "about", message, fix)
            return None
        return next(iter(found))
