"""followup questionnaire export | paper | undo."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.common import Config, Desk, Result, at_desk, fail, opened
from bot.cli.endings import check_ending
from bot.cli.printing import write_to

if TYPE_CHECKING:
    from surveys.questionnaire import Questionnaire

Key = Annotated[str, typer.Argument(help="The key, such as M6.")]


def export(
    key: Key,
    out: Annotated[Path, typer.Option("--out", help="The .xlsx file to write.")],
    version: Annotated[
        int | None, typer.Option("--version", help="The version. [default: the newest]")
    ] = None,
    config: Config = None,
) -> None:
    """Write a published version as an XLSForm, for Excel, ODK or Kobo."""
    from storage.instruments.questionnaires import get_questionnaire
    from surveys.xlsform.writing import write_xlsform

    check_ending(out, ("xlsx",))
    with opened(config) as here:
        found = (
            here.database.read(get_questionnaire, key.upper(), version)
            if version
            else newest_version(here, key)
        )
    write_to(out, write_xlsform(found))
    typer.echo(f"Written: {out}")


@at_desk
def paper(
    here: Desk,
    key: Key,
    out: Annotated[Path, typer.Option("--out", help="The .pdf file to write.")],
    lang: Annotated[str, typer.Option("--lang", help="The language, by code or name.")] = "en",
    workshop: Annotated[
        str, typer.Option("--workshop", help="The workshop whose title is printed.")
    ] = "",
) -> Result:
    """Write the newest published version as a form to print, for `case enter` afterwards."""
    from bot.desk.questionnaires.paper import draw_form
    from storage.fieldwork.workshops import get_workshop

    found = newest_version(here, key)
    meant = language_of(found, lang)
    known = here.database.read(get_workshop, workshop) if workshop else None
    write_to(out, draw_form(found, meant, known, here.now))
    return Result({"written": str(out), "language": meant}, [f"Written: {out}"])


@at_desk
def undo(
    here: Desk,
    key: Key,
    number: Annotated[
        int, typer.Argument(help="The number of the correction. [default: the newest]")
    ] = 0,
) -> Result:
    """Take back a correction of texts, but for texts that were corrected since."""
    from bot.desk.questionnaires.putting_back import put_correction_back

    done = here.act(put_correction_back, key.upper(), number, here.now)
    return Result(done, [done.said, *correction_undo(done.key, done.number)])


def correction_undo(key: str, number: int) -> list[str]:
    """Return the line with the command that takes a correction of texts back."""
    return [f"Undo: `followup questionnaire undo {key} {number}`"] if number else []


def newest_version(here: Desk, key: str) -> "Questionnaire":
    from storage.instruments.questionnaires import newest

    found = here.database.read(newest, key.upper())
    if found is None:
        fail(f"There is no questionnaire {key}. `followup questionnaire list` shows all.")
    return found


def language_of(questionnaire: "Questionnaire", lang: str) -> str:
    """Return the code of a language, which was named by code or by name."""
    from surveys.names import language_meant, language_name

    meant = language_meant(lang, questionnaire.languages)
    if meant is None:
        known = ", ".join(f"{code} ({language_name(code)})" for code in questionnaire.languages)
        fail(f"{questionnaire.key} is not translated into {lang} yet. Its languages: {known}.")
    return meant


def longest_path_of(questionnaire: "Questionnaire") -> dict[str, int]:
    """Return how much one person may be asked at most: questions, and seconds to answer them."""
    from surveys.authoring.answering_times import seconds_of
    from surveys.authoring.burden import longest_path

    way = longest_path(questionnaire)
    return {"questions": len(way), "seconds": seconds_of(questionnaire, way)}


def publishable(questionnaire: "Questionnaire", longest: dict[str, int]) -> list[str]:
    """Return that a questionnaire can be published, and how much it asks, in sentences."""
    from bot.wording.counts import counted
    from surveys.authoring.answering_times import in_minutes

    questions, minutes = counted(longest["questions"], "question"), in_minutes(longest["seconds"])
    return [
        f"{questionnaire.key} can be published: {counted(len(questionnaire.items), 'item')}.",
        f"One person is asked at most {questions}, which takes about {minutes} minutes.",
    ]
