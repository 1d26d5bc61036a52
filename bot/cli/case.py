"""followup case enter."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.common import Code, Config, Person, opened

if TYPE_CHECKING:
    from surveys.interview.interview import Interview, Move, Step

app = typer.Typer(no_args_is_help=True)


class Mode(StrEnum):
    """How the answers reached the office."""

    PAPER = "paper"
    TELEPHONE = "telephone"


@app.callback()
def case() -> None:
    """One questionnaire of one person."""


@app.command()
def enter(  # noqa: PLR0913 - options of a command
    code: Code,
    wave: Annotated[str, typer.Argument(help="The wave, such as M6.")],
    person: Person,
    mode: Annotated[Mode, typer.Option("--mode", help="How the answers reached the office.")],
    agreed: Annotated[
        bool, typer.Option("--agreed", help="The person has agreed, on the form or by telephone.")
    ] = False,
    by: Annotated[
        str,
        typer.Option("--by", help="Your staff code, such as S-7KQ2MZ9D; kept with the answers."),
    ] = "",
    config: Config = None,
) -> None:
    """Type in answers from a paper form or a telephone call; each is saved at once."""
    from bot.cli.terminal import answers_of, converse
    from bot.desk.people.data_entry import DataEntry, begin_entry, enter_answer
    from bot.runtime.clock import utc_now
    from surveys.interview.interview import current

    entry = DataEntry(code, wave, person, mode, agreed, by)
    with opened(config) as here:
        number, first = here.act(begin_entry, entry, here.now)

        def take(_: "Interview", move: "Move") -> "Step":
            return here.act(enter_answer, (number, str(mode)), move, utc_now())

        done = converse(first, take)
    if current(done) is None:
        typer.echo(f"\nAll answers are saved, marked as {mode}.")
        typer.echo(answers_of(done))
    else:
        typer.echo("What was typed until now is saved. The same command goes on with it.")
