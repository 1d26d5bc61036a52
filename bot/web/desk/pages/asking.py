"""Asking a questionnaire of one workshop on a day, beside its plan, and taking that back."""

from bot.desk.waves.typed_days import typed_day
from bot.desk.workshops import added_waves
from bot.desk.workshops.added_waves import NewWave, WaveAdded
from bot.desk.workshops.listing import list_workshops
from bot.web.desk.pages.more_questions import add_again
from bot.web.desk.rows import DeskAct
from bot.web.desk.visits import Choice, Done, Field, Form, Panel, Undo, Visit
from storage.office.staff import StaffRole
from surveys.people import Role
from surveys.planning.listing import Group

ORGANISER = StaffRole.ORGANISER
AFTER = {
    "end": "on its last day",
    "end + 1 months": "a month after its last day",
    "end + 3 months": "three months after",
    "end + 6 months": "six months after",
    "end + 12 months": "a year after",
}
ON_A_DAY = "day"
DAYS = 28
BESIDE = "It is asked once, beside the plan of the workshop, and is open for four weeks."


async def _ask(visit: Visit, form: Form) -> Panel:
    """Ask of which workshop and when; then say whom it reaches."""
    found = await _look(visit, form)
    key = visit.place["key"].upper()
    soon = found is not None and found.asks and not found.known
    lines = (found.said,) if found and soon else (BESIDE,)
    fields = (
        Field(
            "workshop", "Workshop", "select", form.text("workshop"), "", await _workshops(visit)
        ),
        Field("opens", "When", "select", form.text("opens"), "", _whens()),
        Field(
            "day", "The day, if you chose a day", value=form.text("day"), hint="Such as 11 June"
        ),
        Field("role", "Who is asked", "select", form.text("role"), "", _roles()),
    )
    title = f"Ask {key} of a workshop"
    return Panel(title, "Ask it", lines, fields, grown=soon)


async def _look(visit: Visit, form: Form) -> WaveAdded | None:
    """Return what would be added, once a workshop was chosen."""
    code = form.text("workshop")
    if not code:
        return None
    return await visit.read(added_waves.look, visit.office, code, _wanted(visit, form), visit.now)


def _wanted(visit: Visit, form: Form) -> NewWave:
    opens = form.text("opens")
    if opens not in AFTER:
        today = visit.today
        opens = typed_day(form.text("day"), today, "The day").isoformat()
    role = form.text("role")
    known = Role(role) if role in set(Role) else Role.PARTICIPANT
    return NewWave(visit.place["key"].upper(), opens, known, DAYS)


async def _workshops(visit: Visit) -> tuple[Choice, ...]:
    found = await visit.read(list_workshops, visit.today)
    return tuple(
        Choice(one.workshop.code, f"{one.workshop.title}, {one.workshop.city}")
        for one in found
        if one.group is not Group.CANCELLED
    )


def _whens() -> tuple[Choice, ...]:
    return (*(Choice(value, text) for value, text in AFTER.items()), Choice(ON_A_DAY, "on a day"))


def _roles() -> tuple[Choice, ...]:
    return tuple(Choice(role.value, f"{role.value.replace('_', ' ')}s") for role in Role)


async def _add(visit: Visit, form: Form) -> Done:
    code = form.text("workshop")
    done = await visit.write(added_waves.add, visit.office, code, _wanted(visit, form), visit.now)
    if not done.changed:
        return Done(done.said)
    fields = (("workshop", code), ("wave", done.wave.key))
    return Done(done.said, (Undo(f"/questionnaires/{visit.place['key']}", "drop", fields),))


async def _drop(visit: Visit, form: Form) -> Done:
    code, key = form.text("workshop"), form.text("wave")
    wave = await visit.write(added_waves.drop, visit.office, code, key, visit.now)
    return Done(f"{code} {wave.key} is taken back: it is not asked.", (add_again(code, wave),))


ACTS: dict[str, DeskAct] = {
    "ask": DeskAct(ORGANISER, _add, _ask),
    "drop": DeskAct(ORGANISER, _drop),
}
"""By the names that addresses and forms use."""
