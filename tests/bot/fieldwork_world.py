"""A world for tests of the fieldwork: a real database, and channels that record and fail on demand.

The test sets the time. After each round every case is compared with a fresh calculation.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Connection, func, select

from bot.desk.waves.results import WorkshopResult
from bot.desk.waves.what_follows import with_what_follows
from bot.fieldwork.opening import without_case
from bot.fieldwork.planned_waves import waves_now
from bot.messaging.messages import (
    Card,
    Channel,
    Commanded,
    DeliveryError,
    File,
    Leave,
    Membership,
    Sender,
    check_time,
)
from bot.outbox.round_summary import RoundSummary
from bot.service.wiring import build_application
from bot.settings.office import Office
from storage import schema
from storage.database import Database
from storage.due_workshops import workshops_due
from storage.fieldwork.case_files import CaseFile, load_file
from storage.fieldwork.due_contacts import next_due_at, people_to_plan
from storage.fieldwork.next_contact import Rules, contact_of
from storage.fieldwork.waves import open_waves, waves_of
from storage.fieldwork.workshops import all_workshops, put_workshop, workshop_codes
from storage.office.staff import StaffRole
from storage.people.addresses import add_address
from storage.people.enrolments import NewEnrolment, enrol, set_consent
from storage.people.listed import listed_since
from storage.people.participants import NewParticipant, add_participant
from surveys.people import Role
from surveys.planning.due_workshops import opens_at, over_at
from surveys.planning.plan import Plan
from surveys.planning.plans_file import packaged_plans
from surveys.planning.wave_states import due_at
from surveys.workshop import Workshop
from tests.staff import employ
from tests.templates import fill_office

BOSS = "boss"
START = datetime(2018, 1, 10, 10, tzinfo=UTC)
LONG = timedelta(days=90)
ENDED = date(2018, 2, 9)
"""A Friday; six months later is Thursday 9 August 2018."""
Failure = BaseException | None

BLOCKED = DeliveryError("blocked", permanent=True)
DELETED = DeliveryError("deleted", permanent=True)
TIMED_OUT = DeliveryError("timed_out", outcome_unknown=True)
REFUSED = DeliveryError("refused")
NETWORK = DeliveryError("network")


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@dataclass
class Notebook:
    """A channel that records what it sends. `failures` maps chats to the errors of the next sends."""

    name: str = "demo"
    now: Callable[[], datetime] = lambda: START
    sent: list[tuple[datetime, str, str]] = field(default_factory=list)
    cards: list[Card] = field(default_factory=list)
    calls: int = 0
    failures: dict[str, list[Failure]] = field(default_factory=dict)
    on_call: Callable[[int, str], None] = lambda _number, _chat: None

    async def send(
        self, identifier: str, card: Card, replace: str = "", leave: Leave | None = None
    ) -> str:
        if identifier != BOSS:
            self.calls += 1
            self.on_call(self.calls, identifier)
        await check_time(leave)
        waiting = self.failures.get(identifier, [])
        failure = waiting.pop(0) if waiting else None
        if failure is not None:
            raise failure
        self.sent.append((self.now(), identifier, card.text))
        self.cards.append(card)
        return str(len(self.sent))

    async def send_file(self, identifier: str, file: File, card: Card) -> str:
        return await self.send(identifier, card)

    @property
    def to_people(self) -> list[tuple[datetime, str, str]]:
        return [one for one in self.sent if one[1] != BOSS]

    @property
    def to_boss(self) -> str:
        return "\n".join(text for _, chat, text in self.sent if chat == BOSS)

    def times(self, chat: str) -> list[datetime]:
        return [at for at, to, _ in self.sent if to == chat]

    def texts(self, chat: str) -> list[str]:
        return [text for _, to, text in self.sent if to == chat]

    def chats(self) -> list[str]:
        return sorted(chat for _, chat, _ in self.to_people)


@dataclass(frozen=True)
class Enrolled:
    """An enrolled person: numbers of the rows, and the chat."""

    participant: int
    enrolment: int
    chat: str
    address: int


class World:
    """One process on a database, with a clock that the test sets."""

    def __init__(
        self,
        database: Database,
        now: datetime = START,
        ways: tuple[str, ...] = ("demo", "email"),
    ) -> None:
        self.database = database
        self.now = now
        self.ways = ways
        self.plans: dict[str, Plan] = dict(packaged_plans())
        self.channel = Notebook(now=lambda: self.now)
        self.mail = Notebook("email", now=lambda: self.now)
        self.database.run(fill_office)
        self.database.run(employ, ("demo", BOSS), StaffRole.ORGANISER, START, "Boss")
        self._begin(database)

    def _begin(self, database: Database) -> None:
        self.database = database
        self.office = Office(
            Rules(self.plans, self.ways),
            public_url="https://followup.example.org",
        )
        self.channels: dict[str, Channel] = {"demo": self.channel, "email": self.mail}
        self.application = build_application(
            database, self.office, self.channels, lambda: self.now
        )
        self.rounds = self.application.rounds

    def keeps_only(self, *keys: str) -> None:
        """Reduce the standard plan to these waves."""
        waves = packaged_plans()["standard"].waves
        self.plans["standard"] = Plan("standard", tuple(one for one in waves if one.key in keys))

    def close(self) -> None:
        self.application.transactions.close()

    async def restart(self) -> int:
        """End the process and start another one on the same database."""
        url = self.database.url.render_as_string(hide_password=False)
        self.application.transactions.close()
        self._begin(Database(url))
        return await self.rounds.recover()

    # People and workshops

    def workshop(self, code: str = "RM", ends: date = ENDED, **facts: object) -> str:
        starts = ends - timedelta(days=4)
        workshop = Workshop(code, f"Workshop {code}", "regional", starts, ends, "Suva", "FJ")
        for name, value in facts.items():
            object.__setattr__(workshop, name, value)
        self.database.run(put_workshop, workshop)
        return code

    def enrol(
        self,
        name: str,
        place: str = "FJ",
        workshop: str = "RM",
        role: Role = Role.PARTICIPANT,
        **facts: object,
    ) -> Enrolled:
        """Enrol a person who has agreed and whose chat has their name; `chat=""` for no chat.

        With `email` they have that address too; `came` is when they were enrolled.
        """
        return self.database.run(_enrolled, (name, place, workshop, role), facts, self.now)

    async def blocks(self, who: Enrolled, *, active: bool = False) -> None:
        """Let the person block the bot, or unblock it."""
        await self.application.reception.receive(Membership(Sender("demo", who.chat), active))
        self.check()

    async def stops(self, who: Enrolled) -> None:
        """Let the person ask for no more messages."""
        await self.application.reception.receive(Commanded(Sender("demo", who.chat), "stop"))
        self.check()

    # Time

    async def tick(self, now: datetime | None = None) -> RoundSummary:
        """Run a round and check every case against a fresh calculation."""
        self.now = now or self.now
        done = await self.rounds.tick()
        self.check()
        return done

    async def _tick_on_the_way(self, now: datetime) -> None:
        """Run a round; check it on SQLite only: it is one rule, and its statements are the same."""
        self.now = now
        await self.rounds.tick()
        if self.database.is_sqlite:
            self.check()

    async def until(self, end: datetime) -> None:
        """Run a round now, and whenever a message is due or a wave opens or closes."""
        await self._tick_on_the_way(min(end, self.now + timedelta(minutes=1)))
        while self.now < end:
            due = self.database.read(next_due_at)
            turns = self.database.read(_turns, self.plans)
            moments = [end, *(turn for turn in turns if turn > self.now)]
            moments += [max(due, self.now + timedelta(minutes=1))] if due else []
            await self._tick_on_the_way(min(moments))
        self.check()

    # Invariants

    def replan(self, act: Callable[..., WorkshopResult], *args: object) -> WorkshopResult:
        """What an act on a workshop says, and what follows from it, as the office reads it."""
        done = self.database.run(act, self.office, *args, self.now)
        return self.database.read(with_what_follows, self.office, done, self.now)

    def check(self) -> None:
        """Compare every case with a fresh calculation, and find workshops that are forgotten."""
        for file, fresh in self.database.read(_recomputed, self.office, self.now):
            stored = file.case.next_contact_at
            assert stored == fresh or (stored and fresh and stored <= self.now), (
                file.participant.name, file.wave.key, stored, fresh, file.case.hold
            )  # fmt: skip

        forgotten = self.database.read(_forgotten, self.office, self.now)
        assert not forgotten, f"no round is going to look at {forgotten}"

    def check_messages(self) -> None:
        """Check all messages so far: within the contact hours, and one invitation per case."""
        found = self.database.read(_attempts, self.office)
        reached = [one for one in found if one.outcome in ("sent", "unknown", "claimed")]
        for file, at in ((one.file, one.at) for one in reached):
            assert file.calendar.in_window(at), (file.participant.name, at)
        invited = [one.file.case.id for one in reached if one.kind == "invitation"]
        assert len(invited) == len(set(invited))

    def cases(self) -> dict[tuple[str, str], CaseFile]:
        """Return all cases by name of the person and key of the wave."""
        files = self.database.read(all_files)
        return {(file.participant.name, file.wave.key): file for file in files}

    def outcomes(self, name: str) -> list[tuple[str, str, str]]:
        """Return kind, outcome and detail of the attempts of a person, oldest first."""
        found = self.database.read(_attempts, self.office)
        return [
            (one.kind, one.outcome, one.detail)
            for one in found
            if one.file.participant.name == name
        ]

    def count(self, table: str) -> int:
        counted = select(func.count()).select_from(schema.metadata.tables[table])
        return self.database.read(lambda c: c.scalar(counted) or 0)


def _enrolled(
    connection: Connection,
    who: tuple[str, str, str, Role],
    facts: Mapping[str, object],
    now: datetime,
) -> Enrolled:
    name, place, workshop, role = who
    same = facts.get("same_as")
    if isinstance(same, Enrolled):
        number, chat, address = same.participant, same.chat, same.address
    else:
        zone = facts.get("timezone")
        new = NewParticipant(f"P-{name.upper()}", name, "en", str(zone) if zone else None)
        number = add_participant(connection, new).id
        chat = str(facts.get("chat", name.lower()))
        address = add_address(connection, number, "demo", chat, now).id if chat else 0
        if facts.get("email"):
            add_address(connection, number, "email", str(facts["email"]), now)
    about = facts.get("about")
    about_id = about.enrolment if isinstance(about, Enrolled) else None
    # The list has come long before, unless the test says when.
    known = (workshop, role) in listed_since(connection, [workshop])
    came = facts.get("came", now if known else min(now, START - LONG))
    assert isinstance(came, datetime)
    enrolment = enrol(connection, NewEnrolment(workshop, number, place, role, about_id), came)
    if facts.get("agreed", True):
        set_consent(connection, enrolment.id, 1, now)
    return Enrolled(number, enrolment.id, chat, address)


def _forgotten(connection: Connection, office: Office, now: datetime) -> set[str]:
    """Return the workshops with something to do that are not planned for a round."""
    open_now = open_waves(connection, workshop_codes(connection))
    found = {wave.workshop_code for wave in open_now if now >= over_at(wave.closes_on)}
    for workshop in all_workshops(connection):
        found |= {workshop.code} if people_to_plan(connection, workshop.code, 1) else set()
        if workshop.running and workshop.plan in office.rules.plans:
            stored = waves_of(connection, workshop.code)
            found |= {
                workshop.code
                for wave in waves_now(connection, office, workshop.code)
                if wave.waits and (due_at(wave.facts) or now + LONG) <= now
            }
            found |= {
                workshop.code
                for wave in stored.values()
                if wave.open
                for _, left_out in without_case(connection, office, wave)
                if not left_out
            }
    return found - set(workshops_due(connection, now))


def _turns(connection: Connection, plans: Mapping[str, Plan]) -> list[datetime]:
    """Return the times when waves open and close."""
    dated = [
        wave
        for workshop in all_workshops(connection)
        if workshop.plan in plans
        for wave in plans[workshop.plan].dated(workshop)
    ]
    turns = [opens_at(wave.opens_on) for wave in dated]
    turns += [over_at(wave.closes_on) for wave in dated]
    open_now = open_waves(connection, workshop_codes(connection))
    return turns + [over_at(wave.closes_on) for wave in open_now]


def all_files(connection: Connection) -> list[CaseFile]:
    numbers = connection.scalars(select(schema.cases.c.id).order_by(schema.cases.c.id))
    return [load_file(connection, number) for number in numbers.all()]


def _recomputed(
    connection: Connection, office: Office, now: datetime
) -> Iterable[tuple[CaseFile, datetime | None]]:
    return [
        (file, contact_of(connection, file, office.rules, now).at)
        for file in all_files(connection)
        if file.case.hold not in ("fault", "to_plan")
    ]


@dataclass(frozen=True)
class Attempt:
    """A stored attempt with its case."""

    file: CaseFile
    kind: str
    at: datetime
    outcome: str
    detail: str


def _attempts(connection: Connection, office: Office) -> list[Attempt]:
    files = {file.case.id: file for file in all_files(connection)}
    rows = connection.execute(select(schema.attempts).order_by(schema.attempts.c.id))
    return [
        Attempt(files[row.case_id], row.kind, row.claimed_at, row.outcome, row.detail)
        for row in rows
    ]
