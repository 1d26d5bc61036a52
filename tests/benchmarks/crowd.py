"""Many people with open cases, made by bulk inserts: what the figures of growth are taken on."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    String,
    Table,
    Text,
    cast,
    insert,
    literal,
    select,
    update,
)

from bot.runtime.opening import open_database
from bot.settings.config import Settings
from storage.database import Database
from storage.schema import addresses, cases, enrolments, participants, waves, workshops
from surveys.planning.plans_file import packaged_plans
from surveys.workshop import Workshop

ENDED = date(2018, 2, 9)
NOW = datetime(2018, 8, 10, 1, tzinfo=UTC)
"""A working day six months later, at one in the afternoon in Fiji: the window is over."""
MORNING = datetime(2018, 8, 9, 22, tzinfo=UTC)
"""The same day at ten in Fiji: who is due is contacted."""
LATE_MORNING = datetime(2018, 8, 9, 23, 29, tzinfo=UTC)
"""The end of the daily window in Fiji: everybody who is due is contacted now."""
LATER = datetime(2018, 8, 12, 22, tzinfo=UTC)
OPENED = datetime(2018, 8, 8, 20, tzinfo=UTC)
PLACE = "FJ"
EACH = 30
FIRST_CHAT = 100_000


@dataclass(frozen=True)
class Crowd:
    """`cases` people, `EACH` to a workshop, with M6 open and not begun, or at its first question."""

    cases: int
    begun: bool = False
    channel: str = "telegram"


def opened(url: str) -> Database:
    """A database with everything packaged in it, and nobody."""
    return open_database(Settings(database=url), OPENED)


def crowded(url: str, crowd: Crowd) -> Database:
    """A database with everything packaged in it and a crowd."""
    database = opened(url)
    database.run(fill, crowd)
    return database


def sqlite_url(folder: Path, name: str) -> str:
    """A file for a database of a benchmark."""
    return f"sqlite:///{folder / name}.sqlite3"


def fill(connection: Connection, crowd: Crowd) -> None:
    """Add a crowd to an office."""
    groups = -(-crowd.cases // EACH)
    held = [_workshop(number) for number in range(groups)]
    _insert(connection, workshops, (vars(one) | _MORE for one in held))
    _insert(connection, waves, (row for n, one in enumerate(held) for row in _waves(n, one)))
    _people(connection, crowd)
    made(
        connection,
        cases,
        crowd.cases,
        id=lambda number: number,
        wave_id=lambda number: _group(number) * 100 + 1,
        enrolment_id=lambda number: number,
        created_at=OPENED,
        next_contact_at=LATER,
        next_contact_kind="invitation",
        asked_at=OPENED if crowd.begun else None,
    )


def make_due(connection: Connection, numbers: Collection[int]) -> None:
    """These cases are invited in the next round of the morning, as far as they have their place."""
    these = update(cases).where(cases.c.id.in_(numbers))
    connection.execute(these.values(next_contact_at=OPENED))


def _people(connection: Connection, crowd: Crowd) -> None:
    people: dict[str, Any] = {"id": lambda number: number, "code": named("P-")}
    people |= {"name": named("Officer "), "language": "en"}
    made(connection, participants, crowd.cases, **people)
    ways: dict[str, Any] = {"id": lambda number: number, "participant_id": lambda number: number}
    ways |= {"identifier": lambda number: cast(FIRST_CHAT + number, Text), "since": OPENED}
    ways |= {"channel": crowd.channel, "state": "active"}
    made(connection, addresses, crowd.cases, **ways)
    enrolled: dict[str, Any] = {"id": lambda number: number, "role": "participant"}
    enrolled |= {"workshop_code": lambda number: literal("W-") + cast(_group(number), String)}
    enrolled |= {"participant_id": lambda number: number, "administration_code": PLACE}
    enrolled |= {"enrolled_at": OPENED, "consent_version": 1, "consented_at": OPENED}
    made(connection, enrolments, crowd.cases, **enrolled)


def _insert(connection: Connection, table: Table, rows: Iterable[dict[str, Any]]) -> None:
    known = set(table.c.keys())
    some = [{name: value for name, value in row.items() if name in known} for row in rows]
    for first in range(0, len(some), 10_000):
        connection.execute(insert(table), some[first : first + 10_000])


_MORE = {"note": "", "cancelled_at": None}


def _workshop(number: int) -> Workshop:
    starts = ENDED - timedelta(days=4)
    return Workshop(f"W-{number}", "Risk", "regional", starts, ENDED, "Suva", PLACE)


def _waves(number: int, workshop: Workshop) -> Iterable[dict[str, Any]]:
    """M6 is open; what came before it was missed, so that a round has nothing to open."""
    for place, dated in enumerate(packaged_plans()[workshop.plan].dated(workshop)):
        opens = dated.key == "M6"
        if dated.opens_on > NOW.date() + timedelta(days=1) and not opens:
            continue
        yield {
            "id": number * 100 + (1 if opens else 2 + place),
            "workshop_code": workshop.code,
            "key": dated.key,
            "role": dated.planned.role,
            "questionnaire_key": dated.planned.questionnaire if opens else None,
            "questionnaire_version": 1 if opens else None,
            "opens_on": dated.opens_on,
            "closes_on": dated.closes_on,
            "opened_at": OPENED if opens else None,
            "missed_at": None if opens else OPENED,
        }


# A million people are made by the database itself: one statement for each table.


def made(connection: Connection, table: Table, many: int, **columns: Any) -> None:
    """Add rows 1 to `many`: each column a value, or what it is for the number of the row."""
    numbers = select(literal(1).label("n")).cte(recursive=True)
    numbers = numbers.union_all(select(numbers.c.n + 1).where(numbers.c.n < many))
    values = {
        name: value(numbers.c.n) if callable(value) else literal(value, table.c[name].type)
        for name, value in columns.items()
    }
    # The first number is there even where no row is wanted.
    chosen = select(*(value.label(name) for name, value in values.items())).where(
        numbers.c.n <= many
    )
    connection.execute(insert(table).from_select(list(values), chosen))


def named(prefix: str, after: int = 0) -> Callable[[ColumnElement[int]], ColumnElement[str]]:
    """Return what makes a name of the number of a row."""
    return lambda number: literal(prefix) + cast(number + after, String)


def _group(number: ColumnElement[int]) -> ColumnElement[int]:
    return (number - 1) // EACH
