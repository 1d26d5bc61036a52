"""What an import of people will do, decided on one reading of the database. Writes nothing.

`matching` says which stored people the rows are. New people and enrolments get negative numbers
until they are stored.
"""

from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from bot.importing.people.corrections import (
    Corrections,
    Value,
    changed_by_hand,
    corrections,
    of_person,
    values_of,
)
from bot.importing.people.known import KnownPeople
from bot.importing.people.listed import ListedPerson
from bot.importing.people.matching import Matcher
from bot.importing.people.offers import by_hand, enrols_again
from bot.importing.rows.open_questions import Question
from surveys.people import Enrolment, Participant, Role

ROLES = (Role.PARTICIPANT, Role.SUPERVISOR, Role.CONTACT_POINT)
"""Participants before the supervisors who answer about them."""


class Outcome(StrEnum):
    """What an import does with a row."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Planned:
    """One row and what becomes of it: ids of the person, of the enrolment, and of whom it is about.

    `values` are those that it changes, from and to; `apart` are people who look like a new one and
    are others.
    """

    listed: ListedPerson
    outcome: Outcome
    person: int
    enrolment: int
    about: int | None
    values: tuple[Value, ...] = ()
    apart: tuple[int, ...] = ()


@dataclass(frozen=True)
class Plan:
    """All rows in the order in which they are stored, and the newest enrolment that was known.

    `gone` are people of the workshop who are not on the list any more.
    """

    rows: tuple[Planned, ...]
    newest: int
    gone: tuple[Enrolment, ...] = ()
    offers: tuple[Question, ...] = ()
    removed: tuple[ListedPerson, ...] = ()

    def count(self, outcome: Outcome) -> int:
        """Return how many rows have this outcome."""
        return sum(row.outcome is outcome for row in self.rows)

    @property
    def apart(self) -> list[tuple[int, int]]:
        """The people of this list who look alike and are two."""
        people = {row.listed.row.place: row.person for row in self.rows}
        pairs = [(row.person, people.get(row.listed.apart_from)) for row in self.rows]
        return [(one, other) for one, other in pairs if other is not None]

    def without(self, places: Set[str]) -> "Plan":
        """Return the plan without the rows at some places, and their supervisors."""
        out = {row.enrolment for row in self.rows if row.listed.row.place in places}
        left = (row for row in self.rows if not {row.enrolment, row.about} & out)
        return replace(self, rows=tuple(left)) if out else self


def plan_people(
    known: KnownPeople, code: str, matcher: Matcher, listed: list[ListedPerson], now: datetime
) -> Plan:
    """Return what an import of these people does; problems and questions go to `matcher`."""
    enrolled = list(known.enrolled.values())
    newest = max((one.id for one in enrolled), default=0)
    planner = _Planner(known, code, matcher, now)
    for role in ROLES:
        planner.add([one for one in listed if one.role is role])
    met = {row.enrolment for row in planner.rows}
    roles = {one.role for one in listed}
    here = [one for one in enrolled if one.active and one.role in roles]
    again = met & {one.id for one in here}
    gone = [
        one
        for one in here
        if again and one.id not in met and one.participant_id not in matcher.possible
    ]
    rows, offers = tuple(planner.rows), tuple(planner.offers)
    return Plan(rows, newest, tuple(gone), offers, tuple(planner.removed))


class _Planner:
    """Plans row by row, and knows what the rows before will have stored."""

    def __init__(self, known: KnownPeople, code: str, matcher: Matcher, now: datetime) -> None:
        self._known, self._code, self._matcher, self._now = known, code, matcher, now
        self._last = 0
        self.rows: list[Planned] = []
        self.offers: list[Question] = []
        self.removed: list[ListedPerson] = []

    def add(self, listed: Sequence[ListedPerson]) -> None:
        """Plan the people of one role; namesakes among them do not count as stored."""
        joining: list[tuple[ListedPerson, int]] = []
        fresh: list[ListedPerson] = []
        for one, number in list(self._matcher.match(listed)):
            if number is None:
                fresh.append(one)
            elif (number, one.role) in self._known.enrolled:
                self._correct(one, number)
            else:
                said = self._known.said_elsewhere.get(number, {})
                person = self._known.people[number]
                joining.append((self._with_ours(one, person, "", said), number))
        people = [(one, number, self._correct_person(one, number)) for one, number in joining]
        people += [(one, self._new_person(one), ()) for one in fresh]
        for one, number, values in people:
            self._enrol(one, number, values)

    def _new_person(self, one: ListedPerson) -> int:
        self._last -= 1
        self._known.people[self._last] = Participant(
            self._last, "", one.name, one.language, one.timezone, title=one.title
        )
        if one.email:
            self._known.add_email(self._last, one.email)
        return self._last

    def _enrol(self, one: ListedPerson, number: int, values: tuple[Value, ...]) -> None:
        self._last -= 1
        about = self._supervised(one)
        self._known.remember(
            Enrolment(self._last, self._code, number, one.role, one.administration, self._now)
        )
        apart = self._matcher.apart.get(one.row.place, ()) if number < 0 else ()
        self.rows.append(Planned(one, Outcome.NEW, number, self._last, about, values, apart))

    def _correct(self, one: ListedPerson, number: int) -> None:
        known = self._known
        about = self._supervised(one)
        enrolment = known.enrolled[number, one.role]
        person, emails = known.people[number], known.emails.get(number, {})
        said = known.said.get(enrolment.id, {})
        one = self._with_ours(one, person, enrolment.administration_code, said)
        found = corrections(one, (person, enrolment), emails, about)
        if found.back:
            self.removed.append(one)
            if not enrols_again(self._matcher.answers):
                self.rows.append(Planned(one, Outcome.SAME, number, enrolment.id, about))
                return
        values = values_of(found, person, enrolment, emails)
        self._correct_person(one, number)
        outcome = Outcome.CHANGED if found else Outcome.SAME
        self.rows.append(Planned(one, outcome, number, enrolment.id, about, tuple(values)))

    def _with_ours(
        self, one: ListedPerson, person: Participant, administration: str, said: dict[str, str]
    ) -> ListedPerson:
        """Return a row that leaves values that were changed by hand, unless its own are chosen."""
        changed = changed_by_hand(one, person, administration, said)
        offers = [by_hand(one, *values) for values in changed]
        self.offers += [offer for _, offer in offers]
        kept = {
            field
            for field, offer in offers
            if self._matcher.answers.get(offer.key, offer.chosen) == offer.chosen
        }
        return replace(one, kept=frozenset(kept))

    def _correct_person(self, one: ListedPerson, number: int) -> tuple[Value, ...]:
        known = self._known
        person, emails = known.people[number], known.emails.get(number, {})
        details, email = of_person(one, person, emails)
        values = values_of(Corrections(details, email), person, None, emails)
        if email:
            known.add_email(number, email)
        if details:
            known.people[number] = replace(person, **details._asdict())
        if (details or email) and (number, Role.PARTICIPANT) in known.enrolled:
            known.remember(known.enrolled[number, Role.PARTICIPANT])
        return tuple(values)

    def _supervised(self, listed: ListedPerson) -> int | None:
        """Return the enrolment a supervisor answers about; None for other roles and after a problem."""
        if listed.role is not Role.SUPERVISOR:
            return None
        found = self._known.asked_about.get(listed.about.casefold(), set())
        if len(found) != 1:
            who = "several participants" if found else "no participant"
            message = f"names {who} of this workshop."
            fix = "Write the participant's e-mail or name."
            self._matcher.reading.wrong(listed.row, "about", message, fix)
            return None
        return next(iter(found))
