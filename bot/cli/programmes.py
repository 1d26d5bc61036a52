"""followup programme add | list | show | results."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.common import Config, Json, content_of, opened, show, table
from bot.desk.workshops import programmes
from bot.importing.rows.rows import List
from storage.fieldwork.programmes import all_programmes, get_programme, results_of
from surveys.programme import Programme, Result, Step

app = typer.Typer(no_args_is_help=True)

Code = Annotated[str, typer.Argument(help="The code of the programme.")]
WORKSHOP = "The code of the workshop, or its month such as 2015-04."


@app.command()
def add(
    code: Code,
    operation: Annotated[str, typer.Option("--operation", help="The name of the operation.")],
    trainers: Annotated[str, typer.Option("--trainers", help=f"Before it. {WORKSHOP}")] = "",
    follow_up: Annotated[str, typer.Option("--follow-up", help=f"After it. {WORKSHOP}")] = "",
    config: Config = None,
    as_json: Json = False,
) -> None:
    """Add or correct a programme: a workshop for trainers, an operation, a follow-up workshop."""
    with opened(config) as here:
        around = (trainers, follow_up)
        wanted = (here.office, (code, operation), around, here.now)
        made = here.database.run(programmes.add_programme, *wanted)
        results = here.database.read(results_of, code)
    show(made, _lines(made, results), as_json)


@app.command("list")
def list_(config: Config = None, as_json: Json = False) -> None:
    """All programmes by the month of their operation."""
    with opened(config) as here:
        found = here.database.read(all_programmes)
    rows = [
        (one.code, _place(one.trainers), one.operation, one.month or "-", _place(one.follow_up))
        for one in found
    ]
    heading = ("code", "trainers", "operation", "month", "follow-up")
    empty = "There are no programmes yet. `followup programme add` adds one."
    show(found, table(heading, rows, empty), as_json)


@app.command("show")
def show_(code: Code, config: Config = None, as_json: Json = False) -> None:
    """One programme with the results of its operation, by kind and unit."""
    with opened(config) as here:
        found = here.database.read(get_programme, code)
        results = here.database.read(results_of, code)
    show({"programme": found, "results": results}, _lines(found, results), as_json)


@app.command()
def results(
    code: Code,
    file: Annotated[
        Path, typer.Argument(help="CSV: operation, cases, items, pieces, kg, litres; kind.")
    ],
    config: Config = None,
    as_json: Json = False,
) -> None:
    """Take the results of the operation from a list; those of before are replaced."""
    with opened(config) as here:
        given = List(content_of(file), file.name)
        done = here.database.run(programmes.import_results, here.office, code, given, here.now)
    warnings = [f"Look at {warning}" for warning in done.warnings]
    show(done, [*_lines(done.programme, done.results), *warnings], as_json)


def _place(step: Step) -> str:
    return step.workshop or step.month or "-"


def _lines(found: Programme, results: list[Result] | tuple[Result, ...]) -> list[str]:
    days = f", {found.days} days" if found.days is not None else ""
    month = f" ({found.month}{days})" if found.month else days
    chain = (_place(found.trainers), f"{found.operation}{month}", _place(found.follow_up))
    rows = [(one.kind or "all", one.unit, one.amount) for one in results]
    empty = f"No results yet. `followup programme results {found.code} FILE` takes them."
    return [
        f"{found.code}: {' -> '.join(chain)}",
        "",
        *table(("kind", "unit", "amount"), rows, empty),
    ]
