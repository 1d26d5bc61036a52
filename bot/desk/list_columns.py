"""Columns of lists that people chose: remembered for files of the same shape, shown, forgotten.

A shape is a hash of the headings; what a file without headings was told is not remembered.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.audit import record
from bot.importing.rows.columns import Recall, Table
from bot.importing.rows.open_questions import LEAVE_OUT, Answers, Choice, Question
from bot.settings.office import Office
from bot.wording.days import day_at
from storage.office.audit import Act
from storage.office.staff import label_of
from storage.people.list_columns import (
    ListColumns,
    all_list_columns,
    find_list_columns,
    put_list_columns,
    set_list_columns_forgotten,
)
from surveys.xlsform.sheets import letters

REMEMBERED, KEEP, FORGET = "remembered columns", "keep", "forget"


@dataclass(frozen=True)
class ColumnsRecord:
    """Columns that are remembered: for which kind of list, which, who chose them, and when."""

    number: int
    kind: str
    columns: str
    by: str
    at: datetime
    forgotten: bool


def recall_of(connection: Connection, answers: Answers) -> Recall:
    """Return what recalls the columns that were chosen for files of a shape."""

    def recall(shape: str) -> Mapping[str, int]:
        if not shape or answers.get(REMEMBERED) == FORGET:
            return {}
        found = find_list_columns(connection, shape)
        return found.columns if found else {}

    return recall


def columns_offer(
    connection: Connection, office: Office, tables: Iterable[Table]
) -> list[Question]:
    """Return what is asked about columns that are read as an earlier file of the shape was."""
    for table in tables:
        found = find_list_columns(connection, table.shape) if table.recalled else None
        if found is not None:
            by = label_of(connection, found.made_by)
            when = day_at(found.made_at, office.zone)
            text = f"As {by} answered on {when}: {columns_words(table.recalled)}."
            choices = (Choice("Keep", KEEP), Choice("Forget, ask again", FORGET))
            return [Question(REMEMBERED, text, choices, chosen=KEEP)]
    return []


def columns_words(columns: Mapping[str, int]) -> str:
    """Return columns in words: "name from B, phone from none, D left out"."""
    return ", ".join(_column_words(name, at) for name, at in columns.items())


def _column_words(name: str, at: int) -> str:
    if name.startswith(LEAVE_OUT):
        return f"{letters(at)} left out"
    return f"{name.replace('_', ' ')} from {letters(at) if at else 'none'}"


def keep_columns(
    connection: Connection, office: Office, kind: str, tables: Iterable[Table], now: datetime
) -> None:
    """Remember the columns that were chosen for a list that is saved."""
    kept = 0
    for table in tables:
        columns = {**table.recalled, **table.chosen}
        if table.chosen and table.shape:
            put_list_columns(
                connection, ListColumns(0, table.shape, kind, columns, office.acting, now)
            )
            kept += 1
    if kept:
        record(connection, office, Act.COLUMNS_REMEMBERED, kind, now, shapes=kept)


def forget_for(
    connection: Connection,
    office: Office,
    tables: Iterable[Table],
    answers: Answers,
    now: datetime,
) -> None:
    """Forget the columns of the shapes of a list if an answer says so."""
    if answers.get(REMEMBERED) != FORGET:
        return
    for table in tables:
        found = find_list_columns(connection, table.shape)
        if found is not None:
            forget_columns(connection, office, found.id, now)


def list_columns(connection: Connection) -> list[ColumnsRecord]:
    """Return the columns that are remembered or were forgotten, oldest first."""
    return [
        ColumnsRecord(
            one.id,
            one.kind,
            columns_words(one.columns),
            label_of(connection, one.made_by),
            one.made_at,
            one.forgotten_at is not None,
        )
        for one in all_list_columns(connection)
    ]


def forget_columns(connection: Connection, office: Office, number: int, now: datetime) -> bool:
    """Forget columns, so that the next list of the shape is asked about; False if they were."""
    return _set(connection, office, number, now, Act.COLUMNS_FORGOTTEN)


def remember_columns(connection: Connection, office: Office, number: int, now: datetime) -> bool:
    """Remember columns again that were forgotten; False if they are remembered."""
    return _set(connection, office, number, now, Act.COLUMNS_REMEMBERED)


def _set(connection: Connection, office: Office, number: int, now: datetime, act: Act) -> bool:
    at = now if act is Act.COLUMNS_FORGOTTEN else None
    changed = set_list_columns_forgotten(connection, number, at)
    if changed:
        record(connection, office, act, f"columns {number}", now)
    return changed
