"""The workshops and waves of a fiscal year by month. Reads only."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from bot.fieldwork.planned_waves import WaveNow, waves_now_in
from bot.settings.office import Office
from storage.fieldwork.workshops import all_workshops
from surveys.planning.fiscal_year import FiscalYear
from surveys.workshop import Workshop


@dataclass(frozen=True)
class Month:
    """A month: the workshops that begin in it, and the waves that open in it."""

    first: date
    workshops: tuple[Workshop, ...]
    waves: tuple[WaveNow, ...]


def year_of(connection: Connection, office: Office, year: int) -> list[Month]:
    """Return the months of the fiscal year that begins in `year`, with what begins in each."""
    workshops = all_workshops(connection)
    waves = [
        one for found in waves_now_in(connection, office, workshops).values() for one in found
    ]
    first = FiscalYear(year).first_day
    return [_month(_later(first, number), workshops, waves) for number in range(12)]


def _month(first: date, workshops: list[Workshop], waves: list[WaveNow]) -> Month:
    def here(day: date) -> bool:
        return (day.year, day.month) == (first.year, first.month)

    begin = sorted(
        (one for one in workshops if here(one.starts_on)), key=lambda one: one.starts_on
    )
    opens = sorted((one for one in waves if here(one.opens_on)), key=lambda one: one.opens_on)
    return Month(first, tuple(begin), tuple(opens))


def _later(first: date, months: int) -> date:
    years, month = divmod(first.month - 1 + months, 12)
    return date(first.year + years, month + 1, 1)
