"""followup questionnaire check | publish | undo | export | list | show | play."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.added_waves import NOT_DONE, Yes
from bot.cli.common import Desk, Json, Result, at_desk, fail, finish
from bot.cli.endings import check_ending
from bot.cli.printing import content_of, table, write_to
from bot.cli.questionnaire_files import (
    Key,
    correction_undo,
    export,
    language_of,
    longest_path_of,
    newest_version,
    paper,
    publishable,
    undo,
)
from bot.wording.days import day_at

if TYPE_CHECKING:
    from bot.desk.questionnaires.files import CheckedFile
    from bot.desk.questionnaires.publishing import Publication
    from surveys.questionnaire import Questionnaire

app = typer.Typer(no_args_is_help=True)

File = Annotated[Path, typer.Argument(help="A .yaml file, or an XLSForm: .xlsx .xls .csv .md")]
MOST_LINES = 20
"""Problems shown at once; the rest is counted."""


def _read(file: Path) -> "CheckedFile":
    """Return what a file holds; read in a process of its own, because it may come from anywhere."""
    from bot.desk.questionnaires.files import read_safely

    return read_safely(content_of(file), file.name)


def _must(checked: "CheckedFile") -> "Questionnaire":
    """Return the questionnaire of a file. Raises BadInput with every error if there is none."""
    from surveys.problems import BadInput

    if checked.questionnaire is None:
        raise BadInput(problem for problem in checked.problems if problem.severity == "error")
    return checked.questionnaire


@app.command()
def check(
    file: File,
    marked: Annotated[
        Path | None,
        typer.Option(
            "--marked", help="Write a copy of the workbook with the wrong cells marked in colour."
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """Show everything that is wrong with a questionnaire (YAML or XLSForm), at once."""
    from surveys.authoring.earlier_lists import check_earlier

    if marked is not None:
        check_ending(marked, ("xlsx",))
    checked = _read(file)
    problems = checked.problems
    if checked.questionnaire is not None:
        problems += check_earlier(checked.questionnaire, _packaged)
    lines = [f"{problem.severity}: {problem}" for problem in problems[:MOST_LINES]]
    if len(problems) > MOST_LINES:
        lines.append(f"... and {len(problems) - MOST_LINES} more.")
    longest = longest_path_of(checked.questionnaire) if checked.questionnaire is not None else None
    if checked.questionnaire is not None and longest is not None:
        lines += publishable(checked.questionnaire, longest)
    if marked is not None and checked.marked is not None:
        write_to(marked, checked.marked)
        lines.append(f"Written: {marked}")
    ok = checked.questionnaire is not None
    finish(Result({"ok": ok, "problems": problems, "longest": longest}, lines, ok), as_json)


def _packaged(key: str) -> "Questionnaire | None":
    from surveys.authoring.packaged import packaged_keys, packaged_questionnaire

    return packaged_questionnaire(key) if key in packaged_keys() else None


@app.command("publish")
@at_desk
def publish_(
    here: Desk,
    what: Annotated[
        str, typer.Argument(help="A questionnaire file; with --version a key such as M6.")
    ],
    text_only: Annotated[
        bool,
        typer.Option(
            "--text-only", help="Correct texts of the newest version, also for running interviews."
        ),
    ] = False,
    version: Annotated[
        int | None, typer.Option("--version", min=1, help="Publish this earlier version again.")
    ] = None,
    yes: Yes = False,
) -> Result:
    """Publish a questionnaire as the next version; waves that open from now on ask it."""
    from bot.desk.questionnaires.publishing import correct_texts, publish_again, publish_version

    if version is not None:
        again = here.act(publish_again, what.upper(), version, here.now)
        return _published(here, again)
    questionnaire = _must(_read(Path(what)))
    asked = None if yes else _asked(here, questionnaire, text_only)
    do = correct_texts if text_only else publish_version
    return asked or _published(here, here.act(do, questionnaire, here.now))


def _asked(here: Desk, questionnaire: "Questionnaire", text_only: bool) -> Result | None:
    """Return what publishing would reach, if that needs a yes."""
    from bot.desk.questionnaires.looking import look_at

    found = here.database.read(look_at, here.office, questionnaire, here.now)
    if not (found.corrects if text_only else found.asks):
        return None
    if text_only:
        lines = [*(f"- {one}" for one in found.texts[:MOST_LINES]), *found.corrected, NOT_DONE]
        return Result({"changes": found.texts, "asks": True}, lines, ok=False)
    number = found.before.version if found.before else 0
    lines = [
        f"{questionnaire.key} is there already, as version {number}. Publishing would change:",
        *(f"- {change}" for change in found.changes[:MOST_LINES]),
        *found.languages,
        *found.uses.lines,
        NOT_DONE,
    ]
    return Result({"changes": found.changes, "asks": True}, lines, ok=False)


def _published(here: Desk, done: "Publication") -> Result:
    """Return what was published, what asks it from now on, and the command that undoes it."""
    from bot.desk.questionnaires.uses import uses_of

    stored = done.questionnaire
    lines = [f"{done.name} is published."]
    if not done.new:
        lines = [f"{done.name} is the same. Nothing was changed."]
    lines += [f"- {change}" for change in done.changes]
    lines += [f"Look at {warning}" for warning in done.warnings]
    if done.new and not stored.revision:
        uses = here.database.read(uses_of, here.office, stored.key, here.now)
        lines.append(uses.to_come)
    if done.new and done.before:
        undo = f"followup questionnaire publish {stored.key} --version {done.before}"
        lines.append(f"Undo: `{undo}`")
    lines += correction_undo(stored.key, done.number)
    data = {
        "key": stored.key,
        "version": stored.version,
        "revision": stored.revision,
        "new": done.new,
        "changes": done.changes,
        "warnings": done.warnings,
    }
    return Result(data, lines)


for _command in (export, paper, undo):
    app.command()(_command)


@app.command("list")
@at_desk
def list_(here: Desk) -> Result:
    """List all published versions."""
    from storage.instruments.questionnaires import list_questionnaires

    found = here.database.read(list_questionnaires)
    rows = [
        (
            one.key,
            one.version,
            one.revision,
            day_at(one.published_at, here.office.zone),
            one.workshop or "",
        )
        for one in found
    ]
    heading = ("key", "version", "corrections", "published", "lists of workshop")
    return Result(found, table(heading, rows))


@app.command("show")
@at_desk
def show_(
    here: Desk,
    key: Key,
    lang: Annotated[str, typer.Option("--lang", help="The language to read it in.")] = "en",
) -> Result:
    """Show the questions of the newest published version."""
    from bot.desk.questionnaires.publishing import named

    found = newest_version(here, key)
    lang = language_of(found, lang)
    lines = [f"{named(found)}: {found.text(found.title, lang)}"]
    rows = [(one.name, one.type, found.text(one.label, lang)) for one in found.items if one.label]
    lines += table(("item", "type", "text"), rows)
    return Result(found.model_dump(mode="json"), lines)


@app.command()
def play(
    what: Annotated[str, typer.Argument(help="A key such as M6, or a questionnaire file.")],
    lang: Annotated[str, typer.Option("--lang", help="The language to ask in.")] = "en",
) -> None:
    """Try a questionnaire in the terminal; nothing is stored."""
    from bot.cli.terminal import play as play_in_terminal
    from bot.runtime.clock import utc_now

    questionnaire = _packaged(what.upper()) or _of_file(what)
    lang = language_of(questionnaire, lang)
    play_in_terminal(questionnaire, lang, utc_now())


def _of_file(what: str) -> "Questionnaire":
    from surveys.authoring.packaged import packaged_keys

    file = Path(what)
    if not file.is_file():
        known = ", ".join(packaged_keys())
        fail(f"There is no questionnaire {what}. Known: {known}; or name a file.")
    return _must(_read(file))
