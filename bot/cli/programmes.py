"""followup programme add | results | undo | list | show."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.common import Desk, Result, at_desk
from bot.cli.imports import list_in
from bot.cli.printing import table

if TYPE_CHECKING:
    from surveys.programme import Programme, Step
    from surveys.programme import Result as Found

app = typer.Typer(no_args_is_help=True)

Code = Annotated[str, typer.Argument(help="The code of the programme.")]
WORKSHOP = "The code of the workshop, or its month such as 2015-04."


@app.command()
@at_desk
def add(
    here: Desk,
    code: Code,
    operation: Annotated[str, typer.Option("--operation", help="The name of the operation.")],
    trainers: Annotated[str, typer.Option("--trainers", help=f"Before it. {WORKSHOP}")] = "",
    follow_up: Annotated[str, typer.Option("--follow-up", help=f"After it. {WORKSHOP}")] = "",
) -> Result:
    """Add or correct a programme: a workshop for trainers, an operation, a follow-up workshop."""
    from bot.desk.workshops.programmes import add_programme
    from storage.fieldwork.programmes import results_of

    done = here.act(add_programme, (code, operation), (trainers, follow_up), here.now)
    lines = _lines(done.programme, here.database.read(results_of, code))
    return Result(done.programme, [*lines, *_undo_line(code, done.number)])


def _undo_line(code: str, number: int) -> list[str]:
    return [f"Undo: `followup programme undo {code} {number}`"] if number else []


@app.command()
@at_desk
def undo(
    here: Desk,
    code: Code,
    number: Annotated[
        int, typer.Argument(help="The number of the change. [default: the newest]")
    ] = 0,
) -> Result:
    """Take back a change of a programme or of its results, unless it was changed since."""
    from bot.desk.workshops.programme_changes import put_programme_back

    done = here.act(put_programme_back, code, number, here.now)
    return Result(done, [done.said, *_undo_line(code, done.number)])


@app.command("list")
@at_desk
def list_(here: Desk) -> Result:
    """List all programmes by the month of their operation."""
    from storage.fieldwork.programmes import all_programmes

    found = here.database.read(all_programmes)
    rows = [
        (one.code, _place(one.trainers), one.operation, one.month or "-", _place(one.follow_up))
        for one in found
    ]
    heading = ("code", "trainers", "operation", "month", "follow-up")
    empty = "There are no programmes yet. `followup programme add` adds one."
    return Result(found, table(heading, rows, empty))


@app.command("show")
@at_desk
def show_(here: Desk, code: Code) -> Result:
    """Show one programme with the results of its operation, by kind and unit."""
    from storage.fieldwork.programmes import get_programme, results_of

    found = here.database.read(get_programme, code)
    results = here.database.read(results_of, code)
    return Result({"programme": found, "results": results}, _lines(found, results))


@app.command()
@at_desk
def results(
    here: Desk,
    code: Code,
    file: Annotated[
        Path, typer.Argument(help="CSV: operation, cases, items, pieces, kg, litres; kind.")
    ],
) -> Result:
    """Import the results of the operation from a list; earlier results are replaced."""
    from bot.desk.workshops.programmes import import_results

    done = here.act(import_results, code, list_in(file), here.now)
    warnings = [f"Look at {warning}" for warning in done.warnings]
    lines = [*_lines(done.programme, done.results), *warnings]
    return Result(done, [*lines, *_undo_line(code, done.number)])


def _place(step: "Step") -> str:
    return step.workshop or step.month or "-"


def _lines(found: "Programme", results: "Sequence[Found]") -> list[str]:
    days = f", {found.days} days" if found.days is not None else ""
    month = f" ({found.month}{days})" if found.month else days
    chain = (_place(found.trainers), f"{found.operation}{month}", _place(found.follow_up))
    rows = [(one.kind or "all", one.unit, f"{one.amount.normalize():f}") for one in results]
    empty = f"No results yet. `followup programme results {found.code} FILE` takes them."
    return [
        f"{found.code}: {' -> '.join(chain)}",
        "",
        *table(("kind", "unit", "amount"), rows, empty),
    ]
