"""The command line: thin skins over the desk. A module is read when one of its commands is called.

Reading everything takes seconds on a small machine, and most of it is no use to the other commands.
So imports of other packages stand inside the commands: a help reads none of them.
"""

import gc
import os
import sys
from importlib import import_module
from typing import Annotated, Any, NamedTuple

import typer
from typer.core import TyperGroup
from typer.main import get_group

from bot.cli.examples import complete_help


class Place(NamedTuple):
    """Where a command is read from, and what the list of commands says about it."""

    module: str
    name: str
    help: str


COMMANDS = {
    "audit": Place("audit", "audit", "Show the audit log: who did what, and when."),
    "run": Place(
        "service", "run", "Run the bot, the web page and the fieldwork until SIGTERM or Ctrl-C."
    ),
    "tick": Place(
        "service",
        "tick",
        "Run one round, for cron: open, contact, close and copy what is due, then end.",
    ),
    "init": Place(
        "init",
        "init",
        "Install an office: ask what it needs, try each answer at once, and write its files.",
    ),
    "check": Place(
        "checking",
        "check",
        "Check configuration, database, folders, ports, page, token, mail server and more.",
    ),
    "configuration": Place(
        "configuration_shown",
        "configuration",
        "Show the configuration as it is read, and where each value comes from.",
    ),
    "doctor": Place(
        "operations",
        "doctor",
        "Show the state of the bot and how to fix what is wrong; exit code 2 if a person must act.",
    ),
    "backup": Place(
        "operations",
        "backup",
        "Copy the SQLite database into a file while it is in use, and the files outside it beside it.",
    ),
    "restore": Place(
        "operations",
        "restore",
        "Replace the SQLite database with a copy. Stop the bot first.",
    ),
    "retention": Place(
        "operations",
        "retention",
        "Delete old data: addresses of people who are no longer asked, and old texts.",
    ),
    "export": Place(
        "exports",
        "export",
        "Write the data as CSV, Excel and SPSS with a codebook, in one zip.",
    ),
    "demo": Place(
        "demo",
        "demo",
        "Play the year after the workshops of 2017, with invented people and no network.",
    ),
    "workshop": Place("workshops", "app", "Workshops: import, list, move, cancel."),
    "participants": Place("participants", "app", "Participant lists and their codes."),
    "participant": Place("participant", "app", "One person: show, erase, move, link again."),
    "case": Place(
        "case", "app", "One questionnaire of one person: type it in, move or reopen it."
    ),
    "answers": Place("answers", "app", "Answers from before: import, list and take back."),
    "messages": Place("messages", "app", "What people wrote to the office: read and settle it."),
    "asked": Place(
        "asked", "app", "Help that people asked for: take it up, and tell them what was done."
    ),
    "questionnaire": Place(
        "questionnaires", "app", "Questionnaires: check, publish, show and try them."
    ),
    "plan": Place("plans", "app", "Plans: which waves follow a workshop."),
    "wave": Place("waves", "app", "Waves: list, preview, open, hold, close, progress."),
    "report": Place("report_templates", "app", "Reports: write them, and set how far they are."),
    "share": Place("share", "app", "Share links: a report for readers without an account."),
    "figures": Place(
        "figures",
        "figures",
        "Show what became of workshops by delegation, with bounds: for the office.",
    ),
    "words": Place(
        "words", "app", "Texts in people's own words: read them, release or withhold them."
    ),
    "theme": Place(
        "themes", "app", "Themes of own words: the code book, and what readers mark with it."
    ),
    "anchor": Place("anchors", "app", "Anchors that are in force: list and verify them."),
    "evidence": Place(
        "evidence", "app", "Files that the office has seen of anchors, and that people have shown."
    ),
    "recommendation": Place(
        "recommendations",
        "app",
        "Recommendations of the report on a fiscal year: propose, word, release and settle them.",
    ),
    "next-step": Place(
        "next_steps",
        "app",
        "What the office does next: word it, and release it to readers outside.",
    ),
    "programme": Place("programmes", "app", "Programmes and their operations."),
    "staff": Place("staff", "app", "Staff of the office and their roles."),
}
"""All commands in the order of the help; a name of `app` is a group of its own."""


class ReadWhenCalled(TyperGroup):
    """A group that knows its commands by name, and reads the one that is called."""

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        """Return the command that is called, whole; the others are names in a list.

        Mistakes of people in it end with a message and exit code 2.
        """
        name, listed, rest = super().resolve_command(ctx, args)
        if not name:
            return name, listed, rest
        from bot.cli.mistakes import in_words

        ctx.with_resource(in_words())
        return name, read_command(name), rest


def read_command(name: str) -> Any:
    """Return a command with its options, or a group with its commands."""
    place = COMMANDS[name]
    found = getattr(import_module(f"bot.cli.{place.module}"), place.name)
    around = typer.Typer(rich_markup_mode=None)
    if isinstance(found, typer.Typer):
        around.add_typer(found, name=name, help=place.help)
    else:
        around.command(name)(found)
    command = get_group(around).commands[name]
    complete_help(name, command)
    return command


app = typer.Typer(
    cls=ReadWhenCalled,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _show_version(wanted: bool) -> None:
    if wanted:
        from bot.cli.version import version_line

        typer.echo(version_line())
        raise typer.Exit


Version = Annotated[
    bool,
    typer.Option(
        "--version",
        callback=_show_version,
        is_eager=True,
        help="Show version, schema and database, and end.",
    ),
]


@app.callback()
def followup(version: Version = False) -> None:
    """Asks the participants of customs workshops what they did with what they learned, and reports
    it with honest figures.
    """


for listed, at in COMMANDS.items():
    app.command(listed, help=at.help, short_help=at.help)(lambda: None)


SHORT_COMMANDS = 20_000
"""So many new objects are left to a command before they are looked through; `run` has the usual."""


def main() -> None:
    """Run a command; Ctrl-C ends it without a traceback."""
    # Imports make many objects that stay; looking through them again takes a tenth of a command.
    gc.set_threshold(SHORT_COMMANDS)
    # Else pydantic looks for plug-ins of its own among all installed packages.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    try:
        app()
    except KeyboardInterrupt:
        sys.exit(130)
