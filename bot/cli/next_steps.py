"""followup next-step list | change | add | release | keep | drop | undo."""

from shlex import quote
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.common import TYPED_CODE, Desk, Result, at_desk
from bot.cli.printing import act_lines, table

if TYPE_CHECKING:
    from bot.desk.reports.steps import Stepped, StepPlace

app = typer.Typer(no_args_is_help=True)

Scope = Annotated[
    str, typer.Argument(help="The report: a workshop, donor:NAME, or all."), TYPED_CODE
]
Step = Annotated[
    str, typer.Argument(help="The step, as the list names it: help, silent, claimed, or own-1.")
]
Owner = Annotated[str | None, typer.Option("--owner", help="Who does it: a body or a post.")]
HEADING = ("step", "count", "told to", "who", "words")
TOLD = {"office": "the office", "released": "readers outside too", "dropped": "nobody"}


@app.command("list")
@at_desk
def list_(here: Desk, scope: Scope) -> Result:
    """List what the office does next: by rule from the answers, and as staff have decided.

    The count is of delegations; of people where they are few.
    """
    from bot.desk.reports.next_steps import list_steps
    from bot.desk.reports.steps import LAPSED

    found = here.database.read(list_steps, scope, here.now)
    rows = [
        (
            one.key,
            "-" if one.count is None else one.count,
            TOLD[one.content.state],
            one.content.owner or "-",
            one.content.words,
        )
        for one in found
    ]
    lines = table(HEADING, rows, "No rule applies, and there is no own step.")
    keep = f"`followup next-step keep {quote(scope)}"
    lines += [f"{one.key} {LAPSED}. Take back: {keep} {one.key}`" for one in found if one.lapsed]
    return Result(found, lines)


@app.command()
@at_desk
def change(
    here: Desk,
    scope: Scope,
    step: Step,
    words: Annotated[str | None, typer.Option("--words", help="What is to be done.")] = None,
    owner: Owner = None,
) -> Result:
    """Change the words of a step, or who does it."""
    from bot.desk.reports import next_steps as desk

    return _told(here.act(desk.change, _place(scope, step), (words, owner), here.now))


@app.command()
@at_desk
def add(
    here: Desk,
    scope: Scope,
    words: Annotated[str, typer.Argument(help="What is to be done.")],
    owner: Annotated[str, typer.Option("--owner", help="Who does it: a body or a post.")] = "",
) -> Result:
    """Add a step of the office's own, for the office alone."""
    from bot.desk.reports import next_steps as desk

    return _told(here.act(desk.add, scope, (words, owner), here.now))


@app.command()
@at_desk
def release(here: Desk, scope: Scope, step: Step) -> Result:
    """Release a step to readers outside: words and who, in the next version that is presented.

    The count stays in the office.
    """
    from bot.desk.reports import next_steps as desk

    return _told(here.act(desk.release, _place(scope, step), here.now))


@app.command()
@at_desk
def keep(here: Desk, scope: Scope, step: Step) -> Result:
    """Keep a step for the office alone, after it was released or dropped."""
    from bot.desk.reports import next_steps as desk

    return _told(here.act(desk.keep, _place(scope, step), here.now))


@app.command()
@at_desk
def drop(here: Desk, scope: Scope, step: Step) -> Result:
    """Drop a step: no page has it."""
    from bot.desk.reports import next_steps as desk

    return _told(here.act(desk.drop, _place(scope, step), here.now))


@app.command()
@at_desk
def undo(
    here: Desk,
    number: Annotated[int, typer.Argument(help="The number that the act named.")],
) -> Result:
    """Take a change of a step back; not if somebody has changed it since."""
    from bot.desk.reports import next_steps as desk

    return _told(here.act(desk.undo, number, here.now))


def _place(scope: str, step: str) -> "StepPlace":
    from bot.desk.reports.steps import StepPlace

    return StepPlace(scope, step)


def _told(done: "Stepped") -> Result:
    return Result(done, act_lines(done))
