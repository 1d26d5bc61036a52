"""Find a person by code or by parts of the name. Reads only."""

from dataclasses import dataclass

from sqlalchemy import Connection

from bot.importing.tables.headings import plain
from storage.people.enrolments import enrolments_of
from storage.people.participants import find_participant, names_by_person, people_with

MOST = 10
"""How many people are shown; more are counted."""


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
    """Return the people with this code, or with a name that has all these words, in any order."""
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
    return [number for number, name in names.items() if all(one in plain(name) for one in wanted)]


def _place(connection: Connection, number: int) -> str:
    """Return where a person works, as the newest enrolment says."""
    mine = enrolments_of(connection, number)
    return mine[-1].works_at if mine else ""
