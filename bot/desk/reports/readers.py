"""Whose report it is: the administration or donor that somebody has typed, by its code or its name."""

from dataclasses import replace
from difflib import get_close_matches

from sqlalchemy import Connection

from bot.desk.reports.choices import Wishes, audiences
from bot.importing.rows.countries import country_code
from storage.database import NotFound
from storage.fieldwork.workshops import all_workshops
from storage.people.administrations import all_administrations

UNKNOWN = "There is no {kind} {typed!r}. {fix}"
MEANT = "Did you mean {names}?"
WHERE = {
    "administration": "Write its name, or its code, such as TO.",
    "donor": "Check the spelling: `followup workshop show` names the donors of a workshop.",
}
MOST_MEANT, SIMILAR = 3, 0.7
"""How many names are said at most, and how similar each must be: 1 is the same."""


def known_readers(connection: Connection, wishes: Wishes) -> Wishes:
    """Return wishes whose administration is its code and whose donor is spelt as workshops have it.

    Raises NotFound with similar names for what is not known.
    """
    kind = audiences()[wishes.audience]
    if kind == "administration":
        return replace(wishes, whom=_administration(connection, wishes.whom))
    if kind == "donor":
        return replace(wishes, whom=known_donor(connection, wishes.whom))
    if wishes.donor:
        return replace(wishes, donor=known_donor(connection, wishes.donor))
    return wishes


def known_donor(connection: Connection, typed: str) -> str:
    """Return a donor as the workshops name it, typed in capital or small letters."""
    donors = sorted({donor for one in all_workshops(connection) for donor in one.donors})
    by_name = {donor.casefold(): donor for donor in donors}
    found = typed if typed in donors else by_name.get(typed.strip().casefold())
    if found is None:
        raise _unknown("donor", typed, by_name)
    return found


def _administration(connection: Connection, typed: str) -> str:
    known = all_administrations(connection)
    code = country_code(typed, known)
    if code not in known:
        names = {one.name.casefold(): f"{one.name} ({one.code})" for one in known.values()}
        raise _unknown("administration", typed, names)
    return code


def _unknown(kind: str, typed: str, names: dict[str, str]) -> NotFound:
    near = get_close_matches(typed.casefold(), names, MOST_MEANT, SIMILAR)
    fix = MEANT.format(names=" or ".join(names[one] for one in near)) if near else WHERE[kind]
    return NotFound(UNKNOWN.format(kind=kind, typed=typed, fix=fix))
