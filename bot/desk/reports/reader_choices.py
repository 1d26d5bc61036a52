"""For whom the report on a scope can be: the office, the donors, members, and those for all."""

from dataclasses import dataclass

from sqlalchemy import Connection

from bot.desk.reports.scopes import ALL, DONOR, SURVEY, YEAR
from storage.fieldwork.workshops import get_workshop
from storage.people.administrations import administration_names
from storage.people.enrolments import enrolments_in


@dataclass(frozen=True)
class Readers:
    """Some readers of a report: as they are asked for, such as donor:JICA, and in words."""

    key: str
    name: str


OFFICE = Readers("staff", "The office")
MEMBERS = Readers("good_practice", "Member administrations")
FOR_ALL = (
    Readers("rtc", "Heads of Regional Training Centres"),
    MEMBERS,
    Readers("newsletter", "The public"),
)


def readers_of(connection: Connection, scope: str) -> tuple[Readers, ...]:
    """Return for whom the report on a scope can be, the office first."""
    if SURVEY in scope and not scope.startswith(DONOR):
        return (OFFICE,)
    if YEAR.fullmatch(scope):
        return (OFFICE, MEMBERS)
    if scope.startswith(DONOR):
        return (OFFICE, Readers(scope, scope.removeprefix(DONOR)), *FOR_ALL)
    if scope == ALL:
        return (OFFICE, *FOR_ALL, *_members(connection))
    donors = (Readers(f"{DONOR}{one}", one) for one in get_workshop(connection, scope).donors)
    return (OFFICE, *donors, *FOR_ALL, *_members(connection, scope))


def outside_readers(connection: Connection, scope: str) -> tuple[Readers, ...]:
    """Return the readers outside the office for whom the report on a scope can be."""
    return tuple(one for one in readers_of(connection, scope) if one != OFFICE)


def _members(connection: Connection, code: str = "") -> tuple[Readers, ...]:
    """Return the administrations that took part in a workshop; all for ''."""
    names = administration_names(connection)
    there = {one.administration_code for one in enrolments_in(connection, code)} if code else names
    found = sorted((names.get(one, one), one) for one in there)
    return tuple(Readers(f"member:{one}", name) for name, one in found)
