"""How many people of a wave get a message next, and when the first of them does.

Quick for a wave of thousands: of many people who are alike only some are looked at one by one.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from bot.desk.waves.contact_reasons import local_text
from bot.desk.waves.crowds import Crowd
from bot.desk.waves.timetables import Timetables, stay_of
from bot.fieldwork.planned_waves import WaveNow
from bot.settings.office import Office
from storage.fieldwork.case_files import load_file
from storage.fieldwork.cases_of_waves import cases_in
from storage.fieldwork.eligible import enrolments_without_case
from storage.fieldwork.waves import Wave
from surveys.people import Enrolment
from surveys.planning.calendar import Stay
from surveys.planning.contacts import Hold
from surveys.planning.plan import DatedWave

LOOKED_AT = 25
"""Of so many people who are alike each one is looked at; further ones are taken to be like them."""
First = tuple[datetime, str]
"""The moment of a message, and the same in words, in local time."""


@dataclass(frozen=True)
class Outlook:
    """The number of people of a wave, of those who get a message, and when the first one does.

    `first` is in local time; '' if nobody gets one. `to_plan` are those for whom it is planned again
    in the next minutes.
    """

    people: int
    messages: int
    first: str
    to_plan: int = 0


@dataclass(frozen=True)
class Outlooks:
    """The outlooks of the waves of a workshop, from what was read once for all of them."""

    connection: Connection
    office: Office
    crowd: Crowd
    timetables: Timetables

    @classmethod
    def of(
        cls, connection: Connection, office: Office, waves: Collection[WaveNow], now: datetime
    ) -> "Outlooks":
        """Return those of all `waves` of a workshop; there is at least one."""
        until = max(one.closes_on for one in waves)
        code = next(iter(waves)).workshop.code
        timetables = Timetables(connection, office, now, until)
        return cls(connection, office, Crowd.of(connection, office, code), timetables)

    def outlook(self, one: WaveNow) -> Outlook:
        """Return the outlook of a wave that is planned or open."""
        if one.stored is not None and one.facts.opened:
            return self._of_open(one.stored)
        return self._of_planned(one.dated)

    def _of_open(self, wave: Wave) -> Outlook:
        cases = cases_in(self.connection, wave.id)
        leaving = self.office.rules.leaving_late(self.connection)
        to_come = enrolments_without_case(self.connection, wave.id, leaving)
        due = sorted((one.next_contact_at, one.id) for one in cases if one.next_contact_at)
        firsts = [self._next_of_case(wave, *one) for one in due[:LOOKED_AT]]
        outlook = _outlook(len(cases) + len(to_come), len(due), firsts)
        return replace(outlook, to_plan=sum(one.hold == Hold.TO_PLAN for one in cases))

    def _next_of_case(self, wave: Wave, planned: datetime, case: int) -> First:
        """Return the next message of a case: not before it is planned, and after those before it."""
        file = load_file(self.connection, case)
        at = max(self._next(file.enrolment, wave.key) or planned, planned)
        return at, local_text(file.calendar, at)

    def _of_planned(self, dated: DatedWave) -> Outlook:
        stay = stay_of(self.connection, dated)
        people, messages = 0, 0
        firsts: list[First] = []
        for alike in self.crowd.alike(self.connection, dated):
            found = [self._next_of_person(one, dated.key, stay) for one in alike[:LOOKED_AT]]
            sent = [one for one in found if one is not None]
            people += len(alike)
            messages += len(sent) + (len(alike[LOOKED_AT:]) if sent else 0)
            firsts += sent
        return _outlook(people, messages, firsts)

    def _next_of_person(self, enrolment: Enrolment, key: str, stay: Stay | None) -> First | None:
        at = self._next(enrolment, key)
        return (at, local_text(self.crowd.calendar(enrolment, stay), at)) if at else None

    def _next(self, enrolment: Enrolment, key: str) -> datetime | None:
        messages = self.timetables.of(enrolment, key)
        return messages[0].at if messages else None


def _outlook(people: int, messages: int, firsts: list[First]) -> Outlook:
    return Outlook(people, messages, min(firsts)[1] if firsts else "")
