"""followup workshop import | undo | redo | list | show | lists | move | confirm | cancel | ..."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli import templates
from bot.cli.calendars import imports, redo, undo
from bot.cli.common import (
    Code,
    Desk,
    DryRun,
    Reason,
    Remind,
    Result,
    at_desk,
    day_of,
    typed,
)
from bot.cli.imports import Answer, Columns, imported, list_in
from bot.cli.printing import place_words, table
from bot.cli.waves import message_table, wave_table
from bot.cli.workshop_listing import list_, rename
from bot.cli.workshop_lists import lists
from bot.cli.workshop_room import card, room
from bot.wording.days import span_words

if TYPE_CHECKING:
    from bot.desk.waves.acts import WorkshopResult
    from bot.importing.rows.imported import Imported
    from surveys.workshop import Workshop

app = typer.Typer(no_args_is_help=True)


@app.command("import")
@at_desk
def import_(
    here: Desk,
    file: Annotated[
        Path,
        typer.Argument(help="A calendar: a workbook, Word, .ics, or text; - for a pasted one."),
    ],
    dry_run: DryRun = False,
    with_meetings: Annotated[
        bool, typer.Option("--with-meetings", help="Import meetings as workshops too.")
    ] = False,
    answer: Answer = None,
    column: Columns = None,
) -> Result:
    """Add or correct workshops from a calendar; you can import it again."""
    from bot.desk.workshops.calendars import import_workshops
    from bot.importing.calendars.reading import MEETINGS, TAKE

    meetings = {MEETINGS: TAKE if with_meetings else None}
    calendar = list_in(file, dry_run=dry_run, answer=answer, column=column, options=meetings)
    done = import_workshops(here.database, here.office, calendar, here.now)
    undoes = [f"Undo: `followup workshop undo {done.number}`"] if done.number else []
    if not dry_run and not done.questions:
        undoes += _restoring(done)
    return imported("Workshops", done, dry_run, [*undoes, "", *_calendar_lines(done.workshops)])


def _restoring(done: "Imported") -> list[str]:
    """Return the commands that restore what a calendar has cancelled."""
    there = {one.code for one in done.workshops}
    cancelled = [one.code for one in done.changed_plans if one.code not in there]
    return [f"`followup workshop restore {code}` undoes a cancellation." for code in cancelled]


def _calendar_lines(workshops: "Sequence[Workshop]") -> list[str]:
    rows = [
        (
            one.code,
            one.starts_on,
            one.ends_on,
            "" if one.confirmed else "not confirmed",
            place_words(one),
            one.title,
        )
        for one in workshops
    ]
    return table(("code", "first day", "last day", "", "place", "title"), rows)


app.command("list")(list_)
app.command("template")(templates.workshops)
app.command()(rename)


@app.command("show")
@at_desk
def show_(
    here: Desk,
    code: Code,
    calendar: Annotated[
        bool, typer.Option("--calendar", help="Every message to every person, or why not.")
    ] = False,
) -> Result:
    """Show one workshop with its waves; with --calendar, every message that is to come."""
    from bot.desk.waves.acts import list_waves, preview_all
    from bot.fieldwork.elearning import elearning_summary
    from storage.fieldwork.workshops import get_workshop

    workshop = here.database.read(get_workshop, code)
    waves = here.database.read(list_waves, here.office, code, here.now)
    learning = here.database.read(elearning_summary, code)
    data: dict[str, object] = {"workshop": workshop, "waves": waves, "elearning": learning}
    lines = [*_lines(workshop), *filter(None, [learning]), "", *wave_table(waves)]
    if calendar:
        previews = here.database.read(preview_all, here.office, code, here.now)
        data["calendar"] = [{"wave": one.key, "messages": one.messages} for one in previews]
        reminded = "Reminders go to people who have not answered by then."
        lines += ["", reminded, *message_table(previews)]
    return Result(data, lines)


for _command in (lists, imports, undo, redo, room, card):
    app.command()(_command)


@app.command()
@at_desk
def move(
    here: Desk,
    code: Code,
    ends: Annotated[str, typer.Option("--ends", help="The new last day, such as 2018-02-09.")],
    starts: Annotated[
        str | None, typer.Option("--starts", help="The new first day. [default: same length]")
    ] = None,
) -> Result:
    """Change the days of a workshop; waves that are not open yet move with it."""
    from bot.desk.workshops import replanning
    from storage.fieldwork.workshops import get_workshop

    last = day_of(ends, "--ends")
    first = day_of(starts, "--starts") if starts else None
    before = here.database.read(get_workshop, code)
    done = _act(here, replanning.move, code, (first, last))
    days = f"--starts {before.starts_on} --ends {before.ends_on}"
    undo = f"Undo: `followup workshop move {code} {days}`"
    return _replanned(done, *([undo] if done.changed else []))


@app.command()
@at_desk
def confirm(here: Desk, code: Code) -> Result:
    """Confirm the days of a workshop: its waves will open."""
    from bot.desk.workshops import replanning

    done = _act(here, replanning.confirm, code)
    undo = f"Undo: `followup workshop unconfirm {code}`"
    return _replanned(done, *([undo] if done.changed else []))


@app.command()
@at_desk
def unconfirm(here: Desk, code: Code) -> Result:
    """Take the confirmation of the days back: no more waves open."""
    from bot.desk.workshops import replanning

    done = _act(here, replanning.unconfirm, code)
    undo = f"Undo: `followup workshop confirm {code}`"
    return _replanned(done, *([undo] if done.changed else []))


@app.command()
@at_desk
def cancel(here: Desk, code: Code) -> Result:
    """Cancel a workshop: no more waves open and no more messages go out."""
    from bot.desk.workshops import replanning

    done = _act(here, replanning.cancel, code)
    return _replanned(done, f"Undo: `followup workshop restore {code}`")


@app.command()
@at_desk
def restore(here: Desk, code: Code) -> Result:
    """Take a cancellation back."""
    from bot.desk.workshops import replanning

    done = _act(here, replanning.restore, code)
    undo = f"Undo: `followup workshop cancel {code}`"
    return _replanned(done, *([undo] if done.changed else []))


@app.command()
@at_desk
def hold(here: Desk, code: Code, reason: Reason = "", remind: Remind = None) -> Result:
    """Hold a workshop: none of its waves opens or sends until it is released."""
    from bot.desk.waves.acts import hold_workshop

    why = (reason, typed(here, remind, "--remind"))
    done = here.act(hold_workshop, code, here.now, why)
    undo = [f"Undo: `followup workshop release {code}`"] if done.changed else []
    return Result(done, [*done.said, *undo])


@app.command()
@at_desk
def release(here: Desk, code: Code) -> Result:
    """Release a workshop that is on hold."""
    from bot.desk.waves.acts import release_workshop

    done = _act(here, release_workshop, code)
    undo = [f"Undo: `followup workshop hold {code}`"] if done.changed else []
    return _replanned(done, *undo)


def _act(
    here: Desk, act: "Callable[..., WorkshopResult]", code: str, *more: object
) -> "WorkshopResult":
    """Do an act on a workshop, and then read what follows from it."""
    from bot.desk.waves.acts import with_what_follows

    done = here.act(act, code, *more, here.now)
    return here.database.read(with_what_follows, here.office, done, here.now)


def _replanned(done: "WorkshopResult", *hints: str) -> Result:
    return Result(done, [*done.said, *hints])


def _lines(workshop: "Workshop") -> list[str]:
    lines = [
        f"{workshop.code}: {workshop.title}",
        f"{span_words(workshop.starts_on, workshop.ends_on)}, {place_words(workshop)}",
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
    if workshop.held_at is not None:
        on_hold = " ".join(filter(None, ("On hold.", workshop.hold_reason)))
        lines.append(f"{on_hold} `followup workshop release {workshop.code}` releases it.")
    return lines
