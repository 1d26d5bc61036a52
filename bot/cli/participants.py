"""followup participants import | list | codes."""

import csv
import io
from pathlib import Path
from typing import Annotated

import typer

from bot import codes as given_codes
from bot import importing, people_desk
from bot.cli.common import Code, Config, Json, content_of, opened, show, table, write_to

app = typer.Typer(no_args_is_help=True)


@app.command("import")
def import_(
    code: Code,
    file: Annotated[Path, typer.Argument(help="A CSV list with name and administration.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only look; change nothing.")] = False,
    config: Config = None,
    as_json: Json = False,
) -> None:
    """Enrol the people of a list in a workshop; a second time corrects and adds."""
    with opened(config) as here:
        content = importing.List(content_of(file), file.name, dry_run)
        done = here.database.run(
            importing.import_participants, here.office, code, content, here.now
        )
    wording = "would be " if dry_run else ""
    line = f"{done.new} new people {wording}enrolled, {done.changed} corrected, {done.same} as before."
    show(done, [line], as_json)


@app.command("list")
def list_(code: Code, config: Config = None, as_json: Json = False) -> None:
    """Who is enrolled, in which role, and how they can be reached."""
    with opened(config) as here:
        people = here.database.read(people_desk.list_people, here.office, code)
    rows = [
        (one.participant, one.name, one.administration, one.role, one.channel, one.consent)
        for one in people
    ]
    heading = ("code", "name", "administration", "role", "reached by", "consent")
    show(people, table(heading, rows), as_json)


@app.command()
def codes(
    code: Code,
    out: Annotated[
        Path | None, typer.Option("--out", help="Write a CSV file for printing.")
    ] = None,
    config: Config = None,
    as_json: Json = False,
) -> None:
    """New one-time codes for all who have not joined yet; older unused codes end."""
    with opened(config) as here:
        given = here.database.run(given_codes.give_codes, code, here.now)
    rows = [(one.name, one.administration, one.code) for one in given]
    if out is not None:
        text = io.StringIO()
        csv.writer(text).writerows([("name", "administration", "code"), *rows])
        write_to(out, text.getvalue().encode("utf-8-sig"))
        out.chmod(0o600)
        show(given, [f"{len(given)} codes written to {out}. Keep the file private."], as_json)
        return
    show(given, table(("name", "administration", "code"), rows), as_json)
