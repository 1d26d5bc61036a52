"""A stage for conversations: a real database, a fake clock, and people with simulated screens.

Everything goes through the doors that the real channels use. The messenger here is a channel of
the test: it keeps screens instead of sending, and knows people who have blocked it.
"""

import asyncio
import re
import shutil
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Connection, Executable, func, select

from bot.access.codes import one_time_code
from bot.messaging.messages import (
    Button,
    Card,
    Commanded,
    DeliveryError,
    File,
    Inbound,
    Leave,
    Membership,
    Odd,
    Oddity,
    Reply,
    Say,
    Sender,
    Tapped,
    Typed,
    Uploaded,
    check_time,
)
from bot.runtime.opening import open_database
from bot.service.wiring import Application, build_application
from bot.settings.config import Settings
from bot.settings.office import Office, ShownFiles
from storage.database import Database
from storage.fieldwork.answers import answers_of
from storage.fieldwork.due_contacts import next_due_at
from storage.fieldwork.next_contact import Rules
from storage.fieldwork.workshops import put_workshop
from storage.instruments.questionnaires import publish
from storage.office.staff import StaffRole
from storage.people.codes import add_code
from storage.people.enrolments import NewEnrolment, enrol, get_enrolment
from storage.people.listed import listed_since
from storage.people.participants import NewParticipant, add_participant
from storage.schema import answer_history, cases, due_workshops, enrolments, waves
from surveys.authoring.reading import read_questionnaire
from surveys.interview.interview import Answer
from surveys.people import Enrolment, Role
from surveys.planning.plans_file import packaged_plans
from surveys.questionnaire import Questionnaire
from surveys.workshop import Workshop
from tests.shared import made_once
from tests.staff import employ

CHAT = "chat"
STAFF_NAMES = {"901": "Eva", "902": "Fay", "903": "Max", "904": "Ann"}
SUVA = Workshop(
    code="IPR-OC-2017",
    title="Combating counterfeiting and piracy for Oceania",
    kind="sub-regional",
    starts_on=date(2017, 12, 4),
    ends_on=date(2017, 12, 8),
    city="Suva",
    country="FJ",
)
KASHIWA = Workshop(
    code="RM-2017",
    title="Risk management and post-seizure analysis",
    kind="regional",
    starts_on=date(2017, 12, 4),
    ends_on=date(2017, 12, 8),
    city="Kashiwa",
    country="JP",
)
MOST_HOURS = 24 * 60
BEFORE_ALL = datetime(2017, 11, 1, tzinfo=UTC)
LISTED = datetime(2017, 6, 1, tzinfo=UTC)


def made_database(path: Path) -> Path:
    """Return a new database file with the packaged content, which each test copies."""
    open_database(Settings(database=f"sqlite:///{path}"), BEFORE_ALL).close()
    return path


def shared_template(factory: pytest.TempPathFactory) -> Path:
    """Return the database with everything packaged in it that all workers of a run copy."""
    name = "template.sqlite3"
    return made_once(factory, "stage", lambda folder: made_database(folder / name)) / name


@cache
def questionnaire_of(text: str) -> Questionnaire:
    """Return a questionnaire written as YAML; it is read once for all stages of a process."""
    return read_questionnaire(text, "test.yaml")


@dataclass
class Message:
    """One message on a screen; `edits` counts how often its card was replaced by another."""

    ref: str
    card: Card
    edits: int = 0

    @property
    def buttons(self) -> list[Button]:
        return [button for row in self.card.rows for button in row]


@dataclass
class Messenger:
    """The channel of the test. An edit to the same card changes nothing, as in a messenger."""

    name: str = CHAT
    screens: dict[str, list[Message]] = field(default_factory=dict)
    files: list[File] = field(default_factory=list)
    blocked_by: set[str] = field(default_factory=set)
    latest: dict[str, Message] = field(default_factory=dict)
    """The message that each person looks at: the one that was sent or edited last."""
    shown: list[tuple[str, str, Card]] = field(default_factory=list)
    """Everything that was shown, in order: to whom, how ("new", "same message"), and what."""

    async def send(
        self, identifier: str, card: Card, replace: str = "", leave: Leave | None = None
    ) -> str:
        await check_time(leave)
        if identifier in self.blocked_by:
            raise DeliveryError("blocked", permanent=True)
        assert card.text.strip(), "a message needs a text"
        for button in (button for row in card.rows for button in row):
            assert 1 <= len(button.token.encode()) <= 64, button
            assert button.text.strip(), "a button needs a label"
        screen = self.screens.setdefault(identifier, [])
        for message in screen:
            if message.ref == replace:
                self.latest[identifier] = message
                if message.card != card:
                    message.card, message.edits = card, message.edits + 1
                    self.shown.append((identifier, "same message", card))
                return message.ref
        message = Message(f"{identifier}-{len(screen) + 1}", card)
        screen.append(message)
        self.latest[identifier] = message
        self.shown.append((identifier, "new", card))
        return message.ref

    async def send_file(self, identifier: str, file: File, card: Card) -> str:
        self.files.append(file)
        return await self.send(identifier, card)


class Stage:
    """The application with its people, at a time that the test sets."""

    def __init__(
        self,
        database: Database,
        staff: dict[str, StaffRole],
        messenger: Messenger | None = None,
        files: ShownFiles = ShownFiles(),  # noqa: B008 - immutable
        *,
        employed: bool = False,
    ) -> None:
        """Make the chats staff, unless the database has them as `employed` already."""
        self.now = BEFORE_ALL
        self.messenger = messenger or Messenger()
        office = Office(Rules(packaged_plans(), (CHAT,)), files=files)
        self.staff = staff
        if staff and not employed:
            database.run(_employ, staff)
        channels = {CHAT: self.messenger}
        self.application: Application = build_application(
            database, office, channels, lambda: self.now
        )
        self.people: dict[str, Person] = {}

    def close(self) -> None:
        self.application.transactions.close()

    def reopened(self) -> "Stage":
        """Return the stage after a restart: another process on the same file, the same screens."""
        url = self.application.transactions.database.url.render_as_string()
        self.close()
        again = Stage(Database(url), self.staff, self.messenger, employed=True)
        again.now, again.people = self.now, self.people
        for person in self.people.values():
            person.stage = again
        return again

    def visitor(self, name: str, identifier: str) -> "Person":
        """Return a person with a phone and without a workshop: staff, or a stranger."""
        return self.people.setdefault(name, Person(self, name, int(identifier) - 100))

    def at(self, local: str, zone: str = "Pacific/Tongatapu") -> None:
        """Set the clock to a local time such as "2018-06-08 10:00"; nothing happens meanwhile."""
        self.now = datetime.fromisoformat(local).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)

    async def workshop(self, workshop: Workshop) -> None:
        await self.application.transactions.write(put_workshop, workshop)

    async def publish(self, text: str) -> None:
        """Publish a questionnaire written as YAML, as the newest version of its key."""
        await self.application.transactions.write(publish, questionnaire_of(text), self.now)

    async def enrol(
        self,
        name: str,
        administration: str = "TO",
        workshop: Workshop = SUVA,
        role: Role = Role.PARTICIPANT,
        about: "Person | None" = None,
    ) -> "Person":
        """Enrol a person (a known one in another workshop) with a one-time code."""
        await self.workshop(workshop)
        first = name.split(maxsplit=1)[0]
        person = self.people.setdefault(first, Person(self, first, len(self.people) + 1))
        code = one_time_code()
        new = (name, administration, workshop.code, role)
        about_id = about.enrolments[workshop.code].id if about else None
        enrolment = await self.application.transactions.write(
            self._enrol, person, new, about_id, code
        )
        person.enrolments[workshop.code] = enrolment
        person.codes[workshop.code] = code
        return person

    def _enrol(self, connection, person, new, about_id, code):  # type: ignore[no-untyped-def]
        name, administration, workshop_code, role = new
        if person.participant_id == 0:
            added = NewParticipant(f"P-{person.identifier}", name)
            person.participant_id = add_participant(connection, added).id
        wanted = NewEnrolment(workshop_code, person.participant_id, administration, role, about_id)
        # The list has come long before.
        known = (workshop_code, role) in listed_since(connection, [workshop_code])
        enrolment = enrol(connection, wanted, self.now if known else LISTED)
        add_code(connection, code, enrolment.id, self.now)
        return enrolment

    async def joined(self, name: str, administration: str = "TO", **how: object) -> "Person":
        """Enrol a person who joins with the code and agrees at once."""
        person = await self.enrol(name, administration, **how)  # type: ignore[arg-type]
        await person.joins()
        await person.taps("I agree")
        return person

    async def fieldwork_round(self) -> None:
        await self.application.rounds.tick()

    async def until_next_message(self) -> None:
        """Run rounds until the next message of the office is sent."""
        end = self.now + timedelta(hours=MOST_HOURS)
        while self.now <= end:
            before = len(self._told())
            await self.fieldwork_round()
            if len(self._told()) > before:
                return
            due = await self.application.transactions.read(next_due_at)
            planned = await self.application.transactions.read(_next_work)
            hour = timedelta(hours=1)
            # Whole hours in which a round would do nothing are passed over.
            idle = (planned - self.now) // hour if planned else 0
            if idle > 0:
                self.now += idle * hour
            else:
                self.now = max(self.now, min(due, self.now + hour)) if due else self.now + hour
        raise AssertionError("nobody is contacted any more")

    def _told(self) -> list[str]:
        """Return who was shown something, without the staff."""
        return [one for one, _, _ in self.messenger.shown if one not in self.staff]

    async def opens(self, wave: str, local: str, zone: str = "Pacific/Tongatapu") -> None:
        """Go to a local time on which a wave has opened, and let everybody due be contacted."""
        self.at(local, zone)
        await self.until_next_message()

    async def case_of(self, person: "Person", wave: str, workshop: Workshop = SUVA) -> int:
        """Return the number of a person's case in a wave."""
        enrolment = person.enrolments[workshop.code].id
        numbers = await self.rows(
            cases.join(waves, waves.c.id == cases.c.wave_id)
            .select()
            .where(cases.c.enrolment_id == enrolment, waves.c.key == wave)
            .with_only_columns(cases.c.id)
        )
        assert len(numbers) == 1, f"{person.name} has {len(numbers)} cases in {wave}"
        return int(numbers[0][0])

    async def case(self, person: "Person", wave: str, workshop: Workshop = SUVA) -> Any:
        """Return the stored facts of a person's case."""
        number = await self.case_of(person, wave, workshop)
        return (await self.rows(cases.select().where(cases.c.id == number)))[0]

    async def answers(
        self, person: "Person", wave: str, workshop: Workshop = SUVA
    ) -> dict[str, str]:
        """Return the stored answers of a person's case: values by item."""
        number = await self.case_of(person, wave, workshop)
        found: dict[int, dict[str, Answer]] = await self.application.transactions.read(
            answers_of, [number]
        )
        return {name: answer.value for name, answer in found[number].items()}

    async def history(
        self, person: "Person", wave: str, workshop: Workshop = SUVA
    ) -> list[tuple[str, str, str]]:
        """Return the history of a person's case: item, replaced value and reason."""
        number = await self.case_of(person, wave, workshop)
        wanted = answer_history.select().where(answer_history.c.case_id == number)
        return [(row.item, row.value, row.why) for row in await self.rows(wanted)]

    async def enrolment(self, person: "Person", workshop: Workshop = SUVA) -> Enrolment:
        """Return the enrolment as it is stored now."""
        number = person.enrolments[workshop.code].id
        return await self.application.transactions.read(get_enrolment, number)

    async def rows(self, select: Executable) -> list[Any]:
        """Return all rows of a query."""
        return await self.application.transactions.read(
            lambda connection: list(connection.execute(select))
        )


def _employ(connection: Connection, staff: dict[str, StaffRole]) -> None:
    for chat, role in staff.items():
        employ(connection, (CHAT, chat), role, BEFORE_ALL, STAFF_NAMES.get(chat, ""))


def _next_work(connection: Connection) -> datetime | None:
    """Return when a round has something to do next: a contact, a wave or a reminder."""
    moments = (
        next_due_at(connection),
        connection.scalar(select(func.min(due_workshops.c.at))),
        connection.scalar(select(func.min(enrolments.c.elearning_reminder_at))),
    )
    return min((moment for moment in moments if moment), default=None)


def label_on(button: Button) -> str:
    """Return the label of a button without its tick and its number."""
    return re.sub(r"^(✓ )?(\d+\. )?", "", button.text)


class Person:
    """A person with a phone who types, taps, and sees the screen."""

    def __init__(self, stage: Stage, name: str, number: int) -> None:
        self.stage = stage
        self.name = name
        self.identifier = str(100 + number)
        self.sender = Sender(CHAT, self.identifier)
        self.participant_id = 0
        self.enrolments: dict[str, Enrolment] = {}
        self.codes: dict[str, str] = {}
        self.notice = ""
        self.notices: list[str] = []

    @property
    def screen(self) -> list[Message]:
        return self.stage.messenger.screens.setdefault(self.identifier, [])

    @property
    def looks_at(self) -> Message:
        """Return the message that was sent or edited last."""
        return self.stage.messenger.latest[self.identifier]

    @property
    def text(self) -> str:
        """Return the text of the current message."""
        return self.looks_at.card.text

    @property
    def labels(self) -> list[str]:
        """Return the labels of the current message without ticks and numbers."""
        return [label_on(button) for button in self.looks_at.buttons]

    def sees(self, text: str) -> bool:
        """Return whether the current message contains a text or a label."""
        shown = [self.text, *(button.text for button in self.looks_at.buttons)]
        return any(text in one for one in shown)

    def button(self, label: str) -> tuple[Message, Button]:
        """Return the button with this label (or that begins so, or has it in brackets), and its message.

        Looked for in the message looked at, then in all others from the newest on.
        """
        seen = [
            (message, button)
            for message in (self.looks_at, *reversed(self.screen))
            for button in message.buttons
        ]
        whole = [one for one in seen if label in (one[1].text, label_on(one[1]))]
        begun = [one for one in seen if label_on(one[1]).startswith(label)]
        begun = begun or [one for one in seen if f"({label})" in one[1].text]
        labels = [button.text for _, button in seen]
        assert whole or begun, f"{self.name} sees no button {label!r}: {labels}"
        return (whole or begun)[0]

    def tap_on(self, label: str) -> Tapped:
        """Return the tap that this button would send now, to be delivered later or twice."""
        message, button = self.button(label)
        return Tapped(self.sender, button.token, message.ref)

    async def taps(self, *labels: str) -> None:
        """Tap buttons one after the other."""
        for label in labels:
            await self.sends(self.tap_on(label))

    async def types(self, text: str, reply_to: Message | None = None) -> None:
        """Type a text or a command."""
        if text.startswith("/"):
            name, _, argument = text[1:].partition(" ")
            await self.sends(Commanded(self.sender, name, argument.strip()))
        else:
            await self.sends(Typed(self.sender, text, reply_to.ref if reply_to else ""))

    async def joins(self, workshop: Workshop = SUVA) -> None:
        await self.types(f"/start {self.codes[workshop.code]}")

    async def sends_sticker(self) -> None:
        await self.sends(Odd(self.sender, Oddity.STICKER))

    async def sends_file(self) -> None:
        await self.sends(Uploaded(self.sender, "holiday.csv", b"x"))

    async def edits_a_message(self) -> None:
        await self.sends(Odd(self.sender, Oddity.EDITED))

    async def blocks(self) -> None:
        self.stage.messenger.blocked_by.add(self.identifier)
        await self.sends(Membership(self.sender, active=False))

    async def sends(self, inbound: Inbound) -> Reply:
        """Deliver a message and show the reply, as a channel does."""
        reply = await self.stage.application.reception.receive(inbound)
        self.notice = reply.notice
        if reply.notice:
            self.notices.append(reply.notice)
        for say in reply.says:
            await self._show(say)
        return reply

    async def together(self, *inbound: Inbound) -> None:
        """Deliver messages that arrive at the same moment."""
        await asyncio.gather(*(self.sends(one) for one in inbound))

    async def _show(self, say: Say) -> None:
        messenger = self.stage.messenger
        if say.file is not None:
            ref = await messenger.send_file(self.identifier, say.file, say.card)
        else:
            ref = await messenger.send(self.identifier, say.card, say.replace)
        await self.stage.application.reception.shown(self.sender, say, ref)


def copied(template: Path, to: Path) -> Database:
    """Return a database for one test."""
    shutil.copy(template, to)
    return Database(f"sqlite:///{to}")
