"""followup asked list | take | close | approve | undo."""

from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.common import Code, Desk, MaybeCode, Result, Yes, asked_first, at_desk, typed
from bot.cli.printing import table

if TYPE_CHECKING:
    from bot.desk.asked.acts import HelpResult
    from bot.desk.asked.listing import AskedHelp, Wanted

app = typer.Typer(no_args_is_help=True)

Help = Annotated[
    str, typer.Argument(help="The kind of help, as `asked list` prints it: templates.")
]
Whose = Annotated[
    list[str] | None,
    typer.Option(
        "--administration", help="Only this administration; may be repeated. [default: all]"
    ),
]
HEADING = ("workshop", "help", "administration", "people", "since", "state", "until", "sentence")
NOTHING = "Nobody has asked for help yet."


@app.command("list")
@at_desk
def list_(here: Desk, code: MaybeCode = None) -> Result:
    """List what people asked the office for, by administration, and where it stands."""
    from bot.desk.asked.listing import asked_help

    found = here.database.read(asked_help, code or "")
    return Result(found, table(HEADING, [_row(here, one) for one in found], NOTHING))


def _row(here: Desk, one: "AskedHelp") -> tuple[object, ...]:
    from bot.desk.asked.listing import standing_words

    since = here.office.day_of(one.since)
    due = one.standing.due_on or "-"
    state = standing_words(one)
    named = (one.need.workshop, one.need.help, one.need.administration)
    return (*named, one.people, since, state, due, one.standing.sentence or "-")


@app.command()
@at_desk
def take(
    here: Desk,
    code: Code,
    help_: Help,
    due: Annotated[str, typer.Option("--by", help="Until when, such as 30 June 2019.")],
    administration: Whose = None,
) -> Result:
    """Take up what was asked for, until a day."""
    from datetime import date

    from bot.desk.asked import acts

    day = typed(here, due, "--by")
    assert isinstance(day, date)  # noqa: S101 - an empty one is refused before
    return _told(here.act(acts.take_up, _wanted(code, help_, administration), day, here.now))


@app.command()
@at_desk
def close(
    here: Desk,
    code: Code,
    help_: Help,
    sentence: Annotated[str, typer.Argument(help="What was done, in English.")],
    administration: Whose = None,
    others: Annotated[
        list[str] | None,
        typer.Option("--in", help="The sentence in another language: 'fr: Les textes …'."),
    ] = None,
) -> Result:
    """Note what was done, in a sentence; nobody reads it before it is approved."""
    from bot.desk.asked import acts

    given = dict(_split(one) for one in others or ())
    wanted = _wanted(code, help_, administration)
    done = here.act(acts.close, wanted, {"en": sentence} | given, here.now)
    more = f"`followup asked approve {code} {help_}` lets invitations say it."
    return _told(done, more if done.act else "")


def _split(text: str) -> tuple[str, str]:
    language, _, sentence = text.partition(":")
    return language.strip(), sentence


@app.command()
@at_desk
def approve(
    here: Desk, code: Code, help_: Help, administration: Whose = None, yes: Yes = False
) -> Result:
    """Let the next invitation of each person who asked say what was done, once."""
    from bot.desk.asked import acts

    wanted = _wanted(code, help_, administration)
    would = here.database.read(acts.to_approve, wanted)
    if would.needs and not yes:
        return asked_first("This is sent to people who asked for it:", *would.lines)
    return _told(here.act(acts.approve, wanted, here.now, would.sign))


@app.command()
@at_desk
def undo(
    here: Desk, number: Annotated[int, typer.Argument(help="The number that the act named.")]
) -> Result:
    """Take an act back, where nobody has changed anything since."""
    from bot.desk.asked import acts

    return _told(here.act(acts.undo, number, here.now))


def _wanted(code: str, help_: str, administrations: list[str] | None) -> "Wanted":
    from bot.desk.asked.listing import Wanted

    return Wanted(code, help_, tuple(administrations or ()))


def _told(done: "HelpResult", more: str = "") -> Result:
    undo = f"Undo: `{done.undo_command}`" if done.act else ""
    return Result(done, [line for line in (done.said, more, undo) if line])
