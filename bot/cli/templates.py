"""followup participants template | workshop template: files to fill."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.common import Desk, Result, at_desk
from bot.cli.endings import check_ending
from bot.cli.printing import write_to

Out = Annotated[Path, typer.Option("--out", help="The .xlsx file to write.")]


@at_desk
def people(
    here: Desk,
    out: Out = Path("participants.xlsx"),
    lang: Annotated[str, typer.Option("--lang", help="The language of the headings.")] = "en",
) -> Result:
    """Write a list of people to fill: headings, a row of example, choices in the cells."""
    from bot.desk.people.list_templates import people_template

    check_ending(out, ("xlsx",))
    return _written(out, here.database.read(people_template, lang))


@at_desk
def workshops(here: Desk, out: Out = Path("workshops.xlsx")) -> Result:
    """Write a calendar to fill: headings, a row of example, choices in the cells."""
    from bot.desk.people.list_templates import workshop_template

    check_ending(out, ("xlsx",))
    return _written(out, here.database.read(workshop_template))


def _written(out: Path, content: bytes) -> Result:
    write_to(out, content)
    return Result({"file": str(out)}, [f"Written: {out}. The row of example is not read."])
