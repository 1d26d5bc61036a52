"""followup workshop import | list | show | lists | assessments | move | confirm | cancel | room ..."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
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
    finish_import,
    opened,
    show,
    table,
)
from bot.cli.waves import message_table, wave_table
from bot.desk.questionnaires.workshop_lists import correct_lists, import_lists
from bot.desk.reports.assessments import assessment_lines, assessments
from bot.desk.waves import acts
from bot.desk.workshops import replanning, room_codes
from bot.desk.workshops.code_sheets import chat_link
from bot.desk.workshops.texts import code_lines
from bot.fieldwork import elearning
from bot.importing.calendars import workshops as importing
from bot.importing.calendars.reading import MEETINGS, TAKE
from bot.importing.rows.open_questions import answers_of
from storage.fieldwork.workshops import all_workshops, get_workshop
from storage.instruments.workshop_lists import Lists, lists_of
from surveys.problems import BadInput, Problem
from surveys.workshop import Workshop

app = typer.Typer(no_args_is_help=True)

Day = Annotated[str, typer.Option(help="A day such as 2018-02-09.")]


@app.command("import")
def import_(
    file: Annotated[
        Path, typer.Argument(help="A calendar: Excel, .ics, or text with commas, ; or tabs.")
    ],
    dry_run: DryRun = False,
    with_meetings: Annotated[
        bool, typer.Option("--with-meetings", help="Take meetings for workshops too.")
    ] = False,
    answer: Answer = None,
    config: Config = None,
    as_json: Json = False,
) -> None:
    """Add or correct workshops from a calendar; a second time corrects and adds."""
    answers = answers_of(answer or [])
    if with_meetings:
        answers[MEETINGS] = TAKE
    with opened(config) as here:
        content = importing.List(content_of(file), file.name, dry_run, answers)
        done = here.database.run(importing.import_workshops, here.office, content, here.now)
    lines = [*counts("Workshops", done, dry_run), "", *_calendar_lines(done.workshops)]
    finish_import(done, lines, as_json, dry_run)


def _calendar_lines(workshops: Sequence[Workshop]) -> list[str]:
    rows = [
        (
            one.code,
            one.starts_on,
            one.ends_on,
            "" if one.confirmed else "not confirmed",
            f"{one.city or '?'} ({one.country or 'no country'})",
            one.title,
        )
        for one in workshops
    ]
    return table(("code", "first day", "last day", "", "place", "title"), rows)


@app.command("list")
def list_(config: Config = None, as_json: Json = False) -> None:
    """All workshops by their first day."""
    with opened(config) as here:
        workshops = here.database.read(all_workshops)
    rows = [
        (one.code, one.starts_on, one.ends_on, f"{one.city} ({one.country})", one.title)
        for one in workshops
    ]
    empty = "There are no workshops yet. `followup workshop import FILE` adds them."
    heading = ("code", "first day", "last day", "place", "title")
    show(workshops, table(heading, rows, empty), as_json)


@app.command("show")
def show_(
    code: Code,
    calendar: Annotated[
        bool, typer.Option("--calendar", help="Every message to every person, or why not.")
    ] = False,
    config: Config = None,
    as_json: Json = False,
) -> None:
    """One workshop with its waves; with --calendar, every message that is to come."""
    with opened(config) as here:
        workshop = here.database.read(get_workshop, code)
        waves = here.database.read(acts.list_waves, here.office, code)
        learning = here.database.read(elearning.told, code)
        wanted = (here.office, code, here.now)
        previews = here.database.read(acts.preview_all, *wanted) if calendar else []
    data: dict[str, object] = {"workshop": workshop, "waves": waves, "elearning": learning}
    lines = [*_lines(workshop), *filter(None, [learning]), "", *wave_table(waves)]
    if calendar:
        data["calendar"] = [{"wave": one.key, "messages": one.messages} for one in previews]
        reminded = "Reminders go to people who have not answered by then."
        lines += ["", reminded, *message_table(previews)]
    show(data, lines, as_json)


@app.command()
def lists(
    code: Code,
    file: Annotated[
        Path | None,
        typer.Argument(help="Choices as CSV or Excel: list_name, name, label::English (en) ..."),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only look, change nothing.")] = False,
    text_only: Annotated[
        bool,
        typer.Option(
            "--text-only", help="Only other texts or languages; open waves get them too."
        ),
    ] = False,
    config: Config = None,
    as_json: Json = False,
) -> None:
    """The workshop's own takeaways, needs and obstacles; with a file, replace those it names."""
    with opened(config) as here:
        if file is None:
            here.database.read(get_workshop, code)
            found = here.database.read(lists_of, code)
            show(_plain_lists(found), _list_lines(found), as_json)
            return
        content = importing.List(content_of(file), file.name, dry_run)
        take = correct_lists if text_only else import_lists
        done = here.database.run(take, here.office, code, content, here.now)
    lines = [*_list_lines(done.lists), *(f"- {change}" for change in done.changes)]
    if done.open_waves:
        lines.append(f"Open already, so with the choices of before: {', '.join(done.open_waves)}.")
        lines.append("They get other texts for the same choices with --text-only.")
    if done.corrected:
        lines.append(f"Corrected: {'; '.join(done.corrected)}.")
    lines += [f"Look at {warning}" for warning in done.warnings]
    if dry_run:
        lines.append("This was only a look. Nothing was changed.")
    data = {"lists": _plain_lists(done.lists), "changes": done.changes, "open": done.open_waves}
    show(data, lines, as_json)


@app.command("assessments")
def assessments_(code: Code, config: Config = None, as_json: Json = False) -> None:
    """Self-assessments of administrations: then and now, plans in the advised order, warnings."""
    with opened(config) as here:
        found = here.database.read(assessments, code)
    lines = [line for one in found for line in assessment_lines(one)]
    show(found, lines or ["Nobody has answered a self-assessment yet."], as_json)


def _list_lines(found: Lists) -> list[str]:
    rows = [
        (name, option.name, option.label.get("en", ""), ", ".join(sorted(option.label)))
        for name, options in found.items()
        for option in options
    ]
    empty = "This workshop has no lists of its own; the general ones are asked."
    return table(("list", "code", "label", "languages"), rows, empty)


def _plain_lists(found: Lists) -> dict[str, list[dict[str, object]]]:
    return {
        name: [option.model_dump(mode="json") for option in options]
        for name, options in found.items()
    }


@app.command()
def move(
    code: Code,
    ends: Annotated[str, typer.Option("--ends", help="The new last day, such as 2018-02-09.")],
    starts: Annotated[
        str | None, typer.Option("--starts", help="The new first day. [default: same length]")
    ] = None,
    config: Config = None,
    as_json: Json = False,
) -> None:
    """Give a workshop other days; waves that are not open yet move along."""
    last = _day(ends, "--ends")
    first = _day(starts, "--starts") if starts else None
    with opened(config) as here:
        done = here.database.run(replanning.move, here.office, code, (first, last), here.now)
    _say(done, as_json)


@app.command()
def confirm(code: Code, config: Config = None, as_json: Json = False) -> None:
    """The days of a workshop are certain now: its waves will open."""
    with opened(config) as here:
        done = here.database.run(replanning.confirm, here.office, code, here.now)
    _say(done, as_json)


@app.command()
def cancel(code: Code, config: Config = None, as_json: Json = False) -> None:
    """The workshop does not take place: no more waves open and no more messages go out."""
    with opened(config) as here:
        done = here.database.run(replanning.cancel, here.office, code, here.now)
    _say(done, as_json, f"`followup workshop restore {code}` undoes it.")


@app.command()
def restore(code: Code, config: Config = None, as_json: Json = False) -> None:
    """Take a cancellation back."""
    with opened(config) as here:
        done = here.database.run(replanning.restore, here.office, code, here.now)
    _say(done, as_json)


@app.command()
def room(
    code: Code,
    day: Annotated[
        str | None, typer.Option("--on", help="The day it works. [default: today]")
    ] = None,
    end: Annotated[bool, typer.Option("--end", help="End the code that works now.")] = False,
    config: Config = None,
    as_json: Json = False,
) -> None:
    """One code for everybody in the room, for one day of the host; a new one ends the one before.

    People write it to the bot and say who they are. Organisers confirm each of them in chat.
    """
    wanted = _day(day, "--on") if day else None
    with opened(config) as here:
        if end:
            said = here.database.run(room_codes.end_room_code, here.office, code, here.now)
            show({"said": said}, [said], as_json)
            return
        made = here.database.run(room_codes.make_room_code, here.office, code, wanted, here.now)
        link = chat_link(here.office.bot, made.code)
    show({**asdict(made), "link": link}, code_lines(made, link), as_json)


def _say(done: replanning.Replanned, as_json: bool, hint: str = "") -> None:
    show(done, [*done.said, *([hint] if hint else [])], as_json)


def _day(text: str, option: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        problem = Problem(option, "", "is not a day.", text, "Write it like 2018-02-09.")
        raise BadInput((problem,)) from None


def _lines(workshop: Workshop) -> list[str]:
    lines = [
        f"{workshop.code}: {workshop.title}",
        f"{workshop.starts_on} to {workshop.ends_on}, {workshop.city} ({workshop.country})",
        f"Kind: {workshop.kind}. Plan: {workshop.plan}. "
        f"Donors: {', '.join(workshop.donors) or 'none'}.",
    ]
    if not workshop.confirmed:
        lines.append(
            "The days are not confirmed yet, so no wave opens. "
            f"`followup workshop confirm {workshop.code}` confirms them."
        )
    if workshop.cancelled_at is not None:
        lines.append(f"Cancelled. `followup workshop restore {workshop.code}` undoes it.")
    return lines
