"""One schedule: lives that crash one after the other on one database, then a quiet end, then the count.

A seed is a schedule: one driver runs everything, so the same seed meets the same faults in the same
order.
"""

import asyncio
import random
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from functools import cache

from sqlalchemy import Connection, delete, select, update
from sqlalchemy.exc import OperationalError

from bot.settings.office import Office
from storage import schema
from storage.database import Database
from storage.due_workshops import mark_due
from storage.fieldwork.next_contact import Rules
from storage.fieldwork.workshops import put_workshop
from storage.instruments.questionnaires import publish
from storage.office.staff import StaffRole
from storage.people.addresses import add_address
from storage.people.administrations import put_administrations
from storage.people.enrolments import NewEnrolment, enrol, set_consent
from storage.people.participants import NewParticipant, add_participant
from surveys.authoring.reading import read_questionnaire
from surveys.people import AddressState, Role
from surveys.planning.administrations import packaged_administrations
from surveys.planning.plan import Plan
from surveys.planning.plans_file import packaged_plans
from surveys.questionnaire import Questionnaire
from surveys.workshop import Workshop
from tests.staff import employ
from tests.torture.driver import drive
from tests.torture.figures import Figures, answers_of_chat, attempts_by_chat
from tests.torture.outside import BOSS, NAME, Messenger
from tests.torture.people import Person
from tests.torture.process import Crash, Fuse, Life

MADE_AT = datetime(2018, 1, 10, 10, tzinfo=UTC)
MORNING = datetime(2018, 8, 8, 22, 30, tzinfo=UTC)
"""Half past ten in Fiji on the first day of the wave."""
LAST = datetime(2018, 8, 8, 23, 29, tzinfo=UTC)
"""Just before the window of the first day closes: everybody is due by then."""
DAYS = 30
MONTHS_AHEAD = timedelta(days=240)
WRONG_CLOCK = 0.1
PEOPLE = 6
KEPT = {"administrations", "workshops", "workshop_donors", "participants", "addresses"}
KEPT |= {"enrolments", "questionnaires", "alembic_version", "staff", "audit"}
QUESTIONS = """
spec: 1
key: M6
languages: [en, fr]
title: {en: Six months after the workshop, fr: Six mois après}
choices:
  use:
    - {name: yes, label: {en: Yes, fr: Oui}}
    - {name: no, label: {en: No, fr: Non}}
    - {name: not_yet, label: {en: Not yet, fr: Pas encore}}
survey:
  - {type: text, name: first, label: {en: "What did you learn?", fr: "Qu’avez-vous appris ?"}}
  - {type: select_one use, name: use, label: {en: "Do you use it?", fr: "L’utilisez-vous ?"}}
  - {type: integer, name: people, label: {en: "How many people?", fr: "Combien de personnes ?"}}
  - {type: text, name: second, label: {en: "What else?", fr: "Quoi d’autre ?"}}
  - {type: select_one use, name: again, label: {en: "Will you use it next year?", fr: "Oui ou non ?"}}
"""


@cache
def questionnaire() -> Questionnaire:
    return read_questionnaire(QUESTIONS, "M6.yaml")


def furnish(connection: Connection) -> None:
    """An office with one workshop and the people who joined it, made once for many schedules."""
    put_administrations(connection, packaged_administrations().values())
    publish(connection, questionnaire(), MADE_AT)
    days = (date(2018, 2, 5), date(2018, 2, 9))
    put_workshop(connection, Workshop("RM", "Risk management", "regional", *days, "Suva", "FJ"))
    employ(connection, (NAME, BOSS), StaffRole.ORGANISER, MADE_AT)
    for number in range(PEOPLE):
        new = NewParticipant(f"P-{number}", f"Person {number}", "en")
        person = add_participant(connection, new).id
        add_address(connection, person, NAME, f"p{number}", MADE_AT)
        wanted = NewEnrolment("RM", person, "FJ", Role.PARTICIPANT, None)
        set_consent(connection, enrol(connection, wanted, MADE_AT).id, 1, MADE_AT)


def clean(connection: Connection) -> None:
    """As it was before the wave."""
    for table in reversed(schema.metadata.sorted_tables):
        if table.name not in KEPT:
            connection.execute(delete(table))
    fresh = {"state": AddressState.ACTIVE, "reason": "", "text_number": None, "text_at": None}
    connection.execute(update(schema.addresses).values(fresh))
    connection.execute(update(schema.participants).values(stopped_at=None, language="en"))
    connection.execute(update(schema.enrolments).values(withdrawn_at=None))
    mark_due(connection, connection.scalars(select(schema.workshops.c.code)))


class Schedule:
    """The world of one seed."""

    def __init__(self, database: Database, seed: int) -> None:
        self.database = database
        self.seed = seed
        self.chance = random.Random(seed)
        people = {f"p{n}": Person(f"p{n}", questionnaire()) for n in range(PEOPLE)}
        self.messenger = Messenger(people, random.Random(seed + 1))
        six = [wave for wave in packaged_plans()["standard"].waves if wave.key == "M6"]
        self.office = Office(
            Rules({"standard": Plan("standard", tuple(six))}, (NAME,)),
        )
        self.now = MORNING
        self.crashes = 0
        self.asked = 0

    async def run(self) -> Figures:
        """Lives that crash, then one that does not and lives to the end of the wave."""
        for _ in range(self.chance.randint(2, 5)):
            # Only PostgreSQL has several processes; the chance is taken on both alike.
            together = self.chance.random() < 0.3
            together = together and not self.database.is_sqlite
            lives = [self._life(self.chance.randint(2, 90)) for _ in range(1 + together)]
            await asyncio.gather(
                *(self._lived(life, number == 0) for number, life in enumerate(lives))
            )
            self._time_passes()
        self.messenger.troubled = False
        self._says("the quiet end")
        last = self._life(None)
        await last.begins()
        # The notice may have been lost with a process.
        self.messenger.organiser_acts(looks=True)
        for day in range(DAYS):
            self.now = max(self.now, LAST + timedelta(days=day))
            await last.ticks()
            self._people_act()
            await last.hears()
        last.ends()
        return self._counted(self.database)

    def _life(self, length: int | None) -> Life:
        chance = random.Random(self.chance.random())
        trouble = 0.01 if length else 0.0
        self._says(f"a process starts, for {length} moments")
        return Life(
            self.database, self.office, self.messenger, Fuse(length, chance, trouble), self._clock
        )

    def _clock(self) -> datetime:
        """The moment, a little later each time that somebody asks."""
        self.asked += 1
        return self.now + self.asked * timedelta(milliseconds=1)

    def _says(self, what: str) -> None:
        self.messenger.trace.append(f"{self.now:%d %b %H:%M} {what}")

    async def _lived(self, life: Life, listens: bool) -> None:
        """A process until it dies, or is stopped after some rounds."""
        try:
            await life.begins()
            for _ in range(self.chance.randint(2, 8)):
                if listens:
                    self._people_act()
                work = [life.ticks(), life.hears()] if listens else [life.ticks()]
                for error in await asyncio.gather(*work, return_exceptions=True):
                    if error is not None:
                        raise error
                self.now += timedelta(minutes=self.chance.choice((0, 1, 4)))
            if self.chance.random() < WRONG_CLOCK:
                await self._clock_is_wrong(life)
            if self.chance.random() < 0.5:
                self._says("a process is stopped in the middle of a round")
                await life.stops_in_the_middle(self.chance.randint(1, 60))
        except (Crash, OperationalError):
            # A database that does not write at the start is the end of a process as well.
            self.crashes += 1
            self._says("a process dies")
        finally:
            life.ends()

    async def _clock_is_wrong(self, life: Life) -> None:
        """One round months ahead, and then the clock is right again."""
        self._says("the clock is wrong for one round")
        self.now += MONTHS_AHEAD
        try:
            await life.ticks()
        finally:
            self.now -= MONTHS_AHEAD

    def _people_act(self) -> None:
        self.messenger.organiser_acts()
        for chat in self.messenger.people:
            self.messenger.sends(chat)

    def _time_passes(self) -> None:
        """Mostly a little; sometimes an hour back, six hours or six days ahead."""
        steps = [timedelta(minutes=2)] * 5
        steps += [timedelta(hours=-1), timedelta(hours=6), timedelta(days=1), timedelta(days=6)]
        step = self.chance.choice(steps)
        self.now = max(MORNING - timedelta(hours=2), self.now + step)
        self._says(f"it is {step} later")
        if step >= timedelta(days=1):
            self.messenger.forgets()

    def _counted(self, database: Database) -> Figures:
        figures = Figures(schedules=1, crashes=self.crashes)
        people = self.messenger.people
        attempts = database.read(attempts_by_chat)
        taken = Counter(self.messenger.taken)
        for chat, person in people.items():
            mine = [one for one in attempts if one[0] == chat]
            sent = sum(outcome == "sent" for _, _, outcome in mine)
            maybe = sum(outcome in ("unknown", "leaving") for _, _, outcome in mine)
            invited = sum(k == "invitation" and o in ("sent", "unknown") for _, k, o in mine)
            figures.invitations += min(invited, taken[chat])
            figures.reminders += max(0, taken[chat] - invited)
            figures.unknown += maybe
            figures.duplicates += max(0, taken[chat] - sent - maybe) + max(0, invited - 1)
            figures.said_sent_and_was_not += max(0, sent - taken[chat])
            reached = bool(sent + maybe) or chat in self.messenger.blocked
            figures.never_contacted += not reached
            stored = database.read(answers_of_chat, chat)
            figures.confirmed += len(person.confirmed)
            lost = person.lost(stored)
            figures.lost_answers += len(lost)
            self.messenger.trace += [f"{chat} has lost {item}" for item in lost]
            nobodys = {one for one in stored.items() if one[1]} - person.given
            figures.wrong_answers += len(nobodys)
            self.messenger.trace += [f"nobody gave {one} to {chat}" for one in sorted(nobodys)]
        if figures.faults:
            figures.seeds = [self.seed]
            figures.traces = ["\n".join([f"seed {self.seed}", *self.messenger.trace])]
        return figures


def run_schedule(database: Database, seed: int) -> Figures:
    """One schedule on a furnished database."""
    database.run(clean)
    return drive(Schedule(database, seed).run(), random.Random(seed + 2))
