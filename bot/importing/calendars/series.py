"""Events that repeat (RRULE, RDATE), with sittings that were moved or cancelled, as one workshop."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, tzinfo
from itertools import islice
from typing import Any

from bot.importing.calendars.event_days import EventDays, days_of, value_of

MOST_SITTINGS = 400
QUICK = frozenset({"SECONDLY", "MINUTELY", "HOURLY"})
"""How often no workshop repeats; such a rule can keep a program busy without end."""
UNREADABLE = (ValueError, TypeError, KeyError, AttributeError, OverflowError)
"""What the libraries raise for damaged rules."""


class Unbounded(Exception):
    """A series without an end, or one that cannot be read; the text says which."""


@dataclass(frozen=True)
class Sittings:
    """The days of an event, and of how many sittings; 0 if all of them are cancelled."""

    days: EventDays | None
    number: int = 1


def repeats(events: Sequence[Any]) -> bool:
    """Return whether the events of one number are a series."""
    names = ("RRULE", "RDATE", "RECURRENCE-ID")
    return any(event.get(name) is not None for event in events for name in names)


def has_first(events: Sequence[Any]) -> bool:
    """Return whether the series itself is there, and not only a sitting that was changed."""
    return any(event.get("RECURRENCE-ID") is None for event in events)


def sittings_of(events: Sequence[Any], home: tzinfo | None) -> Sittings:
    """Return the first and last day of a series. Raise Unbounded if it has none."""
    from icalendar.error import BrokenCalendarProperty

    try:
        for event in events:
            _refuse_endless(event)
        held = [days for one in _expanded(events) if (days := _held(one, home)) is not None]
    except (*UNREADABLE, BrokenCalendarProperty):
        raise Unbounded("repeats in a way that cannot be read") from None
    if not held:
        return Sittings(days_of(events[0], home), 0)
    moments = [one.moments for one in held if one.moments]
    both = (min(one[0] for one in moments), max(one[1] for one in moments)) if moments else None
    days = EventDays(min(one.first for one in held), max(one.last for one in held), both)
    return Sittings(days, len(held))


def _held(sitting: Any, home: tzinfo | None) -> EventDays | None:
    """Return the days of a sitting; None if it is cancelled."""
    cancelled = str(sitting.get("STATUS", "")).upper() == "CANCELLED"
    return None if cancelled else days_of(sitting, home)


def _refuse_endless(event: Any) -> None:
    rules = event.get("RRULE")
    for rule in rules if isinstance(rules, list) else [rules] if rules else []:
        frequency = {str(one).upper() for one in rule.get("FREQ", [])}
        if not frequency or frequency & QUICK:
            raise Unbounded("repeats in a way that no workshop does")
        if not rule.get("COUNT") and not rule.get("UNTIL"):
            raise Unbounded("repeats without an end")


def _expanded(events: Sequence[Any]) -> list[Any]:
    """Return the sittings of a series."""
    import recurring_ical_events  # type: ignore[import-untyped]
    from icalendar import Calendar

    calendar = Calendar()
    for event in events:
        calendar.add_component(event)
    sittings = recurring_ical_events.of(calendar, keep_recurrence_attributes=True).all()
    found = list(islice(sittings, MOST_SITTINGS + 1))
    if len(found) > MOST_SITTINGS:
        raise Unbounded(f"has more than {MOST_SITTINGS} sittings")
    return found


def sitting_of(event: Any) -> date | None:
    """Return which sitting of a series an event changes; None for the series itself."""
    found = value_of(event, "RECURRENCE-ID")
    return found if isinstance(found, date) else None
