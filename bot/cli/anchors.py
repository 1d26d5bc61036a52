"""followup anchor list | verify | unverify | accept | reject | decide | undo."""

import shlex
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.common import Code, Desk, Result, at_desk
from bot.cli.printing import act_lines, table
from bot.wording.days import day_at

if TYPE_CHECKING:
    from bot.desk.reports.anchor_decisions import AnchorDecided

app = typer.Typer(no_args_is_help=True)


class Decision(StrEnum):
    """Whether a disputed anchor counts."""

    YES = "yes"
    NO = "no"


Case = Annotated[int, typer.Argument(help="The number of the case.")]
Anchor = Annotated[str, typer.Argument(help="The anchor, such as procedure or training.")]
By = Annotated[str, typer.Option("--by", help="Who says so.")]
HEADING = (
    *("case", "wave", "administration", "anchor", "status", "evidence", "stands", "seen by"),
    *("office says", "proof"),
)


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
            one.stands.replace("_", " ") or "-",
            f"{one.by}, {day_at(one.at, here.office.zone)}: {one.how}" if one.at else "-",
            one.read or "-",
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
    undo = f"Undo: `followup anchor unverify {case} {anchor} --by {shlex.quote(by)}`"
    return Result(done, [first, undo] if done.changed else [again])


@app.command()
@at_desk
def accept(here: Desk, case: Case, anchor: Anchor) -> Result:
    """Accept what an officer wrote as the title of an anchor, whatever the rule makes of it."""
    from bot.desk.reports import anchor_decisions as desk

    return _told(here.act(desk.accept_description, desk.AnchorPlace(case, anchor), here.now))


@app.command()
@at_desk
def reject(here: Desk, case: Case, anchor: Anchor) -> Result:
    """Reject a title: the anchor is then only claimed, unless the office sees the document."""
    from bot.desk.reports import anchor_decisions as desk

    return _told(here.act(desk.reject_description, desk.AnchorPlace(case, anchor), here.now))


@app.command()
@at_desk
def decide(
    here: Desk,
    case: Case,
    anchor: Anchor,
    decision: Annotated[
        Decision, typer.Argument(help="Whether it counts as new or changed: yes or no.")
    ],
) -> Result:
    """Decide about an anchor on which the sources of a delegation say different things."""
    from bot.desk.reports import anchor_decisions as desk

    place = desk.AnchorPlace(case, anchor)
    return _told(here.act(desk.decide_dispute, place, decision.value, here.now))


@app.command()
@at_desk
def undo(
    here: Desk,
    number: Annotated[int, typer.Argument(help="The number that the decision named.")],
) -> Result:
    """Take a decision back; not if somebody has decided otherwise since."""
    from bot.desk.reports import anchor_decisions as desk

    return _told(here.act(desk.undo_decision, number, here.now))


def _told(done: "AnchorDecided") -> Result:
    return Result(done, act_lines(done))


@app.command()
@at_desk
def unverify(here: Desk, case: Case, anchor: Anchor, by: By) -> Result:
    """Take a verification back; who did so and when is kept."""
    from bot.desk.reports import verification

    done = here.act(verification.unverify, (case, anchor), by, here.now)
    first = f"{anchor} of case {case} is not verified any more."
    none = f"{anchor} of case {case} was not verified by the office."
    return Result(done, [first if done.changed else none])
