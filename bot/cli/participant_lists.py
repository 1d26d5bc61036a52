"""followup participants lists | undo | redo | move | columns: imports afterwards."""

from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.common import Code, Desk, Result, at_desk
from bot.cli.printing import table
from bot.wording.days import day_at

if TYPE_CHECKING:
    from bot.desk.people.import_undo import Undone

Number = Annotated[int, typer.Argument(help="The number of the import, as `lists` shows it.")]


@at_desk
def lists(here: Desk, code: Code) -> Result:
    """List the imports of people for a workshop: who, when, what changed, whom it has reached."""
    from bot.desk.people.import_list import list_imports

    found = here.database.read(list_imports, here.office, code, here.now)
    rows = [
        (
            one.number,
            one.saved,
            one.people,
            one.values,
            one.removed,
            one.reached,
            f"undone on {day_at(one.undone_at, here.office.zone)}" if one.undone_at else "",
        )
        for one in found
    ]
    heading = ("number", "saved", "people", "values", "removed", "reached", "")
    empty = f"No list was imported yet. `followup participants import {code} FILE` imports one."
    return Result(found, table(heading, rows, empty))


@at_desk
def undo(
    here: Desk,
    code: Code,
    number: Annotated[
        int, typer.Argument(help="The number of the import. [default: the newest]")
    ] = 0,
) -> Result:
    """Undo an import for those whom nothing has reached; values go back that nobody changed since."""
    from bot.desk.people.import_texts import undone_line
    from bot.desk.people.import_undo import undo_import

    done = here.act(undo_import, code, number, here.now)
    again = f"Undo: `followup participants redo {code} {done.number}`"
    return _result(done, undone_line(done), again)


@at_desk
def redo(
    here: Desk,
    code: Code,
    number: Annotated[
        int, typer.Argument(help="The number of the import. [default: the newest undone]")
    ] = 0,
) -> Result:
    """Save an import again that was undone."""
    from bot.desk.people.import_texts import saved_again_line
    from bot.desk.people.import_undo import redo_import

    done = here.act(redo_import, code, number, here.now)
    undoes = f"Undo: `followup participants undo {code} {done.number}`"
    return _result(done, saved_again_line(done), undoes, *followed_by(here, code))


@at_desk
def move(
    here: Desk,
    code: Code,
    number: Number,
    to: Annotated[str, typer.Argument(help="The code of the workshop that the list is for.")],
) -> Result:
    """Move the people of a list that was imported for the wrong workshop to the right one."""
    from bot.desk.people.import_texts import moved_line
    from bot.desk.people.import_undo import move_import

    done = here.act(move_import, (code, number), to, here.now)
    undoes = f"Undo: `followup participants undo {to} {done.new_number}`"
    back = (
        f"Then back in {done.workshop}: `followup participants redo {done.workshop} {done.number}`"
    )
    return _result(done, moved_line(done), undoes, back, *followed_by(here, to))


@at_desk
def columns(
    here: Desk,
    forget: Annotated[
        int, typer.Option("--forget", help="Forget these: the next such list is asked about.")
    ] = 0,
    remember: Annotated[
        int, typer.Option("--remember", help="Remember these again that were forgotten.")
    ] = 0,
) -> Result:
    """List the columns that were chosen for lists, and hold for files with the same headings."""
    from bot.desk.list_columns import forget_columns, list_columns, remember_columns

    number, act, what = (
        (forget, forget_columns, "forgotten")
        if forget
        else (remember, remember_columns, "remembered")
    )
    if number:
        changed = here.act(act, number, here.now)
        back = "remember" if forget else "forget"
        undo = f"Undo: `followup participants columns --{back} {number}`"
        line = (
            f"Columns {number} are {what}."
            if changed
            else f"Columns {number} were {what} already."
        )
        return Result({"number": number, "changed": changed}, [line, *([undo] if changed else [])])
    found = here.database.read(list_columns)
    rows = [
        (
            one.number,
            one.kind,
            one.columns,
            one.by,
            day_at(one.at, here.office.zone),
            "forgotten" * one.forgotten,
        )
        for one in found
    ]
    empty = "No columns were chosen yet. `--column name=B` of an import chooses one."
    return Result(found, table(("number", "list of", "columns", "by", "on", ""), rows, empty))


def followed_by(here: Desk, code: str) -> list[str]:
    """Return who gets what when in a workshop after a list of it was saved."""
    from bot.desk.waves.what_follows import what_follows

    return ["", "What follows:", *here.database.read(what_follows, here.office, code, here.now)]


def _result(done: "Undone", line: str, *after: str) -> Result:
    return Result(done, [line, *done.left, *after])
