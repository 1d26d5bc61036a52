"""Rows of a calendar as workshops, with notes about skipped rows and questions about unclear ones.

Stores nothing and guesses nothing: no day that is not written, no time zone for an online workshop.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from bot.importing.calendars.codes import CODE
from bot.importing.calendars.matching import Entry
from bot.importing.calendars.places import ONLINE, read_place
from bot.importing.calendars.titles import (
    CANCELLED,
    clean_title,
    is_called_off,
    is_meeting,
    is_open,
    kind_of,
)
from bot.importing.rows.open_questions import Answers, Choice, Question
from bot.importing.rows.rows import Reading, Row
from bot.importing.tables.days import OPEN, NoDay, Span, order_of, read_days, serial_day
from bot.importing.tables.headings import plain
from surveys.people import Administration
from surveys.planning.timezones import zone
from surveys.problems import BadInput
from surveys.workshop import KINDS, Workshop

CONFIRMED = {
    **dict.fromkeys(("", "yes", "true", "confirmed"), True),
    **dict.fromkeys(("no", "false", "tentative", "tbd", "tbc", "provisional", "postponed"), False),
}
LONGEST_DONOR = 80
MEETINGS, TAKE = "meetings", "take"
ORDER, SERIALS = "order of day and month", "numbers"
ORDERS = (Choice("Day first", "day first"), Choice("Month first", "month first"))
OFFSET = re.compile(r"(UTC|GMT)?\s*[+-]\d{1,2}(:?\d{2})?", re.I)
Known = Mapping[str, Administration]


@dataclass
class Calendar:
    """A calendar being read: its workshops, questions, and notes about skipped rows."""

    reading: Reading
    plans: Collection[str]
    known: Known
    answers: Answers
    orders: dict[str, str] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    questions: dict[str, Question] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def add(self, row: Row) -> None:
        """Add the entry of a row, or a note or problem that says why there is none."""
        title = clean_title(row.get("title"))
        if not title or len([cell for cell in row.cells.values() if cell.text]) == 1:
            if not title and row.get("code"):
                self.reading.wrong(row, "title", "The title is missing.")
            else:
                self.notes.append(f"{row.place} is not an event and was skipped.")
            return
        if is_meeting(title) and self.answers.get(MEETINGS) != TAKE:
            self.notes.append(
                f"{row.place}: '{title}' is a meeting, not a workshop, and was left out."
            )
            return
        if _is_cancelled(row):
            self.entries.append(self._cancelled(row, title))
            return
        workshop = self._workshop(row, title)
        if workshop is not None:
            self.entries.append(Entry(row, workshop, row.get("uid")))

    def _cancelled(self, row: Row, title: str) -> Entry:
        """Return the entry of a cancelled workshop; of its days only readable ones count."""
        days = [cell.day for name in ("starts_on", "ends_on") if (cell := row.cell(name)).day]
        first = days[0] if days else date.min
        city, country = read_place(row.get("place") or row.get("country"), self.known)
        last = days[-1] if days else first
        said = Workshop(row.get("code"), title, kind_of(title), first, last, city, country)
        return Entry(row, said, row.get("uid"), cancelled=True, dated=bool(days))

    def _workshop(self, row: Row, title: str) -> Workshop | None:
        span = self._days(row)
        city, country = self._place(row)
        kind = row.get("kind") or kind_of(title)
        if kind not in KINDS:
            self.reading.wrong(row, "kind", "is not a kind.", f"Use one of: {', '.join(KINDS)}.")
        confirmed = self._confirmed(row, span)
        donors = self._donors(row)
        plan = self._plan(row, kind)
        self._check_zone(row)
        code = self._code(row)
        if span is None or confirmed is None:
            return None
        if span.first is None or span.last is None:
            said = Workshop(code, title, kind, date.min, date.min, city, country, confirmed=False)
            self.entries.append(Entry(row, said, row.get("uid"), dated=False))
            return None
        if not country:
            message = "names no country, so no time zone is taken from it."
            self.reading.doubtful(row, "place" if "place" in row.labels else "country", message)
        return Workshop(
            code=code,
            title=title,
            kind=kind,
            starts_on=span.first,
            ends_on=span.last,
            city=city,
            country=country,
            donors=donors,
            plan=plan,
            confirmed=confirmed,
            note=row.get("note"),
        )

    def _days(self, row: Row) -> Span | None:
        """Return first and last day; None after a problem or an open question."""
        if not (row.get("starts_on") or row.get("ends_on")):
            column = "dates" if "dates" in row.labels else "starts_on"
            return self._span(row, column) if row.get(column) else Span(None, None, open=True)
        first = self._span(row, "starts_on")
        if first is None:
            if row.get("ends_on"):
                self._span(row, "ends_on")
            return None
        if not row.get("ends_on"):
            if first.first is not None and first.first == first.last:
                self.reading.doubtful(row, "ends_on", "The last day is missing: read as one day.")
            return first
        last = self._span(row, "ends_on")
        if last is None:
            return None
        if first.first and last.last and last.last < first.first:
            self.reading.wrong(row, "ends_on", "is before the first day.")
            return None
        return Span(first.first, last.last, first.open or last.open)

    def _span(self, row: Row, column: str) -> Span | None:
        cell = row.cell(column)
        if serial_day(cell.text) and cell.number is None and SERIALS not in self.answers:
            shown = f"{cell.text} in {row.place} looks like Excel's number for"
            text = f"{shown} {serial_day(cell.text)}. Are such numbers days?"
            self.questions.setdefault(
                SERIALS, Question(SERIALS, text, (Choice("Yes, days", "days"),))
            )
            return None
        order = self.answers.get(ORDER) or self.orders.get(column, "")
        if order == "unclear":
            text = f"{row.place}: does {cell.text} begin with the day or with the month?"
            self.questions.setdefault(ORDER, Question(ORDER, text, ORDERS))
            return None
        try:
            return read_days(cell, order, serials=SERIALS in self.answers)
        except NoDay as error:
            self.reading.wrong(row, column, str(error), "Write it like 2018-02-09.")
            return None

    def _place(self, row: Row) -> tuple[str, str]:
        written = row.get("country")
        city, country = read_place(row.get("place") or written, self.known)
        country = country or read_place(written, self.known)[1]
        if written and not country and plain(written) not in ONLINE and not OPEN.search(written):
            fix = "Write a code such as FJ, or leave it empty for an online workshop."
            self.reading.wrong(row, "country", "is not a country.", fix)
        return row.get("city") or city, country

    def _confirmed(self, row: Row, span: Span | None) -> bool | None:
        written = row.get("confirmed").strip("()").lower()
        confirmed = False if OPEN.search(written) else CONFIRMED.get(written)
        if confirmed is None:
            self.reading.wrong(row, "confirmed", "is not known.", "Write yes, no or tbc.")
            return None
        elsewhere = any(OPEN.search(text) for text in (row.get("note"), *row.aside))
        elsewhere |= _is_yes(row.get("open"))
        open_days = span is not None and span.open
        return confirmed and not (open_days or elsewhere or is_open(row.get("title")))

    def _donors(self, row: Row) -> tuple[str, ...]:
        donors = tuple(dict.fromkeys(name.strip() for name in row.get("donors").split(";")))
        if any(len(name) > LONGEST_DONOR for name in donors):
            fix = "Put ; between two donors, and keep each short."
            message = f"A name has more than {LONGEST_DONOR} letters."
            self.reading.wrong(row, "donors", message, fix)
        return tuple(name for name in donors if name)

    def _plan(self, row: Row, kind: str) -> str:
        plan = row.get("plan") or ("national" if kind == "national" else "standard")
        if plan not in self.plans:
            plans = ", ".join(sorted(self.plans))
            self.reading.wrong(row, "plan", "is not a plan.", f"Use one of: {plans}.")
        return plan

    def _check_zone(self, row: Row) -> None:
        """Warn about an unknown time zone; the place decides, so none is needed."""
        name = row.get("timezone")
        if not name or OFFSET.fullmatch(name):
            return
        try:
            zone(name)
        except BadInput:
            self.reading.doubtful(row, "timezone", "is not a time zone; the place decides.")

    def _code(self, row: Row) -> str:
        code = row.get("code")
        if code and not CODE.fullmatch(code):
            self.reading.wrong(row, "code", "is not a code.", "Use letters, digits and hyphens.")
        return code


def _is_cancelled(row: Row) -> bool:
    """Return whether a cell says that the workshop is not held; a title must be marked with it."""
    cells = [cell.text for name, cell in row.cells.items() if name not in ("title", "uid")]
    said = any(CANCELLED.search(text) for text in (*cells, *row.aside))
    return said or is_called_off(row.get("title")) or _is_yes(row.get("called_off"))


def _is_yes(text: str) -> bool:
    """Return whether a cell below a heading such as "Cancelled" says that it is so."""
    return plain(text) not in ("", "no", "n", "false", "0", "-", "non")


def orders_of(rows: list[Row]) -> dict[str, str]:
    """Return the order of day and month by column; first and last days share one."""
    both = order_of(row.cell(column) for row in rows for column in ("starts_on", "ends_on"))
    return {
        "starts_on": both,
        "ends_on": both,
        "dates": order_of(row.cell("dates") for row in rows),
    }
