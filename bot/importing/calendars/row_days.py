"""The days of a row of a calendar, with questions where they can be read in several ways."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, tzinfo

from bot.importing.calendars.event_days import local_span, zone_named
from bot.importing.rows.open_questions import LEAVE_OUT, Answers, Choice, Question, also_in
from bot.importing.rows.rows import Reading, Row
from bot.importing.tables.days import (
    NoDay,
    Span,
    Written,
    order_of,
    serial_day,
    span_of,
    written_days,
)
from bot.importing.tables.eras import COMMON, ISLAMIC, calendars_with, fits
from bot.wording.days import short_span
from surveys.planning.timezones import zone

ORDER, SERIALS = "order of day and month", "numbers"
ZONE = "time zone"
ZONES = ("Asia/Bangkok", "UTC", "Asia/Kabul", "Pacific/Tongatapu")
"""The zones that are offered: of the host of the office, as written, and the outermost ones."""
ORDERS = (Choice("Day first", "day first"), Choice("Month first", "month first"))
LAST_CENTURY = range(1930, 2000)
"""The years that a spreadsheet makes of two digits from 30 on."""
BEHIND, AHEAD = 30, 10
"""Years before and after today in which a workshop is likely."""
NAMES = {
    "buddhist": "Buddhist",
    "persian": "Persian",
    "nepali": "Nepali",
    ISLAMIC: "Islamic",
}


@dataclass
class RowDays:
    """Reads the days of rows.

    `orders` are the orders of day and month by column, `zone_of` says the time zone of a place.
    """

    reading: Reading
    answers: Answers
    today: date
    orders: Mapping[str, str] = field(default_factory=dict)
    zone_of: Callable[[Row], tzinfo | None] = lambda _row: None
    questions: dict[str, Question] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    @property
    def years(self) -> range:
        """The years in which a workshop is likely."""
        return range(self.today.year - BEHIND, self.today.year + AHEAD + 1)

    def of(self, row: Row) -> Span | None:
        """Return first and last day; None after a problem or an open question."""
        if row.get("from"):
            return self._local(row)
        if not (row.get("starts_on") or row.get("ends_on")):
            column = "dates" if "dates" in row.labels else "starts_on"
            return self._one(row, column) if row.get(column) else Span(None, None, open=True)
        if not row.get("ends_on"):
            first = self._one(row, "starts_on")
            if first is not None and first.first is not None and first.first == first.last:
                self.reading.doubtful(row, "ends_on", "The last day is missing: read as one day.")
            return first
        return self._two(row)

    def quietly(self, row: Row) -> Span:
        """Return the days of a row as far as they can be read, without a problem or question."""
        aside = RowDays(Reading(""), self.answers, self.today, self.orders, self.zone_of)
        return aside.of(row) or Span(None, None)

    def _local(self, row: Row) -> Span | None:
        """Return the days of moments in UTC where the workshop is; asked if no zone is known."""
        start, end = (datetime.fromisoformat(row.get(name)) for name in ("from", "until"))
        answer = self.answers.get(ZONE)
        named = (zone_named(answer) if answer else None) or self.zone_of(row)
        if named is not None:
            return local_span((start, end), named)
        spans: dict[Span, str] = {}
        for name in ZONES:
            spans.setdefault(local_span((start, end), zone(name)), name)
        if len(spans) > 1 and ZONE not in self.questions:
            text = (
                f"{row.place}, '{row.get('title')}', is written in UTC, and neither the calendar"
            )
            text += " nor the place tells the time zone. Which is it?"
            choices = [Choice(f"{name}: {one.first}", name) for one, name in spans.items()]
            self.questions[ZONE] = Question(ZONE, text, tuple(choices))
        return None if len(spans) > 1 else next(iter(spans))

    def _one(self, row: Row, column: str) -> Span | None:
        written = self._written(row, column)
        (written,) = self._shortened(written)
        calendar = self._calendar(row, [written]) if written else None
        return self._span(row, column, written, calendar) if written and calendar else None

    def _two(self, row: Row) -> Span | None:
        both = self._written(row, "starts_on"), self._written(row, "ends_on")
        starts, ends = self._shortened(*both)
        calendar = self._calendar(row, [starts, ends]) if starts and ends else None
        if not (starts and ends and calendar):
            return None
        first = self._span(row, "starts_on", starts, calendar)
        last = self._span(row, "ends_on", ends, calendar)
        if first is None or last is None:
            return None
        if first.first and last.last and last.last < first.first:
            self.reading.wrong(row, "ends_on", "is before the first day.")
            return None
        return Span(first.first, last.last, first.open or last.open)

    def _span(self, row: Row, column: str, written: Written, calendar: str) -> Span | None:
        try:
            return span_of(written, calendar)
        except NoDay as error:
            self.reading.wrong(row, column, str(error), "Write it like 2018-02-09.")
            return None

    def _written(self, row: Row, column: str) -> Written | None:
        """Return the days of a cell as written; None after a problem or an open question."""
        cell = row.cell(column)
        serial = serial_day(cell.text, mac=row.mac)
        if serial and cell.number is None and SERIALS not in self.answers:
            text = f"{cell.text} in {row.place} looks like Excel's number for {serial}."
            choices = (Choice("Yes, days", "days"),)
            text += " Are such numbers days?"
            self.questions.setdefault(SERIALS, Question(SERIALS, text, choices))
            return None
        order = self.answers.get(ORDER) or self.orders.get(column, "")
        if order == "unclear":
            text = f"{row.place}: does {cell.text} begin with the day or with the month?"
            self.questions.setdefault(ORDER, Question(ORDER, text, ORDERS))
            return None
        try:
            return written_days(cell, order, serials=SERIALS in self.answers, mac=row.mac)
        except NoDay as error:
            self.reading.wrong(row, column, str(error), "Write it like 2018-02-09.")
            return None

    def _calendar(self, row: Row, written: list[Written]) -> str | None:
        """Return the calendar that the days of a row belong to; None if it is asked or left out."""
        days = [day for one in written for day in one.days]
        named = next((one.calendar for one in written if one.calendar), "")
        if not named and fits(days, COMMON, self.years):
            return COMMON
        likely = [one for one in calendars_with(days, self.years) if named in ("", one)]
        if not likely:
            return named or COMMON
        key = " or ".join(likely)
        answer = self.answers.get(key, "")
        if answer == LEAVE_OUT:
            self.notes.append(f"{row.place} has days of another calendar and was left out.")
        elif answer not in likely:
            self._ask(key, likely, row, written)
        return answer if answer in likely else None

    def _shortened(self, *written: Written | None) -> list[Written | None]:
        """Return days without the century that a spreadsheet gives to two digits of another calendar."""
        days = [day for one in written if one for day in one.days]
        short = [_short(one) if one else None for one in written]
        shorter = [day for one in short if one for day in one.days]
        likely = fits(days, COMMON, self.years) or not calendars_with(shorter, self.years)
        of_its_time = all(year in LAST_CENTURY for year, _, _ in days)
        return short if days and of_its_time and not likely else list(written)

    def _ask(self, key: str, likely: list[str], row: Row, written: list[Written]) -> None:
        """Ask once for all rows whose days may belong to the same calendars."""
        if key in self.questions:
            self.questions[key] = also_in(self.questions[key], row.place)
            return
        column = "starts_on" if row.get("starts_on") else "dates"
        choices = [Choice(f"{NAMES[one]}: {_shown(written, one)}", one) for one in likely]
        meant = " or ".join(f"{_shown(written, one)} ({NAMES[one]})" for one in likely)
        text = f"{row.place}: {row.get(column)} is {meant} in another calendar. Is that meant?"
        text += " The Islamic day may differ by one: please check it." * (ISLAMIC in likely)
        out = Choice("Leave the rows out", LEAVE_OUT)
        self.questions[key] = Question(key, text, (*choices, out))


def _short(written: Written) -> Written:
    first, last = (
        (one[0] % 100, *one[1:]) if one else None for one in (written.first, written.last)
    )
    return replace(written, first=first, last=last)


def _shown(written: list[Written], calendar: str) -> str:
    """Return the days of a row in a calendar in short: "5 to 9 Feb 2018"."""
    spans = [span_of(one, calendar) for one in written]
    days = [day for span in spans for day in (span.first, span.last) if day is not None]
    return short_span(min(days), max(days))


def orders_of(rows: list[Row]) -> dict[str, str]:
    """Return the order of day and month by column; first and last days share one."""
    both = order_of(row.cell(column) for row in rows for column in ("starts_on", "ends_on"))
    return {
        "starts_on": both,
        "ends_on": both,
        "dates": order_of(row.cell("dates") for row in rows),
    }
