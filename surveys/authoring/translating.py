"""Translations of the packaged questionnaires: gettext catalogues beside their English YAML.

A choice has the name of its list as context, all other texts have none, so that one translation
serves every questionnaire. Untranslated texts stay in English and can be listed.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from importlib import resources
from typing import IO, Any

import yaml
from babel.messages.catalog import Catalog

from surveys.authoring.drafts import Draft, OptionRow, Row
from surveys.questionnaire import Texts
from surveys.wording import ENGLISH, read_catalogue, reviewed

TEXTS = ("title", "label", "hint", "constraint_message")
PLACE = resources.files("surveys") / "library" / "translations"


def translated_languages() -> tuple[str, ...]:
    """Return the languages that have a catalogue, sorted."""
    names = (file.name for file in PLACE.iterdir())
    return tuple(sorted(name[:-3] for name in names if name.endswith(".po")))


def translated(draft: Draft) -> Draft:
    """Return the draft with its texts in every language into which its title is translated.

    A language whose catalogue names no reviewer is marked as not reviewed.
    """
    title = draft.title.get(ENGLISH, "")
    offered = [code for code in translated_languages() if _text(code, title)]
    return replace(
        draft,
        title=_with(draft.title, offered),
        rows=tuple(_row(row, offered) for row in draft.rows),
        lists={
            name: tuple(_option(name, option, offered) for option in options)
            for name, options in draft.lists.items()
        },
        languages=(*draft.languages, *offered),
        unreviewed=tuple(code for code in offered if not reviewed(_catalogue(code))),
    )


@lru_cache
def _catalogue(language: str) -> Catalog:
    return read_catalogue(PLACE / f"{language}.po", language)


def _text(language: str, english: str, list_name: str | None = None) -> str:
    """Return a translation, or '' if there is none; fuzzy entries do not count."""
    found = _catalogue(language).get(english, list_name) if english else None
    return str(found.string) if found and not found.fuzzy else ""


def _with(texts: Texts, languages: Sequence[str], list_name: str | None = None) -> Texts:
    english = texts.get(ENGLISH, "")
    told = {code: _text(code, english, list_name) for code in languages}
    return texts | {code: text for code, text in told.items() if text}


def _row(row: Row, languages: Sequence[str]) -> Row:
    return replace(
        row,
        texts={column: _with(texts, languages) for column, texts in row.texts.items()},
        rows=tuple(_row(one, languages) for one in row.rows),
    )


def _option(list_name: str, option: OptionRow, languages: Sequence[str]) -> OptionRow:
    return replace(option, label=_with(option.label, languages, list_name))


def extract_texts(
    fileobj: IO[bytes], keywords: object, comment_tags: object, options: object
) -> Iterator[tuple[int, str, str | tuple[str, str], list[str]]]:
    """Yield the texts of a YAML file of the library: an extraction method for Babel (`make words`)."""
    whole = yaml.load(fileobj, Loader=yaml.BaseLoader)  # noqa: S506 - it makes plain texts only
    lists = whole.get("choices", {}) if "survey" in whole else whole
    for list_name, choices in lists.items():
        for option in choices:
            yield 0, "pgettext", (list_name, _english(option["label"])), []
    if "survey" in whole:
        for text in _of_rows([whole, *whole["survey"]]):
            yield 0, "gettext", text, []


def _of_rows(rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    for row in rows:
        yield from (_english(row[column]) for column in TEXTS if column in row)
        yield from _of_rows(row.get("items", ()))


def _english(text: str | Mapping[str, str]) -> str:
    return text if isinstance(text, str) else text[ENGLISH]
