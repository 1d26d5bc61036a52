"""Who waits to be confirmed: new accounts of known people, people in rooms, guests on no list."""

from bot.desk.people import walk_ins
from bot.desk.people.relinking import (
    RelinkRequest,
    RelinkRequests,
    decide_relink,
    refuse_all,
    relink_requests,
)
from bot.web.desk.pages.people.common import AGAIN, page_of
from bot.web.desk.paging import page_of as page_of_list
from bot.web.desk.rows import DeskAct, DeskPage
from bot.web.desk.visits import Done, Form, Panel, Screen, Undo, Visit
from bot.wording.counts import counted
from storage.database import NotFound
from storage.office.staff import StaffRole
from storage.people.walk_ins import WalkIn
from surveys.people import RemovalReason

DECIDED = "This was decided already."
CHECK = (
    "Before you approve, ask the person by a phone number or an address that you already know. "
    "Compare the chat number: the person sees it with /id."
)
MOST_ACCOUNTS = 20
"""How many accounts that ask for one person are listed; more are somebody's joke or attack."""
LOOK = "Look whether they are here. It cannot be taken back by a button."


async def show(visit: Visit) -> Screen:
    """Show everybody who waits."""
    pages, asked = page_of_list(await visit.read(relink_requests), visit.query)
    data = {
        "asked": asked,
        "pages": pages,
        "most": MOST_ACCOUNTS,
        "guests": await visit.read(walk_ins.walk_ins),
        "rooms": [one for one in await visit.read(walk_ins.people_in_rooms) if one.names],
        "check": CHECK,
    }
    return Screen("waiting.html", "Who waits to be confirmed", data)


async def _request(visit: Visit, form: Form) -> tuple[RelinkRequests, RelinkRequest]:
    """Return the person and the account that a form names."""
    for one in await visit.read(relink_requests):
        for account in one.accounts:
            if account.number == form.number("account"):
                return one, account
    raise NotFound(DECIDED)


async def ask_approve(visit: Visit, form: Form) -> Panel | None:
    """Ask before an account may answer for a person."""
    one, account = await _request(visit, form)
    room = f", in the room of {account.room}" if account.room else ""
    lines = [
        f"Chat {account.chat}{room} asks to answer for {one.name} ({one.participant}), "
        f"{one.administrations}."
    ]
    more = len(one.accounts) - 1
    lines += [f"{counted(more, 'other chat asks', 'other chats ask')} too."] if more else []
    title = f"Does this chat belong to {one.name}?"
    about = (("account", str(account.number)),)
    return Panel(title, "Approve", (*lines, CHECK), hidden=about, final=True)


async def approve(visit: Visit, form: Form) -> Done:
    """Let an account answer for a person."""
    number = form.number("account")
    person = await visit.write(decide_relink, visit.office, number, visit.now, agreed=True)
    return Done(f"{person.code} answers from this account now.")


async def refuse(visit: Visit, form: Form) -> Done:
    """Refuse an account, which can ask again."""
    number = form.number("account")
    person = await visit.write(decide_relink, visit.office, number, visit.now, agreed=False)
    return Done(f"{person.code} is not linked to this account. Who it is can ask again.")


async def refuse_everybody(visit: Visit, form: Form) -> Done:
    """Refuse all accounts that ask for one person."""
    number = form.number("person")
    person, count = await visit.write(refuse_all, visit.office, number, visit.now)
    return Done(f"{person.code} is not linked: {counted(count, 'account')} refused.")


async def ask_room(visit: Visit, form: Form) -> Panel | None:
    """Ask before all who wait in a room are approved."""
    rooms = await visit.read(walk_ins.people_in_rooms)
    room = next((one for one in rooms if one.workshop == form.text("workshop")), None)
    if room is None:
        raise NotFound("Nobody waits in that room any more.")
    people = counted(len(room.names), "person", "people")
    about = (("workshop", room.workshop), ("newest", str(room.newest)))
    lines = (", ".join(room.names), LOOK)
    title = f"Approve {people} in the room of {room.workshop}?"
    return Panel(title, f"Approve {len(room.names)} on the list", lines, hidden=about, final=True)


async def room(visit: Visit, form: Form) -> Done:
    """Approve those whose names were shown."""
    workshop, newest = form.text("workshop"), form.number("newest")
    done = await visit.write(walk_ins.approve_all, visit.office, workshop, newest, visit.now)
    return Done(f"{counted(done, 'person is', 'people are')} confirmed in {workshop}.")


async def _guest(visit: Visit, form: Form) -> WalkIn:
    found = await visit.read(walk_ins.walk_ins)
    guest = next((one for one in found if one.id == form.number("guest")), None)
    if guest is None:
        raise NotFound(DECIDED)
    return guest


async def ask_add(visit: Visit, form: Form) -> Panel | None:
    """Ask before a guest on no list is added to a workshop."""
    guest = await _guest(visit, form)
    lines = (
        f"{guest.name}, {guest.administration}, chat {guest.chat[1]}, is on no list.",
        "The person is enrolled, may answer from this chat, and is told so.",
    )
    title = f"Add {guest.name} to {guest.workshop}?"
    return Panel(title, "Add", lines, hidden=(("guest", str(guest.id)),))


async def add(visit: Visit, form: Form) -> Done:
    """Add a guest to the workshop; removing the person takes it back."""
    guest = await _guest(visit, form)
    code = await visit.write(walk_ins.add_walk_in, visit.office, guest.id, visit.now)
    given = (("workshop", guest.workshop), ("why", str(RemovalReason.WRONG_LIST)), AGAIN)
    undo = Undo(page_of(code), "remove", given, f"Remove from {guest.workshop}")
    return Done(f"{code} is added to the workshop and confirmed.", (undo,))


async def turn_away(visit: Visit, form: Form) -> Done:
    """Forget a guest who does not belong to the workshop."""
    number = form.number("guest")
    name = await visit.write(walk_ins.refuse_walk_in, visit.office, number, visit.now)
    return Done(f"{name} is not added. The person can send the code of the room again.")


_ORGANISER = StaffRole.ORGANISER
PAGE = DeskPage(
    "/people/waiting",
    _ORGANISER,
    show,
    {
        "approve": DeskAct(_ORGANISER, approve, ask_approve),
        "refuse": DeskAct(_ORGANISER, refuse),
        "refuse-all": DeskAct(_ORGANISER, refuse_everybody),
        "room": DeskAct(_ORGANISER, room, ask_room),
        "add": DeskAct(_ORGANISER, add, ask_add),
        "turn-away": DeskAct(_ORGANISER, turn_away),
    },
)
