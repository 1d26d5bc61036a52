"""Workshops: the list, current ones first, and the calendar of a fiscal year."""

from bot.desk.workshops.calendar_undo import (
    CalendarUndone,
    calendar_line,
    redo_calendar,
    undo_calendar,
)
from bot.desk.workshops.listing import list_workshops
from bot.desk.workshops.year import year_of
from bot.web.desk.pages.wave import TAGS
from bot.web.desk.pages.wave_acts import wave_address
from bot.web.desk.paging import page_of
from bot.web.desk.rows import DeskAct, DeskPage
from bot.web.desk.visits import Done, Form, Screen, Undo, Visit
from storage.fieldwork.overviews import joined_in
from storage.office.staff import StaffRole
from surveys.planning.fiscal_year import FiscalYear


async def show(visit: Visit) -> Screen:
    """Show the workshops that match a search, a page at a time."""
    search = visit.search
    found = await visit.read(list_workshops, visit.today, search)
    pages, listed = page_of(found, visit.query)
    joined = await visit.read(joined_in, [one.workshop.code for one in listed])
    data = {"listed": listed, "pages": pages, "q": search, "joined": joined}
    return Screen("workshops.html", "Workshops", {**data, "year": _this_year(visit)})


def _this_year(visit: Visit) -> int:
    return FiscalYear.of(visit.today).begins


async def show_year(visit: Visit) -> Screen:
    """Show the workshops and waves of a fiscal year by month, on one sheet when printed."""
    asked = visit.query.get("fiscal", "")
    known = len(asked) == 4 and asked.isascii() and asked.isdecimal() and "1900" < asked < "2200"
    year = int(asked) if known else _this_year(visit)
    months = await visit.read(year_of, visit.office, year)
    data = {
        "year": year,
        "months": months,
        "tags": TAGS,
        "wave_address": wave_address,
        "state_of": lambda wave: wave.state(visit.now),
    }
    return Screen("year.html", f"Fiscal year {FiscalYear(year).name}", data)


async def _undo_calendar(visit: Visit, form: Form) -> Done:
    done = await visit.write(undo_calendar, visit.office, form.named("list"), visit.now)
    return _calendar(done, "undone", "redo-calendar", "Save again")


async def _redo_calendar(visit: Visit, form: Form) -> Done:
    done = await visit.write(redo_calendar, visit.office, form.named("list"), visit.now)
    return _calendar(done, "saved again", "undo-calendar", "Undo")


def _calendar(done: CalendarUndone, what: str, act: str, label: str) -> Done:
    undo = Undo("/workshops", act, (("list", str(done.number)),), label)
    return Done("\n".join((calendar_line(done, what), *done.left)), (undo,))


PAGE = DeskPage(
    "/workshops",
    StaffRole.ORGANISER,
    show,
    {
        "undo-calendar": DeskAct(StaffRole.ORGANISER, _undo_calendar),
        "redo-calendar": DeskAct(StaffRole.ORGANISER, _redo_calendar),
    },
)
YEAR = DeskPage("/workshops/year", StaffRole.ORGANISER, show_year)
