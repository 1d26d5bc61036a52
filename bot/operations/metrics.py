"""Metrics in the text format of Prometheus; off unless the configuration turns them on.

The only module that imports the library. Labels are channel, kind, outcome and job, nothing of a person.
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from importlib.metadata import version

from prometheus_client import CollectorRegistry, Info, ProcessCollector, Summary, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from sqlalchemy import Connection

from bot.operations.counting import SECONDS, Counted, Counting
from storage.database import Database
from storage.fieldwork.due_contacts import count_due
from storage.operations.heartbeats import last_heartbeats
from storage.schema import REVISION

LABELS = ("channel", "kind", "outcome")


class Metrics:
    """The metrics of one process; figures of the database are counted when they are read.

    Who reads them waits at most `seconds` for the count of messages and answers.
    """

    def __init__(
        self, database: Database, clock: Callable[[], datetime], seconds: float = SECONDS
    ) -> None:
        self._registry = CollectorRegistry()
        self._registry.register(_Stored(database, clock, seconds))
        ProcessCollector(registry=self._registry)
        Info("followup_build", "Version and schema.", registry=self._registry).info(
            {"version": version("followup"), "schema": REVISION}
        )
        self._rounds = Summary(
            "followup_round_seconds", "Rounds of fieldwork and how long they took.",
            registry=self._registry,
        )  # fmt: skip

    def observe_round(self, seconds: float) -> None:
        """Add the duration of a round of fieldwork."""
        self._rounds.observe(seconds)

    def text(self) -> bytes:
        """Return all metrics as text. Reads the database: call it in a thread."""
        return generate_latest(self._registry)


class _Stored(Collector):
    """Metrics from the database: messages, answers and due contacts."""

    def __init__(self, database: Database, clock: Callable[[], datetime], seconds: float) -> None:
        self._database = database
        self._clock = clock
        self._seconds = seconds
        self._counting = Counting(database, clock)

    def describe(self) -> Iterator[Metric]:
        """Return nothing, so that registering reads no database."""
        return iter(())

    def collect(self) -> Iterator[Metric]:
        """Return the metric families: of messages and answers the newest, of the rest the present."""
        yield from _families(self._counting.newest(self._seconds))
        yield from self._database.read(_present, self._clock())


def _families(counted: Counted | None) -> Iterator[Metric]:
    """Yield what was counted and when; nothing where nothing was counted yet."""
    if counted is None:
        return
    messages = CounterMetricFamily(
        "followup_messages", "Invitations and reminders by outcome.", labels=LABELS
    )
    for labels, number in counted.totals.messages.items():
        messages.add_metric(labels, number)
    answers = CounterMetricFamily("followup_answers", "Answers given.", labels=LABELS[:1])
    for channel, number in counted.totals.answers.items():
        answers.add_metric((channel,), number)
    at = GaugeMetricFamily(
        "followup_counted_timestamp_seconds", "When messages and answers were counted."
    )
    at.add_metric((), counted.at.timestamp())
    yield from (messages, answers, at)


def _present(connection: Connection, now: datetime) -> list[Metric]:
    due = GaugeMetricFamily("followup_contacts_due", "Contacts that are due now and not made.")
    due.add_metric((), count_due(connection, now))
    beats = GaugeMetricFamily(
        "followup_heartbeat_timestamp_seconds", "When each job worked last.", labels=("heartbeat",)
    )
    for job, at in last_heartbeats(connection, now).items():
        beats.add_metric((job,), at.timestamp())
    return [due, beats]
