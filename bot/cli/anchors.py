"""followup anchor list | verify | unverify."""

from typing import Annotated

import typer

from bot.cli.common import Code, Desk, Result, at_desk
from bot.cli.printing import table
from bot.wording.days import day_at

app = typer.Typer(no_args_is_help=True)

Case = Annotated[int, typer.Argument(help="The number of the case.")]
Anchor = Annotated[str, typer.Argument(help="The anchor, such as procedure or training.")]
By = Annotated[str, typer.Option("--by", help="Who says so.")]
HEADING = ("case", "wave", "administration", "anchor", "status", "evidence", "seen by", "proof")


@app.command("list")
@at_desk
def list_(here: Desk, code: Code) -> Result:
    """List the anchors that participants reported: status, proof, and who verified them when."""
    from bot.desk.reports.reporting import anchors

    found = anchors(here.database, here.office, code, here.now)
    rows = [
        (
            one.case,
            one.wave,
            one.administration,
            one.anchor,
            one.status,
            one.grade,
            f"{one.by}, {day_at(one.at, here.office.zone)}: {one.how}" if one.at else "-",
            one.described_as or "-",
        )
        for one in found
    ]
    return Result(found, table(HEADING, rows, "Nobody has reported an anchor yet."))


@app.command()
@at_desk
def verify(
    here: Desk,
    case: Case,
    anchor: Anchor,
    by: By,
    how: Annotated[str, typer.Option("--how", help="What was seen, such as a document.")],
) -> Result:
    """Record that the office has seen the proof of an anchor in force."""
    from bot.desk.reports import verification

    seen = verification.Inspection(by, how)
    done = here.act(verification.verify, (case, anchor), seen, here.now)
    first = f"{anchor} of case {case} is verified."
    again = f"{anchor} of case {case} was verified already, by {done.by}."
    return Result(done, [first if done.changed else again])


@app.command()
@at_desk
def unverify(here: Desk, case: Case, anchor: Anchor, by: By) -> Result:
    """Take a verification back; who did so and when is kept."""
    from bot.desk.reports import verification

    done = here.act(verification.unverify, (case, anchor), by, here.now)
    first = f"{anchor} of case {case} is not verified any more."
    none = f"{anchor} of case {case} was not verified by the office."
    return Result(done, [first if done.changed else none])
