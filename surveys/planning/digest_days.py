"""When the monthly message to members of staff is sent: on the first working day of the office. Pure."""

from datetime import date, datetime, time

from surveys.planning.calendar import ContactWindow, LocalCalendar

HOURS = ContactWindow(time(9, 30), time(17))
"""The hours of the office in which it is sent."""


def due_month(now: datetime, wished_at: datetime, office: LocalCalendar) -> date | None:
    """Return the first day of the month whose message may leave now, None if none may.

    One that was missed is sent on a later working day of the month. Who began to wish it after its
    moment gets the next one.
    """
    month = office.local_day(now).replace(day=1)
    due = office.first_contact(month)
    may_leave = office.in_window(now) and wished_at < due <= now
    return month if may_leave else None
