"""What a report is about: one workshop, those of a donor, all of them, or a fiscal year."""

import re
from collections.abc import Sequence

from sqlalchemy import Connection

from bot.desk.reports.readers import known_donor
from storage.fieldwork.workshops import all_workshops, get_workshop, workshop_codes

ALL = "all"
DONOR = "donor:"
YEAR = re.compile(r"FY\d{4}")


def scope_of(codes: Sequence[str], donor: str, year: int | None) -> str:
    """Return the scope of a report; '' for several workshops, which have no status."""
    if year is not None:
        return "" if donor else f"FY{year}"
    if codes:
        return codes[0] if len(codes) == 1 else ""
    return f"{DONOR}{donor}" if donor else ALL


def workshops_of(connection: Connection, scope: str) -> list[str]:
    """Return the workshops of a scope. Raise NotFound for a workshop or donor that is not known.

    The statistics of a year have no versions for others, so they have no workshops here.
    """
    if YEAR.fullmatch(scope):
        return []
    if scope == ALL:
        return workshop_codes(connection)
    if not scope.startswith(DONOR):
        return [get_workshop(connection, scope).code]
    donor = known_donor(connection, scope.removeprefix(DONOR))
    return [one.code for one in all_workshops(connection) if donor in one.donors]


def known_scope(connection: Connection, scope: str) -> str:
    """Return a scope with its donor spelt as the workshops have it."""
    if not scope.startswith(DONOR):
        return scope
    return f"{DONOR}{known_donor(connection, scope.removeprefix(DONOR))}"
