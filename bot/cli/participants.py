"""followup participants import | lists | undo | redo | move | list | codes | link."""

import csv
import io
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli import templates
from bot.cli.common import Code, Desk, DryRun, MaybeCode, Person, Result, at_desk, fail
from bot.cli.endings import check_ending
from bot.cli.imports import Answer, Columns, imported, list_in
from bot.cli.participant_lists import columns, followed_by, lists, move, redo, undo
from bot.cli.printing import table, writable
from bot.wording.days import day_at

if TYPE_CHECKING:
    from bot.desk.people.joining_codes import CodeSheet, GivenCode

app = typer.Typer(no_args_is_help=True)

NOBODY = "Nobody is waiting for a code: all have joined already, or nobody is enrolled yet."
ENDING = "{codes} will not work any more, on paper too. Go on?"
ENDED = "{codes} of these people will not work any more."
UNSEEN = (
    "Not on the list: {codes} but cannot be shown again ({who}). "
    "`followup participants codes {code} --person PERSON --renew` gives a new one."
)
NO_LINKS = "With telegram.bot_name in the configuration they are links that can be tapped."


@app.command("import")
@at_desk
def import_(  # noqa: PLR0913 - options of a command
    here: Desk,
    code: Code,
    file: Annotated[
        Path,
        typer.Argument(help="A list of people: a workbook, Word, or text; - for a pasted one."),
    ],
    dry_run: DryRun = False,
    sheet: Annotated[
        str | None,
        typer.Option("--sheet", help="Read this sheet only. [default: all with people]"),
    ] = None,
    answer: Answer = None,
    column: Columns = None,
) -> Result:
    """Enrol the people of a list in a workshop; a second time corrects and adds."""
    from bot.desk.people.participant_lists import import_participants
    from bot.importing.rows.rows import SHEET

    people = list_in(file, dry_run=dry_run, answer=answer, column=column, options={SHEET: sheet})
    done = import_participants(here.database, here.office, code, people, here.now)
    joining = f"`followup participants codes {code}` gives them the codes to join with."
    more = [joining] if done.new and not dry_run and not done.questions else []
    if done.number:
        more.append(f"Undo: `followup participants undo {code} {done.number}`")
        more += followed_by(here, code)
    return imported("People", done, dry_run, more)


for _command in (lists, undo, redo, move, columns):
    app.command()(_command)
app.command("template")(templates.people)


@app.command("list")
@at_desk
def list_(
    here: Desk,
    code: MaybeCode = None,
    unreachable: Annotated[
        bool, typer.Option("--unreachable", help="Only people to call, of all workshops or one.")
    ] = False,
) -> Result:
    """List who is enrolled, in which role, and how they can be reached."""
    from bot.desk.people.enrolments import list_people

    if unreachable:
        return _calls(here, code)
    if code is None:
        fail("Name a workshop. `followup workshop list` shows them all.")
    people = here.database.read(list_people, here.office, code)
    rows = [
        (one.participant, one.name, one.administration, one.role, one.channel, one.consent)
        for one in people
    ]
    heading = ("code", "name", "administration", "role", "reached by", "consent")
    empty = f"Nobody is enrolled yet. `followup participants import {code} FILE` enrols people."
    return Result(people, table(heading, rows, empty))


def _calls(here: Desk, code: str | None) -> Result:
    """Return the people whom no message reaches, and what to do about each."""
    from bot.desk.people.call_list import NOBODY_TO_CALL, call_list

    calls = here.database.read(call_list, here.office, here.now, code)
    rows = [
        (
            one.name,
            one.workshop,
            one.administration,
            one.reason,
            day_at(one.since, here.office.zone),
            ", ".join(one.open) or "-",
            one.to_do,
        )
        for one in calls
    ]
    heading = ("name", "workshop", "administration", "reason", "since", "open", "what to do")
    return Result(calls, table(heading, rows, NOBODY_TO_CALL))


@app.command()
@at_desk
def codes(  # noqa: PLR0913 - options of a command
    here: Desk,
    code: Code,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", help="A .pdf with strips to cut, or a .csv; only you can read the file."
        ),
    ] = None,
    person: Annotated[
        str, typer.Option("--person", help="Only for this person; the codes of others stay.")
    ] = "",
    raw: Annotated[
        bool,
        typer.Option("--raw", help="Texts in the .csv as they are, for programs, not for Excel."),
    ] = False,
    renew: Annotated[
        bool, typer.Option("--renew", help="New codes; those given before end.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask before codes end.")] = False,
) -> Result:
    """Give one-time codes to all who have not joined yet: the same as before, new ones with --renew.

    New codes are written or shown before the older ones end.
    """
    from bot.desk.people.joining_codes import Asked, make_codes, store_codes
    from bot.wording.counts import counted
    from storage.files import beside, write_synced

    ending = check_ending(out, ("pdf", "csv")) if out else ""
    key = here.settings.codes_key()
    made = here.database.read(make_codes, here.office, key, Asked(code, person, renew), here.now)
    if made.ending and not yes:
        typer.confirm(
            ENDING.format(codes=counted(made.ending, "unused code")), abort=True, err=True
        )
    sheet = _sheet(here, made.given)
    if out is None:
        with here.told_first():
            lines = _shown(here, sheet) if made.made or not made.unseen else []
            shown = here.tell(Result(sheet.data, [*lines, *_notes(code, made)]))
            here.act(store_codes, code, made, here.now)
        return shown
    content = _drawn(here, code, made.given) if ending == "pdf" else _as_csv(sheet, raw=raw)
    with writable(out), beside(out) as new:
        write_synced(new, content)
        here.act(store_codes, code, made, here.now)
    written = f"{counted(len(made.made), 'code')} written to {out}. Keep the file private."
    return Result(sheet.data, [written, *_notes(code, made)])


def _notes(code: str, made: "CodeSheet") -> list[str]:
    """Return what to know of a sheet: how many codes are as before, and which are not on it."""
    from bot.wording.counts import counted

    notes = []
    before = sum(1 for one in made.made if not one.seed)
    if before:
        notes.append(f"{counted(before, 'code is', 'codes are')} the same as before.")
    if made.ending:
        notes.append(ENDED.format(codes=counted(made.ending, "earlier code")))
    if made.unseen:
        who = ", ".join(made.unseen)
        codes = counted(len(made.unseen), "code works", "codes work")
        notes.append(UNSEEN.format(codes=codes, who=who, code=code))
    return notes


@dataclass(frozen=True)
class Sheet:
    """Codes as data and as a table."""

    data: list[dict[str, str]]
    heading: Sequence[str]
    rows: Sequence[Sequence[str]]


def _sheet(here: Desk, given: "Sequence[GivenCode]") -> Sheet:
    from bot.desk.workshops.code_sheets import chat_link

    bot = here.settings.telegram.bot_name
    data = [{**asdict(one), "link": chat_link(bot, one.code)} for one in given]
    heading = ("name", "administration", "code", "link", "page")
    return Sheet(data, heading, [tuple(str(one[column]) for column in heading) for one in data])


def _shown(here: Desk, sheet: Sheet) -> list[str]:
    """Return codes as a table, with what each person does with theirs."""
    bot = here.settings.telegram.bot_name
    columns = (0, 1, 3 if bot else 2, *((4,) if here.office.public_url else ()))
    heading, *rows = [[row[column] for column in columns] for row in (sheet.heading, *sheet.rows)]
    lines = table(heading, rows, NOBODY)
    if rows and not bot:
        lines += ["", "Send each of them: /start CODE is what they write to the bot.", NO_LINKS]
    return [*lines, ""] if rows else lines


def _drawn(here: Desk, code: str, given: "Sequence[GivenCode]") -> bytes:
    from bot.desk.workshops.code_sheets import draw_sheet, sheet_title

    title = here.database.read(sheet_title, code)
    return draw_sheet(title, given, here.settings.telegram.bot_name, here.now)


def _as_csv(sheet: Sheet, *, raw: bool) -> bytes:
    """Return a CSV file for spreadsheets: no name in it runs as a formula, unless `raw`."""
    from surveys.formulas import escaped

    text = io.StringIO()
    safe = [[cell if raw else escaped(cell) for cell in row] for row in sheet.rows]
    csv.writer(text).writerows([sheet.heading, *safe])
    return text.getvalue().encode("utf-8-sig")


@app.command()
@at_desk
def link(here: Desk, code: Code, participant: Person) -> Result:
    """Make a new personal link to the web page, to be passed on by hand; earlier ones end."""
    from bot.desk.people.enrolments import renew_link

    alone = "It is for this person alone. Earlier links do not work any more."
    return here.act_and_tell(
        lambda url: Result({"link": url}, [url, alone]),
        renew_link,
        (code, participant),
        here.now,
    )
