"""The acts on a workshop: each with the question before it. The work is done by `bot.desk.workshops`."""

from collections.abc import Awaitable, Callable
from datetime import date

from bot.desk.waves.results import WorkshopResult
from bot.desk.waves.typed_days import typed_day, typed_span
from bot.desk.waves.what_follows import with_what_follows
from bot.desk.waves.workshop_holds import hold_workshop, release_workshop
from bot.desk.workshops import replanning
from bot.desk.workshops.following import follow_plan, look_at_plan
from bot.desk.workshops.moving import moves_of_waves
from bot.desk.workshops.plans import all_plans
from bot.desk.workshops.renaming import rename
from bot.settings.office import Office
from bot.web.desk.pages.wave_acts import WHY, why_of
from bot.web.desk.rows import DeskAct
from bot.web.desk.visits import Choice, Done, Field, Form, Panel, Undo, Visit
from bot.wording.days import span_words
from storage.fieldwork.workshops import get_workshop
from storage.office.staff import StaffRole

ORGANISER = StaffRole.ORGANISER


def workshop_address(code: str) -> str:
    """Return the address of a workshop below /desk."""
    return f"/workshops/{code}"


def _here(visit: Visit) -> tuple[Office, str]:
    return visit.office, visit.place["code"]


async def _act(visit: Visit, act: Callable[..., WorkshopResult], *more: object) -> WorkshopResult:
    """Do an act, and then read what follows from it."""
    done = await visit.write(act, *_here(visit), *more, visit.now)
    return await visit.read(with_what_follows, visit.office, done, visit.now)


def _do(act: Callable[..., WorkshopResult], undo: str) -> Callable[[Visit, Form], Awaitable[Done]]:
    async def run(visit: Visit, form: Form) -> Done:
        return _done(await _act(visit, act), undo)

    return run


def _done(result: WorkshopResult, undo: str) -> Done:
    back = (Undo(workshop_address(result.workshop.code), undo),) if result.changed else ()
    return Done("\n".join(result.said), back)


async def _ask_move(visit: Visit, form: Form) -> Panel:
    workshop = await visit.read(get_workshop, visit.place["code"])
    typed, lines = form.text("days"), [f"Now: {span_words(workshop.starts_on, workshop.ends_on)}."]
    if typed:
        days = _days(visit, form)
        moves = await visit.read(moves_of_waves, *_here(visit), days, visit.now)
        lines += [f"Then: {span_words(*days)}.", *(one.said for one in moves)]
    field = Field("days", "New days", value=typed, hint="In words: 11 to 15 June.", required=True)
    verb = "Move the workshop" if typed else "Show what would move"
    title = f"Move {workshop.code}?"
    return Panel(title, verb, tuple(lines), (field,), grown=bool(typed))


async def _move(visit: Visit, form: Form) -> Done:
    before = await visit.read(get_workshop, visit.place["code"])
    done = await _act(visit, replanning.move, _days(visit, form))
    after = done.workshop
    days = (before.starts_on, before.ends_on, after.starts_on, after.ends_on)
    return Done("\n".join(done.said), _back(after.code, days) if done.changed else ())


def _back(code: str, days: tuple[date, date, date, date]) -> tuple[Undo, ...]:
    """Return what undoes a move; `days` are those before and after it."""
    fields = tuple((name, day.isoformat()) for name, day in zip(DAYS, days, strict=True))
    return (Undo(workshop_address(code), "move-back", fields),)


DAYS = ("first", "last", "new-first", "new-last")
"""The fields of the button that undoes a move: the days before and after it."""


def _change(visit: Visit, form: Form) -> tuple[tuple[date, date], tuple[date, date]]:
    """Return the days before and after the move that a button undoes. Raise BadInput."""
    first, last, new_first, new_last = (
        typed_day(form.text(one), visit.today, one) for one in DAYS
    )
    return (first, last), (new_first, new_last)


async def _ask_move_back(visit: Visit, form: Form) -> Panel | None:
    """Ask, unless it was moved again since: then nothing is done, and the act says so."""
    before, after = _change(visit, form)
    workshop = await visit.read(get_workshop, visit.place["code"])
    if (workshop.starts_on, workshop.ends_on) != after:
        return None
    moves = await visit.read(moves_of_waves, *_here(visit), before, visit.now)
    lines = (
        f"Now: {span_words(*after)}.",
        f"Then: {span_words(*before)}.",
        *(m.said for m in moves),
    )
    hidden = tuple((name, form.text(name)) for name in DAYS)
    return Panel(f"Move {workshop.code} back?", "Move it back", lines, hidden=hidden)


async def _move_back(visit: Visit, form: Form) -> Done:
    change = _change(visit, form)
    (first, last), (new_first, new_last) = change
    done = await _act(visit, replanning.move_back, change)
    again = (new_first, new_last, first, last)
    return Done("\n".join(done.said), _back(done.workshop.code, again) if done.changed else ())


def _days(visit: Visit, form: Form) -> tuple[date, date]:
    """Return the days that were typed; one day alone is first and last. Raise BadInput."""
    return typed_span(form.text("days"), visit.today, "New days")


async def _ask_cancel(visit: Visit, form: Form) -> Panel:
    workshop = await visit.read(get_workshop, visit.place["code"])
    lines = (
        "No more waves open and no more messages are sent. People who have begun may finish.",
        "It can be restored.",
    )
    return Panel(f"Cancel “{workshop.title}”?", "Cancel the workshop", lines)


async def _ask_hold(visit: Visit, form: Form) -> Panel:
    lines = ("No wave of it opens and nothing is sent until somebody releases it.",)
    return Panel(f"Hold all of {visit.place['code']}?", "Hold the workshop", lines, WHY)


async def _hold(visit: Visit, form: Form) -> Done:
    why = why_of(visit, form, "Remind on")
    return _done(await visit.write(hold_workshop, *_here(visit), visit.now, why), "release")


async def _ask_release(visit: Visit, form: Form) -> Panel:
    lines = (
        "What was held back leaves from the next working hours of each person.",
        "A wave whose day is near or has passed meanwhile needs your yes.",
    )
    return Panel(f"Release all of {visit.place['code']}?", "Release the workshop", lines)


async def _ask_restore(visit: Visit, form: Form) -> Panel:
    lines = (
        "Messages of open waves go on, and coming waves open by their plan again.",
        "A wave whose day is near or has passed meanwhile needs your yes.",
    )
    return Panel(f"Restore {visit.place['code']}?", "Restore the workshop", lines)


async def _ask_confirm(visit: Visit, form: Form) -> Panel:
    workshop = await visit.read(get_workshop, visit.place["code"])
    days = (workshop.starts_on, workshop.ends_on)
    moves = await visit.read(moves_of_waves, *_here(visit), days, visit.now)
    lines = (f"{span_words(*days)}. Its waves then open by themselves.", *(m.said for m in moves))
    return Panel(f"Confirm the days of {workshop.code}?", "Confirm the days", lines)


async def _ask_rename(visit: Visit, form: Form) -> Panel:
    hint = "Letters, digits and hyphens."
    field = Field("new", "New code", value=form.text("new"), hint=hint, required=True)
    lines = ("All that belongs to the workshop follows. The former code goes on being found.",)
    return Panel(f"Another code for {visit.place['code']}?", "Change the code", lines, (field,))


async def _rename(visit: Visit, form: Form) -> Done:
    done = await visit.write(rename, *_here(visit), form.text("new"), visit.now)
    there = workshop_address(done.code)
    undo = (Undo(there, "rename", (("new", done.former),)),) if done.changed else ()
    return Done(done.said, undo, to=there)


async def _ask_plan(visit: Visit, form: Form) -> Panel:
    """Ask which plan; once one is chosen, say which waves the workshop then has."""
    workshop, chosen = await visit.read(get_workshop, visit.place["code"]), form.text("plan")
    lines = [f"Now it follows the plan {workshop.plan}."]
    if chosen:
        found = await visit.read(look_at_plan, *_here(visit), chosen, visit.now)
        lines += [f"With the plan {chosen}:", *found]
    known = await visit.read(all_plans, visit.office)
    choices = tuple(Choice(key, key) for key in known)
    field = Field("plan", "Plan", "select", chosen or workshop.plan, choices=choices)
    verb = "Follow this plan" if chosen else "Show what would change"
    title = f"Another plan for {workshop.code}?"
    return Panel(title, verb, tuple(lines), (field,), grown=bool(chosen))


async def _follow(visit: Visit, form: Form) -> Done:
    before = await visit.read(get_workshop, visit.place["code"])
    done = await _act(visit, follow_plan, form.text("plan"))
    undo = Undo(workshop_address(before.code), "plan", (("plan", before.plan),))
    return Done("\n".join(done.said), (undo,) if done.changed else ())


ACTS: dict[str, DeskAct] = {
    "confirm": DeskAct(ORGANISER, _do(replanning.confirm, "unconfirm"), _ask_confirm),
    "unconfirm": DeskAct(ORGANISER, _do(replanning.unconfirm, "confirm")),
    "move": DeskAct(ORGANISER, _move, _ask_move),
    "move-back": DeskAct(ORGANISER, _move_back, _ask_move_back),
    "hold": DeskAct(ORGANISER, _hold, _ask_hold),
    "release": DeskAct(ORGANISER, _do(release_workshop, "hold"), _ask_release),
    "cancel": DeskAct(ORGANISER, _do(replanning.cancel, "restore"), _ask_cancel),
    "restore": DeskAct(ORGANISER, _do(replanning.restore, "cancel"), _ask_restore),
    "plan": DeskAct(ORGANISER, _follow, _ask_plan),
    "rename": DeskAct(ORGANISER, _rename, _ask_rename),
}
"""By the names that addresses and forms use."""
