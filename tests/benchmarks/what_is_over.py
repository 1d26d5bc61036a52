"""Ten years behind the open waves: what is over beside a crowd, made by the database itself."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, String, Text, cast, literal

from storage.schema import (
    addresses,
    answers,
    attempts,
    cases,
    enrolments,
    participants,
    waves,
    workshops,
)
from tests.benchmarks.crowd import FIRST_CHAT, OPENED, PLACE, made, named

YEARS = 10
WAVES = 5
"""Waves of a workshop, each with a case of each of its people."""
PEOPLE = 30
"""In a workshop."""
ANSWERS = ("job", "v1", "v2")
ATTEMPTS = 2
FIRST = 10_000_000
"""The ids of what is over begin here."""


def add_history(connection: Connection, known: int, many: int, *, of_known: bool = True) -> None:
    """Add closed cases, as `many` as can be divided, of new people and the `known` of a crowd."""
    enrolled = many // WAVES // YEARS
    new = 2 * enrolled  # each comes to some workshops
    _add_people(connection, known, known + new)
    first, people = (1, known + new) if of_known else (known + 1, new)
    for year in range(YEARS):
        begun = OPENED - timedelta(days=365 * (YEARS - year))
        _add_year(connection, FIRST * (year + 1), enrolled, (first, people), begun)


def _add_people(connection: Connection, known: int, people: int) -> None:
    new = people - known
    numbered: dict[str, Any] = {"id": lambda n: n + known, "language": "en"}
    later = {"code": named("P-", known), "name": named("Officer ", known)}
    made(connection, participants, new, **numbered, **later)
    ways: dict[str, Any] = {"id": lambda n: n + known, "participant_id": lambda n: n + known}
    ways |= {"identifier": lambda n: cast(FIRST_CHAT + known + n, Text), "since": OPENED}
    made(connection, addresses, new, **ways, channel="telegram", state="active")


def _add_year(
    connection: Connection, first: int, enrolled: int, people: tuple[int, int], begun: datetime
) -> None:
    ended = begun + timedelta(days=100)
    groups = -(-enrolled // PEOPLE)

    def code(group: ColumnElement[int]) -> ColumnElement[str]:
        return literal(f"O-{first}-") + cast(group, String)

    def who(number: ColumnElement[int]) -> ColumnElement[int]:
        return (number - 1 + first // FIRST * enrolled) % people[1] + people[0]

    held: dict[str, Any] = {"code": code, "title": "Risk", "kind": "regional", "city": "Suva"}
    held |= {"starts_on": begun.date(), "ends_on": begun.date(), "confirmed": True}
    held |= {"country": PLACE, "plan": "standard", "note": ""}
    made(connection, workshops, groups, **held)
    asked: dict[str, Any] = {"id": lambda n: first + n, "role": "participant"}
    asked |= {"workshop_code": lambda n: code((n - 1) // WAVES + 1)}
    asked |= {"key": lambda n: literal("M") + cast((n - 1) % WAVES, String)}
    asked |= {"questionnaire_key": "M6", "questionnaire_version": 1}
    asked |= {"opens_on": begun.date(), "closes_on": ended.date()}
    made(connection, waves, groups * WAVES, **asked, opened_at=begun, closed_at=ended)
    took: dict[str, Any] = {"id": lambda n: first + n, "role": "participant"}
    took |= {"workshop_code": lambda n: code((n - 1) // PEOPLE + 1)}
    took |= {"participant_id": who}
    took |= {"administration_code": PLACE, "enrolled_at": begun, "consented_at": begun}
    made(connection, enrolments, enrolled, **took, consent_version=1)
    many = enrolled * WAVES
    over: dict[str, Any] = {"id": lambda n: first + n, "created_at": begun, "started_at": begun}
    over |= {"enrolment_id": lambda n: first + (n - 1) // WAVES + 1}
    over |= {"wave_id": lambda n: first + (n - 1) // WAVES // PEOPLE * WAVES + (n - 1) % WAVES + 1}
    over |= {
        "completed_at": begun,
        "closed_at": ended,
        "hold": "closed",
        "answered": 3,
        "asked": 3,
    }
    over |= {"asked_at": begun, "card_ref": "1"}
    over |= {"card_address_id": lambda n: who((n - 1) // WAVES + 1)}
    made(connection, cases, many, **over, disposition="complete")
    for ordinal in range(ATTEMPTS):
        sent: dict[str, Any] = {"case_id": lambda n: first + n, "ordinal": ordinal}
        sent |= {"kind": "reminder" if ordinal else "invitation", "channel": "telegram"}
        sent |= {"claimed_at": begun, "claimed_by": 1, "outcome": "sent", "outcome_at": begun}
        made(connection, attempts, many, **sent, detail="")
    for item in ANSWERS:
        given: dict[str, Any] = {"case_id": lambda n: first + n, "item": item, "value": "yes"}
        given |= {"state": "answered", "language": "en", "channel": "telegram"}
        made(connection, answers, many, **given, answered_at=begun)
