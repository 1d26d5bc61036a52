"""Figures for a monitoring program, in the form of Prometheus. Off unless the configuration says so.

The only file that knows the library. Labels are channel, kind and outcome; nothing of a person.
"""

from collections.abc import Callable, Iterator
from datetime import datetime

from prometheus_client import CollectorRegistry, Summary, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from sqlalchemy import Connection

from storage.database import Database
from storage.fieldwork.cases import count_due
from storage.operations.counters import answers_given, messages_made

LABELS = ("channel", "kind", "outcome")


class Metrics:
    """The figures of one process; what stands in the database is counted there when asked."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._registry = CollectorRegistry()
        self._registry.register(_Stored(database, clock))
        self._rounds = Summary(
            "followup_round_seconds", "Rounds of fieldwork and how long they took.",
            registry=self._registry,
        )  # fmt: skip

    def observe_round(self, seconds: float) -> None:
        """A round of fieldwork has ended."""
        self._rounds.observe(seconds)

    def text(self) -> bytes:
        """All figures now. Reads the database: call it in a thread."""
        return generate_latest(self._registry)


class _Stored(Collector):
    """What the database knows: messages, answers, and what is due."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    def describe(self) -> Iterator[Metric]:
        """Nothing is read before somebody asks."""
        return iter(())

    def collect(self) -> Iterator[Metric]:
        """The families with their figures of now."""
        return iter(self._database.read(_families, self._clock()))


def _families(connection: Connection, now: datetime) -> list[Metric]:
    messages = CounterMetricFamily(
        "followup_messages", "Invitations and reminders by outcome.", labels=LABELS
    )
    for labels, number in messages_made(connection).items():
        messages.add_metric(labels, number)
    answers = CounterMetricFamily("followup_answers", "Answers given.", labels=LABELS[:1])
    for channel, number in answers_given(connection).items():
        answers.add_metric((channel,), number)
    due = GaugeMetricFamily("followup_contacts_due", "Contacts that are due now and not made.")
    due.add_metric((), count_due(connection, now))
    return [messages, answers, due]
