"""Chat of organisers about changes of plan: a workshop's days, a cancellation, a wave under way.

Thin skins over `replanning` and `steering`. What cannot be taken back easily is asked once more.
"""

import zlib
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from bot.desk.waves import acts
from bot.desk.waves.texts import languages_text, progress_text
from bot.desk.workshops import replanning
from bot.fieldwork.language_of_contact import Speakers
from bot.fieldwork.progress import wave_progress
from bot.messaging.messages import Button, Card, Commanded, Reply, Say, Tapped
from bot.messaging.tokens import Action, Token, token
from bot.runtime.transactions import Transactions
from bot.settings.office import Office
from storage.database import NotFound
from storage.fieldwork.waves import find_wave
from storage.fieldwork.workshops import all_workshops
from storage.office.staff import Member
from surveys.workshop import Workshop

HOW_TO_MOVE = "To give it other days, send /move CODE LAST-DAY, such as /move {code} {day}."
NOT_A_DAY = "Please send /move CODE LAST-DAY, with the day like 2018-02-09."
MOST_BUTTONS = 90
"""A messenger takes about a hundred under one message."""
OLD_LIST = "This list is old. Please send the command again."
ORDERS: Mapping[Action, Callable[..., acts.Steered]] = {
    Action.OFFICE_PAUSE: acts.pause_wave,
    Action.OFFICE_RESUME: acts.resume_wave,
    Action.OFFICE_CLOSE: acts.close_wave,
    Action.OFFICE_REOPEN: acts.reopen_wave,
}
"""What a button of a wave does."""
CHANGES: Mapping[Action, Callable[..., replanning.Replanned]] = {
    Action.OFFICE_CONFIRM: replanning.confirm,
    Action.OFFICE_CALL_OFF: replanning.cancel,
    Action.OFFICE_RESTORE: replanning.restore,
}
"""What a button of a workshop does."""
QUESTIONS = {
    Action.OFFICE_ASK_CLOSE: (Action.OFFICE_CLOSE, "Close {what} before its last day?"),
    Action.OFFICE_ASK_CALL_OFF: (
        Action.OFFICE_CALL_OFF,
        "{what} does not take place? No more waves open and no more messages go out.",
    ),
}
"""What is asked once more, and the action of Yes."""
PLAN_ACTIONS = frozenset({*ORDERS, *CHANGES, *QUESTIONS, Action.OFFICE_PLAN})


def number_of(workshop: Workshop) -> int:
    """The number of a workshop on buttons: always the same, whatever comes into the list later."""
    return zlib.crc32(workshop.code.encode())


def nearest(workshops: Sequence[Workshop], now: datetime) -> list[Workshop]:
    """Workshops to choose from, those nearest to today first, as many as a message has buttons for."""
    today = now.date()
    return sorted(workshops, key=lambda one: abs(one.ends_on - today))[:MOST_BUTTONS]


def place_of(workshop: Workshop) -> str:
    """A workshop on a button: title, place where it is known, and first day."""
    known = (workshop.title, workshop.city, f"{workshop.starts_on:%d %b %Y}")
    return ", ".join(part for part in known if part)


class Places:
    """Finds the workshop and the wave that a button names."""

    def __init__(self, transactions: Transactions, office: Office) -> None:
        self._transactions = transactions
        self._office = office

    async def workshops(self) -> list[Workshop]:
        return await self._transactions.read(all_workshops)

    async def workshop(self, found: Token) -> Workshop:
        """The workshop of a button; NotFound if it is not there any more."""
        meant = [one for one in await self.workshops() if [number_of(one)] == [*found.numbers[:1]]]
        if len(meant) != 1:
            raise NotFound(OLD_LIST)
        return meant[0]

    async def wave(self, found: Token) -> tuple[Workshop, str]:
        """The workshop and the key of the wave of a button."""
        workshop = await self.workshop(found)
        plan = acts.plan_of(self._office, workshop)
        if len(found.numbers) < 2 or found.numbers[1] >= len(plan.waves):
            raise NotFound(OLD_LIST)
        return workshop, plan.waves[found.numbers[1]].key


class PlanChat:
    """The commands and buttons by which organisers change a plan."""

    def __init__(
        self, transactions: Transactions, office: Office, clock: Callable[[], datetime]
    ) -> None:
        self._transactions = transactions
        self._office = office
        self._clock = clock
        self._places = Places(transactions, office)

    async def list_workshops(self) -> Reply:
        """/workshops: all with their waves, each to be looked at and changed."""
        rows = await self._transactions.read(acts.workshops_with_waves, self._office)
        lines = []
        for workshop, waves in rows:
            lines.append(f"{workshop.code}: {workshop.title}, {workshop.city}")
            lines.append("   " + " · ".join(f"{wave.key} {wave.state}" for wave in waves))
            lines += [f"   {wave.key}: {said}" for wave in waves for said in wave.problems]
        buttons = tuple(
            (Button(workshop.code, token(Action.OFFICE_PLAN, number_of(workshop))),)
            for workshop, _ in rows
        )
        return Reply(says=(Say(Card("\n".join(lines) or "There are no workshops yet.", buttons)),))

    async def move(self, command: Commanded, member: Member) -> Reply:
        """/move CODE LAST-DAY."""
        code, _, last = command.argument.strip().partition(" ")
        try:
            days = (None, date.fromisoformat(last.strip()))
        except ValueError:
            return Reply(says=(Say(Card(NOT_A_DAY)),))
        known = {one.code.casefold(): one.code for one in await self._places.workshops()}
        code = known.get(code.casefold(), code)
        done = await self._order(member, replanning.move, code, days)
        return Reply(says=(Say(Card("\n".join(done.said))),))

    async def tapped(self, tap: Tapped, found: Token, member: Member) -> Reply:
        """A button of a plan. The reply to an order is a notice over the card as it is now."""
        if found.action in QUESTIONS:
            return await self._ask(tap, found)
        notice = ""
        if found.action in ORDERS:
            workshop, key = await self._places.wave(found)
            notice = (await self._order(member, ORDERS[found.action], workshop.code, key)).said
            return Reply(notice, (Say(await self.wave_card(found), tap.ref),))
        workshop = await self._places.workshop(found)
        said: tuple[str, ...] = ()
        if found.action in CHANGES:
            said = (await self._order(member, CHANGES[found.action], workshop.code)).said
        return Reply(says=(Say(await self._workshop_card(found, said), tap.ref),))

    async def wave_card(self, found: Token) -> Card:
        """How an opened wave goes, with what can be done with it."""
        workshop, key = await self._places.wave(found)
        progress = await self._transactions.read(wave_progress, workshop.code, key)
        wave = await self._transactions.read(find_wave, workshop.code, key)
        orders: tuple[tuple[str, Action], ...] = {
            "open": (("Pause", Action.OFFICE_PAUSE), ("Close now", Action.OFFICE_ASK_CLOSE)),
            "paused": (("Go on", Action.OFFICE_RESUME), ("Close now", Action.OFFICE_ASK_CLOSE)),
        }.get(progress.state, ())
        if progress.state == "closed" and wave and acts.can_reopen(wave, self._clock()):
            orders = (("Open again", Action.OFFICE_REOPEN),)
        rows = [
            tuple(Button(text, token(action, *found.numbers)) for text, action in orders),
            *(english_row(progress.languages, found) if progress.state == "open" else ()),
            (Button("Show every message", token(Action.OFFICE_WHO, *found.numbers)),),
            (Button("Try it yourself", token(Action.OFFICE_TRY, *found.numbers)),),
            (Button("Refresh", token(Action.OFFICE_WAVE, *found.numbers)),),
        ]
        text = "\n".join([progress_text(progress), *languages_text(progress.languages)])
        return Card(text, tuple(row for row in rows if row))

    async def _workshop_card(self, found: Token, said: tuple[str, ...]) -> Card:
        workshop = await self._places.workshop(found)
        waves = await self._transactions.read(acts.list_waves, self._office, workshop.code)
        days = f"{workshop.starts_on} to {workshop.ends_on}"
        lines = [
            *said,
            *([""] if said else []),
            f"{workshop.code}: {workshop.title}, {workshop.city}",
            days if workshop.confirmed else f"{days}, not confirmed yet: no wave opens",
            *(f"{wave.key}: {wave.state}, from {wave.opens_on}" for wave in waves),
            HOW_TO_MOVE.format(code=workshop.code, day=workshop.ends_on),
        ]
        orders = [("It does not take place", Action.OFFICE_ASK_CALL_OFF)]
        if workshop.cancelled_at is not None:
            orders = [("It takes place again", Action.OFFICE_RESTORE)]
        if not workshop.confirmed:
            orders.insert(0, ("Confirm the days", Action.OFFICE_CONFIRM))
        rows = tuple(
            (Button(text, token(action, number_of(workshop))),) for text, action in orders
        )
        return Card("\n".join(lines), rows)

    async def _ask(self, tap: Tapped, found: Token) -> Reply:
        action, question = QUESTIONS[found.action]
        workshop = await self._places.workshop(found)
        what = workshop.code
        if action in ORDERS:
            what = f"{workshop.code} {(await self._places.wave(found))[1]}"
        row = (
            Button("Yes", token(action, *found.numbers)),
            Button("No", token(Action.OFFICE_CANCEL, *found.numbers)),
        )
        return Reply(says=(Say(Card(question.format(what=what), (row,)), tap.ref),))

    async def _order(
        self, member: Member, order: Callable[..., Any], code: str, *more: object
    ) -> Any:
        office = self._office.acting_as(member.code)
        return await self._transactions.write(order, office, code, *more, self._clock())


def english_row(languages: Sequence[Speakers], found: Token) -> tuple[tuple[Button, ...], ...]:
    """A button for the people who wait for a translation, if there are any."""
    people = sum(one.people for one in languages if one.waits)
    button = Button(f"Ask in English: {people}", token(Action.OFFICE_ENGLISH, *found.numbers))
    return ((button,),) if people else ()
