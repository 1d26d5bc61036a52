"""The lists of people that were imported for a workshop: undo, save again, to another workshop."""

from collections.abc import Awaitable, Callable

from bot.desk.people.import_texts import moved_line, saved_again_line, undone_line
from bot.desk.people.import_undo import Undone, move_import, redo_import, undo_import
from bot.desk.waves.what_follows import what_follows
from bot.desk.workshops.listing import list_workshops
from bot.web.desk.pages.workshop_acts import workshop_address
from bot.web.desk.rows import DeskAct
from bot.web.desk.visits import Choice, Done, Field, Form, Panel, Undo, Visit
from storage.office.staff import StaffRole

Do = Callable[[Visit, Form], Awaitable[Done]]
UNDO, REDO, MOVE = "undo-list", "redo-list", "move-list"


def _list(act: Callable[..., Undone], line: Callable[[Undone], str], undo: str) -> Do:
    async def run(visit: Visit, form: Form) -> Done:
        code, number = visit.place["code"], form.named("list")
        done = await visit.write(act, visit.office, code, number, visit.now)
        follows = await visit.read(what_follows, visit.office, code, visit.now)
        said = (line(done), *done.left, *(follows if act is redo_import else ()))
        return Done("\n".join(said), (_undo(code, undo, number),))

    return run


def _undo(code: str, act: str, number: int) -> Undo:
    label = "Save again" if act == REDO else "Undo"
    return Undo(workshop_address(code), act, (("list", str(number)),), label)


async def _ask_move(visit: Visit, form: Form) -> Panel:
    others = await visit.read(list_workshops, visit.today)
    choices = tuple(
        Choice(one.workshop.code, f"{one.workshop.title}, {one.workshop.city} ({one.group})")
        for one in others
        if one.workshop.code != visit.place["code"]
    )
    field = Field("to", "Workshop", "select", choices=choices, required=True)
    lines = ("Its people are taken off this workshop and put on the other one.",)
    hidden = (("list", str(form.named("list"))),)
    return Panel("Which workshop is the list for?", "Move the list", lines, (field,), hidden)


async def _move(visit: Visit, form: Form) -> Done:
    place, to = (visit.place["code"], form.named("list")), form.text("to")
    done = await visit.write(move_import, visit.office, place, to, visit.now)
    follows = await visit.read(what_follows, visit.office, to, visit.now)
    said = "\n".join((moved_line(done), *done.left, *follows))
    return Done(said, (_undo(to, UNDO, done.new_number),), to=workshop_address(to))


ACTS: dict[str, DeskAct] = {
    UNDO: DeskAct(StaffRole.ORGANISER, _list(undo_import, undone_line, REDO)),
    REDO: DeskAct(StaffRole.ORGANISER, _list(redo_import, saved_again_line, UNDO)),
    MOVE: DeskAct(StaffRole.ORGANISER, _move, _ask_move),
}
"""By the names that addresses and forms use."""
