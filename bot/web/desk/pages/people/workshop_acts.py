"""Acts on one person in a workshop: remove, leave out, move, a new link, a supervisor."""

from datetime import date, timedelta

from bot.desk.people.enrolments import renew_link
from bot.desk.people.leaving_out import leave_person_out, take_person_in
from bot.desk.people.person import move_person
from bot.desk.people.removing import remove_person, restore_person
from bot.desk.people.supervisors import Supervisor, tie_supervisor
from bot.desk.waves.typed_days import typed_day
from bot.web.desk.pages.people.common import back, is_undo, line, noted, person_of, typed
from bot.web.desk.rows import DeskAct
from bot.web.desk.visits import Choice, Done, Field, Form, Panel, Screen, Visit
from bot.wording.counts import counted
from storage.database import Conflict
from storage.office.staff import StaffRole
from storage.people.administrations import all_administrations
from storage.people.enrolments import enrolments_of
from surveys.people import RemovalReason

WHY = (
    Choice(RemovalReason.WRONG_LIST, "Wrong list: the person does not belong there"),
    Choice(RemovalReason.DID_NOT_COME, "Did not come"),
)
NOT_MOVED = "Nothing was changed: {code} was in no list yet on that day."


async def ask_remove(visit: Visit, form: Form) -> Panel | None:
    """Ask why a person is removed from a workshop."""
    if is_undo(form):
        return None
    person, workshop = await person_of(visit), form.text("workshop")
    why = Field("why", "Why?", "radio", RemovalReason.WRONG_LIST, choices=WHY)
    lines = ("Nothing more is sent about it. Answers stay with the office, in no report.",)
    title = f"Remove {person.name} from {workshop}?"
    return Panel(title, "Remove", lines, (why,), (("workshop", workshop),))


async def remove(visit: Visit, form: Form) -> Done:
    """Take the person off a workshop."""
    person, workshop = await person_of(visit), form.text("workshop")
    if form.text("why") not in set(RemovalReason):
        raise Conflict("Choose why. Nothing was changed.")
    where, why = (workshop, person.code), RemovalReason(form.text("why"))
    done = await visit.write(remove_person, visit.office, where, why, visit.now)
    return noted(done, back(person.code, "restore", ("workshop", workshop)))


async def restore(visit: Visit, form: Form) -> Done:
    """Put the person back into a workshop."""
    person, workshop = await person_of(visit), form.text("workshop")
    mine = await visit.read(enrolments_of, person.id)
    why = next((one.removed_why for one in mine if one.workshop_code == workshop), None)
    done = await visit.write(restore_person, visit.office, (workshop, person.code), visit.now)
    given = ("workshop", workshop), ("why", why or RemovalReason.WRONG_LIST)
    return noted(done, back(person.code, "remove", *given))


async def leave_out(visit: Visit, form: Form) -> Done:
    """Ask the person nothing in one wave."""
    person = await person_of(visit)
    workshop, wave = form.text("workshop"), form.text("wave")
    place = (workshop, wave, person.code)
    done = await visit.write(leave_person_out, visit.office, place, visit.now)
    return noted(done, back(person.code, "take-in", ("workshop", workshop), ("wave", wave)))


async def take_in(visit: Visit, form: Form) -> Done:
    """Ask the person in a wave again."""
    person = await person_of(visit)
    workshop, wave = form.text("workshop"), form.text("wave")
    place = (workshop, wave, person.code)
    done = await visit.write(take_person_in, visit.office, place, visit.now)
    return noted(done, back(person.code, "leave-out", ("workshop", workshop), ("wave", wave)))


async def ask_move(visit: Visit, form: Form) -> Panel | None:
    """Ask at which administration a person works now, and since when."""
    if is_undo(form):
        return None
    person = await person_of(visit)
    mine = await visit.read(enrolments_of, person.id)
    here = mine[-1].works_at if mine else ""
    known = (await visit.read(all_administrations)).values()
    choices = tuple(Choice(one.code, one.name) for one in sorted(known, key=lambda x: x.name))
    where = Field("administration", "Works at", "select", here, choices=choices)
    since = line("since", "Since", hint="A day, such as 1 March. Empty: today.", must=False)
    lines = (
        "Messages follow the clock of the new administration. Reports go on to count the person "
        "where they were at the time of the workshop.",
    )
    return Panel(f"Move {person.name}?", "Move", lines, (where, since))


async def move(visit: Visit, form: Form) -> Done:
    """Store where the person works."""
    person, wanted = await person_of(visit), form.text("administration")
    before = {one.works_at for one in await visit.read(enrolments_of, person.id)}
    since = _since(visit, form.text("since"))
    moving = visit.write(move_person, visit.office, person.code, wanted, since, visit.now)
    changed = await typed(moving)
    if not changed:
        return Done(NOT_MOVED.format(code=person.code))
    follow = counted(changed, "workshop follows", "workshops follow")
    said = f"{person.code} works at {wanted}; {follow} its clock."
    if len(before) > 1 or before == {wanted}:
        return Done(said)
    given = ("administration", before.pop()), ("since", since.isoformat())
    return Done(said, (back(person.code, "move", *given),))


def _since(visit: Visit, text: str) -> date:
    """Return the day that was typed; without a year the last such day."""
    today = visit.today
    if text.casefold() in ("", "today"):
        return today
    return typed_day(text, today - timedelta(days=364), "Since")


async def ask_link(visit: Visit, form: Form) -> Panel | None:
    """Ask before a new personal link is made."""
    person, workshop = await person_of(visit), form.text("workshop")
    lines = (
        "It is shown once, for this person alone, to be passed on by hand.",
        f"Earlier links of {workshop} do not work any more, also those in letters.",
    )
    title = f"Make a new link to the page for {person.name}?"
    return Panel(title, "Make the link", lines, hidden=(("workshop", workshop),))


async def link(visit: Visit, form: Form) -> Screen:
    """Make a link and show it once."""
    person, workshop = await person_of(visit), form.text("workshop")
    url = await visit.write(renew_link, visit.office, (workshop, person.code), visit.now)
    data = {"person": person, "links": [("Link to the page", url)], "lines": (), "undo": None}
    return Screen("shown_once.html", f"A link for {person.name}", data)


async def ask_supervisor(visit: Visit, form: Form) -> Panel | None:
    """Ask who supervises a participant."""
    person, workshop = await person_of(visit), form.text("workshop")
    hint = "Leave it empty for a new person."
    fields = (
        line("code", "Code, if the office knows the supervisor", hint=hint, must=False),
        line("name", "Name of a new person", must=False),
        Field("email", "E-mail address of a new person", "email"),
    )
    lines = (f"The supervisor is asked about {person.name}, if {person.name} agrees to it.",)
    title = f"Who supervises {person.name}?"
    return Panel(title, "Save", lines, fields, (("workshop", workshop),))


async def supervisor(visit: Visit, form: Form) -> Done:
    """Tie a supervisor to the participant."""
    person, workshop = await person_of(visit), form.text("workshop")
    who = Supervisor(form.text("code"), form.text("name"), form.text("email"))
    where = (workshop, person.code)
    done = await typed(visit.write(tie_supervisor, visit.office, where, who, visit.now))
    given = ("workshop", workshop), ("why", RemovalReason.WRONG_LIST)
    return noted(done, back(done.participant, "remove", *given))


_ORGANISER = StaffRole.ORGANISER
ACTS = {
    "remove": DeskAct(_ORGANISER, remove, ask_remove),
    "restore": DeskAct(_ORGANISER, restore),
    "leave-out": DeskAct(_ORGANISER, leave_out),
    "take-in": DeskAct(_ORGANISER, take_in),
    "move": DeskAct(_ORGANISER, move, ask_move),
    "link": DeskAct(_ORGANISER, link, ask_link),
    "supervisor": DeskAct(_ORGANISER, supervisor, ask_supervisor),
}
