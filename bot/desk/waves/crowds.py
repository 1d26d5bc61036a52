"""The people of a workshop, those together who get the same messages on the same days."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from bot.settings.office import Office
from storage.fieldwork.eligible import reasons_not_asked
from storage.fieldwork.next_contact import personal_hold, spread_of
from storage.people.addresses_of_many import ways_in
from storage.people.administrations import all_administrations
from storage.people.enrolments import enrolments_in, roles_of
from storage.people.participants import people_in
from surveys.people import AddressState, Administration, Enrolment, Participant, Role
from surveys.planning.calendar import LocalCalendar, Stay
from surveys.planning.plan import DatedWave


@dataclass(frozen=True)
class Crowd:
    """The people of a workshop, read at once: who they are, who can be reached, where else they are."""

    enrolments: tuple[Enrolment, ...]
    people: Mapping[int, Participant]
    reachable: frozenset[int]
    roles: Mapping[int, set[tuple[str, Role]]]
    administrations: Mapping[str, Administration]

    @classmethod
    def of(cls, connection: Connection, office: Office, code: str) -> "Crowd":
        """Return the people of a workshop."""
        people = people_in(connection, code)
        works = {(channel, AddressState.ACTIVE) for channel in office.rules.channels}
        ways = ways_in(connection, code).items()
        return cls(
            enrolments=tuple(enrolments_in(connection, code)),
            people=people,
            reachable=frozenset(number for number, known in ways if known & works),
            roles=roles_of(connection, range(min(people), max(people) + 1)) if people else {},
            administrations=all_administrations(connection),
        )

    def alike(self, connection: Connection, dated: DatedWave) -> list[list[Enrolment]]:
        """Return the people of a wave that has not opened, those together who are alike.

        Of each group those come first who are contacted first on their day.
        """
        why_not = reasons_not_asked(connection, dated.workshop_code, dated.key)
        groups: dict[tuple[object, ...], list[Enrolment]] = defaultdict(list)
        for one in self.enrolments:
            if one.role is dated.planned.role:
                groups[*self._what_counts(one), why_not[one.id]].append(one)
        return [sorted(group, key=lambda one: spread_of(one.id)) for group in groups.values()]

    def calendar(self, enrolment: Enrolment, stay: Stay | None) -> LocalCalendar:
        """Return the calendar of a person."""
        zone = self.people[enrolment.participant_id].timezone
        return LocalCalendar.of(self.administrations[enrolment.works_at], zone, stay=stay)

    def _what_counts(self, enrolment: Enrolment) -> tuple[object, ...]:
        """Return on what the messages of a person depend, without what else was sent to them."""
        person = self.people[enrolment.participant_id]
        return (
            enrolment.works_at,
            person.timezone,
            person.language,
            person.paused_until,
            personal_hold(enrolment, person),
            person.id in self.reachable,
            frozenset(self.roles[person.id]),
        )
