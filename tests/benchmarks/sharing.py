"""What several processes on one PostgreSQL do together, compared with one alone: taps and messages.

Compared by statements: a machine with few cores has none to give to a second process, and its server.
What was run again because another transaction was in its way counts as often as it ran.
"""

from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

from sqlalchemy import Connection, update

from bot.outbox.claiming import claim_batch
from bot.outbox.sending import SendingContext, SendResult, store_result
from storage.database import Database
from storage.fieldwork.claims import set_leaving
from storage.schema import cases
from surveys.planning.dispositions import Outcome
from tests.benchmarks.crowd import LATE_MORNING, OPENED, Crowd
from tests.benchmarks.figure import Figure
from tests.benchmarks.tap import OFFICE, tapped
from tests.benchmarks.worlds import postgresql_crowd
from tests.listening import statements_of

DUE, TAPS = 80, 80
AT_ONCE = 16
MORE = (2, 3)
"""So many processes beside one alone."""
MOST, LEAST = 1.1, 1.7


class _Done(NamedTuple):
    messages: int
    taps: int
    statements: int


def measure(due: int = DUE, taps: int = TAPS) -> dict[str, Figure]:
    """Statements of one process and of several that share the same work, and what two give."""
    alone, *shared = (_done_by(many, due, taps) for many in (1, *MORE))
    found = {
        "messages sent": Figure(alone.messages, ""),
        "taps answered": Figure(alone.taps, ""),
        "statements of one process": Figure(alone.statements, ""),
    }
    for many, some in zip(MORE, shared, strict=True):
        assert alone[:2] == some[:2], (alone, some)
        times = some.statements / alone.statements
        name = f"statements of {many} processes, to one"
        found[name] = Figure(times, "times", f"at most {MOST}", times <= MOST)
    gain = MORE[0] * alone.statements / shared[0].statements
    name = f"taps and messages of {MORE[0]} processes, to one"
    return found | {name: Figure(gain, "times", f"at least {LEAST}", gain >= LEAST)}


def _done_by(processes: int, due: int, taps: int) -> _Done:
    """What some processes do together: each answers its part of the taps, and sends what is due."""
    url = postgresql_crowd(Crowd(taps + due, begun=True))
    databases = [Database(url) for _ in range(processes)]
    databases[0].run(_due, taps)
    parts = [range(number, taps + 1, processes) for number in range(1, processes + 1)]
    with ThreadPoolExecutor(processes) as pool:
        done = list(pool.map(_works, databases, range(1, processes + 1), parts))
    for one in databases:
        one.close()
    return _Done(*(sum(some) for some in zip(*done, strict=True)))


def _due(connection: Connection, taps: int) -> None:
    due = {"next_contact_at": OPENED, "next_contact_channel": "telegram"}
    connection.execute(update(cases).where(cases.c.id > taps).values(due))


def _works(database: Database, number: int, taps: range) -> _Done:
    """Claim, send and settle until nothing is due, and answer taps in between."""
    sending, messages, left = SendingContext(number, "telegram"), 0, list(taps)
    with statements_of(database) as statements:
        while True:
            for person in left[:AT_ONCE]:
                database.run(tapped, person)
            left = left[AT_ONCE:]
            batch = database.run(claim_batch, OFFICE, sending, AT_ONCE, LATE_MORNING)
            for contact in batch.contacts:
                assert database.run(set_leaving, contact.claimed.id, number)
                sent = SendResult(Outcome.SENT, ref=str(contact.claimed.id))
                database.run(store_result, OFFICE, contact, sent, LATE_MORNING)
            messages += len(batch.contacts)
            if not (batch.changed or left):
                return _Done(messages, len(taps), len(statements))
