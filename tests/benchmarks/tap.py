"""A tap, from its token to the next card, stored: beside the same statements in bare SQLAlchemy Core."""

import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Connection, event

from bot.messaging.messages import Reply, Sender, Tapped
from bot.messaging.tokens import Action, token
from bot.reception import received
from bot.settings.office import Office
from storage.database import Database
from storage.fieldwork.next_contact import Rules
from surveys.authoring.packaged import packaged_questionnaire
from surveys.planning.plans_file import packaged_plans
from tests.benchmarks.crowd import FIRST_CHAT, MORNING, Crowd
from tests.benchmarks.figure import Figure
from tests.benchmarks.worlds import copy_of_crowd, postgresql_crowd

PEOPLE = 125
BLOCK = 25
"""So many taps of the one, then the same of the other, so that both meet the same machine."""
GOAL = 0.7
FIRST = next(n for n, item in enumerate(packaged_questionnaire("M6").items) if item.name == "job")
OFFICE = Office(Rules(packaged_plans(), ("telegram",)))
Statements = list[tuple[Any, Any]]


def measure(people: int = PEOPLE) -> dict[str, Figure]:
    """Taps a second and the ratio to bare statements, on both databases."""
    crowd = Crowd(people, begun=True)
    with TemporaryDirectory() as name:
        files = [copy_of_crowd(Path(name), one, crowd) for one in ("script", "bare", "full")]
        found = _measured("SQLite", files, people)
    servers = [Database(postgresql_crowd(crowd)) for _ in files]
    return found | _measured("PostgreSQL", servers, people)


def tapped(connection: Connection, number: int) -> Reply:
    """Somebody answers the first question by a tap."""
    sender = Sender("telegram", str(FIRST_CHAT + number), "en")
    tap = Tapped(sender, token(Action.PICK, number, FIRST, 0), "7")
    return received(connection, OFFICE, tap, MORNING)


def _measured(name: str, databases: list[Database], people: int) -> dict[str, Figure]:
    """The figures of three databases alike: the first says the statements, which differ by kind."""
    first, bare, full = databases
    script = [_recorded(first, number) for number in range(1, people + 1)]
    found = _beside(name, script, bare, full)
    for database in databases:
        database.close()
    return found


def _recorded(database: Database, number: int) -> Statements:
    """The statements of one tap with their parameters."""
    seen: Statements = []

    def keep(_connection: Any, statement: Any, many: Any, one: Any, _options: Any) -> None:
        seen.append((statement, many or one))

    event.listen(database.engine, "before_execute", keep)
    reply = database.run(tapped, number)
    event.remove(database.engine, "before_execute", keep)
    assert reply.says and reply.says[0].case_id == number, reply
    return seen


def _bare(connection: Connection, script: Statements) -> None:
    for statement, parameters in script:
        result = connection.execute(statement, parameters)
        if result.returns_rows:
            result.all()


def _beside(
    name: str, script: list[Statements], bare: Database, full: Database
) -> dict[str, Figure]:
    bare_times, full_times = [], []
    for first in range(0, len(script), BLOCK):
        block = range(first, min(first + BLOCK, len(script)))
        begun = time.perf_counter()
        for index in block:
            bare.run(_bare, script[index])
        middle = time.perf_counter()
        for index in block:
            full.run(tapped, index + 1)
        bare_times.append((middle - begun) / len(block))
        full_times.append((time.perf_counter() - middle) / len(block))
    # The first block is slower; a tiny run has no other.
    bare_each, full_each = (median(some[1:] or some) for some in (bare_times, full_times))
    ratio = bare_each / full_each
    return {
        f"{name}: statements of a tap": Figure(median(map(len, script)), ""),
        f"{name}: taps": Figure(1 / full_each, "a second"),
        f"{name}: to bare statements": Figure(ratio, "", f"at least {GOAL}", ratio >= GOAL),
    }
