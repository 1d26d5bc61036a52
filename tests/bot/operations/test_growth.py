"""What is over costs nothing: with years of closed waves as much is read as without them.

What SQLite's machine does is counted; the statements of PostgreSQL have the same indexes.
"""

from collections.abc import Callable
from functools import partial

import pytest
from sqlalchemy import ColumnElement, Connection, update

from bot.operations.health import examine
from bot.web.desk.pages.today import today
from storage.database import Database
from storage.fieldwork.due_contacts import cases_to_claim
from storage.office.staff import StaffRole, find_member
from storage.operations.totals import Past, total
from storage.schema import cases, waves
from tests.benchmarks.crowd import EACH, LATER, MORNING, NOW, Crowd, fill, made, named
from tests.benchmarks.tap import OFFICE, tapped
from tests.benchmarks.what_is_over import add_history
from tests.listening import instructions
from tests.staff import employ
from tests.templates import ON_SQLITE

pytestmark = ON_SQLITE

PEOPLE = 60
OVER = 3_000
"""Closed cases, in 600 workshops and 3,000 waves."""
MORE = 500
"""Open waves of one workshop, beside the one that it has."""
Read = Callable[[Connection], object]


@pytest.fixture
def office(office_database: Database) -> Database:
    office_database.run(fill, Crowd(PEOPLE, begun=True))
    return office_database


def test_the_office_is_looked_at_without_what_is_over(office: Database) -> None:
    office.run(employ, ("demo", "ana"), StaffRole.ORGANISER, NOW)
    member = office.read(find_member, "demo", "ana")
    assert member is not None
    looks: tuple[Read, ...] = (
        lambda connection: today(connection, OFFICE, member, NOW),
        lambda connection: examine(connection, OFFICE, None, NOW),
    )
    before = [office.run(instructions, one) for one in looks]
    office.run(add_history, PEOPLE, OVER)
    after = [office.run(instructions, one) for one in looks]
    assert all(one <= 1.2 * other for one, other in zip(after, before, strict=True))


def test_health_is_looked_at_without_reading_all_open_waves_and_what_is_not_due(
    office: Database,
) -> None:
    def is_asked(connection: Connection) -> object:
        return examine(connection, OFFICE, None, NOW)

    before = office.run(instructions, is_asked)
    office.run(add_open_waves)
    assert office.run(instructions, is_asked) <= 1.2 * before


def add_open_waves(connection: Connection) -> None:
    """Open many waves more of one workshop, and plan a message for each of its people in each."""
    asked = {"id": lambda n: 1_000_000 + n, "key": named("X"), "workshop_code": "W-0"}
    asked |= {"role": "participant", "questionnaire_key": "M6", "questionnaire_version": 1}
    asked |= {"opens_on": NOW.date(), "closes_on": LATER.date(), "opened_at": NOW}
    made(connection, waves, MORE, **asked)
    waiting = {"id": lambda n: 1_000_000 + n, "wave_id": lambda n: 1_000_000 + (n - 1) % MORE + 1}
    waiting |= {"enrolment_id": lambda n: (n - 1) // MORE + 1, "created_at": NOW}
    waiting |= {"next_contact_at": LATER, "next_contact_kind": "invitation"}
    made(connection, cases, MORE * EACH, **waiting, next_contact_channel="telegram")


def test_a_tap_reads_nothing_of_others(office: Database) -> None:
    office.run(tapped, PEOPLE)  # what is read for the first tap of a process
    before = office.run(instructions, partial(tapped, number=1))
    office.run(add_history, PEOPLE, OVER, of_known=False)
    assert office.run(instructions, partial(tapped, number=2)) <= 1.1 * before


def test_metrics_count_what_is_over_once(office: Database) -> None:
    office.run(add_history, PEOPLE, OVER)
    everything, past = office.read(total, Past(), NOW)
    again, same = office.read(total, past, NOW)
    assert (again, same) == (everything, past)
    assert everything.messages["telegram", "invitation", "sent"] == OVER
    assert everything.answers == {"telegram": 3 * OVER}
    first = office.run(instructions, lambda connection: total(connection, Past(), NOW))
    later = office.run(instructions, lambda connection: total(connection, past, NOW))
    assert 10 * later < first


def test_a_claim_reads_what_it_claims(office: Database) -> None:
    """Neither what waits behind it nor the queue of a channel that rests."""

    def claims(connection: Connection) -> list[int]:
        return cases_to_claim(connection, "telegram", MORNING, 4)

    def are_due(connection: Connection, channel: str, which: ColumnElement[bool]) -> None:
        due = {"next_contact_at": MORNING, "next_contact_channel": channel}
        connection.execute(update(cases).where(which).values(due))

    office.run(are_due, "telegram", cases.c.id <= 5)
    alone = office.run(instructions, claims)
    office.run(are_due, "telegram", cases.c.id <= 30)
    assert office.run(instructions, claims) == alone
    office.run(are_due, "email", cases.c.id > 30)
    assert office.run(instructions, claims) == alone
    assert office.run(claims) == [1, 2, 3, 4]
