"""followup report."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.common import Config, Json, opened, show, write_to
from bot.reporting import report as write_report


class Form(StrEnum):
    """The forms a report can have."""

    PDF = "pdf"
    PNG = "png"
    XLSX = "xlsx"
    TXT = "txt"
    JSON = "json"


def add_to(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(report)


def report(
    codes: Annotated[
        list[str] | None, typer.Argument(help="Codes of workshops. [default: all]")
    ] = None,
    form: Annotated[Form, typer.Option("--format", help="The form of the report.")] = Form.TXT,
    out: Annotated[Path | None, typer.Option("--out", help="The file to write.")] = None,
    config: Config = None,
    as_json: Json = False,
) -> None:
    """What became of the workshops: an honest report."""
    if as_json and out is None:
        form = Form.JSON
    if out is None and form not in (Form.TXT, Form.JSON):
        raise typer.BadParameter(f"A {form} report needs a file: --out report.{form}")
    with opened(config) as here:
        content = write_report(here.database, codes or [], form, here.now)
    if out is None:
        typer.echo(content.decode(), nl=False)
    else:
        write_to(out, content)
        show({"file": str(out)}, [f"Written: {out}"], as_json)
