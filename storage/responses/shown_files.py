"""The rows of files: what lies in the folder under which name, for which claim or answer.

A row without a case is of a file that is to be removed: first the row says so, then the file goes,
then the row. So nothing that is gone is ever shown, and no file is left behind.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, delete, exists, func, insert, select, update

from storage.database import NotFound
from storage.file_folder import KeptFile
from storage.schema import answers, cases, enrolments, files, verifications, waves
from surveys.items.file_shown import SHOWN

CLAIM, ANSWER = "claim", "answer"
"""What a file is about: an anchor that the office has verified, or a question that asks for it."""


@dataclass(frozen=True)
class Belongs:
    """What a file belongs to. `with_claim` says that the claim was verified by adding it."""

    case_id: int
    about: str
    item: str
    by: str
    with_claim: bool = False


@dataclass(frozen=True)
class ShownFile:
    """A file with what it belongs to, and the workshop of its case."""

    id: int
    case_id: int
    workshop: str
    about: str
    item: str
    kind: str
    size: int
    sha256: str
    name: str
    with_claim: bool
    by: str
    at: datetime


def add_file(connection: Connection, kept: KeptFile, belongs: Belongs, at: datetime) -> int:
    """Store what a file of the folder belongs to; return its number."""
    values = vars(kept) | {
        "case_id": belongs.case_id,
        "about": belongs.about,
        "item": belongs.item,
        "with_claim": belongs.with_claim,
        "added_by": belongs.by,
        "added_at": at,
    }
    row = connection.execute(insert(files).values(values).returning(files.c.id))
    return int(row.scalar_one())


def put_answer_file(
    connection: Connection, kept: KeptFile, case_id: int, item: str, at: datetime
) -> int:
    """Store the file with which a question was answered, in place of the one before."""
    column = files.c
    here = (column.case_id == case_id) & (column.item == item) & (column.about == ANSWER)
    _forget(connection, here)
    return add_file(connection, kept, Belongs(case_id, ANSWER, item, ""), at)


def same_file(connection: Connection, sha256: str, belongs: Belongs) -> int | None:
    """Return the number of a file with the same content of the same claim; None if there is none."""
    column = files.c
    same = (column.case_id == belongs.case_id) & (column.about == belongs.about)
    here = same & (column.item == belongs.item) & (column.sha256 == sha256)
    return connection.scalar(select(column.id).where(here).order_by(column.id).limit(1))


def get_file(connection: Connection, number: int) -> ShownFile:
    """Return a file. Raise NotFound if there is none, or if it is to be removed."""
    row = connection.execute(_files(files.c.id == number)).one_or_none()
    if row is None:
        raise NotFound(f"There is no file {number}, or it was removed.")
    return _file_of(row)


def files_of_workshop(connection: Connection, code: str) -> list[ShownFile]:
    """Return the files of a workshop by case and item; none that is to be removed."""
    return [_file_of(row) for row in connection.execute(_files(waves.c.workshop_code == code))]


def files_of_person(connection: Connection, participant_id: int) -> list[ShownFile]:
    """Return the files of the cases of a person."""
    mine = enrolments.c.participant_id == participant_id
    return [_file_of(row) for row in connection.execute(_files(mine))]


def files_of_claim(connection: Connection, case_id: int, anchor: str) -> list[ShownFile]:
    """Return the files that the office has seen of an anchor."""
    column = files.c
    here = (column.case_id == case_id) & (column.item == anchor) & (column.about == CLAIM)
    return [_file_of(row) for row in connection.execute(_files(here))]


def forget_file(connection: Connection, number: int) -> None:
    """Let a file be removed."""
    _forget(connection, files.c.id == number)


def forget_files_of(connection: Connection, case_ids: Collection[int]) -> int:
    """Let all files of some cases be removed; return how many."""
    return _forget(connection, files.c.case_id.in_(case_ids))


def forget_old_answer_files(connection: Connection, before: datetime) -> int:
    """Let files be removed that people have shown before a moment; that they did is still known."""
    return _forget(connection, _old_answer_files(before))


def count_old_answer_files(connection: Connection, before: datetime) -> int:
    """Return how many files people have shown before a moment that are not to be removed yet."""
    old = select(func.count()).select_from(files).where(_old_answer_files(before))
    return connection.scalar(old) or 0


def _old_answer_files(before: datetime) -> ColumnElement[bool]:
    kept = files.c.case_id.is_not(None) & (files.c.about == ANSWER)
    return kept & (files.c.added_at < before)


def has_file(connection: Connection, name: str) -> bool:
    """Return whether a file of the folder has a row."""
    return connection.scalar(select(files.c.id).where(files.c.name == name)) is not None


def forget_ownerless(connection: Connection) -> int:
    """Let files be removed whose answer or whose verification is no more; return how many."""
    column = files.c
    answered = exists().where(
        answers.c.case_id == column.case_id,
        answers.c.item == column.item,
        answers.c.value == SHOWN,
    )
    verified = exists().where(
        verifications.c.case_id == column.case_id,
        verifications.c.anchor == column.item,
        verifications.c.withdrawn_at.is_(None),
    )
    lost = ((column.about == ANSWER) & ~answered) | ((column.about == CLAIM) & ~verified)
    return _forget(connection, column.case_id.is_not(None) & lost)


def files_to_remove(connection: Connection) -> dict[int, str]:
    """Return the names of the files that are to be removed, by their numbers."""
    wanted = select(files.c.id, files.c.name).where(files.c.case_id.is_(None), files.c.size > 0)
    return {row.id: row.name for row in connection.execute(wanted.order_by(files.c.id))}


def delete_rows(connection: Connection, numbers: Collection[int]) -> None:
    """Delete the rows of files that are removed from the folder.

    The newest row stays, with no size: SQLite would give its number to the next file, which an undo
    of before would then remove.
    """
    gone = files.c.case_id.is_(None) & (files.c.id.in_(numbers) | (files.c.size == 0))
    newest = select(func.max(files.c.id)).scalar_subquery()
    connection.execute(delete(files).where(gone, files.c.id < newest))
    connection.execute(update(files).where(gone).values(size=0))


def names_known(connection: Connection) -> set[str]:
    """Return the names of all files that have a row."""
    return set(connection.scalars(select(files.c.name)))


def names_shown(connection: Connection) -> set[str]:
    """Return the names of all files that are not to be removed."""
    return set(connection.scalars(select(files.c.name).where(files.c.case_id.is_not(None))))


def count_files(connection: Connection) -> int:
    """Return how many files there are that are not to be removed."""
    kept = select(func.count()).select_from(files).where(files.c.case_id.is_not(None))
    return connection.scalar(kept) or 0


def _forget(connection: Connection, which: ColumnElement[bool]) -> int:
    nothing = {"case_id": None, "item": "", "sha256": "", "added_by": ""}
    return connection.execute(update(files).where(which).values(nothing)).rowcount


def _files(which: ColumnElement[bool]) -> Any:
    joined = (
        files.join(cases, cases.c.id == files.c.case_id)
        .join(waves, waves.c.id == cases.c.wave_id)
        .join(enrolments, enrolments.c.id == cases.c.enrolment_id)
    )
    wanted = select(files, waves.c.workshop_code).select_from(joined).where(which)
    return wanted.order_by(files.c.case_id, files.c.item, files.c.id)


def _file_of(row: Row[Any]) -> ShownFile:
    return ShownFile(
        row.id,
        row.case_id,
        row.workshop_code,
        row.about,
        row.item,
        row.kind,
        row.size,
        row.sha256,
        row.name,
        row.with_claim,
        row.added_by,
        row.added_at,
    )
