"""The workshops of the next four weeks and those that go on, with who has joined. Reads only."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection

from storage.fieldwork.overviews import Joined, joined_in
from storage.fieldwork.workshops import workshops_between
from surveys.workshop import Workshop

AHEAD = timedelta(weeks=4)


@dataclass(frozen=True)
class Coming:
    """A workshop that comes or goes on, and how many of its people can be written to."""

    workshop: Workshop
    joined: Joined


def coming(connection: Connection, today: date) -> list[Coming]:
    """Return the workshops that go on or begin within four weeks, the earliest first."""
    near = workshops_between(connection, today, today + AHEAD)
    joined = joined_in(connection, [one.code for one in near])
    listed = sorted(near, key=lambda one: (one.starts_on, one.code))
    return [Coming(one, joined.get(one.code, Joined())) for one in listed]
