"""Who waits in the rooms of workshops, below /relink: all approved at once, guests on no list added.

The work is done by `bot.desk.people.walk_ins`.
"""

from collections.abc import Sequence

from bot.desk.people import walk_ins
from bot.desk.people.walk_ins import InRoom
from bot.messaging.messages import Button, Card, Reply, Say, Tapped
from bot.messaging.tokens import Action, Token, number_of, token
from bot.staff_chat.context import StaffContext
from bot.wording.counts import counted
from storage.database import NotFound
from storage.office.staff import Member
from storage.people.walk_ins import WalkIn

ADD, REFUSE = range(2)
"""The second number of a button about a guest; the first is the guest."""
APPROVE = (
    "Approve {people} in the room of {workshop}? {names}. Look whether they are here: it cannot be "
    "taken back by a button."
)
LISTED = 20


async def ask_all(context: StaffContext, tap: Tapped, found: Token, member: Member) -> Reply:
    """Ask before all who wait in a room are approved."""
    room = await _room(context, found)
    people = counted(len(room.names), "person", "people")
    text = APPROVE.format(people=people, workshop=room.workshop, names=", ".join(room.names))
    row = (
        Button(
            "Approve all", token(Action.OFFICE_ROOM_ALL, number_of(room.workshop), room.newest)
        ),
        Button("Leave it", token(Action.OFFICE_WISHES)),
    )
    return Reply(says=(Say(Card(text, (row,)), tap.ref),))


async def approve_all(context: StaffContext, tap: Tapped, found: Token, member: Member) -> Reply:
    """Approve those whose names were shown."""
    room, newest = await _room(context, found), (*found.numbers, 0)[1]
    office, now = context.office_of(member), context.clock()
    done = await context.transactions.write(
        walk_ins.approve_all, office, room.workshop, newest, now
    )
    said = f"{counted(done, 'person is', 'people are')} confirmed in {room.workshop}."
    return Reply(says=(Say(Card(said, (_back(),)), tap.ref),))


async def decide_guest(context: StaffContext, tap: Tapped, found: Token, member: Member) -> Reply:
    """Add a guest who is on no list to the workshop, or refuse."""
    number, decision = (*found.numbers, 0, 0)[:2]
    office, now = context.office_of(member), context.clock()
    if decision == REFUSE:
        name = await context.transactions.write(walk_ins.refuse_walk_in, office, number, now)
        said = f"{name} is not added. The person can send the code of the room again."
    else:
        code = await context.transactions.write(walk_ins.add_walk_in, office, number, now)
        said = f"{code} is added to the workshop and confirmed."
    return Reply(says=(Say(Card(said, (_back(),)), tap.ref),))


def room_rows(rooms: Sequence[InRoom]) -> list[tuple[Button, ...]]:
    """Return a button for each room in which several people wait."""
    return [
        (
            Button(
                f"Approve all {len(one.names)} in {one.workshop}",
                token(Action.OFFICE_ROOM_ASK_ALL, number_of(one.workshop)),
            ),
        )
        for one in rooms
        if len(one.names) > 1
    ]


def guest_lines(guests: Sequence[WalkIn]) -> list[str]:
    """Return the guests who are on no list, a line each."""
    lines = [
        f"Guest {n}. {one.name}, {one.administration}, in the room of {one.workshop}, on no list, "
        f"chat {one.chat[1]}"
        for n, one in enumerate(guests[:LISTED], 1)
    ]
    more = len(guests) - LISTED
    return [*lines, f"{more} more guests wait."] if more > 0 else lines


def guest_rows(guests: Sequence[WalkIn]) -> list[tuple[Button, ...]]:
    """Return two buttons for each guest."""
    return [
        (
            Button(f"Add guest {n}", token(Action.OFFICE_GUEST, one.id, ADD)),
            Button(f"Refuse guest {n}", token(Action.OFFICE_GUEST, one.id, REFUSE)),
        )
        for n, one in enumerate(guests[:LISTED], 1)
    ]


async def _room(context: StaffContext, found: Token) -> InRoom:
    """Return the room on a button. NotFound if nobody waits there any more."""
    rooms = await context.transactions.read(walk_ins.people_in_rooms)
    for one in rooms:
        if [number_of(one.workshop)] == [*found.numbers[:1]]:
            return one
    raise NotFound("Nobody waits in that room any more.")


def _back() -> tuple[Button, ...]:
    return (Button("Show who waits", token(Action.OFFICE_WISHES)),)
