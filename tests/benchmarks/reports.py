"""A report as the data grow: beside one bare query and a group-by of its answers in pandas."""

import gc
import math
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pandas as pd
from sqlalchemy import Connection, insert, select

from analysis.report import build
from storage import schema
from tests.analysis.builder import CUT_OFF
from tests.analysis.large import a_whole_year
from tests.benchmarks.figure import Figure

SIZES = (1, 10, 100)
"""So many workshops of 32 people over a year."""
ROUNDS = 3
GOAL = 3.0
EXPONENT = 1.1
STEP = 1_000_000
"""So far apart are the numbers of the copies of a workshop."""
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


def measure() -> dict[str, Figure]:
    """Seconds of both by size, the ratio, the exponent of the growth, and memory."""
    found: dict[str, Figure] = {}
    taken = {}
    for size in SIZES:
        connection = _grown(size)
        bare, _ = _measured(lambda c=connection: _bare(c))  # type: ignore[misc]
        full, most = _measured(lambda c=connection: build(c, None, CUT_OFF))  # type: ignore[misc]
        connection.close()
        taken[size] = full
        ratio, name = full / bare, f"{size} workshops"
        found[f"{name}: report"] = Figure(full, "seconds")
        found[f"{name}: memory for it"] = Figure(most, "MB")
        met = ratio <= GOAL if size == SIZES[-1] else None
        found[f"{name}: to a bare group-by"] = Figure(ratio, "times", f"at most {GOAL}", met)
    least, most_of = SIZES[-2], SIZES[-1]
    growth = math.log(taken[most_of] / taken[least]) / math.log(most_of / least)
    target = f"at most {EXPONENT}"
    return found | {"growth exponent": Figure(growth, "", target, growth <= EXPONENT)}


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


def _bare(connection: Connection) -> pd.DataFrame:
    """All answers with their wave and person, counted by wave, item and value."""
    waves, cases, answers = schema.waves.c, schema.cases.c, schema.answers.c
    query = (
        select(waves.key, cases.enrolment_id, answers.item, answers.value, answers.answered_at)
        .join_from(schema.answers, schema.cases, answers.case_id == cases.id)
        .join(schema.waves, waves.id == cases.wave_id)
    )
    result = connection.execute(query)
    frame = pd.DataFrame(result.all(), columns=list(result.keys()))
    frame["answered_at"] = pd.to_datetime(frame["answered_at"], utc=True)
    return frame.groupby(["key", "item", "value"]).agg({"enrolment_id": "nunique"})


def _measured(work: Callable[[], object]) -> tuple[float, float]:
    """The least seconds of some runs, and the megabytes that the process grew by at most (Linux)."""
    times, before, own = [], 0.0, Path("/proc/self")
    for place in range(ROUNDS):
        gc.collect()
        if place == ROUNDS - 1:
            (own / "clear_refs").write_text("5")
            before = _megabytes(own, "VmRSS")
        begun = time.perf_counter()
        work()
        times.append(time.perf_counter() - begun)
    return min(times), max(0.0, _megabytes(own, "VmHWM") - before)


def _megabytes(process: Path, what: str) -> float:
    lines = (process / "status").read_text("utf-8").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith(what))
