"""followup anchor list | verify | unverify."""

from typing import Annotated

import typer

from bot.cli.common import Code, Config, Json, opened, show, table
from bot.desk.reports import reporting, verification

app = typer.Typer(no_args_is_help=True)

Case = Annotated[int, typer.Argument(help="The number of the case.")]
Anchor = Annotated[str, typer.Argument(help="The anchor, such as procedure or training.")]
By = Annotated[str, typer.Option("--by", help="Who says so.")]


@app.command("list")
def list_(code: Code, config: Config = None, as_json: Json = False) -> None:
    """The anchors that people told of: status, proof, and who has verified what and when."""
    with opened(config) as here:
        found = reporting.anchors(here.database, here.office, code, here.now)
    rows = [
        (
            one.case,
            one.wave,
            one.administration,
            one.anchor,
            one.status,
            one.grade,
            f"{one.by}, {one.at:%Y-%m-%d}: {one.how}" if one.at else "-",
            one.described_as or "-",
        )
        for one in found
    ]
    heading = (
        "case",
        "wave",
        "administration",
        "anchor",
        "status",
        "evidence",
        "seen by",
        "proof",
    )
    show(found, table(heading, rows, "Nobody has told of an anchor yet."), as_json)


@app.command()
def verify(
    case: Case,
    anchor: Anchor,
    by: By,
    how: Annotated[str, typer.Option("--how", help="What was seen, such as a document.")],
    config: Config = None,
    as_json: Json = False,
) -> None:
    """The office has seen the proof of an anchor in force: its evidence is verified."""
    seen = verification.Inspection(by, how)
    with opened(config) as here:
        done = here.database.run(verification.verify, here.office, (case, anchor), seen, here.now)
    first = f"{anchor} of case {case} is verified."
    again = f"{anchor} of case {case} was verified already, by {done.by}."
    show(done, [first if done.changed else again], as_json)


@app.command()
def unverify(
    case: Case, anchor: Anchor, by: By, config: Config = None, as_json: Json = False
) -> None:
    """Take a verification back; who did so and when is kept."""
    with opened(config) as here:
        done = here.database.run(verification.unverify, here.office, (case, anchor), by, here.now)
    first = f"{anchor} of case {case} is not verified any more."
    none = f"{anchor} of case {case} was not verified by the office."
    show(done, [first if done.changed else none], as_json)
