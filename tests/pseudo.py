"""A pseudo-language: every translation is the English text in wide letters.

It takes the place of Thai, whose days and places from CLDR have no Latin letters either. A plain
letter on a screen is then a text that no catalogue has, or a value such as a name.
"""

import re
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from babel.messages.pofile import read_po, write_po

import analysis.wording
import surveys.wording
from surveys.questionnaire import Questionnaire

LANGUAGE = "th"
WIDE = {
    ord(plain): ord(plain) + 0xFEE0
    for plain in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
}
NARROW = {wide: plain for plain, wide in WIDE.items()}
KEPT = re.compile(r"(\$?\{[^{}]*\}|/[a-z]+\b)")
"""Placeholders and commands, which a translation keeps."""
LETTERS = re.compile(r"[A-Za-z]+(?:[ '’-][A-Za-z]+)*")
PLACES = (
    (surveys.wording, (surveys.wording.catalogue, surveys.wording.worded_languages)),
    (analysis.wording, (analysis.wording.report_catalogue,)),
)


def pseudo(text: str) -> str:
    """Return an English text as its translation: in wide letters."""
    parts = KEPT.split(text)
    return "".join(part if n % 2 else part.translate(WIDE) for n, part in enumerate(parts))


def english(text: str) -> str:
    """Return what a translation says in English."""
    return text.translate(NARROW)


def untranslated(text: str, values: Iterable[str]) -> list[str]:
    """Return the words in plain letters in a text, without those of values."""
    for value in sorted(values, key=len, reverse=True):
        text = text.replace(value, "")
    return LETTERS.findall(text)


@contextmanager
def pseudo_language(folder: Path) -> Iterator[None]:
    """Let the catalogues of the bot and of reports say everything in wide letters."""
    with pytest.MonkeyPatch.context() as patch:
        for number, (module, caches) in enumerate(PLACES):
            place = Path(str(module.PLACE))
            _write(shutil.copytree(place, folder / str(number)) / f"{LANGUAGE}.po")
            patch.setattr(module, "PLACE", folder / str(number))
            for cache in caches:
                cache.cache_clear()
        yield
    for _, caches in PLACES:
        for cache in caches:
            cache.cache_clear()


def _write(path: Path) -> None:
    """Write a catalogue anew; what has no translation stays without one."""
    with path.open("rb") as file:
        catalog = read_po(file, locale=LANGUAGE)
    for message in catalog:
        if message.id and all(message.string or ""):
            several = isinstance(message.id, (tuple, list))
            message.string = (pseudo(message.id[1]),) if several else pseudo(str(message.id))
    with path.open("wb") as file:
        write_po(file, catalog)


def in_pseudo(questionnaire: Questionnaire) -> Questionnaire:
    """Return a questionnaire whose texts that have a translation say it in wide letters.

    One of a test, in English only, is translated as a whole.
    """
    whole = questionnaire.model_dump(mode="json")
    every = LANGUAGE not in whole["languages"]
    languages = [*whole["languages"], LANGUAGE] if every else whole["languages"]
    return Questionnaire.model_validate(_worded(whole, every) | {"languages": languages})


def _worded(part: Any, every: bool) -> Any:
    if isinstance(part, list):
        return [_worded(one, every) for one in part]
    if not isinstance(part, dict):
        return part
    if isinstance(part.get("en"), str) and (every or part.get(LANGUAGE)):
        return part | {LANGUAGE: pseudo(part["en"])}
    return {key: _worded(value, every) for key, value in part.items()}


class _Said(HTMLParser):
    """All texts of a page that people read or hear."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._hidden = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden = tag in ("style", "script")
        spoken = ("aria-label", "alt", "title", "placeholder")
        self.texts += [value for name, value in attrs if name in spoken and value]

    def handle_endtag(self, tag: str) -> None:
        self._hidden = False

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.texts.append(data)


def said_in(html: str) -> str:
    """Return all texts of a page, a line each: also its title and what a screen reader says."""
    return "\n".join(text.strip() for text in _Said(html).texts if text.strip())
