"""followup case enter | show | set-aside | put-back | reopen | close | move."""

import shlex
from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.common import Code, Config, Desk, Person, Result, at_desk, fail, opened

if TYPE_CHECKING:
    from bot.desk.people.case_changes import CaseChange
    from bot.desk.people.data_entry import DataEntry
    from surveys.interview.interview import Interview, Move, Step

app = typer.Typer(no_args_is_help=True)
Wave = Annotated[str, typer.Argument(help="The wave, such as M6.")]
Yes = Annotated[bool, typer.Option("--yes", help="Do it; without this it is only shown.")]


WAVE_THERE = "<wave>"
"""Stands for the wave to which answers were moved."""


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
    wave: Wave,
    mode: Annotated[Mode, typer.Option("--mode", help="How the answers reached the office.")],
    person: Annotated[
        str, typer.Argument(help="The code of the person; with --many each is asked for.")
    ] = "",
    agreed: Annotated[
        bool, typer.Option("--agreed", help="The person has agreed, on the form or by telephone.")
    ] = False,
    by: Annotated[
        str,
        typer.Option("--by", help="Your staff code, such as S-7KQ2MZ9D; kept with the answers."),
    ] = "",
    many: Annotated[
        bool, typer.Option("--many", help="Enter one form after the other, by code or name.")
    ] = False,
    config: Config = None,
) -> None:
    """Type in answers from a paper form or a telephone call; each is saved at once."""
    from bot.desk.people.data_entry import DataEntry

    if many == bool(person):
        fail("Name one person, or give --many.")
    entry = DataEntry(code, wave, person, mode, agreed, by)
    with opened(config) as here:
        if many:
            _enter_many(here, entry)
        else:
            _enter_one(here, entry)


def _enter_many(here: Desk, entry: "DataEntry") -> None:
    """Enter one form after the other until no more person is named."""
    from bot.desk.people.data_entry import person_meant
    from storage.database import Conflict, NotFound

    done = 0
    while typed := _next_person():
        try:
            known = here.database.read(person_meant, entry.workshop, entry.wave, typed)
            done += _enter_one(here, replace(entry, participant=known))
        except (Conflict, NotFound) as error:
            typer.echo(str(error))
    typer.echo(f"Entered: {done}.")


def _next_person() -> str:
    """Return the code or the name that is typed next; '' at the end."""
    typed: str = typer.prompt(
        "\nNext person (code or name; nothing to end)", default="", show_default=False
    )
    return typed.strip()


def _enter_one(here: Desk, entry: "DataEntry") -> bool:
    """Enter the answers of one person, once it is said that it is the right one."""
    from bot.cli.terminal import answers_of, converse
    from bot.desk.people.data_entry import begin_entry, enter_answer, show_entry
    from bot.runtime.clock import utc_now
    from surveys.interview.interview import current

    shown = here.database.read(show_entry, entry, utc_now())
    typer.echo(f"{shown.name}, {shown.administration}\n{shown.questionnaire}: {shown.workshop}")
    if not typer.confirm("Is this the person and the workshop on the form?", default=True):
        typer.echo("Nothing was changed.")
        return False
    number, first = here.act(begin_entry, entry, utc_now())

    def take(_: "Interview", move: "Move") -> "Step":
        return here.act(enter_answer, (number, str(entry.mode)), move, utc_now())

    done = converse(first, take)
    if current(done) is not None:
        typer.echo("What was typed until now is saved. The same command goes on with it.")
        return False
    typer.echo(f"\nAll answers are saved, marked as {entry.mode}.")
    typer.echo(answers_of(done))
    return True


@app.command("list")
@at_desk
def list_(here: Desk, person: Person) -> Result:
    """List the cases of a person, newest first."""
    from bot.cli.printing import table
    from bot.desk.people.cases import cases_of_person
    from storage.people.participants import participant_with

    known = here.database.read(participant_with, person)
    found = here.database.read(cases_of_person, known.id, here.now)
    rows = [(one.workshop, one.wave, one.state, ", ".join(one.move_to)) for one in found]
    heading = ("workshop", "wave", "state", "answers can move to")
    return Result(found, table(heading, rows, f"{known.code} was not asked anything yet."))


@app.command("set-aside")
@at_desk
def set_aside(
    here: Desk,
    code: Code,
    wave: Wave,
    person: Person,
    reason: Annotated[str, typer.Option("--reason", help="Why, for the office.")],
    yes: Yes = False,
) -> Result:
    """Set a case aside: it is asked no more, and its answers are in no figure. The person is told."""
    from bot.desk.people import case_changes

    undo = f"followup case put-back {code} {wave} {person} --yes"
    return _changed(here, (code, wave, person), yes, undo, case_changes.set_aside, reason)


@app.command("put-back")
@at_desk
def put_back(here: Desk, code: Code, wave: Wave, person: Person, yes: Yes = False) -> Result:
    """Let a case count again that was set aside. The person is told."""
    from bot.desk.people import case_changes
    from bot.desk.people.cases import case_number, person_case

    number = here.database.read(case_number, code, wave, person)
    reason = shlex.quote(here.database.read(person_case, number, here.now).reason)
    undo = f"followup case set-aside {code} {wave} {person} --reason {reason} --yes"
    return _changed(here, (code, wave, person), yes, undo, case_changes.put_back)


@app.command()
@at_desk
def reopen(
    here: Desk,
    code: Code,
    wave: Wave,
    person: Person,
    days: Annotated[int, typer.Option("--days", help="For how many days.")] = 14,
    yes: Yes = False,
) -> Result:
    """Let one person answer in a wave that is closed. The person is told until when."""
    from bot.desk.people import case_changes

    undo = f"followup case close {code} {wave} {person} --yes"
    return _changed(here, (code, wave, person), yes, undo, case_changes.reopen, days)


@app.command()
@at_desk
def close(here: Desk, code: Code, wave: Wave, person: Person, yes: Yes = False) -> Result:
    """Close a case that was opened again; what was answered meanwhile stays. The person is told."""
    from bot.desk.people import case_changes

    undo = f"followup case reopen {code} {wave} {person} --yes"
    return _changed(here, (code, wave, person), yes, undo, case_changes.close_again)


@app.command()
@at_desk
def move(
    here: Desk,
    code: Code,
    wave: Wave,
    person: Person,
    to: Annotated[str, typer.Option("--to", help="The workshop to which the answers belong.")],
    yes: Yes = False,
) -> Result:
    """Move the answers of a case to the same questions of another workshop. The person is told."""
    from bot.desk.people import case_changes

    undo = f"followup case move {to} {WAVE_THERE} {person} --to {code} --yes"
    return _changed(here, (code, wave, person), yes, undo, case_changes.move_answers, to)


def _changed(
    here: Desk,
    place: tuple[str, str, str],
    yes: bool,
    undo: str,
    act: "Callable[..., CaseChange]",
    *more: object,
) -> Result:
    """Make a change of a case, or say what it would do; with the command that undoes it."""
    from bot.desk.people.cases import case_number, person_case

    number = here.database.read(case_number, *place)
    done = here.act(act, number, *more, here.now, dry_run=not yes)
    if not done.changed:
        return Result(done, [done.said])
    if not yes:
        return Result(done, [f"This would be done: {done.said}", done.told, "Add --yes to do it."])
    wave = here.database.read(person_case, done.number, here.now).wave
    return Result(done, [done.said, done.told, *_undo_lines(undo, wave)])


def _undo_lines(undo: str, wave: str) -> list[str]:
    return [f"Undo: `{undo.replace(WAVE_THERE, wave)}`"]
