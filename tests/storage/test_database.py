"""One function, one transaction: committed or undone, in turn, on both databases."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import (
    Connection,
    bindparam,
    create_engine,
    func,
    insert,
    literal,
    select,
    text,
    update,
)
from sqlalchemy.exc import IntegrityError, OperationalError, ProgrammingError, StatementError

from storage.database import Conflict, Database, Written, is_passing
from storage.people.addresses import add_address
from storage.people.participants import NewParticipant, add_participant, set_stopped
from storage.schema import addresses, administrations, cases, participants, questionnaires
from storage.types import UtcDateTime
from tests.patience import PATIENCE
from tests.storage.world import NOW, World

OFTEN = 7
"""Times: the driver prepares what it has sent five times."""
KATHMANDU = timezone(timedelta(hours=5, minutes=45))


def test_a_time_without_zone_is_refused(database: Database) -> None:
    naive = datetime(2018, 8, 9, 9)  # noqa: DTZ001 - the mistake under test
    with pytest.raises(StatementError, match="time without zone"):
        database.run(set_stopped, 1, naive)
    with pytest.raises(StatementError, match="time without zone"):
        database.read(
            lambda c: c.scalar(select(participants).where(participants.c.stopped_at < naive))
        )


def test_s15_an_instant_stays_the_same_instant_whatever_its_zone(database: Database) -> None:
    local = datetime(2018, 8, 9, 9, 0, tzinfo=KATHMANDU)
    instant = datetime(2018, 8, 9, 3, 15, tzinfo=UTC)

    def stored(connection: Connection) -> datetime | None:
        person = add_participant(connection, NewParticipant("P-1", "Ada"))
        set_stopped(connection, person.id, local)
        return connection.scalar(select(participants.c.stopped_at))

    assert database.run(stored) == instant
    reopened = Database(database.url.render_as_string(hide_password=False))
    found = reopened.read(lambda c: c.scalar(select(participants.c.stopped_at)))
    assert found == instant
    assert found is not None
    assert found.utcoffset() == timedelta(0)

    def due_before(connection: Connection, moment: datetime) -> int:
        return len(
            connection.execute(
                select(participants).where(participants.c.stopped_at < moment)
            ).all()
        )

    assert reopened.read(due_before, instant + timedelta(seconds=1)) == 1
    assert reopened.read(due_before, instant) == 0
    # 09:00 in Suva is earlier than 09:00 in Kathmandu, though the clocks show the same.
    suva = datetime(2018, 8, 9, 9, 0, tzinfo=timezone(timedelta(hours=12)))
    assert reopened.read(due_before, suva) == 0
    reopened.close()


def test_microseconds_and_missing_times_come_back_as_they_were(database: Database) -> None:
    exact = datetime(2018, 8, 9, 3, 15, 1, 2, tzinfo=UTC)
    found = database.read(
        lambda c: c.execute(
            select(literal(exact, UtcDateTime()), bindparam("none", None, UtcDateTime()))
        ).one()
    )
    assert list(found) == [exact, None]


def test_a_function_that_fails_leaves_nothing(database: Database) -> None:
    def fails(connection: Connection) -> None:
        add_participant(connection, NewParticipant("P-1", "Ada"))
        raise RuntimeError("half way")

    with pytest.raises(RuntimeError):
        database.run(fails)
    assert database.read(people) == 0


def people(connection: Connection) -> int:
    return connection.scalar(select(func.count()).select_from(participants)) or 0


def test_rows_cannot_point_to_nothing(database: Database) -> None:
    with pytest.raises(IntegrityError):
        database.run(add_address, 4711, "demo", "nobody", NOW)


def test_an_address_belongs_to_one_person_and_goes_with_them(
    database: Database, world: World
) -> None:
    with pytest.raises(Conflict, match="The same was stored already"):
        database.run(add_address, world.ben.id, "demo", "ada", NOW)
    person = database.run(add_participant, NewParticipant("P-CHI", "Chi"))
    database.run(add_address, person.id, "demo", "chi", NOW)
    database.run(lambda c: c.execute(participants.delete().where(participants.c.id == person.id)))
    left = database.read(lambda c: set(c.scalars(select(addresses.c.identifier))))
    assert left == {"ada"}


def test_a_confirmed_answer_survives_a_power_cut_on_sqlite(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'followup.sqlite3'}")

    def pragmas(connection: Connection) -> list[object]:
        names = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        return [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in names]

    full = 2
    assert database.run(pragmas) == ["wal", full, 1, 30_000]
    assert database.read(pragmas) == ["wal", full, 1, 30_000]
    database.close()


def test_writers_of_two_processes_lose_nothing(database: Database) -> None:
    """Two databases on one store stand for two processes; each adds to what it has read."""
    url = database.url.render_as_string(hide_password=False)
    database.run(add_participant, NewParticipant("P-1", "0"))
    twins = [Database(url), Database(url)]

    def one_more(connection: Connection) -> None:
        held = select(participants.c.name).with_for_update()
        number = int(connection.scalar(held) or 0)
        connection.execute(update(participants).values(name=str(number + 1)))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: twins[n % 2].run(one_more), range(60)))
    assert database.read(lambda c: c.scalar(select(participants.c.name))) == "60"
    for twin in twins:
        twin.close()


def test_a_reader_cannot_write(database: Database, world: World) -> None:
    with pytest.raises(Written):
        database.read(add_participant, NewParticipant("P-NEW", "Dee"))
    assert database.read(people) == 2
    database.run(add_participant, NewParticipant("P-NEW", "Dee"))
    assert database.read(people) == 3


def test_a_reader_cannot_write_in_a_step_of_its_own(database: Database) -> None:
    def slyly(connection: Connection) -> None:
        with connection.begin_nested():
            connection.execute(update(participants).values(name=""))

    with pytest.raises(Written):
        database.read(slyly)


def test_transactions_say_nothing_that_makes_sqlite_prepare_its_statements_again(
    sqlite_database: Database,
) -> None:
    said: list[str] = []
    for engine in (sqlite_database.engine, sqlite_database.reading):
        with engine.connect() as connection:
            driver = connection.connection.driver_connection
            assert driver is not None
            driver.set_trace_callback(said.append)
    for _ in range(2):
        sqlite_database.run(people)
        sqlite_database.read(people)
    assert {one.split()[0] for one in said} == {"BEGIN", "SELECT", "COMMIT"}


def test_a_reader_cannot_lock_a_row(postgresql_url: str) -> None:
    """SQLite has no locks of rows."""
    database = Database(postgresql_url)
    with pytest.raises(Written):
        database.read(lambda c: c.execute(select(participants).with_for_update()))
    database.close()


def test_that_a_reader_has_written_does_not_pass() -> None:
    assert not is_passing(Written())


def test_readers_are_not_kept_waiting_by_a_writer(database: Database, world: World) -> None:
    def write_and_look(connection: Connection) -> int:
        add_participant(connection, NewParticipant("P-NEW", "Dee"))
        with ThreadPoolExecutor(1) as other:
            return other.submit(database.read, people).result(timeout=PATIENCE)

    assert database.run(write_and_look) == 2
    assert database.read(people) == 3


def test_statements_stay_prepared_from_one_reader_to_the_next(postgresql_url: str) -> None:
    """To plan a statement costs more than to run it."""
    database = Database(postgresql_url)
    for _ in range(OFTEN):
        database.read(people)
    wanted = text(
        "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%participants%'"
    )
    assert database.read(lambda connection: connection.scalar(wanted)) == 1
    database.close()


def test_a_serialisation_failure_is_tried_again_from_the_start(database: Database) -> None:
    """Both count before either has written: on PostgreSQL one must run a second time."""
    both_have_counted = threading.Barrier(2, timeout=PATIENCE)
    tries: list[str] = []

    def add_if_few(connection: Connection, code: str) -> int:
        if not database.is_sqlite:
            connection.execute(text("SET TRANSACTION ISOLATION LEVEL SERIALIZABLE"))
        number = people(connection)
        if not database.is_sqlite and tries.count(code) == 0:
            tries.append(code)
            both_have_counted.wait()
        else:
            tries.append(code)
        add_participant(connection, NewParticipant(code, f"after {number}"))
        return number

    with ThreadPoolExecutor(2) as pool:
        seen = sorted(pool.map(lambda code: database.run(add_if_few, code), ("P-1", "P-2")))
    assert seen == [0, 1]
    assert len(tries) == (2 if database.is_sqlite else 3)
    assert database.read(people) == 2


def test_other_errors_of_the_database_are_not_tried_again(database: Database) -> None:
    tries: list[int] = []

    def wrong(connection: Connection) -> None:
        tries.append(1)
        connection.execute(insert(administrations).values(code="FJ"))

    with pytest.raises((IntegrityError, OperationalError)):
        database.run(wrong)
    assert len(tries) == 1


def test_a_lock_and_a_lost_connection_pass_and_a_wrong_statement_does_not(
    database: Database,
) -> None:
    with pytest.raises(OperationalError if database.is_sqlite else ProgrammingError) as wrong:
        database.run(lambda connection: connection.execute(text("SELECT * FROM nowhere")))
    assert not is_passing(wrong.value)
    ending = "SELECT pg_terminate_backend(pg_backend_pid())"
    with pytest.raises(OperationalError) as passing:
        if database.is_sqlite:
            impatient = create_engine(database.url, connect_args={"timeout": 0})
            with database.engine.begin(), impatient.begin() as second:
                second.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            database.run(lambda connection: connection.execute(text(ending)))
    assert is_passing(passing.value)
    assert not is_passing(ValueError())


def test_an_error_of_the_database_names_nobody(database: Database, world: World) -> None:
    def without_language(connection: Connection) -> None:
        values = {"code": "P-NEW", "name": "Somebody Else", "language": None}
        connection.execute(insert(participants).values(values))

    with pytest.raises(IntegrityError) as refused:
        database.run(without_language)
    with pytest.raises(Conflict) as second:
        database.run(add_participant, NewParticipant("P-ADA", "Somebody Else"))
    assert "Somebody Else" not in f"{refused.value} {second.value}"


def test_lists_of_weekdays_and_booleans_come_back_as_they_were(
    database: Database, world: World
) -> None:
    row = database.read(
        lambda c: c.execute(select(administrations).where(administrations.c.code == "NP")).one()
    )
    assert row.weekend == [5]
    assert isinstance(row.weekend, list)


def test_d17_taps_that_meet_a_lock_wait_and_are_all_stored(
    database: Database, world: World
) -> None:
    held, go = threading.Event(), threading.Barrier(11, timeout=PATIENCE)

    def hold(connection: Connection) -> None:
        connection.execute(update(cases).values(hold="held"))
        held.set()
        go.wait()

    def tap(number: int) -> None:
        held.wait(PATIENCE)
        go.wait()
        database.run(
            lambda c: c.execute(
                update(cases).values(answered=cases.c.answered + 1, position=str(number))
            )
        )

    with ThreadPoolExecutor(11) as pool:
        holding = pool.submit(database.run, hold)
        taps = [pool.submit(tap, number) for number in range(10)]
        for done in (holding, *taps):
            done.result(timeout=PATIENCE)
    assert database.read(lambda c: c.scalar(select(cases.c.answered))) == 10


def test_a_published_body_is_text_of_any_length_and_script(database: Database) -> None:
    body = "ส อัฟ 中文 \U0001f600" * 5000
    database.run(
        lambda c: c.execute(
            insert(questionnaires).values(
                key="X", version=1, revision=0, checksum="c", body=body, published_at=NOW
            )
        )
    )
    assert database.read(lambda c: c.scalar(select(questionnaires.c.body))) == body
