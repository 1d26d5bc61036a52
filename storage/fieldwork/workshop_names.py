"""The names of a workshop: its code in any case, former codes, its numbers in calendar programs."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Table,
    delete,
    func,
    insert,
    literal,
    select,
    update,
)

from storage.database import Conflict, NotFound
from storage.schema import (
    calendar_changes,
    merges,
    metadata,
    next_steps,
    report_cut_offs,
    report_files,
    report_statuses,
    share_links,
    staff,
    workshop_names,
    workshops,
)
from surveys.problem_list import did_you_mean

CODE, UID = "code", "uid"
"""The kinds of other names: a former code, the number of an event in a calendar program."""
LONGEST = 255
SCOPES = tuple(
    one.c.scope
    for one in (report_cut_offs, report_statuses, report_files, share_links, next_steps)
)
SAID = (report_cut_offs.c.workshop, calendar_changes.c.workshop_code, *SCOPES)
"""Columns that hold codes without a foreign key. A scope may name a survey behind the code."""


def code_of(connection: Connection, typed: str) -> str:
    """Return the code of the workshop that somebody typed, in any case or by a former code.

    Raise NotFound with the nearest code for a workshop that does not exist.
    """
    typed = typed.strip()
    exact = select(workshops.c.code).where(workshops.c.code == typed)
    found = connection.scalar(exact) or _in_any_case(connection, typed)
    if found is None:
        codes = list(connection.scalars(select(workshops.c.code)))
        hint = did_you_mean(typed, codes) if codes else ""
        raise NotFound(
            f"There is no workshop {typed}. {hint} ".replace("  ", " ")
            + "`followup workshop list` shows all codes."
        )
    return found


def _in_any_case(connection: Connection, typed: str) -> str | None:
    """Return the one code that is the same but for its case, or whose former code is."""
    alike = select(workshops.c.code).where(func.lower(workshops.c.code) == typed.lower())
    former = select(workshop_names.c.workshop_code).where(
        workshop_names.c.kind == CODE, workshop_names.c.name == typed.lower()
    )
    found = list(connection.scalars(alike)) or list(connection.scalars(former))
    return found[0] if len(found) == 1 else None


def workshops_called(connection: Connection, name: str) -> frozenset[str]:
    """Return the codes of the workshops that have a name as their code, former code or title."""
    code = _in_any_case(connection, name)
    if code is not None:
        return frozenset({code})
    titles = (workshops.c.title == name) | (func.lower(workshops.c.title) == name.lower())
    return frozenset(connection.scalars(select(workshops.c.code).where(titles)))


# Built once, because the first page of the desk runs them.
_WITH_UID = select(workshop_names).where(workshop_names.c.kind == UID)
_TAKEN = select(workshops.c.code).where(func.lower(workshops.c.code) == workshop_names.c.name)
_FORMER = select(workshop_names).where(workshop_names.c.kind == CODE, ~_TAKEN.exists())


def codes_by_uid(connection: Connection) -> dict[str, str]:
    """Return the codes of workshops by their numbers in calendar programs."""
    return {row.name: row.workshop_code for row in connection.execute(_WITH_UID)}


def codes_by_former(connection: Connection) -> dict[str, str]:
    """Return the codes of workshops by their former codes, in small letters.

    A former code that is the code of another workshop by now is not among them.
    """
    return {row.name: row.workshop_code for row in connection.execute(_FORMER)}


def put_uids(connection: Connection, uids: Mapping[str, str]) -> None:
    """Store the codes of workshops by their numbers in a calendar program."""
    _put(connection, UID, uids.items())


def _put(connection: Connection, kind: str, names: Iterable[tuple[str, str]]) -> None:
    for name, code in names:
        this = (workshop_names.c.kind == kind) & (workshop_names.c.name == name[:LONGEST])
        known = update(workshop_names).where(this).values(workshop_code=code)
        if not connection.execute(known).rowcount:
            values = {"kind": kind, "name": name[:LONGEST], "workshop_code": code}
            connection.execute(insert(workshop_names).values(values))


def rename_workshop(connection: Connection, old: str, new: str) -> None:
    """Give a workshop another code in every row that has it; the former code stays a name of it.

    The caller holds the lock of the workshop. Raise Conflict if the new code is taken.
    """
    if connection.scalar(select(workshops.c.code).where(workshops.c.code == new)):
        raise Conflict(f"There is a workshop {new} already.")
    row = connection.execute(select(workshops).where(workshops.c.code == old)).one()
    connection.execute(insert(workshops).values({**row._mapping, "code": new}))
    for column in _codes_of_workshops():
        _replace(connection, column, old, new)
    for column in SCOPES:
        _replace_before_survey(connection, column, old, new)
    _rename_in_json(connection, old, new)
    connection.execute(delete(workshops).where(workshops.c.code == old))
    taken = (workshop_names.c.kind == CODE) & (workshop_names.c.name == new.lower())
    connection.execute(delete(workshop_names).where(taken))
    if old.lower() != new.lower():
        _put(connection, CODE, [(old.lower(), new)])


def _codes_of_workshops() -> list[Column[Any]]:
    """Return all columns that hold codes of workshops, except that of the workshops themselves."""
    keys = [
        column
        for table in metadata.sorted_tables
        for column in table.c
        if any(key.column is workshops.c.code for key in column.foreign_keys)
    ]
    return [*keys, *SAID]


def _replace(connection: Connection, column: Column[Any], old: str, new: str) -> None:
    table = column.table
    assert isinstance(table, Table)  # noqa: S101 - columns of the schema
    connection.execute(update(table).where(column == old).values({column.name: new}))


def _replace_before_survey(
    connection: Connection, column: Column[Any], old: str, new: str
) -> None:
    """Rename the workshop in the scopes of its surveys, such as IPR-2018/IPR12."""
    table = column.table
    assert isinstance(table, Table)  # noqa: S101 - columns of the schema
    renamed = literal(new) + func.substr(column, len(old) + 1)
    theirs = column.startswith(f"{old}/", autoescape=True)
    connection.execute(update(table).where(theirs).values({column.name: renamed}))


def _rename_in_json(connection: Connection, old: str, new: str) -> None:
    """Rename the workshop in the scopes of staff and in what undoing a merge needs."""
    for column in (staff.c.scope, merges.c.moved):
        number = column.table.c.id
        for row in connection.execute(select(number.label("id"), column.label("value"))).all():
            renamed = _renamed(row.value, old, new)
            if renamed != row.value:
                table = staff if column is staff.c.scope else merges
                change = update(table).where(number == row.id).values({column.name: renamed})
                connection.execute(change)


def _renamed(value: Any, old: str, new: str, key: str = "") -> Any:
    """Return JSON with the code replaced where it names a workshop: in a list, or under its key."""
    if isinstance(value, dict):
        return {name: _renamed(one, old, new, name) for name, one in value.items()}
    if isinstance(value, list):
        return [_renamed(one, old, new, key or "workshop_code") for one in value]
    return new if value == old and key == "workshop_code" else value
