"""Room: one code for everybody in the workshop room, for the projector, and who has joined."""

from markupsafe import Markup

from bot.desk.people.walk_ins import (
    add_walk_in,
    approve_all,
    people_in_rooms,
    refuse_walk_in,
    walk_ins,
)
from bot.desk.waves.typed_days import typed_day
from bot.desk.workshops.code_sheets import chat_link, picture
from bot.desk.workshops.people_lists import PersonState, people_of
from bot.desk.workshops.room_codes import RoomCode, end_room_code, make_room_code, room_days
from bot.web.desk.rows import DeskAct, DeskPage
from bot.web.desk.visits import Done, Field, Form, Panel, Screen, Visit
from bot.wording.counts import counted
from bot.wording.days import day_words
from storage.office.staff import StaffRole
from surveys.people import Role

ORGANISER = StaffRole.ORGANISER


async def show(visit: Visit) -> Screen:
    """Show the state of the code, who has joined, and who waits."""
    return await _screen(visit, None)


async def _screen(visit: Visit, made: RoomCode | None) -> Screen:
    code = visit.place["code"]
    days = await visit.read(room_days, code, visit.now)
    people = [one for one in await visit.read(people_of, code) if one.role is Role.PARTICIPANT]
    here = [one for one in await visit.read(people_in_rooms) if one.workshop == days.workshop.code]
    guests = [one for one in await visit.read(walk_ins) if one.workshop == days.workshop.code]
    link = chat_link(visit.office.bot, made.code) if made else ""
    data = {
        "days": days,
        "made": made,
        "day_words": day_words,
        "qr": Markup(picture(link)) if link else "",  # noqa: S704 - our own drawing
        "joined": sum(one.state is PersonState.JOINED for one in people),
        "listed": len(people),
        "waiting": here[0] if here else None,
        "guests": guests,
        "bot": visit.office.bot,
    }
    return Screen("room.html", f"Room of {days.workshop.title}", data)


async def _ask_make(visit: Visit, form: Form) -> Panel | None:
    """Ask for the day; a code that works now ends."""
    days = await visit.read(room_days, visit.place["code"], visit.now)
    hint = f"In words. Empty: today, {day_words(days.days[0])} at the host."
    fields = (Field("day", "Day on which it works", hint=hint),)
    lines = ((days.said,) if days.working else ()) + (
        "The code is shown once, large enough for the projector. Make the poster or leave the page "
        "open.",
    )
    hidden = (("mark", days.mark),)
    return Panel("Make a code for the room?", "Make the code", lines, fields, hidden)


async def _make(visit: Visit, form: Form) -> Screen:
    text = form.text("day")
    day = typed_day(text, visit.today, "Day") if text else None
    place, mark = visit.place["code"], form.text("mark")
    made = await visit.write(make_room_code, visit.office, place, day, visit.now, mark)
    return await _screen(visit, made)


async def _end(visit: Visit, form: Form) -> Done:
    said = await visit.write(end_room_code, visit.office, visit.place["code"], visit.now)
    return Done(said)


async def _ask_approve(visit: Visit, form: Form) -> Panel | None:
    here = [
        one for one in await visit.read(people_in_rooms) if one.workshop == visit.place["code"]
    ]
    if not here:
        return Panel("Nobody of the list waits.", "Look again")
    lines = (", ".join(here[0].names), "Each gets the account from which the code was sent.")
    hidden = (("newest", str(here[0].newest)),)
    title = f"Approve {counted(len(here[0].names), 'person', 'people')} of the list?"
    return Panel(title, "Approve all", lines, hidden=hidden)


async def _approve(visit: Visit, form: Form) -> Done:
    number = await visit.write(
        approve_all, visit.office, visit.place["code"], form.number("newest"), visit.now
    )
    return Done(f"{counted(number, 'person is', 'people are')} in, and told so.")


async def _add(visit: Visit, form: Form) -> Done:
    person = await visit.write(add_walk_in, visit.office, form.number("guest"), visit.now)
    return Done(f"{person} is on the list now, and told so.")


async def _refuse(visit: Visit, form: Form) -> Done:
    name = await visit.write(refuse_walk_in, visit.office, form.number("guest"), visit.now)
    return Done(f"{name} is not on the list. The request is gone.")


PAGE = DeskPage(
    "/workshops/{code}/room",
    ORGANISER,
    show,
    {
        "make": DeskAct(ORGANISER, _make, _ask_make),
        "end": DeskAct(ORGANISER, _end),
        "approve": DeskAct(ORGANISER, _approve, _ask_approve, always=True),
        "add": DeskAct(ORGANISER, _add),
        "refuse": DeskAct(ORGANISER, _refuse),
    },
)
