"""followup recommendation list | propose | add | change | release | withdraw | settle | undo."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.common import Desk, Result, at_desk, typed
from bot.cli.printing import act_lines, table

if TYPE_CHECKING:
    from bot.desk.reports.recommendations import Recommended
    from surveys.planning.fiscal_year import FiscalYear

app = typer.Typer(no_args_is_help=True)

Year = Annotated[
    int, typer.Argument(min=1990, max=2100, help="The year in which the fiscal year begins.")
]
Number = Annotated[int, typer.Argument(help="The number of the recommendation.")]
Owner = Annotated[str | None, typer.Option("--owner", help="Who is to do it: a body or a post.")]
Due = Annotated[str, typer.Option("--due", help="Until when, such as 30 June 2019.")]
HEADING = ("number", "state", "who", "by when", "became", "words")


class Became(StrEnum):
    """What became of a recommendation; the core has the same words, and is loaded only when asked."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


@app.command("list")
@at_desk
def list_(here: Desk, year: Year) -> Result:
    """List the recommendations of a fiscal year: state, owner, day, and what became of them."""
    from bot.desk.reports.recommendations import list_recommendations

    found = here.database.read(list_recommendations, _of(year))
    rows = [
        (
            one.number,
            one.content.state,
            one.content.owner or "-",
            str(one.content.due_on or "-"),
            f"{one.content.outcome} {one.content.outcome_words}".strip(),
            one.content.words,
        )
        for one in found
    ]
    none = f"There is none yet: `followup recommendation propose {year}` proposes some."
    return Result(found, table(HEADING, rows, none))


@app.command()
@at_desk
def propose(here: Desk, year: Year) -> Result:
    """Propose recommendations by rule, from the obstacles and the help that most people name."""
    from bot.desk.reports import recommendations as desk

    done = desk.propose(here.database, here.office, _of(year), here.now)
    if not done:
        return Result(done, ["Nothing new is proposed."])
    return Result(done, [line for one in done for line in act_lines(one)])


@app.command()
@at_desk
def add(
    here: Desk,
    year: Year,
    words: Annotated[str, typer.Argument(help="What is recommended.")],
    owner: Owner = None,
    due: Due = "",
) -> Result:
    """Add a recommendation of the office's own."""
    from bot.desk.reports import recommendations as desk
    from bot.desk.reports.recommendation_wording import Wording

    wording = Wording(words, owner, typed(here, due, "--due"))
    return _told(here.act(desk.add, _of(year), wording, here.now))


@app.command()
@at_desk
def change(
    here: Desk,
    number: Number,
    words: Annotated[str | None, typer.Option("--words", help="What is recommended.")] = None,
    owner: Owner = None,
    due: Due = "",
) -> Result:
    """Change the words, the owner or the day of a recommendation."""
    from bot.desk.reports import recommendations as desk
    from bot.desk.reports.recommendation_wording import Wording

    wording = Wording(words, owner, typed(here, due, "--due"))
    return _told(here.act(desk.change, number, wording, here.now))


@app.command()
@at_desk
def release(here: Desk, number: Number) -> Result:
    """Release a recommendation: the next version of the report that is presented has it."""
    from bot.desk.reports import recommendations as desk

    return _told(here.act(desk.release, number, here.now))


@app.command()
@at_desk
def withdraw(here: Desk, number: Number) -> Result:
    """Withdraw a recommendation: no later version of a report has it."""
    from bot.desk.reports import recommendations as desk

    return _told(here.act(desk.withdraw, number, here.now))


@app.command()
@at_desk
def settle(
    here: Desk,
    number: Number,
    became: Annotated[Became, typer.Argument(help="What became of it: open, done or dropped.")],
    because: Annotated[str, typer.Option("--because", help="A sentence about it.")] = "",
) -> Result:
    """Say what became of a recommendation; the report on the next year tells it."""
    from bot.desk.reports import recommendations as desk
    from surveys import recommendation

    outcome = (recommendation.Became(became), because)
    return _told(here.act(desk.settle, number, outcome, here.now))


@app.command()
@at_desk
def undo(
    here: Desk,
    number: Annotated[int, typer.Argument(help="The number that the act named.")],
) -> Result:
    """Take a change of a recommendation back; not if somebody has changed it since."""
    from bot.desk.reports import recommendations as desk

    return _told(here.act(desk.undo, number, here.now))


def _of(year: int) -> "FiscalYear":
    from surveys.planning.fiscal_year import FiscalYear

    return FiscalYear(year)


def _told(done: "Recommended") -> Result:
    return Result(done, act_lines(done))
