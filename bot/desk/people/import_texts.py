"""What an import is said to do: new, changed from > to, gone, and the same file as before."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import PurePath

from sqlalchemy import Connection

from bot.desk.people.import_undo import Undone
from bot.importing.people.corrections import Value
from bot.importing.people.names import hinted
from bot.importing.people.offers import names_of
from bot.importing.people.planning import Outcome, Plan, Planned
from bot.importing.rows.rows import List
from bot.settings.office import Office
from bot.wording.counts import counted
from bot.wording.days import moment_words, time_words
from storage.office.staff import label_of
from storage.people.imports import Import, ListFile, imports_of

HIDDEN = ("about",)
"""Fields whose values are numbers of rows and say nothing to a reader."""


def list_file(given: List) -> ListFile:
    """Return what is remembered of a file: the ending of its name, and its hash."""
    return ListFile(PurePath(given.source).suffix.lower()[:8], given.digest)


def difference_lines(plan: Plan) -> tuple[str, ...]:
    """Return what a list changes: values from > to; after a first list also who is new."""
    lines = [line for row in plan.rows for line in _changed(row)]
    new = [row.listed for row in plan.rows if row.outcome is Outcome.NEW]
    lines += [f"New: {names_of(new)}."] if new and plan.newest else []
    return tuple(lines)


def _changed(row: Planned) -> Iterator[str]:
    values = ", ".join(from_to(value) for value in row.values if value[0] not in HIDDEN)
    if values:
        yield f"{row.listed.row.place}, {row.listed.name}: {values}."


def from_to(value: Value) -> str:
    """Return a change of a value; e-mail addresses are hinted at."""
    field, before, after = value
    if field == "email":
        before, after = (hinted(one) if one else one for one in (before, after))
    return f"{field} {before or 'none'} > {after or 'none'}"


def same_file(
    connection: Connection, office: Office, code: str, digest: str, now: datetime
) -> str:
    """Return when and by whom the same file was saved for a workshop and not undone; '' if never."""
    known = [
        one
        for one in imports_of(connection, code)
        if digest and one.file.hash == digest and one.undone_at is None
    ]
    if not known:
        return ""
    return f"Same as saved {saved_at(connection, office, known[-1], now)}. Nothing to do."


def saved_at(connection: Connection, office: Office, one: Import, now: datetime) -> str:
    """Return when and by whom an import was saved."""
    at, zone = one.made_at, office.zone
    same = office.day_of(at) == office.day_of(now)
    when = f"today, {time_words(at, zone)}" if same else moment_words(at, zone)
    return f"{when}, by {label_of(connection, one.made_by)}"


def undone_line(done: Undone) -> str:
    """Return what an undo has done."""
    stay = f" {counted(len(done.left), 'thing stays', 'things stay')}:" if done.left else ""
    return f"Import {done.number} of {done.workshop} is undone: {_counts(done)}.{stay}"


def saved_again_line(done: Undone) -> str:
    """Return what saving an import again has done. Codes that ended do not come back."""
    codes = " Their codes ended: make new ones." if done.people else ""
    return f"Import {done.number} of {done.workshop} is saved again: {_counts(done)}.{codes}"


def moved_line(done: Undone) -> str:
    """Return where the people of a list are now."""
    people = counted(done.people, "person", "people")
    there = f" {done.there} more {'was' if done.there == 1 else 'were'} in {done.to} already."
    moved = f"{people} of import {done.number} moved from {done.workshop} to {done.to}."
    return f"{moved}{there if done.there else ''}"


def _counts(done: Undone) -> str:
    people = counted(done.people, "person", "people")
    return f"{people}, {counted(done.values, 'value')}"
