"""followup evidence add | list | open | remove."""

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.common import Code, Desk, Result, Yes, asked_first, at_desk
from bot.cli.printing import content_of, table, write_to
from bot.wording.days import day_at

if TYPE_CHECKING:
    from storage.responses.shown_files import ShownFile

app = typer.Typer(no_args_is_help=True)

Number = Annotated[int, typer.Argument(help="The number of the file.")]
HEADING = ("file", "case", "about", "kind", "size", "added")
NONE = "Nobody has shown a file yet, and the office has seen none."
WHAT = {"claim": "anchor {item}, seen by the office", "answer": "question {item}, by the person"}


@app.command()
@at_desk
def add(
    here: Desk,
    case: Annotated[int, typer.Argument(help="The number of the case.")],
    anchor: Annotated[str, typer.Argument(help="The anchor, such as procedure or training.")],
    file: Annotated[Path, typer.Argument(help="A PDF, JPEG, PNG or Word file, at most 10 MB.")],
    by: Annotated[str, typer.Option("--by", help="Who has seen it.")],
    how: Annotated[str, typer.Option("--how", help="What it is, such as Order 45 of 2018.")],
) -> Result:
    """Confirm an anchor in force with a file, which is kept outside the database."""
    from bot.desk.reports import evidence
    from bot.desk.reports.verification import Inspection
    from bot.filing.checking import LARGEST

    content, seen = content_of(file, LARGEST), Inspection(by, how)
    done = evidence.confirm_with_file(
        here.database, here.office, (case, anchor), seen, content, here.now
    )
    undo = f"Undo: `followup evidence remove {done.number} --yes`"
    return Result(done, [done.said, undo] if done.changed else [done.said])


@app.command("list")
@at_desk
def list_(here: Desk, code: Code) -> Result:
    """List the files of a workshop: what the office has seen, and what people have shown."""
    from bot.desk.reports import evidence

    found = here.database.read(evidence.shown_files, code)
    rows = [_row(here, one) for one in found]
    return Result(found, table(HEADING, rows, NONE))


def _row(here: Desk, one: "ShownFile") -> tuple[object, ...]:
    about = WHAT[one.about].format(item=one.item)
    size = f"{max(1, round(one.size / 1000))} kB"
    return one.id, one.case_id, about, one.kind, size, day_at(one.at, here.office.zone)


@app.command("open")
@at_desk
def open_(
    here: Desk,
    number: Number,
    to: Annotated[Path, typer.Option("--to", help="Where to write it.")],
) -> Result:
    """Write a file to a place of your own. That you have opened it is in the audit log."""
    from bot.desk.reports import evidence

    opened = evidence.open_file(here.database, here.office, number, here.now)
    write_to(to, opened.content)
    return Result({"file": str(to), "kind": opened.media_type}, [f"Written: {to}"])


@app.command()
@at_desk
def remove(here: Desk, number: Number, yes: Yes = False) -> Result:
    """Remove a file that the office has seen of an anchor, for good."""
    from bot.desk.reports import evidence

    if not yes:
        command = f"followup evidence open {number} --to {shlex.quote(f'file-{number}')}"
        return asked_first(
            f"Remove file {number}? It cannot be brought back: `{command}` writes a copy first."
        )
    done = here.act(evidence.remove_evidence, number, here.now)
    return Result(done, [done.said])
