"""Store the rows of a plan, a slice in one short transaction.

Between the slices everybody else writes too, so each slice checks that the plan still holds. A list
that is imported again goes on where an interrupted import ended.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy import Connection

from bot.access.codes import opaque_code
from bot.importing.people.corrections import (
    Corrections,
    corrections,
    of_person,
    said_of,
    values_of,
)
from bot.importing.people.others import CHANNEL
from bot.importing.people.planning import ROLES, Outcome, Plan, Planned
from bot.importing.people.present import Present
from bot.settings.office import Office
from storage.fieldwork.elearning_reminders import set_elearning
from storage.fieldwork.next_contact import refresh_person
from storage.fieldwork.workshops import lock_workshop
from storage.people.addresses import add_addresses
from storage.people.apart import put_apart
from storage.people.enrolments import NewEnrolment, correct_enrolment, enrol_all, set_declined
from storage.people.identifiers import Identifiers
from storage.people.imports import (
    ENROLLED,
    REFUSED,
    REMOVED,
    Change,
    add_changes,
    set_listed,
)
from storage.people.participants import NewParticipant, add_participants, update_participant
from storage.people.relinks import use_email
from storage.people.removals import set_removed, set_restored
from surveys.people import Enrolment, Participant, RemovalReason, Role

SLICE = 100
"""Rows in a transaction: others wait for a fraction of a second only."""


@dataclass(frozen=True)
class Stored:
    """The ids that were stored so far, by the negative numbers of the plan; and the import's own."""

    imported: int = 0
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
        present = Present.of(connection, [_with_ids(row, before) for row in rows])
        present.check(connection, len(before.enrolments), (self.code, self.newest))
        people = {**before.people, **self._add_people(connection, rows, before)}
        stored = Stored(before.imported, people, dict(before.enrolments))
        for role in ROLES:
            new = [row for row in rows if row.outcome is Outcome.NEW and row.listed.role is role]
            stored.enrolments.update(self._enrol(connection, new, stored))
        changes = [
            Change(stored.person(row.person), stored.enrolment(row.enrolment), ENROLLED)
            for row in rows
            if row.outcome is Outcome.NEW
        ]
        for row in rows:
            changes += self._correct(connection, _with_ids(row, stored), present)
        add_changes(connection, stored.imported, changes)
        return stored

    def remove(self, connection: Connection, gone: Sequence[Enrolment], stored: Stored) -> None:
        """Take people off the workshop who are not on the list any more."""
        changes = []
        for one in gone:
            if set_removed(connection, one.id, RemovalReason.WRONG_LIST, self.now):
                changes.append(Change(one.participant_id, one.id, REMOVED))
            refresh_person(connection, one.participant_id, self.office.rules, self.now)
        add_changes(connection, stored.imported, changes)

    def tell_apart(
        self, connection: Connection, pairs: Sequence[tuple[int, int]], stored: Stored
    ) -> None:
        """Store which people of the list are two, though they look alike."""
        known = [(stored.person(one), stored.person(two)) for one, two in pairs]
        put_apart(connection, [pair for pair in known if min(pair) > 0], self.now)

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
                NewParticipant(opaque_code("P"), one.name, one.language, one.timezone, one.title)
                for one in firsts.values()
            ],
        )
        owners = zip(numbers, firsts.values(), strict=True)
        mailed = [(number, one.email) for number, one in owners if one.email]
        add_addresses(connection, CHANNEL, mailed, self.now)
        added = dict(zip(firsts, numbers, strict=True))
        put_apart(connection, _apart(fresh, added), self.now)
        return added

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
                said_of(row.listed),
            )
            for row in rows
        ]
        enrolled = enrol_all(connection, new, self.now)
        for number, row in zip(enrolled, rows, strict=True):
            if row.listed.refused:
                set_declined(connection, number, self.now, final=True)
            if row.listed.elearning is not None:
                set_elearning(connection, number, row.listed.elearning)
        return {row.enrolment: number for number, row in zip(enrolled, rows, strict=True)}

    def _correct(self, connection: Connection, row: Planned, present: Present) -> list[Change]:
        """Correct a person who was stored before the import, and the enrolment if there was one."""
        person = present.people.get(row.person)
        if person is None:
            return []
        emails = present.emails.get(person.id, {})
        enrolment = present.enrolments.get(row.enrolment)
        if enrolment is None:
            found = Corrections(*of_person(row.listed, person, emails))
        else:
            found = corrections(row.listed, (person, enrolment), emails, row.about)
        self._apply(connection, row, found)
        return self._changes(found, person, enrolment, emails)

    def _changes(
        self,
        found: Corrections,
        person: Participant,
        enrolment: Enrolment | None,
        emails: Identifiers,
    ) -> list[Change]:
        """Return what corrections change, to be undone."""
        number = enrolment.id if enrolment else None
        done = [
            Change(person.id, number, *value)
            for value in values_of(found, person, enrolment, emails)
        ]
        if found.refused:
            done.append(Change(person.id, number, REFUSED, None, self.now.isoformat()))
        if found.back:
            done.append(Change(person.id, number, ENROLLED))
        return done

    def _apply(self, connection: Connection, row: Planned, found: Corrections) -> None:
        if found.email:
            # One address is in use: what a list corrects replaces the one before.
            use_email(connection, row.person, found.email, self.now)
        if found.details:
            update_participant(connection, row.person, **found.details._asdict())
        if found.place:
            correct_enrolment(connection, row.enrolment, *found.place)
        if found.refused:
            set_declined(connection, row.enrolment, self.now, final=True)
        if found.elearning:
            set_elearning(connection, row.enrolment, found.elearning)
        if found.back:
            set_restored(connection, row.enrolment)
        if found and row.enrolment > 0:
            set_listed(connection, row.enrolment, said_of(row.listed))
            refresh_person(connection, row.person, self.office.rules, self.now)


def _apart(rows: Sequence[Planned], added: Mapping[int, int]) -> Iterator[tuple[int, int]]:
    """Yield new people with the stored ones who look like them and are others."""
    for row in rows:
        yield from ((added[row.person], other) for other in row.apart)


def _with_ids(row: Planned, known: Stored) -> Planned:
    """Return a row with the ids of what is stored in place of negative numbers."""
    return replace(row, person=known.person(row.person), about=known.enrolment(row.about))
