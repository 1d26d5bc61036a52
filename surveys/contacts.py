"""When a case is contacted next, and why not. The only place that works out `next_contact_at`.

Rules: contacts fall inside the local window on working days; the invitation first, then reminders
counted from the local day of the invitation; never two contacts closer than the minimum gap; none
after the last day; none after a completion, a refusal or a stop; an outcome that is not known is
treated as sent ("maybe not once" is better than "maybe twice").
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from surveys.calendar import LocalCalendar
from surveys.dispositions import Outcome
from surveys.plan import Protocol


class Kind(StrEnum):
    """What an attempt says."""

    INVITATION = "invitation"
    REMINDER = "reminder"


class Hold(StrEnum):
    """Why nothing is sent now; codes, worded for organisers in one place."""

    NONE = ""
    COMPLETED = "completed"
    REFUSED = "refused"
    STOPPED = "stopped"
    CLOSED = "closed"
    PAUSED = "paused"
    CANCELLED = "cancelled"
    UNREACHABLE = "unreachable"
    IN_FLIGHT = "in_flight"
    LAST_REMINDER_SENT = "last_reminder_sent"
    PAST_WINDOW = "past_window"
    TOO_MANY_OPEN = "too_many_open"
    TOO_SOON = "too_soon"


@dataclass(frozen=True)
class PastAttempt:
    """An attempt as a fact: its ordinal from 1, when it was claimed, and its outcome."""

    ordinal: int
    kind: Kind
    at: datetime
    outcome: Outcome
    retry_at: datetime | None = None


@dataclass(frozen=True)
class Standing:
    """What a case is like for contacting: its open days (local) and what has happened."""

    opens_on: date
    closes_on: date
    attempts: Sequence[PastAttempt] = ()
    started_on: date | None = None
    hold: Hold = Hold.NONE


@dataclass(frozen=True)
class NextContact:
    """The next message: when, which, as which attempt; or none (`at` is None) and why."""

    at: datetime | None
    kind: Kind | None = None
    ordinal: int = 0
    hold: Hold = Hold.NONE
    last: bool = False


@dataclass(frozen=True)
class OtherCases:
    """A person's other open cases: how many were invited and are unfinished, and when last."""

    open_cases: int = 0
    last_invited_at: datetime | None = None


def next_contact(
    case: Standing, protocol: Protocol, calendar: LocalCalendar, now: datetime, spread: float = 0.0
) -> NextContact:
    """The next contact of a case at or after `now` (UTC); `spread` in [0, 1) places it in the window."""
    if case.hold is not Hold.NONE:
        return NextContact(None, hold=case.hold)
    last = case.attempts[-1] if case.attempts else None
    if last and last.outcome is Outcome.CLAIMED:
        return NextContact(None, hold=Hold.IN_FLIGHT)
    if last and last.outcome is Outcome.RETRY:
        due = calendar.next_contact_after(max(now, last.retry_at or now), spread)
        return _within(case, calendar, NextContact(due, last.kind, last.ordinal))
    arrived = [a for a in case.attempts if a.outcome in (Outcome.SENT, Outcome.UNKNOWN)]
    ordinal = len(case.attempts) + 1
    if not arrived and case.started_on is None:
        # A refused message is not tried again on the same day, whatever the reason was.
        failed_on = calendar.local_day(last.at) if last else None
        earliest = failed_on + timedelta(days=1) if failed_on else case.opens_on
        due = _at_or_after(calendar, max(earliest, case.opens_on), now, spread)
        return _within(case, calendar, NextContact(due, Kind.INVITATION, ordinal))
    return _reminder(case, protocol, calendar, now, spread)


def _reminder(
    case: Standing, protocol: Protocol, calendar: LocalCalendar, now: datetime, spread: float
) -> NextContact:
    """The next reminder that still lies in the window, skipping those whose day was slept through."""
    arrived = [a for a in case.attempts if a.outcome in (Outcome.SENT, Outcome.UNKNOWN)]
    invited_on = calendar.local_day(arrived[0].at) if arrived else case.started_on
    assert invited_on is not None  # noqa: S101 - a reminder follows an invitation or a start
    sent = sum(a.kind is Kind.REMINDER for a in arrived)
    days = [invited_on + timedelta(days=n) for n in protocol.reminders]
    fitting = [day for day in days if day <= case.closes_on]
    left = fitting[sent:]
    if not left:
        return NextContact(None, hold=Hold.LAST_REMINDER_SENT)
    earliest = left[0]
    if arrived:
        earliest = max(
            earliest, calendar.local_day(arrived[-1].at) + timedelta(days=protocol.minimum_gap)
        )
    due = _at_or_after(calendar, earliest, now, spread)
    ordinal = len(case.attempts) + 1
    return _within(case, calendar, NextContact(due, Kind.REMINDER, ordinal, last=len(left) == 1))


def _at_or_after(calendar: LocalCalendar, day: date, now: datetime, spread: float) -> datetime:
    """The contact on a local day; if that moment has passed, the next allowed one from now."""
    due = calendar.first_contact(day, spread)
    return due if due >= now else calendar.next_contact_after(now, spread)


def _within(case: Standing, calendar: LocalCalendar, contact: NextContact) -> NextContact:
    """The contact, unless it would fall after the last day of the wave."""
    assert contact.at is not None  # noqa: S101 - called with a moment only
    if calendar.local_day(contact.at) > case.closes_on:
        return NextContact(None, hold=Hold.PAST_WINDOW)
    return contact


def postponed(
    others: OtherCases, protocol: Protocol, calendar: LocalCalendar, now: datetime
) -> tuple[Hold, date] | None:
    """Why an invitation that is due must wait for the person's other cases, and until which day.

    None when it may go now. Looked at when the invitation is claimed, because other cases change.
    """
    today = calendar.local_day(now)
    tomorrow = today + timedelta(days=1)
    if others.open_cases >= protocol.open_cases:
        return Hold.TOO_MANY_OPEN, tomorrow
    if others.last_invited_at is not None:
        free_on = calendar.local_day(others.last_invited_at) + timedelta(days=protocol.minimum_gap)
        if free_on > today:
            return Hold.TOO_SOON, free_on
    return None
