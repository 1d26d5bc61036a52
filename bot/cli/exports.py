"""followup export."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.common import Config, Json, opened, show, write_to
from bot.desk.reports.reporting import export as make_bundle


class Audience(StrEnum):
    """Who may read a bundle."""

    STAFF = "staff"
    VIEWER = "viewer"


def export(
    out: Annotated[Path, typer.Option("--out", help="The zip file to write.")],
    codes: Annotated[
        list[str] | None, typer.Argument(help="Codes of workshops. [default: all]")
    ] = None,
    audience: Annotated[
        Audience, typer.Option("--audience", help="Viewers get free texts apart from people.")
    ] = Audience.STAFF,
    excel_safe: Annotated[
        bool, typer.Option("--excel-safe", help="No text in csv/ runs as a formula in Excel.")
    ] = False,
    config: Config = None,
    as_json: Json = False,
) -> None:
    """The data themselves: CSV, Excel and SPSS with a codebook, in one zip."""
    with opened(config) as here:
        content = make_bundle(
            here.database, here.office, codes or [], here.now, audience, excel_safe
        )
    write_to(out, content, private=True)
    show({"file": str(out)}, [f"Written: {out}"], as_json)
