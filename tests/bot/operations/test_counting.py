"""What monitors count is counted aside: nobody waits for it, and it says from when it is."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from threading import enumerate as enumerate_threads
from threading import get_ident

import pytest
from sqlalchemy import text

from bot.operations.counting import THREAD, Counted, Counting
from bot.operations.metrics import Metrics
from storage.database import Database
from tests.listening import listening
from tests.patience import PATIENCE
from tests.storage.world import NOW, made, wrote

LATER = NOW + timedelta(hours=1)
SOON = 0.01


class Clock:
    """A clock that the test sets."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def busy(postgresql_url: str) -> Iterator[Database]:
    """An office on PostgreSQL, of which answers can be kept from readers."""
    database = Database(postgresql_url)
    wrote_one(database)
    yield database
    for thread in enumerate_threads():
        if thread.name == THREAD:
            thread.join(PATIENCE)
    database.close()


def wrote_one(database: Database) -> None:
    world = database.run(made)
    database.run(wrote, world.case, "Words", "Earlier")


@contextmanager
def kept_from_readers(database: Database) -> Iterator[None]:
    with database.engine.begin() as holding:
        holding.execute(text("LOCK TABLE answers IN ACCESS EXCLUSIVE MODE"))
        yield


def answers_of(counted: Counted | None) -> tuple[datetime, int]:
    assert counted is not None
    return counted.at, sum(counted.totals.answers.values())


def test_who_asks_waits_a_moment_and_gets_figures_with_their_moment(busy: Database) -> None:
    clock = Clock()
    counting = Counting(busy, clock)
    with kept_from_readers(busy):
        assert counting.newest(SOON) is None
    assert answers_of(counting.newest(PATIENCE)) == (NOW, 3)
    clock.now = LATER
    with kept_from_readers(busy):
        assert answers_of(counting.newest(SOON)) == (NOW, 3)
    assert answers_of(counting.newest(PATIENCE)) == (LATER, 3)


def test_the_page_of_a_monitor_reads_little_itself_and_many_of_them_count_once(
    busy: Database,
) -> None:
    said: list[tuple[bool, str]] = []

    def told(*call: object) -> None:
        said.append((get_ident() == here, str(call[2])))

    here = get_ident()
    metrics = Metrics(busy, Clock(), SOON)
    with kept_from_readers(busy), listening(busy, "before_cursor_execute", told):
        pages = [metrics.text().decode() for _ in range(8)]
    assert all("followup_contacts_due" in page for page in pages)
    assert not any("followup_messages" in page or "counted" in page for page in pages)
    mine = [statement for by_me, statement in said if by_me and "SELECT" in statement]
    assert len(mine) == 2 * len(pages)
    assert not any(table in one for one in mine for table in ("answers", "attempts"))
    others = [statement for by_me, statement in said if not by_me]
    assert sum("FROM answers" in one for one in others) <= 1
    page = Metrics(busy, Clock(), PATIENCE).text().decode()
    lines = dict(line.rsplit(" ", 1) for line in page.splitlines() if line[0] != "#")
    assert float(lines["followup_counted_timestamp_seconds"]) == NOW.timestamp()
    answers = [float(lines[one]) for one in lines if one.startswith("followup_answers_total")]
    assert sum(answers) == 3


def test_figures_stay_with_their_moment_while_nothing_can_be_counted(
    sqlite_database: Database,
) -> None:
    wrote_one(sqlite_database)
    clock = Clock()
    counting = Counting(sqlite_database, clock)
    assert answers_of(counting.newest(PATIENCE)) == (NOW, 3)
    clock.now = LATER
    sqlite_database.run(lambda c: c.execute(text("DROP TABLE answer_history")))
    assert answers_of(counting.newest(PATIENCE)) == (NOW, 3)
