"""When a case is contacted next, or why not. The only place that computes `next_contact_at`.

Rules: contacts fall inside the local window on working days; the invitation first, then reminders
counted from the local day of the invitation; never two messages to one person closer than the
minimum gap, whatever they are about and whichever way they go; none after the last day; none after a
completion, a refusal or a stop; an unknown outcome counts as sent (a message may be missed, but is
never sent twice); a message that could not be delivered is not retried on the same local day.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from surveys.planning.calendar import LocalCalendar
from surveys.planning.dispositions import IN_FLIGHT, Outcome
from surveys.planning.plan import Protocol


class Kind(StrEnum):
    """The kind of message of an attempt."""

    INVITATION = "invitation"
    REMINDER = "reminder"


class Hold(StrEnum):
    """Why nothing is sent now; codes, put into words for organisers elsewhere."""

    NONE = ""
    COMPLETED = "completed"
    REFUSED = "refused"
    STOPPED = "stopped"
    HANDED_OVER = "handed_over"
    REMOVED = "removed"
    LEFT_OUT = "left_out"
    ANSWERED_BY_ANOTHER = "answered_by_another"
    PERSON_PAUSED = "person_paused"
    CLOSED = "closed"
    CANCELLED = "cancelled"
    UNREACHABLE = "unreachable"
    HELD = "held"
    TO_PLAN = "to_plan"
    IN_FLIGHT = "in_flight"
    FAULT = "fault"
    LAST_REMINDER_SENT = "last_reminder_sent"
    PAST_WINDOW = "past_window"
    TOO_MANY_OPEN = "too_many_open"
    TOO_SOON = "too_soon"


@dataclass(frozen=True)
class PastAttempt:
    """An attempt as stored: its ordinal from 1, when it was claimed, and its outcome."""

    ordinal: int
    kind: Kind
    at: datetime
    outcome: Outcome
    retry_at: datetime | None = None


@dataclass(frozen=True)
class ContactState:
    """The facts of a case that count for contacts: its open days (local) and what has happened.

    Nothing is due before `not_before`.
    """

    opens_on: date
    closes_on: date
    attempts: Sequence[PastAttempt] = ()
    started_on: date | None = None
    hold: Hold = Hold.NONE
    not_before: datetime | None = None


@dataclass(frozen=True)
class NextContact:
    """The next message: when, which, and as which attempt; or none (`at` is None) and why.

    `channel` is the one that it goes through.
    """

    at: datetime | None
    kind: Kind | None = None
    ordinal: int = 0
    hold: Hold = Hold.NONE
    last: bool = False
    channel: str = ""


@dataclass(frozen=True)
class OtherCases:
    """What else a person has: how many other cases that were invited and are not completed.

    `last_message_at` is when the last message about anything but this case was sent, or may have been.
    """

    open_cases: int = 0
    last_message_at: datetime | None = None


@dataclass(frozen=True)
class Timing:
    """How contacts of one person are placed: the protocol, the calendar, and the place in the window.

    `spread` in [0, 1) is the place inside the daily window, always the same for one person.
    """

    protocol: Protocol
    calendar: LocalCalendar
    spread: float = 0.0

    def at_or_after(self, day: date, now: datetime) -> datetime:
        """Return the contact on a local day; if that moment has passed, the next allowed one from now.

        A late contact, too, waits for the person's own place in today's window.
        """
        due = self.calendar.first_contact(max(day, self.calendar.local_day(now)), self.spread)
        return due if due >= now else self.calendar.next_contact_after(now, self.spread)

    def kept_apart(self, at: datetime, last_message_at: datetime | None) -> datetime:
        """Return a moment of contact, on a later day if another message was sent shortly before."""
        if last_message_at is None:
            return at
        gap = timedelta(days=self.protocol.minimum_gap)
        free_on = self.calendar.local_day(last_message_at) + gap
        if free_on <= self.calendar.local_day(at):
            return at
        return self.calendar.first_contact(free_on, self.spread)


def next_contact(
    case: ContactState, timing: Timing, now: datetime, others: OtherCases = OtherCases()
) -> NextContact:
    """Return the next contact of a case at or after `now` (UTC), or why there is none.

    The same facts give the same moment until it has come. A moment that has passed gives the next
    allowed one, which is `now` itself while the window is open.
    """
    now = max(now, case.not_before or now)
    if case.hold is not Hold.NONE:
        return NextContact(None, hold=case.hold)
    last = case.attempts[-1] if case.attempts else None
    if last and last.outcome in IN_FLIGHT:
        return NextContact(None, hold=Hold.IN_FLIGHT)
    if case.started_on is None and not _arrived(case):
        contact = _when_few_are_open(_invitation(case, timing, now, others), others, timing, now)
    else:
        contact = _reminder(case, timing, now, others)
    return _within(case, timing.calendar, contact)


def _arrived(case: ContactState) -> list[PastAttempt]:
    """Return the attempts that count as delivered."""
    return [a for a in case.attempts if a.outcome in (Outcome.SENT, Outcome.UNKNOWN)]


def _ordinal(case: ContactState) -> int:
    """Return the number of the next attempt; one to be retried keeps its own."""
    last = case.attempts[-1] if case.attempts else None
    if last is None:
        return 1
    return last.ordinal if last.outcome is Outcome.RETRY else last.ordinal + 1


def _not_before(
    case: ContactState, calendar: LocalCalendar, now: datetime
) -> tuple[date, datetime]:
    """Return the first local day, and moment, that the outcome of the last attempt allows."""
    last = case.attempts[-1] if case.attempts else None
    if last is None:
        return case.opens_on, now
    if last.outcome is Outcome.RETRY:
        return case.opens_on, max(now, last.retry_at or now)
    if last.outcome is Outcome.FAILED:
        return max(case.opens_on, calendar.local_day(last.at) + timedelta(days=1)), now
    return case.opens_on, now


def _invitation(
    case: ContactState, timing: Timing, now: datetime, others: OtherCases
) -> NextContact:
    day, moment = _not_before(case, timing.calendar, now)
    due = timing.at_or_after(max(day, case.opens_on), moment)
    at = timing.kept_apart(due, others.last_message_at)
    return NextContact(at, Kind.INVITATION, _ordinal(case), _too_soon(due, at))


def _too_soon(due: datetime, at: datetime) -> Hold:
    return Hold.NONE if at == due else Hold.TOO_SOON


def _reminder(
    case: ContactState, timing: Timing, now: datetime, others: OtherCases
) -> NextContact:
    """Return the next reminder. One message replaces all reminders whose day has come by then."""
    arrived = _arrived(case)
    first = arrived[0] if arrived else None
    begun = [timing.calendar.local_day(first.at)] if first else []
    begun += [case.started_on] if case.started_on else []
    days = [min(begun) + timedelta(days=n) for n in timing.protocol.reminders]
    seen = [a for a in arrived if a.kind is Kind.REMINDER]
    if seen:
        reminded_on = timing.calendar.local_day(seen[-1].at)
        days = [day for day in days if day > reminded_on]
    gap = timedelta(days=timing.protocol.minimum_gap)
    latest = timing.calendar.local_day(arrived[-1].at) + gap if arrived else date.min
    days = [max(day, latest) for day in days if day <= case.closes_on]
    if not days:
        return NextContact(None, hold=Hold.LAST_REMINDER_SENT)
    earliest, moment = _not_before(case, timing.calendar, now)
    due = timing.at_or_after(max(days[0], earliest), moment)
    at = timing.kept_apart(due, others.last_message_at)
    last = not _another_fits(case, timing, days, at)
    return NextContact(at, Kind.REMINDER, _ordinal(case), _too_soon(due, at), last=last)


def _another_fits(case: ContactState, timing: Timing, days: Sequence[date], due: datetime) -> bool:
    """Return whether another reminder can follow the one that is due; if not, that is the last one."""
    sent_on = timing.calendar.local_day(due)
    free_on = sent_on + timedelta(days=timing.protocol.minimum_gap)
    later = [max(day, free_on) for day in days if day > sent_on]
    return any(timing.calendar.next_working_day(day) <= case.closes_on for day in later[:1])


def _when_few_are_open(
    contact: NextContact, others: OtherCases, timing: Timing, now: datetime
) -> NextContact:
    """Return an invitation, moved to a later day if the person has enough open cases now."""
    assert contact.at is not None  # noqa: S101 - called with a moment only
    if others.open_cases < timing.protocol.open_cases:
        return contact
    # It is unknown when the others are completed: check again each day at the usual hour.
    if contact.at <= now:
        day = timing.calendar.local_day(contact.at)
        tomorrow = timing.calendar.first_contact(day + timedelta(days=1), timing.spread)
        contact = replace(contact, at=tomorrow)
    return replace(contact, hold=Hold.TOO_MANY_OPEN)


def _within(case: ContactState, calendar: LocalCalendar, contact: NextContact) -> NextContact:
    """Return the contact, unless it would fall after the last day of the wave."""
    if contact.at is None or calendar.local_day(contact.at) <= case.closes_on:
        return contact
    return NextContact(None, hold=contact.hold or Hold.PAST_WINDOW)
