"""Store the rows of a plan, a slice in one short transaction.

Between the slices everybody else writes too, so each slice checks that the plan still holds. A list
that is imported again goes on where an interrupted import ended.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy import Connection

from bot.access.codes import opaque_code
from bot.importing.people.corrections import Corrections, corrections, of_person
from bot.importing.people.planning import CHANNEL, ROLES, Outcome, Plan, Planned
from bot.settings.office import Office
from storage.fieldwork.elearning_reminders import set_elearning
from storage.fieldwork.next_contact import refresh_person
from storage.fieldwork.workshops import lock_workshop
from storage.people.addresses import add_addresses, identifiers_of, people_at
from storage.people.enrolments import (
    NewEnrolment,
    correct_enrolment,
    enrol_all,
    enrolled_since,
    enrolments_with,
    set_declined,
)
from storage.people.participants import (
    NewParticipant,
    add_participants,
    people_with,
    update_participant,
)
from storage.people.relinks import use_email
from surveys.people import Enrolment, Participant, Role

SLICE = 50
"""Rows in a transaction: others wait for a fraction of a second only."""


class Outdated(Exception):
    """Somebody else has changed the people of the workshop since the plan was made."""


@dataclass(frozen=True)
class Stored:
    """The ids that were stored so far, by the negative numbers of the plan."""

    people: dict[int, int] = field(default_factory=dict)
    enrolments: dict[int, int] = field(default_factory=dict)

    def person(self, number: int) -> int:
        """Return the id of a person of the plan; a negative one if it is not stored yet."""
        return self.people.get(number, number)

    def enrolment(self, number: int | None) -> int | None:
        """Return the id of an enrolment of the plan."""
        return None if number is None else self.enrolments.get(number, number)


def slices(plan: Plan) -> Iterator[list[Planned]]:
    """Yield the rows that change something, participants before their supervisors.

    Namesakes stay together unless each has an address: if the import ended between them, the second
    would be taken for the first when the list is imported again.
    """
    named: dict[tuple[Role, str, str], list[Planned]] = {}
    for row in plan.rows:
        if row.outcome is not Outcome.SAME:
            one = row.listed
            named.setdefault((one.role, one.administration, one.name.casefold()), []).append(row)
    piece: list[Planned] = []
    for rows in named.values():
        apart = all(row.listed.email for row in rows)
        for part in [[row] for row in rows] if apart else [rows]:
            piece += part
            if len(piece) >= SLICE:
                yield piece
                piece = []
    if piece:
        yield piece


@dataclass(frozen=True)
class Saver:
    """Stores slices of a plan for one workshop."""

    office: Office
    code: str
    newest: int
    now: datetime

    def save(self, connection: Connection, rows: Sequence[Planned], before: Stored) -> Stored:
        """Store a slice after those `before`; return what is stored now.

        Raise Outdated, with nothing stored, if the plan does not hold any more.
        """
        lock_workshop(connection, self.code)
        present = _Present.of(connection, [_with_ids(row, before) for row in rows])
        present.check(connection, len(before.enrolments), (self.code, self.newest))
        people = {**before.people, **self._add_people(connection, rows, before)}
        stored = Stored(people, dict(before.enrolments))
        for role in ROLES:
            new = [row for row in rows if row.outcome is Outcome.NEW and row.listed.role is role]
            stored.enrolments.update(self._enrol(connection, new, stored))
        for row in rows:
            self._correct(connection, _with_ids(row, stored), present)
        return stored

    def _add_people(
        self, connection: Connection, rows: Sequence[Planned], before: Stored
    ) -> dict[int, int]:
        """Add the people who are not stored yet; return their ids."""
        fresh = [
            row for row in rows if before.person(row.person) < 0 and row.outcome is Outcome.NEW
        ]
        firsts = {row.person: row.listed for row in fresh}
        numbers = add_participants(
            connection,
            [
                NewParticipant(opaque_code("P"), one.name, one.language, one.timezone)
                for one in firsts.values()
            ],
        )
        owners = zip(numbers, firsts.values(), strict=True)
        mailed = [(number, one.email) for number, one in owners if one.email]
        add_addresses(connection, CHANNEL, mailed, self.now)
        return dict(zip(firsts, numbers, strict=True))

    def _enrol(
        self, connection: Connection, rows: Sequence[Planned], known: Stored
    ) -> dict[int, int]:
        new = [
            NewEnrolment(
                self.code,
                known.person(row.person),
                row.listed.administration,
                row.listed.role,
                known.enrolment(row.about),
            )
            for row in rows
        ]
        enrolled = enrol_all(connection, new, self.now)
        for enrolment, row in zip(enrolled, rows, strict=True):
            if row.listed.refused:
                set_declined(connection, enrolment.id, self.now, final=True)
            if row.listed.elearning is not None:
                set_elearning(connection, enrolment.id, row.listed.elearning)
        return {row.enrolment: one.id for one, row in zip(enrolled, rows, strict=True)}

    def _correct(self, connection: Connection, row: Planned, present: "_Present") -> None:
        """Correct a person who was stored before the import, and the enrolment if there was one."""
        person = present.people.get(row.person)
        if person is None:
            return
        emails = present.emails.get(person.id, set())
        enrolment = present.enrolments.get(row.enrolment)
        if enrolment is None:
            found = Corrections(*of_person(row.listed, person, emails))
        else:
            found = corrections(row.listed, (person, enrolment), emails, row.about)
        self._apply(connection, row, found)

    def _apply(self, connection: Connection, row: Planned, found: Corrections) -> None:
        if found.email:
            use_email(connection, row.person, found.email, self.now)
        if found.details:
            name, language, timezone = found.details
            update_participant(
                connection, row.person, name=name, language=language, timezone=timezone
            )
        if found.place:
            correct_enrolment(connection, row.enrolment, *found.place)
        if found.refused:
            set_declined(connection, row.enrolment, self.now, final=True)
        if found.elearning:
            set_elearning(connection, row.enrolment, found.elearning)
        if found and row.enrolment > 0:
            refresh_person(connection, row.person, self.office.rules, self.now)


@dataclass(frozen=True)
class _Present:
    """What is stored of the people of a slice, read in its own transaction."""

    rows: Sequence[Planned]
    people: dict[int, Participant]
    enrolments: dict[int, Enrolment]
    emails: dict[int, set[str]]

    @classmethod
    def of(cls, connection: Connection, rows: Sequence[Planned]) -> "_Present":
        """Return what is stored of the people of these rows."""
        numbers = [row.person for row in rows if row.person > 0]
        return cls(
            rows,
            people_with(connection, numbers),
            enrolments_with(connection, [row.enrolment for row in rows if row.enrolment > 0]),
            identifiers_of(connection, numbers, CHANNEL),
        )

    def check(self, connection: Connection, saved: int, since: tuple[str, int]) -> None:
        """Raise Outdated if others have enrolled, merged or erased people, or taken an address."""
        emails = [row.listed.email for row in self.rows if row.listed.email]
        owners = people_at(connection, CHANNEL, emails)
        if (
            enrolled_since(connection, *since) != saved
            or any(not self._holds(row) for row in self.rows)
            or any(owner.id != self._person_of(email) for email, owner in owners.items())
        ):
            raise Outdated

    def _holds(self, row: Planned) -> bool:
        person, enrolment = self.people.get(row.person), self.enrolments.get(row.enrolment)
        is_there = row.person < 0 or (person is not None and person.erased_at is None)
        theirs = enrolment is not None and enrolment.participant_id == row.person
        return is_there and (row.enrolment < 0 or theirs)

    def _person_of(self, email: str) -> int | None:
        return next((row.person for row in self.rows if row.listed.email == email), None)


def _with_ids(row: Planned, known: Stored) -> Planned:
    """Return a row with the ids of what is stored in place of negative numbers."""
    return replace(row, person=known.person(row.person), about=known.enrolment(row.about))
