"""Lists of workshops for staff, in chat and on the command line."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from storage.fieldwork.overviews import joined_in
from storage.fieldwork.waves import all_open_waves
from storage.fieldwork.workshops import all_workshops
from surveys.planning.listing import Group, in_order, matching
from surveys.workshop import Workshop


@dataclass(frozen=True)
class Listed:
    """A workshop in a list, with its group."""

    group: Group
    workshop: Workshop


def list_workshops(connection: Connection, today: date, search: str = "") -> list[Listed]:
    """Return all workshops that match a search: current, coming, past, then cancelled ones."""
    found = matching(all_workshops(connection), search)
    asked = {wave.workshop_code for wave in all_open_waves(connection)}
    return [Listed(*pair) for pair in in_order(found, asked, today)]


def without_list(connection: Connection, today: date) -> list[Workshop]:
    """Return the workshops of which nobody is on a list yet: current, coming, then past ones."""
    found = list_workshops(connection, today)
    listed = joined_in(connection, [one.workshop.code for one in found])
    return [
        one.workshop
        for one in found
        if one.workshop.code not in listed and one.group is not Group.CANCELLED
    ]
