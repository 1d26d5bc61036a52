"""The glossary of each language, and the messages that leave it: one term for one thing.

`make words` prints them. A glossary is `surveys/locale/glossary/LANGUAGE.csv`, beside the catalogue:
a term in English, the renderings that may stand for it, and a note. `exceptions.csv` lists messages
in which another word is right, with the reason.
"""

import csv
import re
import sys
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from surveys.wording import read_catalogue

if TYPE_CHECKING:
    from babel.messages.catalog import Message

PLACE = Path(str(resources.files("surveys") / "locale" / "glossary"))
EXCEPTIONS = "exceptions"
EVERY = "*"
"""Stands for all languages in the file of exceptions."""
SEPARATOR = "|"
PLACEHOLDER = re.compile(r"\$?\{\w+\}|%\(\w+\)s|/[a-z]+\b")
SPACES = re.compile(r"[\s\u00a0\u202f]+")
SAME = str.maketrans({"’": "'", "\u200c": " "})
"""Apostrophes, and the joiner of Persian that many keyboards replace with a space."""


@dataclass(frozen=True)
class Term:
    """A term in English, in all its forms, and the renderings one of which must stand for it."""

    forms: tuple[str, ...]
    renderings: tuple[str, ...]
    note: str = ""

    def stands_in(self, text: str) -> bool:
        return any(plain(rendering) in plain(text) for rendering in self.renderings)


@dataclass(frozen=True)
class Departure:
    """A message whose English has a term and whose translation has no rendering of it."""

    language: str
    term: str
    context: str
    english: str
    translation: str

    def __str__(self) -> str:
        place = f" [{self.context}]" if self.context else ""
        return f"{self.language}: {self.term}{place}: {self.english} => {self.translation}"


def plain(text: str) -> str:
    """Return a text without differences of case, apostrophes and spaces."""
    return SPACES.sub(" ", text.casefold().translate(SAME))


def _plurals(form: str) -> str:
    """Return a pattern for an English noun in both numbers."""
    if form.endswith("y") and form[-2:-1] not in "aeiou":
        return f"{re.escape(form[:-1])}(?:y|ies)"
    return f"{re.escape(form)}(?:e?s)?"


def glossary_languages(place: Path = PLACE) -> tuple[str, ...]:
    """Return the languages that have a glossary, sorted."""
    names = (file.stem for file in place.glob("*.csv"))
    return tuple(sorted(name for name in names if name != EXCEPTIONS))


def terms_of(language: str, place: Path = PLACE) -> tuple[Term, ...]:
    """Return the terms of a language."""
    return tuple(
        Term(_parts(row["term"]), _parts(row["renderings"]), row["note"])
        for row in _rows(place / f"{language}.csv")
    )


def exceptions(place: Path = PLACE) -> frozenset[tuple[str, str, str, str]]:
    """Return the language, term, context and English of each message that may leave the glossary."""
    return frozenset(
        (row["language"], row["term"], row["context"], row["english"])
        for row in _rows(place / f"{EXCEPTIONS}.csv")
    )


def _rows(file: Path) -> Iterator[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as source:
        yield from csv.DictReader(source)


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(SEPARATOR))


def terms_in(english: str, terms: tuple[Term, ...]) -> Iterator[Term]:
    """Yield the terms of an English text. The longest wins: no "office" in "regional office"."""
    rest = PLACEHOLDER.sub(" ", english)
    found: list[Term] = []
    for pattern, term in _longest_first(terms):
        rest, times = pattern.subn("·", rest)
        if times and term not in found:
            found.append(term)
            yield term


@lru_cache
def _longest_first(terms: tuple[Term, ...]) -> tuple[tuple[re.Pattern[str], Term], ...]:
    forms = [(form, term) for term in terms for form in term.forms]
    forms.sort(key=lambda one: -len(one[0]))
    return tuple(
        (re.compile(rf"(?<!\w){_plurals(form)}(?!\w)", re.IGNORECASE), term)
        for form, term in forms
    )


def departures(
    language: str, messages: Iterable["Message"], terms: tuple[Term, ...]
) -> Iterator[Departure]:
    """Yield what leaves the glossary. An empty translation is named elsewhere, by the test of it."""
    for message in messages:
        english = message.id if isinstance(message.id, str) else tuple(message.id)[-1]
        told = (
            message.string
            if isinstance(message.string, str)
            else tuple(message.string or ("",))[-1]
        )
        if english and told:
            for term in terms_in(english, terms):
                if not term.stands_in(told):
                    context = message.context or ""
                    yield Departure(language, term.forms[0], context, english, told)


def all_departures(folders: Iterable[Path], place: Path = PLACE) -> Iterator[Departure]:
    """Yield what leaves the glossaries in the catalogues of all folders, exceptions too."""
    terms = {language: terms_of(language, place) for language in glossary_languages(place)}
    for folder in folders:
        for language, known in terms.items():
            catalogue = read_catalogue(folder / f"{language}.po", language)
            yield from departures(language, catalogue, known)


def is_accepted(departure: Departure, accepted: Container[tuple[str, str, str, str]]) -> bool:
    """Return whether a departure is one of the exceptions, of its language or of all."""
    rest = (departure.term, departure.context, departure.english)
    return any((language, *rest) in accepted for language in (departure.language, EVERY))


if __name__ == "__main__":
    excepted = exceptions()
    for departure in all_departures(Path(name) for name in sys.argv[1:]):
        if not is_accepted(departure, excepted):
            sys.stdout.write(f"{departure}\n")
