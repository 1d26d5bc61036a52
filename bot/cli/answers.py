"""followup answers import | imported | undo: answers from before."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.common import Code, Desk, DryRun, Result, at_desk
from bot.cli.imports import Answer
from bot.wording.days import moment_words

if TYPE_CHECKING:
    from bot.desk.answers.importing import ImportedAnswers

app = typer.Typer(no_args_is_help=True)


@app.callback()
def answers() -> None:
    """Answers from before: tables of earlier surveys."""


@app.command("import")
@at_desk
def import_(  # noqa: PLR0913 - options of a command
    here: Desk,
    code: Code,
    wave: Annotated[str, typer.Argument(help="The wave, such as M6.")],
    file: Annotated[Path, typer.Argument(help="The table: .xlsx, .xls or text.")],
    dry_run: DryRun = False,
    column: Annotated[
        list[str] | None,
        typer.Option(
            "--column",
            help="What a column holds: QUESTION=COLUMN, by its letter or heading; also person, "
            "email, name, date.",
        ),
    ] = None,
    answer: Answer = None,
    sheet: Annotated[str | None, typer.Option("--sheet", help="The sheet to read.")] = None,
) -> Result:
    """Import the answers of an earlier survey into a wave. Nothing is sent to anybody."""
    from bot.cli.imports import list_in
    from bot.desk.answers.importing import import_answers
    from bot.importing.answers.layout import columns_of
    from bot.importing.rows.rows import SHEET

    options = columns_of(column or []) | {SHEET: sheet or ""}
    given = list_in(file, dry_run=dry_run, answer=answer, options=options)
    done = import_answers(here.database, here.office, (code, wave), given, here.now)
    return _told(done, here.office.zone, dry_run)


def _told(done: "ImportedAnswers", zone: str, dry_run: bool) -> Result:
    from bot.desk.answers.texts import imported_lines

    looked = dry_run or bool(done.questions)
    undo = f"Undo: `followup answers undo {done.workshop} {done.number}`"
    lines = [
        *(["Only looked, nothing was changed."] if looked else []),
        *imported_lines(done, zone),
        *done.notes,
        *(f"Look at {warning}" for warning in done.warnings),
        *(f"Please answer: {question}" for question in done.questions),
        *(f"You may choose: {offer}" for offer in done.offers),
        *([undo] if done.number else []),
    ]
    return Result(done, lines, ok=dry_run or not done.questions)


@app.command()
@at_desk
def imported(here: Desk, code: Code) -> Result:
    """List the tables of earlier answers that were imported for a workshop."""
    from bot.cli.printing import table
    from bot.desk.answers.listing import list_answer_imports

    found = here.database.read(list_answer_imports, code)
    rows = [
        (
            one.number,
            one.wave,
            moment_words(one.at, here.office.zone),
            one.by,
            one.linked,
            one.unlinked,
            _state(one.complete, one.undone_at is not None),
        )
        for one in found
    ]
    heading = ("number", "wave", "imported", "by", "of people", "of nobody known", "")
    empty = f"No answers were imported. `followup answers import {code} WAVE FILE` imports some."
    return Result(found, table(heading, rows, empty))


def _state(complete: bool, undone: bool) -> str:
    if undone:
        return "taken back"
    return "" if complete else "ended half-way: import the table again"


@app.command()
@at_desk
def undo(
    here: Desk,
    code: Code,
    number: Annotated[
        int, typer.Argument(help="The number of the import. [default: the newest]")
    ] = 0,
) -> Result:
    """Take back a table of earlier answers as a whole."""
    from bot.desk.answers.texts import taken_back_lines
    from bot.desk.answers.undo import undo_answers

    done = undo_answers(here.database, here.office, code, number, here.now)
    return Result(done, list(taken_back_lines(done)))
