"""What is stored of the people of a slice, read in its own transaction, and whether the plan holds."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from bot.importing.people.others import CHANNEL
from bot.importing.people.planning import Planned
from storage.people.addresses import people_at
from storage.people.enrolments import enrolled_since, enrolments_with
from storage.people.identifiers import Identifiers, identifiers_of
from storage.people.participants import people_with
from surveys.people import Enrolment, Participant


class Outdated(Exception):
    """Somebody else has changed the people of the workshop since the plan was made."""


@dataclass(frozen=True)
class Present:
    """The stored people, enrolments and addresses of the rows of a slice."""

    rows: Sequence[Planned]
    people: dict[int, Participant]
    enrolments: dict[int, Enrolment]
    emails: dict[int, Identifiers]

    @classmethod
    def of(cls, connection: Connection, rows: Sequence[Planned]) -> "Present":
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
        owners = people_at(connection, CHANNEL, emails, aside=False)
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
