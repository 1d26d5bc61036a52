"""The stored people among whom those of a list are looked for, read from one snapshot."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import product

from sqlalchemy import Connection

from bot.importing.people import duplicates
from bot.importing.people.corrections import address_in_use
from bot.importing.people.listed import ListedPerson
from bot.importing.people.names import folded, name_key
from bot.importing.people.others import CHANNEL, Alike, Name, Others, find_others
from storage.people.addresses import people_at
from storage.people.apart import Pair, apart_among
from storage.people.enrolments import enrolments_in
from storage.people.identifiers import Identifiers, identifiers_in, identifiers_of
from storage.people.imports import last_listed_of, listed_of
from storage.people.participants import people_in, people_with
from surveys.people import Enrolment, Participant, Role


@dataclass
class KnownPeople:
    """Stored people: by number, by address, in the workshop by name and role, and elsewhere.

    `spelt` has those of the workshop by their name, `named` by its key whatever the order of its
    parts. `elsewhere` has the workshops of other people by the same key. `alike` has people whose
    names are like that of a row (by its key), each with how; `codes` the workshops of all who are not
    in this one; `apart` pairs who look like one person and are two. `said` is what the last list said
    of each enrolment, `said_elsewhere` of each other person. New people of the list are added with
    negative numbers.
    """

    people: dict[int, Participant] = field(default_factory=dict)
    by_email: dict[str, int] = field(default_factory=dict)
    emails: dict[int, Identifiers] = field(default_factory=dict)
    spelt: dict[Name, set[int]] = field(default_factory=dict)
    named: dict[Name, set[int]] = field(default_factory=dict)
    elsewhere: dict[Name, dict[int, list[str]]] = field(default_factory=dict)
    enrolled: dict[tuple[int, Role], Enrolment] = field(default_factory=dict)
    asked_about: dict[str, set[int]] = field(default_factory=dict)
    namesakes: dict[duplicates.Name, set[int]] = field(default_factory=dict)
    alike: Alike = field(default_factory=dict)
    codes: dict[int, list[str]] = field(default_factory=dict)
    apart: set[Pair] = field(default_factory=set)
    said: dict[int, dict[str, str]] = field(default_factory=dict)
    said_elsewhere: dict[int, dict[str, str]] = field(default_factory=dict)

    def remember(self, enrolment: Enrolment) -> None:
        """Add an enrolment of a known person."""
        number = enrolment.participant_id
        name, administration = self.people[number].name, enrolment.administration_code
        key = name_key(name)
        self.enrolled[number, enrolment.role] = enrolment
        self.spelt.setdefault((administration, folded(name)), set()).add(number)
        self.named.setdefault((administration, key), set()).add(number)
        if enrolment.id > 0:
            whole = (enrolment.role, administration, key)
            self.namesakes.setdefault(whole, set()).add(number)
        self.by_email.update(dict.fromkeys(self.emails.get(number, ()), number))
        if enrolment.role is Role.PARTICIPANT:
            for called in (name.casefold(), *self.emails.get(number, ())):
                self.asked_about.setdefault(called, set()).add(enrolment.id)

    def add_email(self, number: int, email: str) -> None:
        """Add an address to a known person."""
        self.emails.setdefault(number, {}).setdefault(email, True)
        self.by_email[email] = number

    def add_others(self, others: Others) -> None:
        """Add who may be on the list and is not named as stored."""
        self.elsewhere, self.alike, self.codes = others.elsewhere, others.alike, others.codes
        for key, people in others.here.items():
            self.named.setdefault(key, set()).update(people)

    def count(self, name: duplicates.Name) -> int:
        """Return how many people of a name the workshop has in a role."""
        return len(self.namesakes.get(name, ()))

    def called(self, row: ListedPerson) -> set[int]:
        """Return the stored people who have the name of a row, and its address or administration."""
        key = name_key(row.name)
        whole = (row.administration, key)
        found = {*self.named.get(whole, ()), *self.elsewhere.get(whole, ())}
        owner = self.by_email.get(row.email) if row.email else None
        if owner is not None and name_key(self.people[owner].name) == key:
            found.add(owner)
        return {number for number in found if number > 0}

    def told_apart(self, one: ListedPerson, two: ListedPerson) -> bool:
        """Return whether the office has said that two people of a list are two."""
        pairs = product(self.called(one), self.called(two)) if self.apart else ()
        return any(pair in self.apart for pair in pairs)

    def email_of(self, number: int) -> str:
        """Return the e-mail address of a person that is in use; '' if there is none."""
        return address_in_use(self.emails.get(number, {}))


def known_people(connection: Connection, code: str, listed: Sequence[ListedPerson]) -> KnownPeople:
    """Return the people of a workshop, and all others who may be among these rows."""
    known = KnownPeople(
        people=people_in(connection, code),
        emails=identifiers_in(connection, code, CHANNEL),
        said=listed_of(connection, code),
    )
    for enrolment in enrolments_in(connection, code):
        known.remember(enrolment)
    emails = [one.email for one in listed if one.email]
    for email, person in people_at(connection, CHANNEL, emails).items():
        known.people.setdefault(person.id, person)
        known.add_email(person.id, email)
    here: dict[str, list[tuple[int, str]]] = {}
    for number, enrolment in {
        one: enrolment for (one, _), enrolment in known.enrolled.items()
    }.items():
        here.setdefault(enrolment.administration_code, []).append(
            (number, known.people[number].name)
        )
    others = find_others(connection, code, listed, here)
    known.add_others(others)
    known.people |= people_with(connection, sorted(others.people - known.people.keys()))
    known.emails |= identifiers_of(connection, sorted(others.people), CHANNEL)
    enrolled = {number for number, _ in known.enrolled}
    known.said_elsewhere = last_listed_of(connection, sorted(known.people.keys() - enrolled))
    known.apart = apart_among(connection, sorted(known.people))
    return known
