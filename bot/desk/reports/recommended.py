"""The recommendations that are in reports on fiscal years."""

from datetime import datetime

from sqlalchemy import Connection

from storage.office.recommendations import Recommendation, recommendations_of
from surveys.planning.fiscal_year import FiscalYear
from surveys.recommendation import State


def released(
    connection: Connection, year: FiscalYear, at: datetime | None = None
) -> list[Recommendation]:
    """Return the recommendations of a year that are released, as they stood at a moment or stand."""
    found = recommendations_of(connection, year.begins, at)
    return [one for one in found if one.content.state is State.RELEASED]
