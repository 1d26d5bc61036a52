"""followup workshop imports | undo | redo: calendars that were imported."""

from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.common import Desk, Result, at_desk
from bot.cli.printing import table
from bot.wording.days import day_at

if TYPE_CHECKING:
    from bot.desk.workshops.calendar_undo import CalendarUndone


@at_desk
def imports(here: Desk) -> Result:
    """List the calendars that were imported: who, when, how many workshops."""
    from bot.desk.workshops.calendar_undo import list_calendars

    found = here.database.read(list_calendars, here.office, here.now)
    rows = [
        (
            one.number,
            one.saved,
            one.new,
            one.changed,
            f"undone on {day_at(one.undone_at, here.office.zone)}" if one.undone_at else "",
        )
        for one in found
    ]
    empty = "No calendar was imported yet. `followup workshop import FILE` imports one."
    return Result(found, table(("number", "saved", "new", "changed", ""), rows, empty))


@at_desk
def undo(
    here: Desk,
    number: Annotated[
        int, typer.Argument(help="The number of the import. [default: the newest]")
    ] = 0,
) -> Result:
    """Undo the import of a calendar, for workshops without people that nobody changed since."""
    from bot.desk.workshops.calendar_undo import undo_calendar

    done = here.act(undo_calendar, number, here.now)
    return _result(done, "undone", f"Undo: `followup workshop redo {done.number}`")


@at_desk
def redo(
    here: Desk,
    number: Annotated[
        int, typer.Argument(help="The number of the import. [default: the newest undone]")
    ] = 0,
) -> Result:
    """Save a calendar again whose import was undone."""
    from bot.desk.workshops.calendar_undo import redo_calendar

    done = here.act(redo_calendar, number, here.now)
    return _result(done, "saved again", f"Undo: `followup workshop undo {done.number}`")


def _result(done: "CalendarUndone", what: str, after: str) -> Result:
    from bot.desk.workshops.calendar_undo import calendar_line

    return Result(done, [calendar_line(done, what), *done.left, after])
