"""followup questionnaire check | publish | list | show | play."""

from pathlib import Path
from typing import Annotated

import typer

from bot.channels.console import play as play_in_terminal
from bot.cli.common import Config, Json, content_of, fail, opened, show, table
from bot.wiring import utc_now
from storage.questionnaires import get_questionnaire, list_questionnaires, newest_version, publish
from surveys.authoring import (
    check_questionnaire,
    packaged_keys,
    packaged_questionnaire,
    read_questionnaire,
)
from surveys.questionnaire import Questionnaire

app = typer.Typer(no_args_is_help=True)

File = Annotated[Path, typer.Argument(help="A questionnaire in YAML.")]


def _text(file: Path) -> str:
    try:
        return content_of(file).decode("utf-8-sig")
    except UnicodeDecodeError:
        fail(f"{file.name} is not UTF-8 text. Save it as UTF-8.")


@app.command()
def check(file: File, as_json: Json = False) -> None:
    """Everything that is wrong with a questionnaire, at once."""
    questionnaire, problems = check_questionnaire(_text(file), file.name)
    lines = [f"{problem.severity}: {problem}" for problem in problems]
    if questionnaire is not None:
        lines.append(f"{questionnaire.key} can be published: {len(questionnaire.items)} items.")
    show({"ok": questionnaire is not None, "problems": problems}, lines, as_json)
    if questionnaire is None:
        raise typer.Exit(2)


@app.command("publish")
def publish_(file: File, config: Config = None, as_json: Json = False) -> None:
    """Publish a questionnaire as the next version; waves that open from now on ask it."""
    questionnaire = read_questionnaire(_text(file), file.name)
    with opened(config) as here:
        stored, new = here.database.run(publish, questionnaire, here.now)
    line = f"{stored.key} version {stored.version} is published."
    if not new:
        line = f"{stored.key} version {stored.version} is the same. Nothing was changed."
    show({"key": stored.key, "version": stored.version, "new": new}, [line], as_json)


@app.command("list")
def list_(config: Config = None, as_json: Json = False) -> None:
    """All published versions."""
    with opened(config) as here:
        found = here.database.read(list_questionnaires)
    rows = [(key, version, f"{at:%Y-%m-%d}") for key, version, at in found]
    data = [{"key": key, "version": version, "published_at": at} for key, version, at in found]
    show(data, table(("key", "version", "published"), rows), as_json)


@app.command("show")
def show_(
    key: Annotated[str, typer.Argument(help="The key, such as M6.")],
    config: Config = None,
    as_json: Json = False,
) -> None:
    """The questions of the newest published version."""
    with opened(config) as here:
        version = here.database.read(newest_version, key.upper())
        if not version:
            fail(f"There is no questionnaire {key}. `followup questionnaire list` shows all.")
        found = here.database.read(get_questionnaire, key.upper(), version)
    lines = [f"{found.key} version {version}: {found.text(found.title, 'en')}"]
    rows = [(one.name, one.type, found.text(one.label, "en")) for one in found.items if one.label]
    show(found.model_dump(mode="json"), lines + table(("item", "type", "text"), rows), as_json)


@app.command()
def play(
    what: Annotated[str, typer.Argument(help="A key such as M6, or a questionnaire file.")],
    lang: Annotated[str, typer.Option("--lang", help="The language to ask in.")] = "en",
) -> None:
    """Try a questionnaire in the terminal; nothing is stored."""
    questionnaire = _questionnaire(what)
    if lang not in questionnaire.languages:
        known = ", ".join(questionnaire.languages)
        fail(f"{questionnaire.key} is not translated into {lang} yet. Its languages: {known}.")
    play_in_terminal(questionnaire, lang, utc_now())


def _questionnaire(what: str) -> Questionnaire:
    if what.upper() in packaged_keys():
        return packaged_questionnaire(what.upper())
    file = Path(what)
    if not file.is_file():
        fail(
            f"There is no questionnaire {what}. Known: {', '.join(packaged_keys())}; or name a file."
        )
    return read_questionnaire(_text(file), file.name)
