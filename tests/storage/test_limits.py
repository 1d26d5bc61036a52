"""Nothing waits for ever for PostgreSQL: not for an answer, a statement, a row or a connection.

The tests wait for real limits, which are whole seconds: some take three to five seconds.
"""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from time import monotonic
from typing import Any, cast

import pytest
from sqlalchemy import Connection, select, text, update
from sqlalchemy.exc import DBAPIError

from bot.runtime.transactions import Transactions
from storage.connections import FRESH_SECONDS
from storage.database import Database, trouble_of
from storage.limits import Limits
from storage.people.participants import NewParticipant, add_participant, find_participant
from storage.schema import participants
from tests.patience import PATIENCE
from tests.storage.proxy import Proxy, proxy_to

SHORT = Limits(connect_seconds=2, statement_seconds=1, lock_seconds=1)
AT_MOST = PATIENCE / 2
"""Seconds: giving up an answer, and then a new connection, takes five on a quick machine."""


@pytest.fixture
def proxy(postgresql_url: str) -> Iterator[Proxy]:
    with proxy_to(postgresql_url) as proxy:
        yield proxy


@pytest.fixture
def limited(postgresql_url: str) -> Iterator[Database]:
    """A database with short limits."""
    database = Database(postgresql_url, SHORT)
    yield database
    database.close()


def trouble(call: Callable[[], object]) -> str:
    """Return why a call failed, which it does in bounded time."""
    began = monotonic()
    with pytest.raises(DBAPIError) as failed:
        call()
    assert monotonic() - began < AT_MOST
    return trouble_of(failed.value)


def one(connection: Connection) -> int | None:
    return connection.scalar(select(1))


async def test_a_connection_that_went_silent_ends_and_the_bot_recovers(proxy: Proxy) -> None:
    transactions = Transactions(Database(proxy.url, SHORT))
    assert await transactions.read(one) == 1
    proxy.flowing.clear()
    began = monotonic()
    with pytest.raises(DBAPIError) as failed:
        await transactions.write(add_participant, NewParticipant("P-1", "Ada"))
    assert monotonic() - began < AT_MOST
    assert "cannot be reached" in trouble_of(failed.value)
    proxy.flowing.set()
    await transactions.write(add_participant, NewParticipant("P-2", "Ben"))
    assert await transactions.read(find_participant, "P-2") is not None
    transactions.close()


def test_a_connection_that_falls_silent_in_a_transaction_ends_it(proxy: Proxy) -> None:
    database = Database(proxy.url, SHORT)

    def falls_silent(connection: Connection) -> None:
        add_participant(connection, NewParticipant("P-1", "Ada"))
        proxy.flowing.clear()
        one(connection)

    assert "cannot be reached" in trouble(lambda: database.run(falls_silent))
    proxy.flowing.set()
    assert database.read(find_participant, "P-1") is None
    database.close()


def test_a_server_that_accepts_and_says_nothing_is_given_up(proxy: Proxy) -> None:
    proxy.flowing.clear()
    database = Database(proxy.url, SHORT)
    assert "cannot be reached" in trouble(lambda: database.read(one))
    database.close()


def test_a_connection_that_the_server_ends_is_replaced_by_the_next_call(limited: Database) -> None:
    def cut(connection: Connection) -> None:
        connection.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))

    assert "cannot be reached" in trouble(lambda: limited.run(cut))
    assert limited.read(one) == 1


def test_a_connection_that_ended_while_it_rested_is_replaced_unnoticed(
    limited: Database, postgresql_url: str
) -> None:
    ending = text("SELECT pg_terminate_backend(:number, 5000)")
    number = limited.read(lambda c: c.scalar(text("SELECT pg_backend_pid()")))
    other = Database(postgresql_url)
    assert other.run(lambda c: c.scalar(ending, {"number": number}))
    other.close()
    assert limited.read(one) == 1


def test_a_connection_is_asked_whether_it_works_only_after_a_rest(limited: Database) -> None:
    with limited.engine.connect() as opened:
        connection = cast(Any, opened.connection.driver_connection)
        for rested, asks in ((0, False), (2 * FRESH_SECONDS, True)):
            connection.answered_at = before = monotonic() - rested
            assert limited.engine.dialect.do_ping(connection)
            assert (connection.answered_at != before) is asks


def test_a_statement_that_takes_too_long_is_ended(limited: Database) -> None:
    def slow(connection: Connection) -> None:
        connection.execute(text("SELECT pg_sleep(120)"))

    assert "needed longer for a statement" in trouble(lambda: limited.run(slow))
    assert limited.read(one) == 1


def test_a_report_may_take_longer_than_a_tap(limited: Database) -> None:
    patient = limited.patient()
    assert patient.read(lambda c: c.scalar(text("SHOW statement_timeout"))) == "10min"
    assert limited.read(lambda c: c.scalar(text("SHOW statement_timeout"))) == "1s"
    patient.close()


def test_a_migration_may_take_longer(limited: Database) -> None:
    with limited.unlimited() as connection:
        connection.execute(text("SELECT pg_sleep(3.2)"))  # longer than a client waits otherwise
    with limited.engine.connect() as connection:
        assert connection.scalar(text("SHOW statement_timeout")) == "1s"


def test_a_row_that_another_transaction_holds_is_not_waited_for_for_ever(
    postgresql_url: str,
) -> None:
    limited = Database(postgresql_url, replace(SHORT, statement_seconds=5))
    held, done = threading.Event(), threading.Event()

    def hold(connection: Connection) -> None:
        connection.execute(update(participants).values(name="Held"))
        held.set()
        done.wait(PATIENCE)

    limited.run(add_participant, NewParticipant("P-1", "Ada"))
    with ThreadPoolExecutor(1) as other:
        holding = other.submit(limited.run, hold)
        held.wait(PATIENCE)
        words = trouble(
            lambda: limited.run(lambda c: c.execute(update(participants).values(name="B")))
        )
        done.set()
        holding.result(PATIENCE)
    assert "held a row" in words
    limited.close()


def test_the_server_notices_a_client_that_is_gone(limited: Database) -> None:
    with limited.engine.connect() as connection:
        asleep = connection.scalar(text("SHOW idle_in_transaction_session_timeout"))
        parameters = connection.connection.driver_connection.info.get_parameters()  # type: ignore[union-attr]
    assert asleep == "20s"
    assert parameters["keepalives_idle"] == "10"
    assert parameters["tcp_user_timeout"] == "25000"
