"""The call list: people whom no message reaches, with what came of calls."""

from bot.desk.people.call_list import NOBODY_TO_CALL, call_list
from bot.desk.people.calls_noted import RESULTS, note_call, noted_calls, take_call_back
from bot.web.desk.pages.people.common import noted
from bot.web.desk.paging import page_of
from bot.web.desk.rows import DeskAct, DeskPage
from bot.web.desk.visits import Choice, Done, Field, Form, Panel, Screen, Undo, Visit
from storage.office.staff import StaffRole
from storage.people.participants import participant_with
from surveys.problems import BadInput, Problem

ADDRESS = "/people/calls"


async def show(visit: Visit) -> Screen:
    """Show the people to call, the longest unreachable first."""
    calls = await visit.read(call_list, visit.office, visit.now, visit.query.get("workshop"))
    notes = await visit.read(noted_calls)
    pages, listed = page_of(calls, visit.query)
    rows = [(one, notes.get((one.participant, one.workshop))) for one in listed]
    data = {"rows": rows, "pages": pages, "results": RESULTS, "nobody": NOBODY_TO_CALL}
    return Screen("call_list.html", "Call list", {**data, "total": len(calls)})


async def ask_note(visit: Visit, form: Form) -> Panel | None:
    """Ask what came of a call."""
    person = await visit.read(participant_with, form.text("person"))
    choices = tuple(Choice(one, text[0].upper() + text[1:]) for one, text in RESULTS.items())
    result = Field("result", "What came of it?", "radio", choices=choices, required=True)
    about = (("person", person.code), ("workshop", form.text("workshop")))
    return Panel(f"You called {person.name}?", "Save", (), (result,), about)


async def note(visit: Visit, form: Form) -> Done:
    """Note what came of a call."""
    if not form.text("result"):
        raise BadInput([Problem("Call", "", "Choose what came of it.")])
    place = (form.text("workshop"), form.text("person"))
    done = await visit.write(note_call, visit.office, place, form.text("result"), visit.now)
    about = (("person", done.participant), ("workshop", place[0]))
    return noted(done, Undo(ADDRESS, "take-back", about))


async def take_back(visit: Visit, form: Form) -> Done:
    """Take the newest note about a call back."""
    place = (form.text("workshop"), form.text("person"))
    return noted(await visit.write(take_call_back, visit.office, place, visit.now))


PAGE = DeskPage(
    ADDRESS,
    StaffRole.ORGANISER,
    show,
    {
        "note": DeskAct(StaffRole.ORGANISER, note, ask_note),
        "take-back": DeskAct(StaffRole.ORGANISER, take_back),
    },
)
