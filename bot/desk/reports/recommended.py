"""What staff have decided and reports tell: recommendations of fiscal years, and next steps."""

from datetime import datetime

from sqlalchemy import Connection

from storage.office.next_steps import steps_of
from storage.office.recommendations import Recommendation, recommendations_of
from surveys.next_step import NextStep
from surveys.next_step import State as StepState
from surveys.planning.fiscal_year import FiscalYear
from surveys.recommendation import State


def released(
    connection: Connection, year: FiscalYear, at: datetime | None = None
) -> list[Recommendation]:
    """Return the recommendations of a year that are released, as they stood at a moment or stand."""
    found = recommendations_of(connection, year.begins, at)
    return [one for one in found if one.content.state is State.RELEASED]


def released_steps(
    connection: Connection, scope: str, at: datetime | None = None
) -> tuple[NextStep, ...]:
    """Return the steps of a scope that are released, as they stood at a moment or stand."""
    found = steps_of(connection, scope, at)
    return tuple(one for one in found if one.content.state is StepState.RELEASED)
