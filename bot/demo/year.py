"""The year itself: lists arrive, people join, waves go out, people react; all on one fake clock."""

import asyncio
import heapq
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from functools import partial
from pathlib import Path

from bot.demo.advising import DUE_ON, FIRST_AT, advise
from bot.demo.cast import PLACES, Cast
from bot.demo.choices import Mind
from bot.demo.database import demo_database, has_work
from bot.demo.deciding import decide_anchors
from bot.demo.helping import (
    DIGEST_AT,
    ENDED_AT,
    HELPED_AT,
    WISHED_AT,
    end_digest,
    help_people,
    wish_digest,
)
from bot.demo.lists import list_of, sample_list
from bot.demo.members import Manner, Member
from bot.demo.messenger import NAME, Chat, DemoMessenger
from bot.demo.office_surveys import (
    ASKED_AT,
    OPERATION_AT,
    OWN_AT,
    SECOND_AT,
    ask_own,
    ask_second,
    listed,
    office_members,
    tell_of_operation,
)
from bot.demo.reading import read_texts
from bot.demo.theming import mark_themes
from bot.desk.answers.importing import import_answers
from bot.desk.people.joining_codes import give_codes
from bot.desk.people.participant_lists import import_participants
from bot.desk.workshops.calendars import import_workshops
from bot.importing.files import open_list
from bot.importing.people.offers import FOR_WORKSHOP
from bot.messaging.messages import Commanded, Reply, Sender, Tapped, Typed
from bot.messaging.tokens import Action, read_token
from bot.outbox.round_summary import RoundSummary
from bot.runtime.transactions import Transactions
from bot.service.wiring import Application, build_application
from bot.settings.office import Office
from storage.database import Database
from storage.fieldwork.case_files import CaseFile, load_file
from storage.fieldwork.due_contacts import next_due_at
from storage.fieldwork.next_contact import Rules
from storage.fieldwork.workshops import all_workshops
from storage.instruments.questionnaires import get_questionnaire
from surveys.authoring.packaged import packaged_keys, packaged_questionnaire
from surveys.items import type_of
from surveys.people import Role
from surveys.planning.plans_file import packaged_plans
from surveys.questionnaire import Item, Questionnaire
from surveys.workshop import Workshop

BEGINS = datetime(2017, 4, 10, 8, tzinfo=UTC)
CODES_KEY = b"the key of an invented office"
ENDS = datetime(2019, 1, 12, tzinfo=UTC)
TICKS = (time(10, 5), time(12, 5))
"""Waves open and close at ten and at noon UTC (the earliest and the latest zone).

A round without work is left out: there are a thousand in a year."""
READING = datetime(2019, 1, 8, 9, tzinfo=UTC)
"""When the office reads what people wrote, before the reports."""
IGNORED = {"not_yet": 0.8, "stopped": 0.75, "tried": 0.5, "regular": 0.3}
"""How often somebody who answers sometimes leaves a message lying, by use."""
LATE, IGNORED_LATE = 9, {"not_yet": 0.97, "stopped": 0.95, "tried": 0.65, "regular": 0.3}
"""The month from which on those without something to tell are tired of telling it."""
CALENDARS = ("workshops_2016.csv", "workshops_2017.csv", "surveys_2018.csv")
"""The workshops of two fiscal years, and the surveys with a coming workshop."""
FROM_BEFORE = ("HS-2016", "M3")
"""The workshop and the wave that were asked with another tool, before there was the bot."""
HERO = "Mele Tupou"
Action_ = Callable[[], Awaitable[None]]


def demo_office() -> Office:
    """Return the office of the demonstration."""
    return Office(Rules(packaged_plans(), (NAME,)))


@dataclass(order=True)
class Happening:
    """Something that happens at a moment; equal moments keep their order."""

    at: datetime
    number: int
    do: Action_ = field(compare=False)


class Year:
    """One run of the demonstration into a database file."""

    def __init__(
        self,
        database: Path,
        seed: int,
        transacting: Callable[[Database], Transactions] = Transactions,
    ) -> None:
        self.now = BEGINS
        self.cast = Cast(seed)
        self.messenger = DemoMessenger(self._message_arrived)
        self.application: Application = build_application(
            demo_database(database, self.now),
            demo_office(),
            {NAME: self.messenger},
            lambda: self.now,
            transacting,
        )
        self.lists: dict[str, str] = {}
        self._happenings: list[Happening] = []
        self._numbers = 0
        self._workshops: dict[str, Workshop] = {}
        self._office_members = office_members(self.cast, seed)
        self._by_chat = {one.chat: one for one in (*self.cast.members, *self._office_members)}
        self._questionnaires: dict[int, tuple[str, str, Questionnaire]] = {}

    async def run(
        self, progress: Callable[[datetime], None] = lambda now: None, until: datetime = ENDS
    ) -> None:
        """Live through the time until a moment; `progress` is told each new day."""
        await self._import_workshops()
        self._plan(READING, self._read_texts)
        self._plan_help()
        day = BEGINS.date()
        while day < until.date():
            progress(self.now)
            for clock in TICKS:
                await self._live_until(datetime.combine(day, clock, UTC))
                if await self.application.transactions.read(has_work, self.now):
                    await self.application.rounds.tick()
            day += timedelta(days=1)

    def close(self) -> None:
        """Give the database back."""
        self.application.transactions.close()

    async def _live_until(self, moment: datetime) -> None:
        """Let everything happen that is due before a moment, in the order of time."""
        while True:
            due = await self.application.transactions.read(next_due_at)
            contact = max(due, self.now) if due else moment
            happening = self._happenings[0].at if self._happenings else moment
            if min(contact, happening) >= moment:
                self.now = max(self.now, moment)
                return
            if happening <= contact:
                await self._happen(heapq.heappop(self._happenings))
            else:
                self.now = contact
                await self.application.rounds.outbox.send_due(RoundSummary())

    async def _happen(self, happening: Happening) -> None:
        self.now = max(self.now, happening.at)
        await happening.do()
        await self.application.reception.flush()

    def _plan(self, at: datetime, do: Action_) -> None:
        self._numbers += 1
        heapq.heappush(self._happenings, Happening(at, self._numbers, do))

    async def _import_workshops(self) -> None:
        turns, office = self.application.transactions.turns, self.application.office
        for one in map(sample_list, CALENDARS):
            await asyncio.to_thread(import_workshops, turns, office, one, self.now)
        before = sample_list("answers_2016.csv")
        await asyncio.to_thread(import_answers, turns, office, FROM_BEFORE, before, self.now)
        for workshop in await self.application.transactions.read(all_workshops):
            self._workshops[workshop.code] = workshop
            if workshop.code in PLACES:
                self._plan_workshop(workshop)
        self._plan_office_surveys()

    def _plan_help(self) -> None:
        """What the office does about help that people asked for, and one monthly message."""
        write, office = self.application.transactions.write, self.application.office
        digests = self.application.rounds.digests
        self._plan(FIRST_AT, partial(self._advise, min(DUE_ON)))
        self._plan(HELPED_AT, lambda: write(help_people, office, self.now))
        self._plan(WISHED_AT, lambda: write(wish_digest, office, self.now))
        self._plan(DIGEST_AT, lambda: digests.send(RoundSummary()))
        self._plan(ENDED_AT, lambda: write(end_digest, office, self.now))

    def _plan_office_surveys(self) -> None:
        """What else the office asks, and what an operation came to."""
        for code, at in ASKED_AT.items():
            people = listed(self._office_members, code)
            self._plan(at, partial(self._import, code, people))
        write, office = self.application.transactions.write, self.application.office
        self._plan(OWN_AT, lambda: write(ask_own, office, self.now))
        self._plan(SECOND_AT, lambda: write(ask_second, office, self.now))
        self._plan(OPERATION_AT, lambda: write(tell_of_operation, office, self.now))

    def _plan_workshop(self, workshop: Workshop) -> None:
        """The list comes a month before, supervisors two weeks after, late ones in spring."""
        first = datetime.combine(workshop.starts_on, time(6), UTC)
        last = datetime.combine(workshop.ends_on, time(6), UTC)
        code = workshop.code
        self._plan(first - timedelta(days=30), lambda: self._import_people(code, late=False))
        self._plan(last + timedelta(days=15), lambda: self._import_supervisors(code))
        self._plan(last + timedelta(days=100), lambda: self._import_people(code, late=True))

    async def _import_people(self, code: str, *, late: bool) -> None:
        people = [one for one in self.cast.of(code) if one.joins_late == late]
        await self._import(code, [one for one in people if one.role is not Role.SUPERVISOR])

    async def _import_supervisors(self, code: str) -> None:
        agreed = [one for one in self.cast.of(code) if code in one.supervisor_agreed]
        supervisors = []
        for member in agreed[::2]:
            supervisor = self.cast.add(member.administration, Role.SUPERVISOR, member.email)
            supervisor.workshops.append(code)
            self._by_chat[supervisor.chat] = supervisor
            supervisors.append(supervisor)
        await self._import(code, supervisors)

    async def _import(self, code: str, people: list[Member]) -> None:
        if not people:
            return
        text = list_of(people)
        self.lists.setdefault(code, text)
        transactions = self.application.transactions
        # The same contact points are in several surveys: it is this one that the list is for.
        given = open_list(text.encode(), f"{code}.csv", answers={FOR_WORKSHOP: code})
        office = self.application.office
        turns = transactions.turns
        await asyncio.to_thread(import_participants, turns, office, code, given, self.now)
        by_name = {(one.name, one.administration): one for one in people}
        for number, one in enumerate(
            await transactions.write(
                give_codes, self.application.office, CODES_KEY, code, self.now
            )
        ):
            member = by_name.get((one.name, one.administration))
            if member is not None and member.manner is not Manner.NEVER_JOINS:
                self._plan_joining(member, one.code, code, number)

    def _plan_joining(self, member: Member, code: str, workshop: str, number: int) -> None:
        """Most open their link within days; the others on the last day, in the room."""
        random = self.cast.chance(member)
        days = random.choice((1, 2, 3, 6))
        at = self.now + timedelta(days=days, minutes=7 * number)
        last = datetime.combine(self._workshops[workshop].ends_on, time(2), UTC)
        if random.random() < 0.3 and last > at and member.name != HERO:
            at = last + timedelta(minutes=number)
        self._plan(at, lambda: self._join(member, code))

    async def _join(self, member: Member, code: str) -> None:
        await self._say(member, Commanded(self._sender(member), "start", code))
        await self._answer_consent(member)
        if member.manner is not Manner.SILENT and self._chat(member).button("Start"):
            await self._interview(member)

    async def _read_texts(self) -> None:
        transactions, office = self.application.transactions, self.application.office
        await transactions.write(read_texts, office, self.now)
        await transactions.write(mark_themes, office, self.now)
        await transactions.write(decide_anchors, office, self.cast, self.now)
        await self._advise(max(DUE_ON))

    async def _advise(self, year: int) -> None:
        database, office = self.application.transactions.database, self.application.office
        await asyncio.to_thread(advise, database, office, year, self.now)

    def _message_arrived(self, chat: str) -> None:
        """A person gets a message: they look at it some hours or days later, or never."""
        member = self._by_chat.get(chat)
        if member is None:  # of the office
            return
        random = self.cast.chance(member)
        card = self._chat(member)
        may_start = card.button("Start") or card.button("Continue at")
        if not card.button("I agree") and (member.manner is Manner.SILENT or not may_start):
            return
        if member.manner is Manner.SOMETIMES and random.random() < self._ignores(member):
            return
        hours = random.choice((0.2, 1, 3, 8, 26, 50, 75, 120))
        self._plan(self.now + timedelta(hours=hours), lambda: self._look(member))

    def _ignores(self, member: Member) -> float:
        """Return how often a message is left lying: more often by those who have nothing to tell."""
        ages = {
            code: (self.now.date() - self._workshops[code].ends_on).days // 30
            for code in member.deeds
        }
        ignored = (
            (IGNORED_LATE if months >= LATE else IGNORED)[member.deeds[code].use(months)]
            for code, months in ages.items()
            if months > 0
        )
        return min(ignored, default=0.5)

    async def _look(self, member: Member) -> None:
        if self._chat(member).blocked:
            return
        await self._answer_consent(member)
        goes_on = self._chat(member).button("Continue at") and member.manner is not Manner.HALF_WAY
        if goes_on or self._chat(member).button("Start"):
            await self._interview(member)

    async def _answer_consent(self, member: Member) -> None:
        chat = self._chat(member)
        if not chat.button("I agree"):
            return
        declines = member.manner is Manner.DECLINES
        await self._tap(member, "Not now" if declines else "I agree")

    async def _interview(self, member: Member) -> None:
        """Answer until the end, or as far as this person goes."""
        chat = self._chat(member)
        start = chat.button("Start") or chat.button("Continue at")
        token = read_token(start.token) if start else None
        if start is None or token is None:
            return
        key, workshop, questionnaire = await self._asked(token.numbers[0])
        await self._tap_button(member, start.token, start.text)
        ground = self.cast.ground(workshop, member.administration)
        mind = Mind(member, key, workshop, ground, self.cast.chance(member))
        limit = 5 if member.manner is Manner.HALF_WAY and key not in ("PRE", "END") else 60
        for _ in range(limit):
            if not await self._answer_one(member, mind, questionnaire):
                break
        await self._afterwards(member, key)

    async def _asked(self, case_id: int) -> tuple[str, str, Questionnaire]:
        """The wave, the workshop and the questionnaire of a case."""
        if case_id not in self._questionnaires:
            file = await self.application.transactions.read(load_file, case_id)
            key = file.wave.questionnaire_key or ""
            questionnaire = await self._questionnaire(key, file)
            self._questionnaires[case_id] = key, file.workshop.code, questionnaire
        return self._questionnaires[case_id]

    async def _questionnaire(self, key: str, file: CaseFile) -> Questionnaire:
        """A packaged questionnaire, or one that the office has published."""
        if key in packaged_keys():
            return packaged_questionnaire(key)
        version = file.wave.questionnaire_version or 0
        return await self.application.transactions.read(get_questionnaire, key, version)

    async def _answer_one(self, member: Member, mind: Mind, questionnaire: Questionnaire) -> bool:
        """Answer the question on the screen; False when there is none."""
        tokens = [
            (button, token)
            for button in self._chat(member).buttons()
            if (token := read_token(button.token)) and len(token.numbers) > 1
        ]
        skip = next((button for button, token in tokens if token.action is Action.SKIP), None)
        if skip is None:
            return False
        number = next(token.numbers[1] for _, token in tokens)
        item = questionnaire.items[number]
        codes_ = _codes(questionnaire, item)
        picks = [(b, codes_[t.numbers[2]]) for b, t in tokens if t.action is Action.PICK]
        ticks = [(b, codes_[t.numbers[2]]) for b, t in tokens if t.action is Action.TICK]
        if picks:
            code = mind.one(item, [code for _, code in picks])
            if item.name == "supervisor_ok" and code == "yes":
                member.supervisor_agreed.add(mind.workshop)
            button = next((b for b, one in picks if one == code), skip)
            await self._tap_button(member, button.token, button.text)
        elif ticks:
            for code in mind.many(item, questionnaire, [code for _, code in ticks]):
                await self._tick(member, number, codes_.index(code))
            await self._tap(member, "Done (")
        else:
            words = mind.words(item)
            if words is None:
                await self._tap_button(member, skip.token, skip.text)
            else:
                await self._say(member, Typed(self._sender(member), words))
        return True

    async def _tick(self, member: Member, item: int, option: int) -> None:
        for button in self._chat(member).buttons():
            token = read_token(button.token)
            if token and token.action is Action.TICK and token.numbers[1:] == (item, option):
                await self._tap_button(member, button.token, button.text)
                return

    async def _afterwards(self, member: Member, key: str) -> None:
        if member.manner is Manner.BLOCKS and key == "END":
            self._chat(member).blocked = True
        if member.manner is Manner.STOPS and key == "M3":
            await self._say(member, Typed(self._sender(member), " Stop "))

    async def _tap(self, member: Member, text: str) -> None:
        button = self._chat(member).button(text)
        if button is not None:
            await self._tap_button(member, button.token, button.text)

    async def _tap_button(self, member: Member, token: str, text: str) -> None:
        """Tap a button; people who tap twice do it here, within the same second."""
        tap = Tapped(self._sender(member), token, self._chat(member).ref)
        await self._say(member, tap, f"[ {text} ]")
        if member.manner is Manner.TWICE:
            await self._say(member, tap, f"[ {text} ]")

    async def _say(
        self, member: Member, inbound: Tapped | Typed | Commanded, shown: str = ""
    ) -> None:
        """Send one message to the bot and show its replies."""
        if not member.apart:  # whoever is apart moves nobody else's clock
            self.now += timedelta(seconds=6)
        chat = self._chat(member)
        if isinstance(inbound, Typed):
            shown = inbound.text
        chat.lines.append(f"you   {shown or '/start (with the code on the sheet)'}")
        reply: Reply = await self.application.reception.receive(inbound)
        if reply.notice:
            chat.lines.append(f"bot   ({reply.notice})")
        for say in reply.says:
            sender = inbound.sender
            ref = await self.messenger.send(sender.identifier, say.card, say.replace)
            await self.application.reception.answered(sender, [(say, ref)])

    def _chat(self, member: Member) -> Chat:
        return self.messenger.chat(member.chat)

    def _sender(self, member: Member) -> Sender:
        return Sender(NAME, member.chat, "en")

    def hero_lines(self) -> list[str]:
        """Everything that was said in the chat of the person whose conversation is shown."""
        hero = next(member for member in self.cast.members if member.name == HERO)
        return self._chat(hero).lines


def _codes(questionnaire: Questionnaire, item: Item) -> list[str]:
    """Return the codes that the buttons of a question stand for, in their order."""
    listed = [option.name for option in questionnaire.options(item)]
    return listed or [choice.code for choice in type_of(item.type).choices(item)]
