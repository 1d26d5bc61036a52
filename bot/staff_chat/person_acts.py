"""The acts on one person in chat: each says what it did, with its undo below.

What reaches people asks first. The work is done by `bot.desk.people`.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

from bot.desk.people.acts import Done
from bot.desk.people.handover import hand_back
from bot.desk.people.leaving_out import leave_person_out, take_person_in, waves_to_ask
from bot.desk.people.removing import remove_person, restore_person
from bot.desk.people.stopping import pause_person, start_person, stop_person, what_stops
from bot.messaging import tokens
from bot.messaging.messages import Button, Card, Reply, Say, Tapped
from bot.messaging.tokens import Token
from bot.settings.office import Office
from bot.staff_chat.context import StaffContext
from bot.staff_chat.person import Place, person_of, places_of
from bot.staff_chat.person_tokens import Deed, button, person_button
from bot.staff_chat.workshop_choice import OLD_LIST, number_of
from storage.database import NotFound
from storage.office.staff import Member
from surveys.people import Participant, RemovalReason, StopReason

T = TypeVar("T")
HOW_KNOWN = (
    ("By telephone", StopReason.TELEPHONE),
    ("By e-mail", StopReason.EMAIL),
    ("On a list", StopReason.LIST),
)
WHY_REMOVED = (
    ("Wrong list", RemovalReason.WRONG_LIST),
    ("Did not come", RemovalReason.DID_NOT_COME),
)
PAUSES = (("2 weeks", 14), ("1 month", 30), ("3 months", 91))
LEAVE_IT = "Leave it"


@dataclass(frozen=True)
class Wish:
    """What a button asks for: the person, what its numbers say, and who tapped it."""

    context: StaffContext
    person: Participant
    numbers: Sequence[int]
    office: Office

    async def does(self, function: Callable[..., Done], *args: object) -> Done:
        """Do an act of the desk in one transaction."""
        write = self.context.transactions.write
        return await write(function, self.office, *args, self.context.clock())


async def act(context: StaffContext, tap: Tapped, found: Token, member: Member) -> Reply:
    """Do, or ask about, what a button on the card of a person says."""
    number, deed, *numbers = (*found.numbers, -1, -1)
    handler = HANDLERS.get(deed)
    if handler is None:
        raise NotFound(OLD_LIST)
    person = await context.transactions.read(person_of, number)
    card = await handler(Wish(context, person, numbers, context.office_of(member)))
    return Reply(says=(Say(card, tap.ref),))


async def _ask_stop(wish: Wish) -> Card:
    read = wish.context.transactions.read
    question = await read(what_stops, wish.office, wish.person.code)
    ways = [
        button(label, wish.person.id, Deed.STOP, number)
        for number, (label, _) in enumerate(HOW_KNOWN)
    ]
    return _question(wish, f"{question} How do you know?", ways)


async def _stop(wish: Wish) -> Card:
    reason = _chosen(HOW_KNOWN, wish.numbers[0])
    done = await wish.does(stop_person, wish.person.code, reason)
    return _done(wish, done, Deed.START, label="Start again")


async def _start(wish: Wish) -> Card:
    reasons = [reason for _, reason in HOW_KNOWN]
    before = wish.person
    done = await wish.does(start_person, before.code)
    if before.stop_reason is not None:
        return _done(wish, done, Deed.STOP, reasons.index(before.stop_reason))
    today = wish.context.office.day_of(wish.context.clock())
    days = (before.paused_until - today).days if before.paused_until else 0
    return _done(wish, done, Deed.PAUSE, max(days, 1))


async def _ask_pause(wish: Wish) -> Card:
    question = f"For how long does {wish.person.name} get no messages?"
    ways = [button(label, wish.person.id, Deed.PAUSE, days) for label, days in PAUSES]
    return _question(wish, question, ways)


async def _pause(wish: Wish) -> Card:
    until = wish.context.office.day_of(wish.context.clock()) + timedelta(
        days=min(wish.numbers[0], 366)
    )
    done = await wish.does(pause_person, wish.person.code, until)
    return _done(wish, done, Deed.START)


async def _ask_remove(wish: Wish) -> Card:
    place = await _place(wish)
    question = f"Why is {wish.person.name} removed from {place.workshop.code}?"
    ways = [
        button(label, wish.person.id, Deed.REMOVE, wish.numbers[0], number)
        for number, (label, _) in enumerate(WHY_REMOVED)
    ]
    return _question(wish, question, ways)


async def _remove(wish: Wish) -> Card:
    place = await _place(wish)
    why = _chosen(WHY_REMOVED, wish.numbers[1])
    done = await wish.does(remove_person, (place.workshop.code, wish.person.code), why)
    return _done(wish, done, Deed.RESTORE, wish.numbers[0])


async def _restore(wish: Wish) -> Card:
    place = await _place(wish)
    reasons = [reason for _, reason in WHY_REMOVED]
    why = place.enrolment.removed_why
    done = await wish.does(restore_person, (place.workshop.code, wish.person.code))
    number = reasons.index(why) if why in reasons else 0
    return _done(wish, done, Deed.REMOVE, wish.numbers[0], number)


async def _ask_leave_out(wish: Wish) -> Card:
    read = wish.context.transactions.read
    ways = []
    for code, key, is_out in await read(waves_to_ask, wish.office, wish.person.code):
        where = (tokens.number_of(code), tokens.number_of(key))
        deed = Deed.TAKE_IN if is_out else Deed.LEAVE_OUT
        label = f"Ask in {key} again, {code}" if is_out else f"{key}, {code}"
        ways.append(button(label, wish.person.id, deed, *where))
    question = f"Which wave is {wish.person.name} left out of?"
    return _question(wish, question if ways else "No wave is to come or open.", ways)


async def _leave_out(wish: Wish) -> Card:
    done = await wish.does(leave_person_out, await _wave(wish))
    return _done(wish, done, Deed.TAKE_IN, *wish.numbers[:2])


async def _take_in(wish: Wish) -> Card:
    done = await wish.does(take_person_in, await _wave(wish))
    return _done(wish, done, Deed.LEAVE_OUT, *wish.numbers[:2])


async def _hand_back(wish: Wish) -> Card:
    done = await wish.does(hand_back, wish.person.code)
    return Card(done.said, ((person_button(f"Show {wish.person.name}", wish.person.id),),))


async def _place(wish: Wish) -> Place:
    """Return the workshop that a button names among those of the person."""
    places = await wish.context.transactions.read(places_of, wish.person.id)
    meant = [one for one in places if number_of(one.workshop) == wish.numbers[0]]
    if not meant:
        raise NotFound(OLD_LIST)
    return meant[0]


async def _wave(wish: Wish) -> tuple[str, str, str]:
    """Return the workshop, the wave and the person that a button names, by their codes."""
    read = wish.context.transactions.read
    for code, key, _ in await read(waves_to_ask, wish.office, wish.person.code):
        if [tokens.number_of(code), tokens.number_of(key)] == [*wish.numbers[:2]]:
            return code, key, wish.person.code
    raise NotFound(OLD_LIST)


def _question(wish: Wish, question: str, ways: Sequence[Button]) -> Card:
    back = (person_button(LEAVE_IT, wish.person.id),)
    return Card(question, (*((one,) for one in ways), back))


def _done(wish: Wish, done: Done, deed: Deed, *numbers: int, label: str = "Undo") -> Card:
    """Return what was done, with the button that takes it back if anything was changed."""
    back = (button(label, wish.person.id, deed, *numbers),) if done.changed else ()
    show = person_button(f"Show {wish.person.name}", wish.person.id)
    return Card(done.said, ((*back, show),))


def _chosen(choices: Sequence[tuple[str, T]], number: int) -> T:
    if not 0 <= number < len(choices):
        raise NotFound(OLD_LIST)
    return choices[number][1]


HANDLERS: dict[int, Callable[[Wish], Awaitable[Card]]] = {
    Deed.ASK_STOP: _ask_stop,
    Deed.STOP: _stop,
    Deed.START: _start,
    Deed.ASK_PAUSE: _ask_pause,
    Deed.PAUSE: _pause,
    Deed.ASK_REMOVE: _ask_remove,
    Deed.REMOVE: _remove,
    Deed.RESTORE: _restore,
    Deed.ASK_LEAVE_OUT: _ask_leave_out,
    Deed.LEAVE_OUT: _leave_out,
    Deed.TAKE_IN: _take_in,
    Deed.HAND_BACK: _hand_back,
}
