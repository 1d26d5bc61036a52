"""Calendars: calendar months, working days and the hours of contact, in local time.

Pure arithmetic: no clock, no time zone of the machine. Knows administrations, not waves.
"""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from surveys.people import Administration
from surveys.planning.public_days import country_known, public_days
from surveys.planning.timezones import zone
from surveys.problems import BadInput, Problem

# No public holidays are this long: a search that takes longer has an impossible rule.
SEARCH_DAYS = 60


def plus_months(day: date, months: int) -> date:
    """Return the same day `months` calendar months later (or earlier), clamped at the end of the month.

    31 August plus 6 is 28 February. Count each step from the first day: two steps of one month may
    clamp where one step of two does not.
    """
    year, month0 = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month0 + 1, min(day.day, monthrange(year, month0 + 1)[1]))


@dataclass(frozen=True)
class ContactWindow:
    """The hours of contact in local time; `closes` is not included."""

    opens: time = time(9, 30)
    closes: time = time(11, 30)

    def __post_init__(self) -> None:
        edges = (self.opens, self.closes)
        if any(edge.second or edge.microsecond or edge.tzinfo for edge in edges):
            raise ValueError("A contact window opens and closes at whole minutes of local time.")
        if self.opens >= self.closes:
            raise ValueError(
                f"A contact window opens before it closes, and {self.opens:%H:%M} "
                f"is not before {self.closes:%H:%M}."
            )

    def __contains__(self, moment: time) -> bool:
        return self.opens <= moment < self.closes

    def minutes(self) -> int:
        """Return the length of the window in minutes."""
        span = datetime.combine(date.min, self.closes) - datetime.combine(date.min, self.opens)
        return span // timedelta(minutes=1)


@dataclass(frozen=True)
class Stay:
    """Days, first and last included, that a person spends at a workshop in another place.

    On these days the time zone of that place counts, and every day is a working day.
    """

    zone: ZoneInfo
    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True)
class LocalCalendar:
    """The working days and contact hours of one person, at home or at a workshop.

    `weekend` holds `date.weekday()` numbers and comes from the administration, never from the holiday
    library. Days of rest that a government declared working days (China, Sunday 30 September 2018) are
    working days as far as the library lists them.
    """

    zone: ZoneInfo
    weekend: frozenset[int]
    country: str
    window: ContactWindow = ContactWindow()
    stay: Stay | None = None

    @classmethod
    def of(
        cls,
        administration: Administration,
        timezone: str | None = None,
        window: ContactWindow = ContactWindow(),
        stay: Stay | None = None,
    ) -> "LocalCalendar":
        """Return the calendar of an administration, in `timezone` for a person who works elsewhere."""
        place = zone(timezone or administration.timezone)
        return cls(place, administration.weekend, administration.code, window, stay)

    @property
    def holidays_known(self) -> bool:
        """Whether any public holidays are known; if not, no day is moved for one."""
        return country_known(self.country)

    def holidays_known_in(self, year: int) -> bool:
        """Return whether holidays are known for this year; some countries' lists end early."""
        return public_days(self.country, year).known

    def working_day(self, day: date) -> bool:
        """Return whether the administration works on this day."""
        if self.stay is not None and day in self.stay:
            return True
        public = public_days(self.country, day.year)
        if day.weekday() in self.weekend:
            return day in public.worked
        return day not in public.off

    def next_working_day(self, day: date) -> date:
        """The first working day that is not before `day`."""
        return next(self._working_days(day))

    def first_contact(self, day: date, spread: float = 0.0) -> datetime:
        """Return when to contact a person due on `day`: a UTC instant in the next open window.

        `spread` in [0, 1) places it inside the window, at whole minutes. Where clocks change,
        minutes that do not exist are left out, and of a minute that comes twice the first counts.
        Raises BadInput if no window is found in `SEARCH_DAYS`.
        """
        if not 0 <= spread < 1:
            raise ValueError(f"A spread is at least 0 and less than 1, not {spread}.")
        windows = (_window_of(self, candidate) for candidate in self._working_days(day))
        minutes = next(window for window in windows if window)
        return minutes[int(spread * len(minutes))]

    def next_contact_after(self, moment: datetime, spread: float = 0.0) -> datetime:
        """The earliest allowed instant (UTC) that is not before `moment`."""
        if self.in_window(moment):
            return moment.astimezone(UTC)
        today = self.local_day(moment)
        # After travel home over the date line, the next day may have passed already.
        days = (today + timedelta(days=distance) for distance in range(SEARCH_DAYS))
        contacts = (self.first_contact(day, spread) for day in days)
        return next(contact for contact in contacts if contact >= moment)

    def in_window(self, moment: datetime) -> bool:
        """Return whether the person may be contacted at this instant."""
        local = self.local(moment)
        return local.time() in self.window and self.working_day(local.date())

    def local(self, moment: datetime) -> datetime:
        """Return an aware moment in the person's time zone. Raises ValueError for a naive one."""
        if moment.tzinfo is None:
            raise ValueError("The moment has no time zone.")
        if self.stay is not None and moment.astimezone(self.stay.zone).date() in self.stay:
            return moment.astimezone(self.stay.zone)
        return moment.astimezone(self.zone)

    def local_day(self, moment: datetime) -> date:
        """Return the person's local date at a moment."""
        return self.local(moment).date()

    def end_of_day(self, day: date) -> datetime:
        """Return the UTC instant at which the local day ends: its next midnight."""
        midnight = datetime.combine(day + timedelta(days=1), time(0), tzinfo=self._zone_on(day))
        return midnight.astimezone(UTC)

    def _working_days(self, day: date) -> Iterator[date]:
        for distance in range(SEARCH_DAYS):
            candidate = day + timedelta(days=distance)
            if self.working_day(candidate):
                yield candidate
        message = f"No day for a contact was found in the {SEARCH_DAYS} days from {day}."
        fix = "Check the days of the weekend and the hours of contact."
        raise BadInput([Problem("administrations", f"code {self.country}", message, fix=fix)])

    def instants(self, day: date) -> Iterator[datetime]:
        """Yield all whole minutes of the window that exist on this day, in UTC."""
        start = datetime.combine(day, self.window.opens, tzinfo=self._zone_on(day))
        for number in range(self.window.minutes()):
            wall = start + timedelta(minutes=number)
            at = wall.astimezone(UTC)
            # A morning at home that is still the last afternoon of the workshop is left out.
            if self.local(at).replace(tzinfo=None) == wall.replace(tzinfo=None):
                yield at

    def _zone_on(self, day: date) -> ZoneInfo:
        return self.stay.zone if self.stay is not None and day in self.stay else self.zone


@lru_cache(maxsize=256)
def _window_of(calendar: LocalCalendar, day: date) -> tuple[datetime, ...]:
    """Return the instants of a day's window, cached: all people of an administration share them."""
    return tuple(calendar.instants(day))
