"""Many people with open cases, made by bulk inserts: what the figures of growth are taken on."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, insert

from bot.config import Settings
from bot.wiring import open_database
from storage.database import Database
from storage.schema import addresses, cases, enrolments, participants, waves, workshops
from surveys.plans_file import packaged_plans
from surveys.workshop import Workshop

ENDED = date(2018, 2, 9)
NOW = datetime(2018, 8, 10, 1, tzinfo=UTC)
"""A working day six months later, at one in the afternoon in Fiji: the window is over."""
MORNING = datetime(2018, 8, 9, 22, tzinfo=UTC)
"""The same day at ten in Fiji: who is due is contacted."""
LATER = datetime(2018, 8, 12, 22, tzinfo=UTC)
OPENED = datetime(2018, 8, 8, 20, tzinfo=UTC)
PLACE = "FJ"
EACH = 30
FIRST_CHAT = 100_000


@dataclass(frozen=True)
class Crowd:
    """`cases` people, `EACH` to a workshop, with M6 open and not begun; `due` of them are due now.

    `begun` cases have been invited and are at their first question.
    """

    cases: int
    due: int = 0
    begun: bool = False
    channel: str = "telegram"


def crowded(url: str, crowd: Crowd) -> Database:
    """A database with everything packaged in it and a crowd."""
    database = open_database(Settings(database=url), OPENED)
    database.run(_fill, crowd)
    return database


def sqlite_url(folder: Path, name: str) -> str:
    """A file for a database of a benchmark."""
    return f"sqlite:///{folder / name}.sqlite3"


def _fill(connection: Connection, crowd: Crowd) -> None:
    groups = -(-crowd.cases // EACH)
    held = [_workshop(number) for number in range(groups)]
    _insert(connection, workshops, (vars(one) | _MORE for one in held))
    _insert(connection, waves, (row for n, one in enumerate(held) for row in _waves(n, one)))
    _insert(connection, participants, map(_person, range(1, crowd.cases + 1)))
    _insert(connection, addresses, (_address(n, crowd) for n in range(1, crowd.cases + 1)))
    _insert(connection, enrolments, (_enrolment(n, held) for n in range(1, crowd.cases + 1)))
    _insert(connection, cases, (_case(n, crowd) for n in range(1, crowd.cases + 1)))


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


def _person(number: int) -> dict[str, Any]:
    return {"id": number, "code": f"P-{number}", "name": f"Officer {number}", "language": "en"}


def _address(number: int, crowd: Crowd) -> dict[str, Any]:
    where = {"channel": crowd.channel, "identifier": str(FIRST_CHAT + number)}
    return {"id": number, "participant_id": number, "state": "active", "since": OPENED} | where


def _enrolment(number: int, held: list[Workshop]) -> dict[str, Any]:
    return {
        "id": number,
        "workshop_code": held[(number - 1) // EACH].code,
        "participant_id": number,
        "role": "participant",
        "administration_code": PLACE,
        "enrolled_at": OPENED,
        "consent_version": 1,
        "consented_at": OPENED,
    }


def _case(number: int, crowd: Crowd) -> dict[str, Any]:
    due = number <= crowd.due
    return {
        "id": number,
        "wave_id": (number - 1) // EACH * 100 + 1,
        "enrolment_id": number,
        "created_at": OPENED,
        "next_contact_at": OPENED if due else LATER,
        "next_contact_kind": "invitation",
        "asked_at": OPENED if crowd.begun else None,
    }
