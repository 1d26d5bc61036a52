"""A report as the data grow, beside bare queries of the same rows and their group-by in pandas.

Both take the same database in memory, so processor time is what they need on a free machine.
"""

import gc
import math
import time
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd
from sqlalchemy import Connection, Join, insert, select

from analysis.reports.workshops import build
from storage import schema
from tests.analysis.builder import CUT_OFF
from tests.analysis.large import a_whole_year
from tests.benchmarks.figure import Figure

SIZES = (1, 10, 100)
"""So many workshops of 32 people over a year."""
ROUNDS = 2
GOAL = 2.5
EXPONENT = 1.1
STEP = 1_000_000
"""So far apart are the numbers of the copies of a workshop."""
LEAST_MEMORY = 0.1
"""Megabytes; less is not seen."""
COPIED = (
    "workshops",
    "workshop_donors",
    "participants",
    "enrolments",
    "waves",
    "cases",
    "attempts",
)
NUMBERS = ("id", "participant_id", "about_enrolment_id", "wave_id", "enrolment_id", "case_id")
CODES = ("code", "workshop_code")
FATES = ("started_at", "completed_at", "closed_at")


def measure(sizes: Sequence[int] = SIZES) -> dict[str, Figure]:
    """Seconds of both by size, the ratio, and how time and memory grow."""
    found: dict[str, Figure] = {}
    seconds: dict[int, float] = {}
    memory: dict[int, float] = {}
    build(_grown(1), None, CUT_OFF)  # What a process needs once is no part of a report.
    for size in sizes:
        connection = _grown(size)
        full, memory[size] = _measured(partial(build, connection, None, CUT_OFF))
        bare, _ = _measured(partial(_bare, connection))
        connection.close()
        seconds[size], ratio, name = full, full / bare, f"{size} workshops"
        found[f"{name}: report"] = Figure(full, "seconds")
        found[f"{name}: bare group-by"] = Figure(bare, "seconds")
        found[f"{name}: memory for it"] = Figure(memory[size], "MB")
        judged = (f"at most {GOAL}", ratio <= GOAL) if size == sizes[-1] else ()
        found[f"{name}: to a bare group-by"] = Figure(ratio, "times", *judged)
    growth = _exponent(seconds)
    found["growth exponent"] = Figure(growth, "", f"at most {EXPONENT}", growth <= EXPONENT)
    return found | {"growth exponent of memory": Figure(_exponent(memory), "")}


def _exponent(by_size: dict[int, float]) -> float:
    """How something grows over the two largest sizes: 1 is in step with the data."""
    *_, (less, before), (more, after) = by_size.items()
    return math.log(after / before) / math.log(more / less)


def _grown(size: int) -> Connection:
    """A database in memory with so many copies of one workshop's year."""
    connection = a_whole_year().connection
    rows = {
        name: [
            dict(row._mapping) for row in connection.execute(select(schema.metadata.tables[name]))
        ]
        for name in (*COPIED, "answers")
    }
    for number in range(1, size):
        for name, some in rows.items():
            connection.execute(insert(schema.metadata.tables[name]), list(_shifted(some, number)))
    return connection


def _shifted(rows: Iterable[dict[str, Any]], number: int) -> Iterable[dict[str, Any]]:
    for row in rows:
        moved = {n: row[n] + STEP * number for n in NUMBERS if row.get(n) is not None}
        named = {n: f"{row[n]}-{number}" for n in CODES if n in row}
        yield row | moved | named


def _bare(connection: Connection) -> list[pd.Series]:
    """The rows that a report counts, up to the same cut-off, counted without any of its rules.

    Answers by wave, item and value; cases by wave and fate; attempts by wave, kind and outcome.
    """
    waves, cases, answers, attempts = (
        schema.waves.c,
        schema.cases.c,
        schema.answers.c,
        schema.attempts.c,
    )
    of_wave = schema.cases.join(schema.waves, waves.id == cases.wave_id)
    told = of_wave.join(schema.answers, answers.case_id == cases.id)
    tried = of_wave.join(schema.attempts, attempts.case_id == cases.id)
    case = (cases.disposition, cases.answered, cases.created_at, *(cases[n] for n in FATES))
    answer = (answers.item, answers.value, answers.state, answers.answered_at)
    attempt = (attempts.kind, attempts.outcome, attempts.claimed_at, attempts.outcome_at)
    return [
        _counted(connection, told, answer, ["key", "item", "state", "value"], "answered_at"),
        _counted(connection, of_wave, case, ["key", "disposition"], "created_at"),
        _counted(connection, tried, attempt, ["key", "kind", "outcome"], "claimed_at"),
    ]


def _counted(
    connection: Connection, rows: Join, columns: Iterable[Any], by: list[str], at: str
) -> pd.Series:
    query = select(schema.waves.c.key, schema.cases.c.enrolment_id, *columns).select_from(rows)
    frame = pd.read_sql(query, connection)
    return frame[frame[at] <= CUT_OFF].groupby(by, dropna=False)["enrolment_id"].nunique()


def _measured(work: Callable[[], object]) -> tuple[float, float]:
    """The least seconds of some runs, and the megabytes that the first one added (Linux)."""
    own = Path("/proc/self")
    gc.collect()
    (own / "clear_refs").write_text("5")
    before, added, times = _megabytes(own, "VmRSS"), LEAST_MEMORY, []
    for place in range(ROUNDS):
        gc.collect()
        begun = time.process_time()
        work()
        times.append(time.process_time() - begun)
        if place == 0:
            # Later runs use again what this one has freed.
            added = max(added, _megabytes(own, "VmHWM") - before)
    return min(times), added


def _megabytes(process: Path, what: str) -> float:
    lines = (process / "status").read_text("utf-8").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith(what))
