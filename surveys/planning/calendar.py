"""Days and instants: calendar months, time zones, working days and the hours of contact.

Pure arithmetic: no clock, no machine time zone. Knows people's administrations, not waves.
"""

import difflib
import warnings
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

from surveys.people import Administration
from surveys.problems import BadInput, Problem

# No public holidays anywhere are this long: a search that gets here was given an impossible rule.
SEARCH_DAYS = 60

# Old spellings in lists from the field. Places that only share another place's hours
# (Phnom Penh and Bangkok) keep their own names, so this is not the zone data's own list of links.
_RENAMED = {
    "asia/calcutta": "Asia/Kolkata",
    "asia/choibalsan": "Asia/Ulaanbaatar",
    "asia/chongqing": "Asia/Shanghai",
    "asia/chungking": "Asia/Shanghai",
    "asia/dacca": "Asia/Dhaka",
    "asia/harbin": "Asia/Shanghai",
    "asia/kashgar": "Asia/Urumqi",
    "asia/katmandu": "Asia/Kathmandu",
    "asia/macao": "Asia/Macau",
    "asia/rangoon": "Asia/Yangon",
    "asia/saigon": "Asia/Ho_Chi_Minh",
    "asia/thimbu": "Asia/Thimphu",
    "asia/ujung_pandang": "Asia/Makassar",
    "asia/ulan_bator": "Asia/Ulaanbaatar",
    "australia/act": "Australia/Sydney",
    "australia/canberra": "Australia/Sydney",
    "australia/currie": "Australia/Hobart",
    "australia/lhi": "Australia/Lord_Howe",
    "australia/north": "Australia/Darwin",
    "australia/nsw": "Australia/Sydney",
    "australia/queensland": "Australia/Brisbane",
    "australia/south": "Australia/Adelaide",
    "australia/tasmania": "Australia/Hobart",
    "australia/victoria": "Australia/Melbourne",
    "australia/west": "Australia/Perth",
    "australia/yancowinna": "Australia/Broken_Hill",
    "hongkong": "Asia/Hong_Kong",
    "iran": "Asia/Tehran",
    "japan": "Asia/Tokyo",
    "nz": "Pacific/Auckland",
    "nz-chat": "Pacific/Chatham",
    "pacific/enderbury": "Pacific/Kanton",
    "pacific/ponape": "Pacific/Pohnpei",
    "pacific/samoa": "Pacific/Pago_Pago",
    "pacific/truk": "Pacific/Chuuk",
    "prc": "Asia/Shanghai",
    "rok": "Asia/Seoul",
    "singapore": "Asia/Singapore",
    "us/samoa": "Pacific/Pago_Pago",
}


def plus_months(day: date, months: int) -> date:
    """The same day `months` calendar months on (or back), clamped at the month's end.

    31 August plus 6 is 28 February. Count each step from the first day: two steps of one month
    may clamp where one step of two does not.
    """
    year, month0 = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month0 + 1, min(day.day, monthrange(year, month0 + 1)[1]))


@lru_cache(maxsize=1)
def _zone_names() -> dict[str, str]:
    """Names of places by their lower-case spelling. Left out: "localtime", "EST" and the like."""
    names = {n.casefold(): n for n in available_timezones() if "/" in n or n == "UTC"}
    if "asia/bangkok" not in names:
        raise BadInput(
            [
                Problem(
                    source="this machine",
                    place="time zones",
                    message="No time zone data was found, so local times cannot be worked out.",
                    fix="Install the Python package tzdata, or your system's tzdata package, "
                    "and start again.",
                )
            ]
        )
    return names


def check_zone_data() -> None:
    """Refuse to go on without time zone data: call at start. Raises BadInput."""
    _zone_names()


def zone(name: str) -> ZoneInfo:
    """The time zone of a name, under one spelling: the `key` of "Asia/Katmandu" is Asia/Kathmandu.

    Raises BadInput for a name that is not a place, and on a machine without time zone data.
    """
    names = _zone_names()
    wanted = name.strip().casefold()
    known = _RENAMED.get(wanted) or names.get(wanted)
    if known is None:
        near = difflib.get_close_matches(wanted, [*names, *_RENAMED], n=1)
        example = (_RENAMED.get(near[0]) or names[near[0]]) if near else "Asia/Kathmandu"
        fix = f"Write a name such as {example}."
        raise BadInput([Problem("time zone", "", "is not a time zone.", name, fix)])
    return ZoneInfo(known)


def offset_text(moment: datetime) -> str:
    """The distance of an aware moment's zone from UTC in hours and minutes: "+05:45"."""
    offset = moment.utcoffset()
    if offset is None:
        raise ValueError("The moment has no time zone.")
    hours, minutes = divmod(abs(offset) // timedelta(minutes=1), 60)
    return f"{'-' if offset < timedelta(0) else '+'}{hours:02}:{minutes:02}"


@dataclass(frozen=True)
class ContactWindow:
    """The hours in which people are contacted, on their own clock; `closes` is no longer in it."""

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
        """Length on the clock."""
        span = datetime.combine(date.min, self.closes) - datetime.combine(date.min, self.opens)
        return span // timedelta(minutes=1)


@dataclass(frozen=True)
class _PublicDays:
    """One year of one country: days off, and days of rest that are worked in exchange."""

    known: bool
    off: frozenset[date] = frozenset()
    worked: frozenset[date] = frozenset()


def _country_known(country: str) -> bool:
    """Whether the library has the country; asked so, it imports no other country."""
    import holidays  # slow to import: 60 ms

    try:
        holidays.country_holidays(country)
    except NotImplementedError:
        return False
    return True


@lru_cache(maxsize=1024)
def _public_days(country: str, year: int) -> _PublicDays:
    """Public holidays only (no bank or school days), with the days given in their stead."""
    if not _country_known(country):
        return _PublicDays(known=False)
    import holidays

    with warnings.catch_warnings():
        # The library warns where moving feasts are not announced for the year; the fixed days
        # that remain are the best there is.
        warnings.simplefilter("ignore")
        listed = holidays.country_holidays(country, years=year, expand=False)
    return _PublicDays(
        known=listed.start_year <= year <= listed.end_year,
        off=frozenset(day for day in listed if day.year == year),
        worked=frozenset(day for day in listed.weekend_workdays if day.year == year),
    )


@dataclass(frozen=True)
class Stay:
    """Days, first and last included, that somebody spends at a workshop in another place.

    On these days the clock of that place counts, and people are at work whatever day it is.
    """

    zone: ZoneInfo
    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True)
class LocalCalendar:
    """The working days and contact hours of one person, at their own place or at a workshop.

    `weekend` holds `date.weekday()` numbers and comes from the administration, never from the
    holiday library. Days of rest that a government has declared working days (China, Sunday
    30 September 2018) are worked, as far as the library lists them.
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
        """The calendar of an administration, in `timezone` for a person who works elsewhere."""
        place = zone(timezone or administration.timezone)
        return cls(place, administration.weekend, administration.code, window, stay)

    @property
    def holidays_known(self) -> bool:
        """Whether any public holidays are known; if not, no day is shifted for one: say so."""
        return _country_known(self.country)

    def holidays_known_in(self, year: int) -> bool:
        """Whether they are known for this year; some countries' lists end early."""
        return _public_days(self.country, year).known

    def working_day(self, day: date) -> bool:
        """Whether the administration works on this day."""
        if self.stay is not None and day in self.stay:
            return True
        public = _public_days(self.country, day.year)
        if day.weekday() in self.weekend:
            return day in public.worked
        return day not in public.off

    def next_working_day(self, day: date) -> date:
        """The first working day that is not before `day`."""
        return next(self._working_days(day))

    def first_contact(self, day: date, spread: float = 0.0) -> datetime:
        """When to contact somebody due on `day`: a UTC instant in the next open window.

        `spread` in [0, 1) places it inside the window, at whole minutes. Where clocks change,
        minutes that do not exist are passed over and a minute that comes twice is its first.
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
        # Coming home from a workshop over the date line, the next day may have passed already.
        days = (today + timedelta(days=distance) for distance in range(SEARCH_DAYS))
        contacts = (self.first_contact(day, spread) for day in days)
        return next(contact for contact in contacts if contact >= moment)

    def in_window(self, moment: datetime) -> bool:
        """Whether somebody may be contacted at this instant."""
        local = self.local(moment)
        return local.time() in self.window and self.working_day(local.date())

    def local(self, moment: datetime) -> datetime:
        """An aware moment on the person's own clock. A naive one is refused with ValueError."""
        if moment.tzinfo is None:
            raise ValueError("The moment has no time zone.")
        if self.stay is not None and moment.astimezone(self.stay.zone).date() in self.stay:
            return moment.astimezone(self.stay.zone)
        return moment.astimezone(self.zone)

    def local_day(self, moment: datetime) -> date:
        """The person's own date at a moment."""
        return self.local(moment).date()

    def end_of_day(self, day: date) -> datetime:
        """The UTC instant at which the local day is over: its next midnight."""
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
        """All whole minutes of the window that exist on this day, in UTC."""
        start = datetime.combine(day, self.window.opens, tzinfo=self._zone_on(day))
        for number in range(self.window.minutes()):
            wall = start + timedelta(minutes=number)
            at = wall.astimezone(UTC)
            # A morning at home that is still the last afternoon at the workshop is no time of
            # contact.
            if self.local(at).replace(tzinfo=None) == wall.replace(tzinfo=None):
                yield at

    def _zone_on(self, day: date) -> ZoneInfo:
        return self.stay.zone if self.stay is not None and day in self.stay else self.zone


@lru_cache(maxsize=256)
def _window_of(calendar: LocalCalendar, day: date) -> tuple[datetime, ...]:
    """The instants of a day's window, which are the same for all people of an administration."""
    return tuple(calendar.instants(day))
