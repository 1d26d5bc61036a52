"""How many messages were sent and answers given since the beginning, for monitoring.

Waves that closed long ago are counted once, because nothing changes in them: years of them would
take seconds each time.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, Connection, func, select, union_all

from storage.schema import answer_history, answers, attempts, cases, waves
from surveys.planning.dispositions import Outcome

FINAL = (Outcome.SENT, Outcome.FAILED, Outcome.UNKNOWN)
SETTLED = timedelta(days=1)
"""After so long all cases of a closed wave have their disposition."""


@dataclass(frozen=True)
class Totals:
    """Contact attempts by channel, kind and final outcome; answers by channel, also replaced ones."""

    messages: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    answers: Counter[str] = field(default_factory=Counter)

    def __add__(self, other: "Totals") -> "Totals":
        return Totals(self.messages + other.messages, self.answers + other.answers)


@dataclass(frozen=True)
class Past:
    """The totals of the waves that closed until a moment, and how many waves these are."""

    until: datetime = datetime(1, 1, 2, tzinfo=UTC)
    waves: int = 0
    totals: Totals = field(default_factory=Totals)


def total(connection: Connection, past: Past, now: datetime) -> tuple[Totals, Past]:
    """Return the present totals, and what the next call need not count again.

    If a wave of the past is open again, or was added to it, everything is counted anew.
    """
    if _closed_until(connection, past.until) != past.waves:
        past = Past()
    until = max(past.until, now - SETTLED)
    known = _closed_until(connection, until)
    if known != past.waves:
        newly = (waves.c.closed_at > past.until) & (waves.c.closed_at <= until)
        past = Past(until, known, past.totals + _total(connection, newly))
    going_on = waves.c.closed_at.is_(None) | (waves.c.closed_at > past.until)
    return past.totals + _total(connection, going_on), past


def _closed_until(connection: Connection, until: datetime) -> int:
    return connection.scalar(select(func.count()).where(waves.c.closed_at <= until)) or 0


def _total(connection: Connection, which: ColumnElement[bool]) -> Totals:
    """Return the totals of the cases of some waves."""
    # With joins SQLite would read all attempts and answers.
    these = select(cases.c.id).where(cases.c.wave_id.in_(select(waves.c.id).where(which)))
    by = (attempts.c.channel, attempts.c.kind, attempts.c.outcome)
    made = select(*by, func.count()).where(attempts.c.case_id.in_(these), by[2].in_(FINAL))
    given = union_all(
        *(
            select(table.c.channel, func.count().label("number"))
            .where(table.c.case_id.in_(these))
            .group_by(table.c.channel)
            for table in (answers, answer_history)
        )
    )
    totals = Totals()
    for channel, kind, outcome, number in connection.execute(made.group_by(*by)):
        totals.messages[channel, kind, outcome] = number
    for channel, number in connection.execute(given):
        totals.answers[channel] += number
    return totals
