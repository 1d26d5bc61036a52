"""The office of the demonstration recommends: what the rule proposes, with an owner and a day."""

from datetime import date, datetime

from sqlalchemy import Connection

from bot.demo.reading import READER
from bot.desk.reports.recommendation_wording import Wording
from bot.desk.reports.recommendations import change, propose, release, settle
from bot.settings.office import Office
from storage.database import Database
from surveys.planning.fiscal_year import FiscalYear
from surveys.recommendation import Became

DUE_ON = {2016: date(2018, 3, 30), 2017: date(2019, 6, 28)}
"""By when it is to be done, by the fiscal year of the recommendation."""
CAME_OF_IT = (
    (Became.DONE, "Examples are on the page of the office."),
    (Became.DROPPED, "Nobody asked for it again."),
)
"""What became of the first recommendations of the year before; the others are open."""


def advise(database: Database, office: Office, now: datetime) -> None:
    """Release what the rule proposes for two fiscal years, and say what became of the first year's."""
    asking = office.acting_as(READER)
    for year, due_on in DUE_ON.items():
        numbers = [one.number for one in propose(database, asking, FiscalYear(year), now)]
        for number in numbers:
            database.run(_release, asking, number, due_on, now)
        if year == min(DUE_ON):
            for number, outcome in zip(numbers, CAME_OF_IT, strict=False):
                database.run(settle, asking, number, outcome, now)


def _release(
    connection: Connection, office: Office, number: int, due_on: date, now: datetime
) -> None:
    change(connection, office, number, Wording(due_on=due_on), now)
    release(connection, office, number, now)
