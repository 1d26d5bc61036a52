"""What the imports of lists share: `--dry-run`, `--answer`, and what is said of the result."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.common import Result
from bot.cli.printing import content_of

if TYPE_CHECKING:
    from bot.importing.rows.imported import Imported
    from bot.importing.rows.rows import List

Answer = Annotated[
    list[str] | None,
    typer.Option("--answer", help="An answer to a question about the list: KEY=VALUE."),
]
Columns = Annotated[
    list[str] | None,
    typer.Option("--column", help='Which column is what: name=B, "name=Full Name", phone=none.'),
]


def list_in(
    file: Path,
    *,
    dry_run: bool = False,
    answer: list[str] | None = None,
    column: list[str] | None = None,
    options: Mapping[str, str | None] | None = None,
) -> "List":
    """Return the list of a file, read in a process of its own before the database is opened.

    `options` are answers that have an option of their own. Raise BadInput for a file that cannot be
    read.
    """
    from bot.importing.files import open_list, read_list
    from bot.importing.rows.open_questions import COLUMN, answers_of

    chosen = {key: value for key, value in (options or {}).items() if value}
    columns = {f"{COLUMN}{key}": value for key, value in answers_of(column or []).items()}
    answers = answers_of(answer or []) | columns | chosen
    return open_list(content_of(file), file.name, dry_run, answers, read_list)


def imported(what: str, done: "Imported", dry_run: bool, more: Sequence[str] = ()) -> Result:
    """Return what an import did, how the list was understood, and what it asks.

    With open questions nothing was done, which is exit code 2 except in a dry run.
    """
    line = done.nothing_to_do or f"{what}: {done.counts}"
    if dry_run or done.questions:
        line = f"Only looked, nothing was changed. {line}"
    lines = [
        line,
        *done.changes,
        *done.notes,
        *(f"Look at {warning}" for warning in done.warnings),
        *(f"Kept, unless you say otherwise: {question}" for question in done.offers),
        *(f"Please answer: {question}" for question in done.questions),
        *(f"You may choose: {offer}" for offer in done.offers),
        *more,
    ]
    return Result(done, lines, ok=dry_run or not done.questions)
