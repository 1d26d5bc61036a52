"""After a restore: contacts that may have been made since the backup are not made again.

A backup does not know what was sent after it. So the time since then is replayed without sending:
each contact that fell due gets an unknown outcome. A person may miss one message, but gets none
twice; later reminders go on as planned.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.audit import record
from bot.fieldwork.help_done import tell_help_done
from bot.fieldwork.notices import update_and_ask
from bot.outbox.recovery import mark_unknown
from bot.outbox.sending import SendingContext, claim_due
from bot.settings.office import Office
from storage.due_workshops import workshops_due
from storage.fieldwork.attempts import Result, finish
from storage.fieldwork.due_contacts import due_cases, next_due_at
from storage.fieldwork.elearning_reminders import claim_reminder, due_reminders
from storage.fieldwork.next_contact import refresh_person
from storage.fieldwork.workshops import BY_PLAN
from storage.office.audit import Act
from storage.office.digests import begin_wishes_anew
from storage.office.sign_in_wishes import forget_wishes
from storage.operations.heartbeats import (
    HELD,
    TICK,
    forget_heartbeats,
    last_activity,
    record_heartbeat,
)
from surveys.planning.dispositions import Outcome

LONGEST_STEP, SHORTEST_STEP = timedelta(hours=6), timedelta(minutes=1)
MOST = 1_000_000


@dataclass(frozen=True)
class Replayed:
    """What fell due since the last activity in a backup (`since`), in numbers."""

    since: datetime | None
    contacts: int
    waves: int


def take_as_sent(connection: Connection, office: Office, now: datetime) -> Replayed:
    """Mark each contact that was due until `now` as made, with an unknown outcome. Idempotent."""
    since = last_activity(connection, now)
    by_plan = office.acting_as(BY_PLAN)
    contacts = waves = 0
    at = min(since or now, now)
    mark_unknown(connection, office, now, at)
    forget_wishes(connection, now)
    begin_wishes_anew(connection, now)
    while True:
        for code in workshops_due(connection, at):
            waves += _update(connection, by_plan, code, at)
        for case_id in due_cases(connection, at, MOST):
            contacts += _take(connection, office, case_id, at)
        for enrolment in due_reminders(connection, at):
            contacts += claim_reminder(connection, enrolment, at)
        if at >= now:
            # The office knows of this gap: the next round need not ask whether the clock is right.
            forget_heartbeats(connection, [HELD])
            record_heartbeat(connection, TICK, now)
            record(connection, office, Act.RESTORED, "", now, contacts=contacts, waves=waves)
            return Replayed(since, contacts, waves)
        due = next_due_at(connection) or now
        at = min(now, max(at + SHORTEST_STEP, min(due, at + LONGEST_STEP)))


def _update(connection: Connection, office: Office, code: str, at: datetime) -> int:
    """Update the waves of a workshop with all their cases; return how many were opened."""
    change = update_and_ask(connection, office, code, at)
    opened = change.opened
    while change.more:
        change = update_and_ask(connection, office, code, at)
        opened += change.opened
    return opened


def _take(connection: Connection, office: Office, case_id: int, at: datetime) -> bool:
    """Mark the due contact of a case as made; return whether there was one."""
    due = claim_due(connection, office, case_id, at, SendingContext())
    if due is None:
        return False
    tell_help_done(connection, due.file, due.claimed, at)
    finish(connection, due.claimed.id, Result(Outcome.UNKNOWN, "restored"), at)
    refresh_person(connection, due.address.participant_id, office.rules, at)
    return True
