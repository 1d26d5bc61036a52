"""The columns that were chosen for lists: they hold for files of the same headings until forgotten."""

from collections.abc import Awaitable, Callable

from bot.desk.list_columns import forget_columns, list_columns, remember_columns
from bot.web.desk.paging import page_of
from bot.web.desk.rows import DeskAct, DeskPage
from bot.web.desk.visits import Done, Form, Screen, Undo, Visit
from storage.office.staff import StaffRole

ORGANISER = StaffRole.ORGANISER
ADDRESS = "/workshops/columns"
FORGET, REMEMBER = "forget", "remember"


async def show(visit: Visit) -> Screen:
    """Show them, the newest first."""
    found = await visit.read(list_columns)
    pages, listed = page_of(found[::-1], visit.query)
    return Screen("columns.html", "Columns of lists", {"listed": listed, "pages": pages})


def _set(
    act: Callable[..., bool], what: str, undo: str
) -> Callable[[Visit, Form], Awaitable[Done]]:
    async def run(visit: Visit, form: Form) -> Done:
        number = form.named("columns")
        if not await visit.write(act, visit.office, number, visit.now):
            return Done(f"Columns {number} were {what} already. Nothing was changed.")
        back = Undo(ADDRESS, undo, (("columns", str(number)),))
        return Done(f"Columns {number} are {what}.", (back,))

    return run


PAGE = DeskPage(
    ADDRESS,
    ORGANISER,
    show,
    {
        FORGET: DeskAct(ORGANISER, _set(forget_columns, "forgotten", REMEMBER)),
        REMEMBER: DeskAct(ORGANISER, _set(remember_columns, "remembered", FORGET)),
    },
)
