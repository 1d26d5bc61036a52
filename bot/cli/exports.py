"""followup export."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.common import Codes, Desk, Result, at_desk
from bot.cli.endings import check_ending
from bot.cli.printing import write_to


class Audience(StrEnum):
    """Who may read a bundle."""

    STAFF = "staff"
    VIEWER = "viewer"


@at_desk
def export(
    here: Desk,
    out: Annotated[Path, typer.Option("--out", help="The zip file to write.")],
    codes: Codes = None,
    audience: Annotated[
        Audience,
        typer.Option(
            "--audience", help="Viewers get the presented version, in groups of five or more."
        ),
    ] = Audience.STAFF,
    raw: Annotated[
        bool,
        typer.Option(
            "--raw", help="Texts in CSV as they are, for programs; they may run in Excel."
        ),
    ] = False,
) -> Result:
    """Write the data as CSV, Excel and SPSS with a codebook, in one zip."""
    from bot.desk.reports.exporting import export as make_bundle

    check_ending(out, ("zip",))
    content = make_bundle(here.database, here.office, codes or [], here.now, audience, raw)
    write_to(out, content)
    return Result({"file": str(out)}, [f"Written: {out}"])
