"""Workshops and participant lists from CSV files: read whole, checked whole, imported whole or not.

Every problem is listed at once with its row and column. Importing a file twice corrects what
changed and repeats nothing. Names stay in the database; they go into no log.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import Connection

from bot.entries import Entry, Listed
from bot.lists import Columns, List, Reading, Row, read_rows
from bot.office import Office
from bot.recording import record
from storage.administrations import all_administrations
from storage.audit import Act
from storage.workshops import find_workshop, get_workshop, put_workshop
from surveys.calendar import zone
from surveys.people import Administration, Role
from surveys.problems import BadInput, Problem
from surveys.workshop import KINDS, Workshop

__all__ = ["Imported", "List", "import_participants", "import_workshops"]

EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>]+")
CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z]{2,4})?")
WORKSHOPS = Columns(
    ("code", "title", "kind", "starts_on", "ends_on", "city", "country"),
    ("donors", "plan", "confirmed", "note"),
)
PARTICIPANTS = Columns(
    ("name", "administration"), ("email", "language", "timezone", "role", "about")
)
CONFIRMED = {"": True, "yes": True, "true": True, "no": False, "false": False, "tbc": False}
LONGEST_DONOR = 80
Known = Mapping[str, Administration]
UNKNOWN = "Use a code of the table such as FJ, or add the administration to the table."


@dataclass(frozen=True)
class Imported:
    """What an import did (or would do): how many rows were new, changed and as before.

    `warnings` are worth a look; they did not stop the import.
    """

    new: int = 0
    changed: int = 0
    same: int = 0
    warnings: tuple[Problem, ...] = ()


def import_workshops(
    connection: Connection, office: Office, given: List, now: datetime
) -> Imported:
    """Add or correct workshops. Raises BadInput with every problem; then nothing was changed."""
    reading = Reading(given.source)
    known = all_administrations(connection)
    rows = read_rows(given.content, reading, WORKSHOPS)
    _refuse_repeated([(row, "code", row.get("code")) for row in rows], reading)
    read = [_workshop(row, reading, office, known) for row in rows]
    reading.done()
    new = changed = 0
    with connection.begin_nested() as trial:
        for workshop in read:
            assert workshop is not None  # noqa: S101 - a row without one is a problem
            before = find_workshop(connection, workshop.code)
            put_workshop(connection, workshop)
            new += before is None
            changed += before is not None and replace(before, cancelled_at=None) != workshop
        record(connection, office, Act.IMPORTED, "workshops", now, new=new, changed=changed)
        if given.dry_run:
            trial.rollback()
    return Imported(new, changed, len(read) - new - changed, reading.warnings)


def _workshop(row: Row, reading: Reading, office: Office, known: Known) -> Workshop | None:
    starts_on, ends_on = _day(row, "starts_on", reading), _day(row, "ends_on", reading)
    if starts_on and ends_on and ends_on < starts_on:
        reading.wrong(row, "ends_on", "lies before the first day.")
    if not CODE.fullmatch(row.get("code")):
        reading.wrong(row, "code", "is not a code.", "Use letters, digits and hyphens.")
    if row.get("kind") not in KINDS:
        reading.wrong(row, "kind", "is not a kind.", f"Use one of: {', '.join(KINDS)}.")
    _check_administration(row, "country", reading, known)
    if not row.get("title"):
        reading.wrong(row, "title", "The title is missing.")
    confirmed = CONFIRMED.get(row.get("confirmed").lower())
    if confirmed is None:
        reading.wrong(row, "confirmed", "is not clear.", "Write yes, no or tbc.")
    donors = tuple(dict.fromkeys(name.strip() for name in row.get("donors").split(";")))
    if any(len(name) > LONGEST_DONOR for name in donors):
        fix = "Put ; between two donors, and keep each short."
        reading.wrong(row, "donors", f"A name has more than {LONGEST_DONOR} letters.", fix)
    plan = _plan(row, reading, office)
    if starts_on is None or ends_on is None or confirmed is None:
        return None
    return Workshop(
        code=row.get("code"),
        title=row.get("title"),
        kind=row.get("kind"),
        starts_on=starts_on,
        ends_on=ends_on,
        city=row.get("city"),
        country=row.get("country"),
        donors=tuple(name for name in donors if name),
        plan=plan,
        confirmed=confirmed,
        note=row.get("note"),
    )


def _check_administration(row: Row, column: str, reading: Reading, known: Known) -> None:
    """Refuse a code that the table of administrations does not have."""
    given = row.get(column)
    if given not in known:
        same = (
            one
            for one in known.values()
            if given.casefold() in (one.name.casefold(), one.code.casefold())
        )
        fix = next((f"Write the code {one.code}." for one in same), UNKNOWN)
        reading.wrong(row, column, "is not in the table of administrations.", fix)


def _plan(row: Row, reading: Reading, office: Office) -> str:
    plan = row.get("plan") or ("national" if row.get("kind") == "national" else "standard")
    if plan not in office.rules.plans:
        plans = ", ".join(sorted(office.rules.plans))
        reading.wrong(row, "plan", "is not a plan.", f"Use one of: {plans}.")
    return plan


def _day(row: Row, column: str, reading: Reading) -> date | None:
    try:
        return date.fromisoformat(row.get(column))
    except ValueError:
        reading.wrong(row, column, "is not a day.", "Write it like 2018-02-09.")
        return None


def _refuse_repeated(keys: list[tuple[Row, str, str]], reading: Reading) -> None:
    """Refuse rows that say again who or what an earlier row is about: row, column, key."""
    seen: dict[str, int] = {}
    for row, column, key in keys:
        if key and key in seen:
            fix = "Keep one of the two rows."
            reading.wrong(row, column, f"stands in row {seen[key]} too.", fix)
        seen.setdefault(key, row.number)


def import_participants(
    connection: Connection, office: Office, code: str, given: List, now: datetime
) -> Imported:
    """Enrol the people of a list in a workshop. Raises BadInput with every problem at once.

    A person is known again by e-mail, or within the workshop by name and administration. In the
    column `about` a supervisor's row gives the e-mail or the name of the participant.
    """
    get_workshop(connection, code)
    reading = Reading(given.source)
    known = all_administrations(connection)
    rows = read_rows(given.content, reading, PARTICIPANTS)
    read = [_listed(row, reading, known) for row in rows]
    listed = [person for person in read if person is not None]
    _refuse_repeated([_key(person) for person in listed], reading)
    reading.done()
    with connection.begin_nested() as trial:
        result = _enrolled(Entry(connection, office, code, now), listed, reading)
        counts = {"new": result.new, "changed": result.changed}
        record(connection, office, Act.IMPORTED, f"{code} people", now, **counts)
        if given.dry_run:
            trial.rollback()
    return result


def _listed(row: Row, reading: Reading, known: Known) -> Listed | None:
    if not row.get("name"):
        reading.wrong(row, "name", "The name is missing.")
    _check_administration(row, "administration", reading, known)
    email = row.get("email").lower()
    if email and not EMAIL.fullmatch(email):
        fix = "Write one address such as mele@example.org, or leave it empty."
        reading.wrong(row, "email", "is not an e-mail address.", fix)
    language = row.get("language") or "en"
    if not LANGUAGE.fullmatch(language):
        reading.wrong(row, "language", "is not the code of a language.", "Write en, fr or th.")
    timezone = _timezone(row, reading)
    role = row.get("role").lower().replace(" ", "_") or Role.PARTICIPANT
    if role not in set(Role):
        reading.wrong(row, "role", "is not a role.", f"Use one of: {', '.join(Role)}.")
        return None
    return Listed(
        row=row,
        name=row.get("name"),
        administration=row.get("administration"),
        email=email,
        language=language,
        timezone=timezone,
        role=Role(role),
        about=row.get("about"),
    )


def _timezone(row: Row, reading: Reading) -> str | None:
    name = row.get("timezone")
    if not name:
        return None
    try:
        return zone(name).key
    except BadInput:
        reading.wrong(row, "timezone", "is not a time zone.", "Write a name such as Pacific/Fiji.")
        return None


def _key(person: Listed) -> tuple[Row, str, str]:
    """Row, column and text by which a person would be known again in the same list."""
    who = person.email or f"{person.name.casefold()}|{person.administration}"
    return person.row, "email" if person.email else "name", f"{who}|{person.role}"


def _enrolled(entry: Entry, listed: list[Listed], reading: Reading) -> Imported:
    """Put all people of a list in, participants before the supervisors who answer about them."""
    counts = {"new": 0, "changed": 0, "same": 0}
    for person in sorted(listed, key=lambda one: one.role is not Role.PARTICIPANT):
        counts[entry.put(person, reading)] += 1
    reading.done()
    return Imported(**counts, warnings=reading.warnings)
