"""Find a person by code or by parts of the name. Reads only."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import Connection

from bot.importing.people.spellings import sound, spelling
from bot.importing.tables import headings
from storage.people.enrolments import enrolments_of
from storage.people.participants import find_participant, names_by_person, people_with

MOST = 10
"""How many people are shown; more are counted."""
FEWEST_SOUNDS = 2
"""A word of fewer consonants sounds like too many names."""


@dataclass(frozen=True)
class FoundPerson:
    """A person who was searched for. `id` is the number of the row; buttons name it."""

    id: int
    participant: str
    name: str
    administration: str


@dataclass(frozen=True)
class Found:
    """The people whose names match, at most `MOST` of them, and how many there are in all."""

    people: tuple[FoundPerson, ...]
    total: int


def find_people(connection: Connection, text: str) -> Found:
    """Return the people with this code, or with a name that has all these words, in any order.

    Words in Latin letters find a name in another script that sounds like them.
    """
    known = find_participant(connection, text) if text.strip() else None
    numbers = [known.id] if known else _named(connection, text)
    shown = people_with(connection, numbers[:MOST])
    people = tuple(
        FoundPerson(one.id, one.code, one.name, _place(connection, one.id))
        for one in sorted(shown.values(), key=lambda one: one.name)
    )
    return Found(people, len(numbers))


def _named(connection: Connection, text: str) -> list[int]:
    wanted = plain(text).split()
    names = names_by_person(connection) if wanted else {}
    return [number for number, name in names.items() if has_words(name, wanted)]


@lru_cache(maxsize=65536)
def plain(text: str) -> str:
    """Return a name or a code for comparing; each search compares all of them."""
    return headings.plain(text)


def has_words(text: str, wanted: Sequence[str]) -> bool:
    """Return whether all these words, as `plain` gives them, are in a text with a name."""
    written = plain(text)
    return all(word in written or _sounds_like(text, word) for word in wanted)


def _sounds_like(text: str, word: str) -> bool:
    """Return whether a word in Latin letters is how a part of a name in another script sounds."""
    if text.isascii() or not word.isascii() or len(sound(word)) < FEWEST_SOUNDS:
        return False
    found = spelling(text)
    sounds = [sound(part) for part in found.parts] if found.script else []
    return sound(word) in sounds or word in found.parts


def _place(connection: Connection, number: int) -> str:
    """Return where a person works, as the newest enrolment says."""
    mine = enrolments_of(connection, number)
    return mine[-1].works_at if mine else ""
