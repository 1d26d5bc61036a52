"""followup workshop lists."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.added_waves import NOT_DONE, Yes
from bot.cli.common import Code, Desk, DryRun, Result, at_desk
from bot.cli.printing import content_of, table

if TYPE_CHECKING:
    from bot.desk.questionnaires.files import ChoiceLists
    from bot.desk.questionnaires.workshop_lists import ListsChanged
    from storage.instruments.workshop_lists import Lists


@at_desk
def lists(  # noqa: PLR0913 - options of a command
    here: Desk,
    code: Code,
    file: Annotated[
        Path | None,
        typer.Argument(help="Choices as CSV or Excel: list_name, name, label::English (en) ..."),
    ] = None,
    dry_run: DryRun = False,
    text_only: Annotated[
        bool,
        typer.Option(
            "--text-only", help="Only other texts or languages; open waves get them too."
        ),
    ] = False,
    undo: Annotated[
        int, typer.Option("--undo", help="Take back the change with this number.")
    ] = 0,
    yes: Yes = False,
) -> Result:
    """Show the workshop's own takeaways, needs and obstacles; with a file, replace those it names."""
    from bot.desk.questionnaires.files import read_lists_safely
    from bot.desk.questionnaires.workshop_lists import import_lists
    from storage.fieldwork.workshops import get_workshop
    from storage.instruments.workshop_lists import lists_of

    if undo:
        return _taken_back(here, code, undo)
    if file is None:
        here.database.read(get_workshop, code)
        found = here.database.read(lists_of, code)
        return Result(_plain_lists(found), [*_list_lines(found), *_last_change(here, code)])
    given = read_lists_safely(content_of(file), file.name, dry_run=dry_run)
    if text_only:
        return _corrected(here, code, given, yes)
    do = here.database.read if dry_run else here.database.run
    done = do(import_lists, here.office, code, given, here.now)
    return _result(done, _kept(done), _undo_line(code, done.number), dry_run)


def _corrected(here: Desk, code: str, given: "ChoiceLists", yes: bool) -> Result:
    """Correct texts; where open waves show them, only with a yes."""
    from bot.desk.questionnaires.workshop_lists import correct_lists

    look = replace(given, dry_run=True)
    found = here.database.read(correct_lists, here.office, code, look, here.now)
    if given.dry_run or (found.changes and found.open_waves and not yes):
        asked = not given.dry_run
        return _result(
            found, [*_reached(found), *([NOT_DONE] if asked else [])], [], not asked, asked
        )
    done = here.act(correct_lists, code, given, here.now)
    corrected = [f"Corrected: {'; '.join(done.corrected)}."] if done.corrected else []
    return _result(done, corrected, _undo_line(code, done.number))


def _kept(done: "ListsChanged") -> list[str]:
    if not done.open_waves:
        return []
    return [
        f"Open already, so with the choices of before: {', '.join(done.open_waves)}.",
        "They get other texts for the same choices with --text-only.",
    ]


def _reached(found: "ListsChanged") -> list[str]:
    if not (found.changes and found.open_waves):
        return []
    shown = "People in them see the corrected texts from their next question on."
    return [f"Open now: {', '.join(found.open_waves)}. {shown}"]


def _result(
    done: "ListsChanged",
    reach: list[str],
    undo: list[str],
    dry_run: bool = False,
    asks: bool = False,
) -> Result:
    lines = [*_list_lines(done.lists), *(f"- {change}" for change in done.changes), *reach]
    lines += [f"Look at {warning}" for warning in done.warnings] + undo
    if dry_run:
        lines.append("This was only a look. Nothing was changed.")
    data = {"lists": _plain_lists(done.lists), "changes": done.changes, "open": done.open_waves}
    return Result(data, lines, ok=not asks)


def _taken_back(here: Desk, code: str, number: int) -> Result:
    from bot.desk.questionnaires.lists_back import put_back_lists

    done = here.act(put_back_lists, code, number, here.now)
    return Result(done, [done.said, *_undo_line(code, done.number)])


def _last_change(here: Desk, code: str) -> list[str]:
    """Return when the lists were changed last, and how to take that back."""
    from bot.wording.days import day_at
    from storage.instruments.text_changes import changes_of_choices

    for one in here.database.read(changes_of_choices, code)[:1]:
        day = day_at(one.what.at, here.office.zone)
        return ["", f"Changed on {day}.", *_undo_line(code, one.number)]
    return []


def _undo_line(code: str, number: int) -> list[str]:
    return [f"Undo: `followup workshop lists {code} --undo {number}`"] if number else []


def _list_lines(found: "Lists") -> list[str]:
    rows = [
        (name, option.name, option.label.get("en", ""), ", ".join(sorted(option.label)))
        for name, options in found.items()
        for option in options
    ]
    empty = "This workshop has no lists of its own; the general ones are asked."
    return table(("list", "code", "label", "languages"), rows, empty)


def _plain_lists(found: "Lists") -> dict[str, list[dict[str, object]]]:
    return {
        name: [option.model_dump(mode="json") for option in options]
        for name, options in found.items()
    }
