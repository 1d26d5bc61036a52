"""How many statements an answer takes: the mark of its row, what is read, and what is stored.

The row itself was stored before, with all others of a poll. What was shown is noted afterwards.
"""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.messaging.messages import Card, Reply, Say, Sender, Tapped
from bot.messaging.tokens import Action, token
from bot.participants.shown_cards import Shown, store
from bot.reception import received
from storage.database import Database
from storage.operations.inbox import Arrival, insert_rows
from tests.benchmarks.crowd import FIRST_CHAT, MORNING, Crowd, fill
from tests.benchmarks.tap import FIRST, OFFICE
from tests.listening import statements_of

PEOPLE = 3
FIRST_ANSWER, LATER_ANSWER, START = 7, 5, 6
"""On SQLite. PostgreSQL needs one more, which locks the person."""


@pytest.fixture
def office(office_database: Database) -> Database:
    """People to whom the invitation was shown. One of them has answered: statements are built."""
    office_database.run(fill, Crowd(PEOPLE, begun=True))
    people = range(1, PEOPLE + 1)
    office_database.run(store, [Shown(_sender(n), (_invitation(n),), MORNING) for n in people])
    _answers(office_database, PEOPLE, 2)
    return office_database


def _sender(case: int) -> Sender:
    return Sender("telegram", str(FIRST_CHAT + case), "en")


def _invitation(case: int) -> tuple[Say, str]:
    return Say(Card("Please answer."), "", case), "7"


def _taps(database: Database, case: int, button: str, number: int) -> tuple[Reply, int]:
    """Return the reply to a tap that lies in the inbox, and how many statements it has taken."""
    sender, now = _sender(case), MORNING + timedelta(seconds=10 * number)
    arrival = Arrival(100 * case + number, sender.identifier, "callback_query", "{}")
    row = database.run(insert_rows, 1, 1, [arrival], now)[arrival.number]
    tap = Tapped(replace(sender, row=row), button, "7")
    with statements_of(database) as said:
        reply = database.run(received, OFFICE, tap, now)
    database.run(store, [Shown(tap.sender, tuple((say, "7") for say in reply.says), now)])
    return reply, len(said)


def _answers(database: Database, case: int, many: int) -> list[int]:
    """Answer questions, each with the first button of its card; return the statements of each."""
    button, found = token(Action.PICK, case, FIRST, 0), []
    for number in range(many):
        reply, statements = _taps(database, case, button, number)
        assert not reply.refused
        button = reply.says[0].card.rows[0][0].token
        found.append(statements)
    return found


def _more(database: Database) -> int:
    return 0 if database.is_sqlite else 1


def test_the_statements_of_a_first_answer_and_of_later_ones(office: Database) -> None:
    more = _more(office)
    assert _answers(office, 1, 3) == [FIRST_ANSWER + more] + [LATER_ANSWER + more] * 2


def test_the_statements_of_the_tap_that_begins(office: Database) -> None:
    reply, statements = _taps(office, 1, token(Action.GO, 1), 0)
    assert reply.says[0].case_id == 1
    assert statements == START + _more(office)


def test_what_was_shown_to_many_is_noted_in_two_statements(office: Database) -> None:
    people = range(1, PEOPLE + 1)
    arrivals = [Arrival(n, _sender(n).identifier, "callback_query", "{}") for n in people]
    rows = office.run(insert_rows, 1, 1, arrivals, MORNING)
    shown = [Shown(replace(_sender(n), row=rows[n]), (_invitation(n),), MORNING) for n in people]
    with statements_of(office) as said:
        office.run(store, shown)
    assert len(said) == 2
