"""Plans: which waves each gives a workshop; plans of the office are sent, given as files, removed."""

from bot.desk.today.lately import done_of
from bot.desk.workshops import plans
from bot.desk.workshops.plans import PlanStored
from bot.web.desk.pages.changed_texts import PLANS as ADDRESS
from bot.web.desk.pages.changed_texts import plan_back
from bot.web.desk.pages.lately import UNDOING
from bot.web.desk.rows import DeskAct, DeskPage
from bot.web.desk.visits import Done, Download, Form, Panel, Screen, Visit
from storage.office.audit import Act
from storage.office.staff import StaffRole
from surveys.problems import BadInput, Problem

ORGANISER = StaffRole.ORGANISER
PASTED = "the text"
OWN = "the office"


async def show(visit: Visit) -> Screen:
    """Show all plans with their waves, those of the office first."""
    lines = await visit.read(plans.list_plans, visit.office)
    known = await visit.read(plans.all_plans, visit.office)
    found = sorted(((one, known[one.key]) for one in lines), key=lambda pair: pair[0].whose != OWN)
    history = {"history": await visit.read(done_of, {Act.PLAN_CHANGED: ""}), **UNDOING}
    return Screen("plans.html", "Plans", {"found": found, "own": OWN, **history})


async def show_file(visit: Visit) -> Download:
    """Return a plan as a file that can be changed and sent under another key."""
    key = visit.place["key"]
    text = await visit.read(plans.text_of, visit.office, key)
    return Download(f"{key}.yaml", text.encode(), "application/yaml")


def _sent(form: Form) -> tuple[str, str]:
    """Return the text that was sent, and what it is called in messages. Raise BadInput for none."""
    file = form.files.get("file")
    text = file.content.decode("utf-8-sig", "replace") if file else form.text("plan")
    if not text.strip():
        fix = "Choose a .yaml file, or write the plan."
        raise BadInput((Problem("The plan", "", "Nothing was sent.", fix=fix),))
    return text, (file.name if file else form.text("source")) or PASTED


async def _ask(visit: Visit, form: Form) -> Panel | None:
    """Ask where workshops follow the plan already; a new plan reaches nobody."""
    text, source = _sent(form)
    found = await visit.read(plans.look, visit.office, text, source)
    if not found.asks:
        return None
    hidden = (("plan", text), ("source", source))
    return Panel(f"Change the plan {found.key}?", "Change it", found.said, hidden=hidden)


async def _send(visit: Visit, form: Form) -> Done:
    text, source = _sent(form)
    done = await visit.write(plans.import_plan, visit.office, text, source, visit.now)
    undo = (plan_back(done.key, done.number),) if done.changed else ()
    return Done("\n".join(done.said), undo, to=ADDRESS)


def _stored(done: PlanStored) -> Done:
    return Done(done.said, (plan_back(done.key, done.number),) if done.number else ())


async def _ask_put_back(visit: Visit, form: Form) -> Panel | None:
    """Ask where workshops follow the plan, as before the change that is taken back."""
    key, number = form.text("key"), form.named("change")
    found = await visit.read(plans.look_back, key, number)
    if not found.asks:
        return None
    hidden = (("key", key), ("change", str(number)))
    return Panel(f"Put the plan {key} back?", "Put it back", found.said, hidden=hidden)


async def _put_back(visit: Visit, form: Form) -> Done:
    named = (form.text("key"), form.named("change"))
    return _stored(await visit.write(plans.put_plan_back, visit.office, *named, visit.now))


async def _remove(visit: Visit, form: Form) -> Done:
    key = form.text("key")
    return _stored(await visit.write(plans.remove_plan, visit.office, key, visit.now))


PAGES = (
    DeskPage(
        ADDRESS,
        ORGANISER,
        show,
        {
            "send": DeskAct(ORGANISER, _send, _ask, file=True),
            "put-back": DeskAct(ORGANISER, _put_back, _ask_put_back),
            "remove": DeskAct(ORGANISER, _remove),
        },
    ),
    DeskPage(f"{ADDRESS}/{{key}}", ORGANISER, show_file),
)
