"""What the office does next after a report: worded, released to readers outside, each with its undo."""

from collections.abc import Awaitable, Callable

from bot.desk.reports import next_steps as desk
from bot.desk.reports.steps import StandingStep, Stepped, StepPlace
from bot.web.desk.pages.reports import report_address, scope_of
from bot.web.desk.rows import DeskAct, DeskPage
from bot.web.desk.visits import Done, Field, Form, Panel, Screen, Undo, Visit
from storage.database import NotFound
from storage.office.staff import StaffRole
from surveys.next_step import Content, State

ORGANISER = StaffRole.ORGANISER
TOLD = {
    State.OFFICE: "the office",
    State.RELEASED: "readers outside too",
    State.DROPPED: "nobody",
}


async def show(visit: Visit) -> Screen:
    """Show the steps of a report, by rule and as staff have decided."""
    scope, name = await scope_of(visit)
    data = {
        "back": report_address(scope),
        "found": await _steps(visit, scope),
        "told": TOLD,
    }
    return Screen("next_steps.html", f"What the office does next: {name}", data)


async def _steps(visit: Visit, scope: str) -> list[StandingStep]:
    return await visit.read(desk.list_steps, scope, visit.now)


async def _step(visit: Visit, form: Form) -> tuple[StepPlace, Content]:
    """Return the step that a form names. NotFound if there is none."""
    scope, _ = await scope_of(visit)
    for one in await _steps(visit, scope):
        if one.key == form.text("step"):
            return StepPlace(scope, one.key), one.content
    raise NotFound("This step is not there any more.")


def _fields(one: Content) -> tuple[Field, ...]:
    return (
        Field("words", "What is to be done", "textarea", one.words, required=True),
        Field("owner", "Who does it", "text", one.owner, "A body or a post, no person."),
    )


async def _ask_add(visit: Visit, form: Form) -> Panel:
    return Panel("Add a step of the office's own", "Add it", (), _fields(Content("")))


async def _add(visit: Visit, form: Form) -> Done:
    scope, _ = await scope_of(visit)
    given = (visit.office, scope, _wording(form), visit.now)
    return _done(await visit.write(desk.add, *given))


async def _ask_change(visit: Visit, form: Form) -> Panel:
    place, content = await _step(visit, form)
    return Panel(f"Change {place.key}", "Save it", (), _fields(content), (("step", place.key),))


async def _change(visit: Visit, form: Form) -> Done:
    place, _ = await _step(visit, form)
    given = (visit.office, place, _wording(form), visit.now)
    return _done(await visit.write(desk.change, *given))


def _wording(form: Form) -> tuple[str, str]:
    return form.text("words"), form.text("owner")


def _at_once(act: Callable[..., Stepped]) -> Callable[[Visit, Form], Awaitable[Done]]:
    async def run(visit: Visit, form: Form) -> Done:
        place, _ = await _step(visit, form)
        return _done(await visit.write(act, visit.office, place, visit.now))

    return run


async def _undo(visit: Visit, form: Form) -> Done:
    return _done(await visit.write(desk.undo, visit.office, form.number("number"), visit.now))


def _done(done: Stepped) -> Done:
    there = f"{report_address(done.place.scope)}/next"
    undo = (Undo(there, "undo", (("number", str(done.undo)),)),) if done.changed else ()
    return Done(done.said, undo, there)


PAGE = DeskPage(
    "/reports/{code}/next",
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
