"""The office of the demonstration recommends: what the rule proposes, with an owner and a day."""

from datetime import UTC, date, datetime

from sqlalchemy import Connection

from bot.demo.reading import READER
from bot.desk.reports.recommendation_wording import Wording
from bot.desk.reports.recommendations import (
    change,
    list_recommendations,
    propose,
    release,
    settle,
)
from bot.settings.office import Office
from storage.database import Database
from surveys.planning.fiscal_year import FiscalYear
from surveys.recommendation import Became

DUE_ON = {2016: date(2018, 6, 29), 2017: date(2019, 6, 28)}
"""By when it is to be done, by the fiscal year of the recommendation."""
FIRST_AT = datetime(2018, 2, 5, 3, tzinfo=UTC)
"""When the office recommends for the first of these years."""
CAME_OF_IT = (
    (Became.DONE, "Examples are on the page of the office."),
    (Became.DROPPED, "Nobody asked for it again."),
)
"""What became of the first recommendations of the year before; the others are open."""


def advise(database: Database, office: Office, year: int, now: datetime) -> None:
    """Release what the rule proposes for a fiscal year, and settle some of the year before."""
    asking = office.acting_as(READER)
    database.run(_settle, asking, year - 1, now)
    for one in propose(database, asking, FiscalYear(year), now):
        database.run(_release, asking, one.number, DUE_ON[year], now)


def _release(
    connection: Connection, office: Office, number: int, due_on: date, now: datetime
) -> None:
    change(connection, office, number, Wording(due_on=due_on), now)
    release(connection, office, number, now)


def _settle(connection: Connection, office: Office, year: int, now: datetime) -> None:
    known = list_recommendations(connection, FiscalYear(year))
    for one, outcome in zip(known, CAME_OF_IT, strict=False):
        settle(connection, office, one.number, outcome, now)
