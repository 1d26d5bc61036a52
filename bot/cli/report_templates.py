"""followup report template: the packaged templates, to give them the look of the office."""

from pathlib import Path
from typing import Annotated

import typer

import bot.cli.comparisons
import bot.cli.survey_results  # noqa: F401 - the same
from bot.cli.common import Json
from bot.cli.printing import show, write_to
from bot.cli.reports import app

FORMS = {"slides": "pptx", "word": "docx"}
"""The formats with a template, by their names in the configuration."""


def _known(kind: str) -> str:
    if kind not in FORMS:
        raise typer.BadParameter(f"{kind!r} is not one of {', '.join(FORMS)}.")
    return kind


@app.command()
def template(
    kind: Annotated[str, typer.Argument(callback=_known, help=f"One of {', '.join(FORMS)}.")],
    out: Annotated[Path, typer.Option("--out", help="The file to write.")],
    as_json: Json = False,
) -> None:
    """Write the packaged template of slides or of Word files, to change its look.

    Name the changed file in the configuration: reports.slides or reports.word.
    `followup check` says whether reports can be filled into it.
    """
    from analysis.formats import packaged_template

    ending = f".{FORMS[kind]}"
    if out.suffix.lower() != ending:
        raise typer.BadParameter(f"A template of {kind} is a {ending} file: --out office{ending}")
    write_to(out, packaged_template(FORMS[kind]))
    show(
        {"file": str(out)},
        [f"Written: {out}", f"Name it in the configuration: reports.{kind}"],
        as_json,
    )
