"""The pages of translations and back-translations: `make words` keeps their middle column true.

A page of `docs/translations/` is a table for a reviewer: a text in English, its translation, and what
the translation says, put back into English from the translation and not from the original. When a
translation changes, its back-translation is emptied, because it is about other words; a test fails
until somebody writes it again. A heading of the third level is the name of a list of choices.
"""

import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from surveys.authoring.packaged import packaged_keys, packaged_questionnaire
from surveys.authoring.translating import PLACE as TRANSLATIONS
from surveys.wording import ENGLISH, PLACE, read_catalogue

ROW = re.compile(r"\| (?P<english>.*?) \| (?P<told>.*?) \| (?P<back>.*?) ?\|")
LIST = re.compile(r"### (?P<name>\w+)")
TITLES = ("| English | Translation | Back into English |", "|---|---|---|")
FORMS = " ‖ "
"""Stands between the singular and the plural of a text."""


def texts_of(language: str) -> dict[str, str]:
    """Return the texts of the bot and of questionnaires, except choices, by their English."""
    found: dict[str, str] = {}
    for folder in (TRANSLATIONS, PLACE):
        for message in read_catalogue(folder / f"{language}.po", language):
            if message.id and not message.context:
                english = message.id if isinstance(message.id, str) else tuple(message.id)[-1]
                told = message.string or ""
                found[english] = told if isinstance(told, str) else FORMS.join(told)
    return found


def choices_of(name: str, language: str) -> dict[str, str]:
    """Return the choices of a list in their order, by their English. Several lists may share a name."""
    return {
        option.label[ENGLISH]: option.label.get(language, "")
        for key in packaged_keys()
        for option in packaged_questionnaire(key).choices.get(name, ())
    }


def rows_of(page: str) -> Iterator[tuple[str, str, str, str]]:
    """Yield the list ('' for none), the English, the translation and the back-translation of rows."""
    name = ""
    for line in page.splitlines():
        if line.startswith("#"):
            name = _list_of(line)
        elif (row := ROW.fullmatch(line)) and line not in TITLES:
            yield name, row["english"], row["told"], row["back"]


def refreshed(page: str, language: str) -> str:
    """Return the page with the present translations, and all choices of its lists."""
    backs = {(name, english, told): back for name, english, told, back in rows_of(page)}
    texts = texts_of(language)
    lines: list[str] = []
    name = ""
    for line in page.splitlines():
        if line.startswith("#"):
            name = _list_of(line)
            lines += [line, "", *TITLES] if name else [line]
            lines += [_row(name, *one, backs) for one in choices_of(name, language).items()]
            lines += [""] if name else []
        elif name:
            continue
        elif (row := ROW.fullmatch(line)) and line not in TITLES:
            english = row["english"]
            lines.append(_row(name, english, texts.get(english, ""), backs))
        else:
            lines.append(line)
    return "\n".join(lines).rstrip("\n") + "\n"


def _list_of(heading: str) -> str:
    found = LIST.fullmatch(heading)
    return found["name"] if found else ""


def _row(name: str, english: str, told: str, backs: Mapping[tuple[str, str, str], str]) -> str:
    back = backs.get((name, english, told), "")
    return f"| {english} | {told} | {back} |"


if __name__ == "__main__":
    for file in sorted(Path(sys.argv[1]).glob("*.md")):
        file.write_text(refreshed(file.read_text("utf-8"), file.stem), "utf-8")
