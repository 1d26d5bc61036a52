"""Rows of a calendar as workshops, with notes about skipped rows and questions about unclear ones.

Stores nothing and guesses nothing: no day that is not written, no time zone for an online workshop.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, tzinfo

from bot.importing.calendars.codes import fault_of
from bot.importing.calendars.event_days import zone_named
from bot.importing.calendars.matching import Entry
from bot.importing.calendars.places import ONLINE, read_place
from bot.importing.calendars.row_days import RowDays
from bot.importing.calendars.titles import (
    CANCELLED,
    clean_title,
    is_called_off,
    is_meeting,
    is_open,
    kind_in,
    kind_of,
)
from bot.importing.rows.countries import suggestion
from bot.importing.rows.rows import Reading, Row
from bot.importing.tables.codes import AS_TEXT, may_be_month, spoiled_code
from bot.importing.tables.days import OPEN, Span
from bot.importing.tables.headings import plain
from surveys.people import Administration
from surveys.planning.administrations import host_zone
from surveys.planning.timezones import zone
from surveys.workshop import KINDS, Workshop

CERTAIN = """
    yes, y, true, ok, confirmed, held, done, completed, oui, confirmé, terminé, ใช่, ยืนยัน, ยืนยันแล้ว,
    是, 确认, 已确认, có, đã xác nhận, បានបញ្ជាក់, បាទ, بله, تایید شده
    """
UNCERTAIN = """
    no, n, false, tentative, tbd, tbc, provisional, postponed, pending, proposed, planned, scheduled,
    draft, non, à confirmer, provisoire, reporté, ไม่, รอยืนยัน, เลื่อน, 否, 待定, 未确认, 推迟, không,
    chờ xác nhận, hoãn, មិនទាន់បញ្ជាក់, خیر, در انتظار تایید
    """
"""Words for days that are certain or not, separated by commas."""
CONFIRMED = {"": True} | {
    plain(word): certain
    for words, certain in ((CERTAIN, True), (UNCERTAIN, False))
    for word in words.split(",")
}
LONGEST_DONOR = 80
MEETINGS, TAKE = "meetings", "take"
OFFSET = re.compile(r"(UTC|GMT)?\s*[+-]\d{1,2}(:?\d{2})?", re.I)
Known = Mapping[str, Administration]


@dataclass
class Calendar:
    """A calendar being read: its workshops, and notes about skipped rows."""

    reading: Reading
    plans: Collection[str]
    known: Known
    days: RowDays
    entries: list[Entry] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.days.zone_of = self._zone_of

    def _zone_of(self, row: Row) -> tzinfo | None:
        """Return the time zone of the place of a row; None if it names none."""
        city, country = read_place(row.get("place") or row.get("country"), self.known)
        named = host_zone(self.known, country, city) if country else None
        return zone(named) if named else None

    @property
    def notes(self) -> list[str]:
        """What was skipped and why, in the order of the rows."""
        return self.days.notes

    def add(self, row: Row) -> None:
        """Add the entry of a row, or a note or problem that says why there is none."""
        title = clean_title(row.get("title"))
        if not title or len([cell for cell in row.cells.values() if cell.text]) == 1:
            if not title and row.get("code"):
                self.reading.wrong(row, "title", "The title is missing.")
            else:
                self.notes.append(f"{row.place} is not an event and was skipped.")
            return
        if is_meeting(title) and self.days.answers.get(MEETINGS) != TAKE:
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
        span = self.days.quietly(row)
        first = span.first or date.min
        city, country = read_place(row.get("place") or row.get("country"), self.known)
        last = span.last or first
        said = Workshop(row.get("code"), title, kind_of(title), first, last, city, country)
        return Entry(row, said, row.get("uid"), cancelled=True, dated=span.first is not None)

    def _workshop(self, row: Row, title: str) -> Workshop | None:
        span = self.days.of(row)
        city, country = self._place(row)
        kind = kind_in(row.get("kind"), title)
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

    def _place(self, row: Row) -> tuple[str, str]:
        written = row.get("country")
        city, country = read_place(row.get("place") or written, self.known)
        country = country or read_place(written, self.known)[1]
        if written and not country and plain(written) not in ONLINE and not OPEN.search(written):
            fix = "Write its code or its name, or leave it empty for an online workshop."
            fix = suggestion(written, self.known) or fix
            self.reading.wrong(row, "country", "is not a country.", fix)
        return row.get("city") or city, country

    def _confirmed(self, row: Row, span: Span | None) -> bool | None:
        written = row.get("confirmed")
        confirmed = False if OPEN.search(written) else CONFIRMED.get(plain(written))
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
        if name and not OFFSET.fullmatch(name) and zone_named(name) is None:
            self.reading.doubtful(row, "timezone", "is not a time zone; the place decides.")

    def _code(self, row: Row) -> str:
        code, spoiled = row.get("code"), spoiled_code(row.cell("code"))
        wrong, fix = (spoiled, AS_TEXT) if spoiled else fault_of(code) if code else ("", "")
        if wrong:
            self.reading.wrong(row, "code", wrong, fix)
        elif may_be_month(code):
            message = "looks like a day that a spreadsheet made of the code."
            self.reading.doubtful(row, "code", message, AS_TEXT)
        return code


def _is_cancelled(row: Row) -> bool:
    """Return whether a cell says that the workshop is not held; a title must be marked with it."""
    cells = [cell.text for name, cell in row.cells.items() if name not in ("title", "uid")]
    said = any(CANCELLED.search(text) for text in (*cells, *row.aside))
    return said or is_called_off(row.get("title")) or _is_yes(row.get("called_off"))


def _is_yes(text: str) -> bool:
    """Return whether a cell below a heading such as "Cancelled" says that it is so."""
    return plain(text) not in ("", "no", "n", "false", "0", "-", "non")
