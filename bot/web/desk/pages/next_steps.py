"""What the office does next, as a report tells it: proposed, worded, released, dropped."""

from collections.abc import Awaitable, Callable

from bot.desk.reports import next_steps as desk
from bot.desk.reports.steps import LAPSED, TAKE_BACK, StandingStep, Stepped, StepPlace
from bot.web.desk.pages.reports import report_address, scope_of
from bot.web.desk.rows import DeskAct, DeskPage
from bot.web.desk.visits import Done, Field, Form, Panel, Screen, Undo, Visit
from storage.database import NotFound
from storage.office.staff import StaffRole
from surveys.next_step import Content, State

ORGANISER = StaffRole.ORGANISER
TAGS = {
    State.OFFICE: ("", "for the office alone"),
    State.RELEASED: ("ok", "released"),
    State.DROPPED: ("soon", "dropped"),
}
"""The look and the words of each state."""


async def show(visit: Visit) -> Screen:
    """Show the steps of a report."""
    scope, name = await scope_of(visit)
    data = {
        "name": name,
        "address": report_address(scope),
        "steps": await visit.read(desk.list_steps, scope, visit.now),
        "tags": TAGS,
        "lapsed": LAPSED,
        "take_back": TAKE_BACK,
    }
    return Screen("next_steps.html", f"Next steps: {name}", data)


def _fields(one: Content) -> tuple[Field, ...]:
    return (
        Field("words", "What is done", "textarea", one.words, required=True),
        Field("owner", "Who does it", "text", one.owner, "A body or a post, no person."),
    )


async def _ask_add(visit: Visit, form: Form) -> Panel:
    lines = ("It is for the office alone until it is released.",)
    return Panel("Add a step", "Add it", lines, _fields(Content("")))


async def _add(visit: Visit, form: Form) -> Done:
    scope, _ = await scope_of(visit)
    wording = (form.text("words"), form.text("owner"))
    return _done(await visit.write(desk.add, visit.office, scope, wording, visit.now))


async def _ask_change(visit: Visit, form: Form) -> Panel:
    one = await _step(visit, form)
    return Panel("Change the step", "Save it", (), _fields(one.content), (("step", one.key),))


async def _step(visit: Visit, form: Form) -> StandingStep:
    """Return the step that a form names. Raise NotFound if it does not stand here."""
    scope, _ = await scope_of(visit)
    for one in await visit.read(desk.list_steps, scope, visit.now):
        if one.key == form.text("step"):
            return one
    raise NotFound("There is no such step here any more.")


async def _change(visit: Visit, form: Form) -> Done:
    place, wording = await _place(visit, form), (form.text("words"), form.text("owner"))
    return _done(await visit.write(desk.change, visit.office, place, wording, visit.now))


async def _place(visit: Visit, form: Form) -> StepPlace:
    scope, _ = await scope_of(visit)
    return StepPlace(scope, form.text("step"))


def _at_once(act: Callable[..., Stepped]) -> Callable[[Visit, Form], Awaitable[Done]]:
    async def run(visit: Visit, form: Form) -> Done:
        place = await _place(visit, form)
        return _done(await visit.write(act, visit.office, place, visit.now))

    return run


async def _undo(visit: Visit, form: Form) -> Done:
    return _done(await visit.write(desk.undo, visit.office, form.number("number"), visit.now))


def _done(done: Stepped) -> Done:
    back = step_back(done.place.scope, done.undo)
    return Done(done.said, (back,) if done.changed else (), back.address)


def step_back(scope: str, number: int) -> Undo:
    """Return what takes a change of a step of a report back."""
    return Undo(f"{report_address(scope)}/steps", "undo", (("number", str(number)),))


PAGE = DeskPage(
    "/reports/{code}/steps",
    ORGANISER,
    show,
    {
        "add": DeskAct(ORGANISER, _add, _ask_add),
        "change": DeskAct(ORGANISER, _change, _ask_change),
        "release": DeskAct(ORGANISER, _at_once(desk.release)),
        "keep": DeskAct(ORGANISER, _at_once(desk.keep)),
        "drop": DeskAct(ORGANISER, _at_once(desk.drop)),
        "undo": DeskAct(ORGANISER, _undo),
    },
)
