"""followup report."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.common import Config, Json, opened, show, write_to
from bot.reporting import forms
from bot.reporting import report as write_report

READABLE = ("txt", "json")
"""Forms that can be printed in a terminal; the others need a file."""


def known(form: str) -> str:
    """A form that the registry has."""
    if form not in forms():
        raise typer.BadParameter(f"{form!r} is not one of {', '.join(forms())}.")
    return form


Form = Annotated[
    str, typer.Option("--format", callback=known, help=f"One of {', '.join(forms())}.")
]


def add_to(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(report)


def report(
    codes: Annotated[
        list[str] | None, typer.Argument(help="Codes of workshops. [default: all]")
    ] = None,
    form: Form = "txt",
    out: Annotated[Path | None, typer.Option("--out", help="The file to write.")] = None,
    config: Config = None,
    as_json: Json = False,
) -> None:
    """What became of the workshops: an honest report."""
    if as_json and out is None:
        form = "json"
    if out is None and form not in READABLE:
        raise typer.BadParameter(f"A {form} report needs a file: --out report.{form}")
    with opened(config) as here:
        content = write_report(here.database, codes or [], form, here.now)
    if out is None:
        typer.echo(content.decode(), nl=False)
    else:
        write_to(out, content)
        show({"file": str(out)}, [f"Written: {out}"], as_json)
