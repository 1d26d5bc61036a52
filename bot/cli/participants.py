"""followup participants import | list | codes."""

import csv
import io
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.common import (
    Answer,
    Code,
    Config,
    DryRun,
    Json,
    content_of,
    counts,
    fail,
    finish_import,
    opened,
    show,
    table,
    write_to,
)
from bot.desk.people import enrolments
from bot.desk.people.call_list import NOBODY_TO_CALL, call_list
from bot.desk.people.joining_codes import give_codes
from bot.desk.people.participant_lists import import_participants
from bot.desk.workshops import code_sheets
from bot.importing.rows.open_questions import answers_of
from bot.importing.rows.rows import SHEET, List

app = typer.Typer(no_args_is_help=True)

NOBODY = "Nobody waits for a code: all have joined already, or nobody is enrolled yet."
NO_LINKS = "With telegram.bot_name in the configuration they are links that can be tapped."


@app.command("import")
def import_(  # noqa: PLR0913 - options of a command
    code: Code,
    file: Annotated[
        Path, typer.Argument(help="A list of people: Excel, or text with commas, ; or tabs.")
    ],
    dry_run: DryRun = False,
    sheet: Annotated[
        str | None,
        typer.Option("--sheet", help="Read this sheet only. [default: all with people]"),
    ] = None,
    answer: Answer = None,
    config: Config = None,
    as_json: Json = False,
) -> None:
    """Enrol the people of a list in a workshop; a second time corrects and adds."""
    answers = answers_of(answer or [])
    if sheet:
        answers[SHEET] = sheet
    with opened(config) as here:
        content = List(content_of(file), file.name, dry_run, answers)
        done = here.database.run(import_participants, here.office, code, content, here.now)
    lines = counts("People", done, dry_run)
    if done.new and not dry_run and not done.questions:
        lines.append(f"`followup participants codes {code}` gives them the codes to join with.")
    finish_import(done, lines, as_json, dry_run)


@app.command("list")
def list_(
    code: Annotated[str | None, typer.Argument(help="The code of the workshop.")] = None,
    unreachable: Annotated[
        bool, typer.Option("--unreachable", help="Only people to call, of all workshops or one.")
    ] = False,
    config: Config = None,
    as_json: Json = False,
) -> None:
    """Who is enrolled, in which role, and how they can be reached."""
    if unreachable:
        _list_calls(code, config, as_json)
        return
    if code is None:
        fail("Name a workshop. `followup workshop list` shows them all.")
    with opened(config) as here:
        people = here.database.read(enrolments.list_people, here.office, code)
    rows = [
        (one.participant, one.name, one.administration, one.role, one.channel, one.consent)
        for one in people
    ]
    heading = ("code", "name", "administration", "role", "reached by", "consent")
    empty = f"Nobody is enrolled yet. `followup participants import {code} FILE` enrols people."
    show(people, table(heading, rows, empty), as_json)


def _list_calls(code: str | None, config: Path | None, as_json: bool) -> None:
    """People whom no message reaches, and what to do about each."""
    with opened(config) as here:
        calls = here.database.read(call_list, here.office, here.now, code)
    rows = [
        (
            one.name,
            one.workshop,
            one.administration,
            one.reason,
            f"{one.since:%Y-%m-%d}",
            ", ".join(one.open) or "-",
            one.to_do,
        )
        for one in calls
    ]
    heading = ("name", "workshop", "administration", "reason", "since", "open", "what to do")
    show(calls, table(heading, rows, NOBODY_TO_CALL), as_json)


@app.command()
def codes(
    code: Code,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", help="A .pdf of strips to cut apart, or a .csv; readable by you only."
        ),
    ] = None,
    config: Config = None,
    as_json: Json = False,
) -> None:
    """New one-time codes for all who have not joined yet; older unused codes end."""
    with opened(config) as here:
        given = here.database.run(give_codes, here.office, code, here.now)
        title = here.database.read(code_sheets.sheet_title, code)
        bot = here.settings.telegram.bot_name
    data = [{**asdict(one), "link": code_sheets.chat_link(bot, one.code)} for one in given]
    heading = ("name", "administration", "code", "link", "page")
    rows = [tuple(str(one[column]) for column in heading) for one in data]
    if out is not None:
        pdf = out.suffix.lower() == ".pdf"
        drawn = (
            code_sheets.draw_sheet(title, given, bot, here.now) if pdf else _as_csv(heading, rows)
        )
        write_to(out, drawn, private=True)
        show(data, [f"{len(given)} codes written to {out}. Keep the file private."], as_json)
        return
    columns = (0, 1, 3 if bot else 2, *((4,) if here.office.public_url else ()))
    seen = [[row[column] for column in columns] for row in (heading, *rows)]
    lines = table(seen[0], seen[1:], NOBODY)
    if given and not bot:
        lines += ["", "Send each of them: /start CODE is what they write to the bot.", NO_LINKS]
    show(data, lines, as_json)


def _as_csv(heading: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows([heading, *rows])
    return text.getvalue().encode("utf-8-sig")


@app.command()
def link(
    code: Code,
    participant: Annotated[
        str, typer.Argument(help="The code of the person, such as P-7KQ2MZ9D.")
    ],
    config: Config = None,
    as_json: Json = False,
) -> None:
    """A new personal link to the web page, to be passed on by hand; the person's earlier ones end."""
    with opened(config) as here:
        url = here.database.run(enrolments.renew_link, here.office, (code, participant), here.now)
    show(
        {"link": url},
        [url, "It is for this person alone. Earlier links do not work any more."],
        as_json,
    )
