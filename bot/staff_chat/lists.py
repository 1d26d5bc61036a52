"""Lists of people and calendars that organisers send in chat: looked at, asked about, saved once.

Until [Save] a file is only in the memory of the process: names stand in no other table than theirs,
and after a restart the file has to be sent again.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import IntEnum

from bot.desk.people.participant_lists import import_participants
from bot.desk.workshops.calendars import import_workshops
from bot.importing.calendars.reading import MEETINGS, TAKE
from bot.importing.rows.imported import Imported
from bot.importing.rows.open_questions import Question
from bot.importing.rows.rows import Events, List
from bot.importing.tables.cells import Book
from bot.messaging.messages import Button, Card, Reply, Say, Sender, Tapped, Uploaded
from bot.messaging.tokens import Action, Token, token
from bot.runtime.transactions import Transactions
from bot.settings.office import Office
from bot.staff_chat.plans import Places, nearest, number_of, place_of
from storage.database import NotFound
from storage.office.staff import Member
from storage.people.administrations import all_administrations
from surveys.problems import BadInput
from surveys.workshop import Workshop

FORGOTTEN_AFTER = timedelta(hours=1)
ASKED_AT_ONCE = 3
LINES, ALL_LINES, LONGEST = 10, 60, 200
GONE = "This list is not here any more. Please send the file again."


class Step(IntEnum):
    """What a button under a list does; the second number on the button, never given a new meaning."""

    WORKSHOP = 0
    ANSWER = 1
    OTHER = 2
    ADMINISTRATION = 3
    SAVE = 4
    SHOW = 5
    CANCEL = 6
    MEETINGS = 7


@dataclass
class Sent:
    """A file under a look: what it is for, the answers so far, and what became of it."""

    number: int
    read: Book | Events | None
    name: str
    people: bool
    at: datetime
    owner: tuple[str, str]
    workshop: Workshop | None = None
    answers: dict[str, str] = field(default_factory=dict)
    asked: list[Question] = field(default_factory=list)
    saved: str = ""

    def given(self, *, dry_run: bool) -> List:
        return List(b"", self.name, dry_run, dict(self.answers), self.read)

    def place_of(self, question: Question) -> int:
        """The number of a question on buttons; it stays the same while others are answered."""
        known = [one.key for one in self.asked]
        if question.key not in known:
            self.asked.append(question)
            return len(known)
        return known.index(question.key)


class ListChat:
    """Looking at lists, answering what is open, and saving them."""

    def __init__(
        self,
        transactions: Transactions,
        office: Office,
        places: Places,
        clock: Callable[[], datetime],
    ) -> None:
        self._transactions = transactions
        self._office = office
        self._places = places
        self._clock = clock
        self._sent: dict[int, Sent] = {}
        self._last = 0

    async def receive(self, uploaded: Uploaded, read: Book | Events, *, people: bool) -> Reply:
        """A list of people (else a calendar) was sent: look at it, or ask for which workshop it is."""
        now = self._clock()
        self._sent = {
            key: one for key, one in self._sent.items() if one.at > now - FORGOTTEN_AFTER
        }
        # Counted on from the clock, so that buttons of before a restart meet no other file.
        self._last = max(self._last + 1, int(now.timestamp()))
        name = uploaded.file_name or "list"
        owner = _owner(uploaded.sender)
        sent = Sent(self._last, read, name, people, now, owner)
        self._sent[sent.number] = sent
        return Reply(says=(Say(await self._card(sent)),))

    async def tapped(self, tap: Tapped, found: Token, member: Member) -> Reply:
        """A button under a list."""
        sent = self._sent.get(found.numbers[0]) if len(found.numbers) > 1 else None
        if sent is None or sent.owner != _owner(tap.sender):
            raise NotFound(GONE)
        if sent.saved:
            return Reply(says=(Say(Card(f"Already saved. {sent.saved}")),))
        step, rest = found.numbers[1], found.numbers[2:]
        if step == Step.CANCEL:
            del self._sent[sent.number]
            return Reply(says=(Say(Card("Nothing was saved."), tap.ref),))
        if step == Step.SAVE:
            return Reply(says=(Say(await self._save(sent, member), tap.ref),))
        if step == Step.SHOW:
            return Reply(says=(Say(Card(await self._all(sent))),))
        if step == Step.OTHER and rest:
            return Reply(says=(Say(await self._others(sent, rest[0]), tap.ref),))
        await self._take(sent, step, rest)
        return Reply(says=(Say(await self._card(sent), tap.ref),))

    async def _take(self, sent: Sent, step: int, rest: tuple[int, ...]) -> None:
        """Keep what a button says about the list."""
        if step == Step.WORKSHOP:
            sent.workshop = await self._places.workshop(Token(Action.OFFICE_LIST, rest))
        elif step == Step.MEETINGS:
            sent.answers[MEETINGS] = TAKE
        elif len(rest) == 2 and rest[0] < len(sent.asked):
            question = sent.asked[rest[0]]
            values = [choice.value for choice in question.choices]
            if step == Step.ADMINISTRATION:
                values = list(await self._transactions.read(all_administrations))
            if rest[1] < len(values):
                sent.answers[question.key] = values[rest[1]]

    async def _imported(self, sent: Sent, office: Office, *, dry_run: bool) -> Imported:
        given, now = sent.given(dry_run=dry_run), self._clock()
        if sent.workshop is None:
            return await self._transactions.write(import_workshops, office, given, now)
        code = sent.workshop.code
        return await self._transactions.write(import_participants, office, code, given, now)

    async def _card(self, sent: Sent) -> Card:
        if sent.people and sent.workshop is None:
            return await self._which_workshop(sent)
        try:
            done = await self._imported(sent, self._office, dry_run=True)
        except BadInput as error:
            del self._sent[sent.number]
            head = f"Nothing was saved: {len(error.problems)} to mend in {sent.name}."
            return Card("\n".join((head, *_cut([f"- {one}" for one in error.problems], 20))))
        text = [*_lines(sent, done, LINES), *(question.text for question in _open(done))]
        if len(done.questions) > ASKED_AT_ONCE:
            text.append(f"… and {len(done.questions) - ASKED_AT_ONCE} more questions.")
        return Card("\n".join((*text, "Nothing is saved yet.")), _buttons(sent, done))

    async def _which_workshop(self, sent: Sent) -> Card:
        workshops = nearest(await self._places.workshops(), self._clock())
        if not workshops:
            return Card("There are no workshops yet. Send a calendar of workshops first.")
        rows = [
            (Button(place_of(one), _token(sent, Step.WORKSHOP, number_of(one))),)
            for one in workshops
        ]
        cancel = (Button("Cancel", _token(sent, Step.CANCEL)),)
        return Card(f"{sent.name} is a list of people. Of which workshop?", (*rows, cancel))

    async def _others(self, sent: Sent, number: int) -> Card:
        known = await self._transactions.read(all_administrations)
        buttons = [
            Button(one.name, _token(sent, Step.ADMINISTRATION, number, at))
            for at, one in enumerate(known.values())
        ]
        rows = tuple(tuple(buttons[at : at + 3]) for at in range(0, len(buttons), 3))
        asked = sent.asked[number].text if number < len(sent.asked) else GONE
        return Card(asked, rows)

    async def _save(self, sent: Sent, member: Member) -> Card:
        try:
            office = self._office.acting_as(member.code)
            done = await self._imported(sent, office, dry_run=False)
        except BadInput as error:
            return Card("\n".join(("Nothing was saved.", *map(str, error.problems))))
        if done.questions:
            return await self._card(sent)
        where = f" in {sent.workshop.code}" if sent.workshop else ""
        sent.saved = f"{done.new} new, {done.changed} corrected, {done.same} as before{where}."
        sent.read = None
        more = "Their codes to join with: `followup participants codes`." if sent.people else ""
        return Card(f"Saved: {sent.saved} {more}".strip())

    async def _all(self, sent: Sent) -> str:
        done = await self._imported(sent, self._office, dry_run=True)
        lines = [*_lines(sent, done, ALL_LINES), *_cut(list(done.lines), ALL_LINES)]
        return "\n".join(lines)


def _owner(sender: Sender) -> tuple[str, str]:
    return sender.channel, sender.identifier


def _token(sent: Sent, step: Step, *numbers: int) -> str:
    return token(Action.OFFICE_LIST, sent.number, step, *numbers)


def _open(done: Imported) -> tuple[Question, ...]:
    return done.questions[:ASKED_AT_ONCE]


def _cut(lines: list[str], most: int) -> list[str]:
    shown = [line[:LONGEST] for line in lines[:most]]
    more = len(lines) - most
    return [*shown, f"… and {more} more."] if more > 0 else shown


def _lines(sent: Sent, done: Imported, most: int) -> list[str]:
    """What was understood and what is worth a look."""
    what = f"{sent.name} for {sent.workshop.title}" if sent.workshop else sent.name
    return [
        what,
        *_cut(list(done.notes), most),
        f"{done.new} new, {done.changed} corrected, {done.same} as before.",
        *_cut([f"- {warning}" for warning in done.warnings], most),
    ]


def _buttons(sent: Sent, done: Imported) -> tuple[tuple[Button, ...], ...]:
    rows = []
    for question in _open(done):
        number = sent.place_of(question)
        rows += [
            (
                Button(
                    f"{question.key}: {choice.label}"[:60],
                    _token(sent, Step.ANSWER, number, at),
                ),
            )
            for at, choice in enumerate(question.choices)
        ]
        if question.any_administration:
            rows.append((Button(f"{question.key}: Other …", _token(sent, Step.OTHER, number)),))
    meetings = sum("is a meeting" in note for note in done.notes)
    if meetings:
        label = f"Take the {meetings} meetings too"
        rows.append((Button(label, _token(sent, Step.MEETINGS)),))
    if not done.questions and done.rows:
        rows.append((Button(f"Save {done.rows}", _token(sent, Step.SAVE)),))
    show = Button("Show all", _token(sent, Step.SHOW))
    return (*rows, (show,), (Button("Cancel", _token(sent, Step.CANCEL)),))
