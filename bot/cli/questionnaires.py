"""followup questionnaire check | publish | export | list | show | play."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.common import Config, Json, content_of, fail, opened, show, table, write_to
from bot.cli.terminal import play as play_in_terminal
from bot.desk.questionnaires.files import CheckedFile, read_safely
from bot.desk.questionnaires.publishing import correct_texts, named, publish_version
from bot.runtime.clock import utc_now
from storage.instruments.questionnaires import list_questionnaires, newest
from surveys.authoring.earlier_lists import check_earlier
from surveys.authoring.packaged import packaged_keys, packaged_questionnaire
from surveys.problems import BadInput
from surveys.questionnaire import Questionnaire
from surveys.xlsform import write_xlsform

app = typer.Typer(no_args_is_help=True)

File = Annotated[Path, typer.Argument(help="A .yaml file, or an XLSForm: .xlsx .xls .csv .md")]


MOST_LINES = 20
"""Problems shown at once; the rest is counted."""


def _read(file: Path) -> CheckedFile:
    """What a file holds; read in a process of its own, because it may come from anywhere."""
    return read_safely(content_of(file), file.name)


def _must(checked: CheckedFile) -> Questionnaire:
    """The questionnaire of a file; BadInput with every error if there is none."""
    if checked.questionnaire is None:
        raise BadInput(problem for problem in checked.problems if problem.severity == "error")
    return checked.questionnaire


@app.command()
def check(
    file: File,
    marked: Annotated[
        Path | None,
        typer.Option("--marked", help="Write the workbook with the bad cells coloured."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Everything that is wrong with a questionnaire (YAML or XLSForm), at once."""
    checked = _read(file)
    problems = checked.problems
    if checked.questionnaire is not None:
        problems += check_earlier(checked.questionnaire, _packaged)
    lines = [f"{problem.severity}: {problem}" for problem in problems[:MOST_LINES]]
    if len(problems) > MOST_LINES:
        lines.append(f"... and {len(problems) - MOST_LINES} more.")
    if checked.questionnaire is not None:
        key, items = checked.questionnaire.key, checked.questionnaire.items
        lines.append(f"{key} can be published: {len(items)} items.")
    if marked is not None and checked.marked is not None:
        write_to(marked, checked.marked)
        lines.append(f"Written: {marked}")
    show({"ok": checked.questionnaire is not None, "problems": problems}, lines, as_json)
    if checked.questionnaire is None:
        raise typer.Exit(2)


def _packaged(key: str) -> Questionnaire | None:
    return packaged_questionnaire(key) if key in packaged_keys() else None


@app.command("publish")
def publish_(
    file: File,
    text_only: Annotated[
        bool,
        typer.Option(
            "--text-only", help="Correct texts of the newest version, also for running interviews."
        ),
    ] = False,
    config: Config = None,
    as_json: Json = False,
) -> None:
    """Publish a questionnaire as the next version; waves that open from now on ask it."""
    questionnaire = _must(_read(file))
    with opened(config) as here:
        do = correct_texts if text_only else publish_version
        done = here.database.run(do, here.office, questionnaire, here.now)
    lines = [f"{done.name} is published."]
    if not done.new:
        lines = [f"{done.name} is the same. Nothing was changed."]
    lines += [f"- {change}" for change in done.changes]
    lines += [f"Look at {warning}" for warning in done.warnings]
    stored = done.questionnaire
    data = {
        "key": stored.key,
        "version": stored.version,
        "revision": stored.revision,
        "new": done.new,
        "changes": done.changes,
        "warnings": done.warnings,
    }
    show(data, lines, as_json)


@app.command()
def export(
    key: Annotated[str, typer.Argument(help="The key, such as M6.")],
    out: Annotated[Path, typer.Option("--out", help="The .xlsx file to write.")],
    config: Config = None,
) -> None:
    """Write the newest published version as an XLSForm, for Excel, ODK or Kobo."""
    with opened(config) as here:
        found = here.database.read(newest, key.upper())
    if found is None:
        fail(f"There is no questionnaire {key}. `followup questionnaire list` shows all.")
    write_to(out, write_xlsform(found))
    typer.echo(f"Written: {out}")


@app.command("list")
def list_(config: Config = None, as_json: Json = False) -> None:
    """All published versions."""
    with opened(config) as here:
        found = here.database.read(list_questionnaires)
    rows = [
        (one.key, one.version, one.revision, f"{one.published_at:%Y-%m-%d}", one.workshop or "")
        for one in found
    ]
    heading = ("key", "version", "corrections", "published", "lists of workshop")
    show(found, table(heading, rows), as_json)


@app.command("show")
def show_(
    key: Annotated[str, typer.Argument(help="The key, such as M6.")],
    lang: Annotated[str, typer.Option("--lang", help="The language to read it in.")] = "en",
    config: Config = None,
    as_json: Json = False,
) -> None:
    """The questions of the newest published version."""
    with opened(config) as here:
        found = here.database.read(newest, key.upper())
    if found is None:
        fail(f"There is no questionnaire {key}. `followup questionnaire list` shows all.")
    _check_language(found, lang)
    lines = [f"{named(found)}: {found.text(found.title, lang)}"]
    rows = [(one.name, one.type, found.text(one.label, lang)) for one in found.items if one.label]
    show(found.model_dump(mode="json"), lines + table(("item", "type", "text"), rows), as_json)


@app.command()
def play(
    what: Annotated[str, typer.Argument(help="A key such as M6, or a questionnaire file.")],
    lang: Annotated[str, typer.Option("--lang", help="The language to ask in.")] = "en",
) -> None:
    """Try a questionnaire in the terminal; nothing is stored."""
    questionnaire = _questionnaire(what)
    _check_language(questionnaire, lang)
    play_in_terminal(questionnaire, lang, utc_now())


def _check_language(questionnaire: Questionnaire, lang: str) -> None:
    if lang not in questionnaire.languages:
        known = ", ".join(questionnaire.languages)
        fail(f"{questionnaire.key} is not translated into {lang} yet. Its languages: {known}.")


def _questionnaire(what: str) -> Questionnaire:
    if what.upper() in packaged_keys():
        return packaged_questionnaire(what.upper())
    file = Path(what)
    if not file.is_file():
        fail(
            f"There is no questionnaire {what}. Known: {', '.join(packaged_keys())}; or name a file."
        )
    return _must(_read(file))
