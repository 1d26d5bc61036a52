"""The work on single cases that an opened, resumed or closed wave leaves, done in slices.

A slice is a transaction with a bounded number of cases, so that others can write after a fraction of
a second. What is left is found in the data, so an end between two slices loses nothing.
"""

from datetime import datetime

from sqlalchemy import Connection

from bot.fieldwork.closing import settle_cases
from bot.fieldwork.opening import add_cases
from bot.settings.office import Office
from storage.due_workshops import mark_due
from storage.fieldwork.due_contacts import people_to_plan
from storage.fieldwork.next_contact import refresh_people
from storage.fieldwork.waves import open_waves
from surveys.workshop import Workshop

SLICE = 50
"""Cases in a transaction."""


def settle_slice(connection: Connection, office: Office, code: str, now: datetime) -> int:
    """Settle cases of the closed waves of a workshop; return how many. At most a slice."""
    return settle_cases(connection, office, code, now, SLICE)


def plan_first_slice(connection: Connection, office: Office, code: str, now: datetime) -> str:
    """Plan a slice of the contacts of a workshop again, and leave the others to the rounds.

    Return a sentence about those, '' if there are none.
    """
    plan_slice(connection, office, code, now)
    if not people_to_plan(connection, code, 1):
        return ""
    mark_due(connection, [code])
    return " The messages of its people are planned in the next minutes."


def plan_slice(
    connection: Connection, office: Office, code: str, now: datetime, done: int = 0
) -> int:
    """Plan the contacts of people of a workshop again where that is to be done; return of how many.

    With the `done` they are at most a slice.
    """
    people = people_to_plan(connection, code, SLICE - done)
    # Other questionnaires of a person may have to wait for this one.
    if people:
        refresh_people(connection, people, office.rules, now)
    return len(people)


def add_slice(
    connection: Connection, office: Office, workshop: Workshop, now: datetime, done: int = 0
) -> int:
    """Add cases to the open waves of a workshop; return how many. With the `done` at most a slice."""
    left = SLICE - done
    for wave in open_waves(connection, [workshop.code]):
        left -= add_cases(connection, office, wave, now, left) if left else 0
    return SLICE - done - left
