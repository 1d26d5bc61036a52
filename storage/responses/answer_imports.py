"""Tables of earlier answers that were imported into a wave. Their content is not kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Connection,
    Row,
    Select,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)

from storage.database import NotFound
from storage.fieldwork.wave_decisions import NOT_OPENED
from storage.people.imports import ListFile
from storage.schema import (
    answer_imports,
    cases,
    imported_cases,
    unlinked_responses,
    waves,
)


@dataclass(frozen=True)
class AnswerImport:
    """One table of answers for a wave.

    `before` are the moments, in ISO form, of a wave that opened for it; None if it was open before.
    """

    id: int
    wave_id: int
    workshop_code: str
    wave_key: str
    file: ListFile
    made_by: str
    made_at: datetime
    finished_at: datetime | None
    undone_at: datetime | None
    before: Mapping[str, str] | None


def _imports() -> Select[Any]:
    joined = select(answer_imports, waves.c.workshop_code, waves.c.key)
    return joined.join(waves, waves.c.id == answer_imports.c.wave_id)


def answer_imports_of(connection: Connection, workshop_code: str) -> list[AnswerImport]:
    """Return the tables of answers that were imported for a workshop, oldest first."""
    mine = _imports().where(waves.c.workshop_code == workshop_code)
    return [_import_of(row) for row in connection.execute(mine.order_by(answer_imports.c.id))]


def find_in_force(connection: Connection, wave_id: int, file_hash: str) -> AnswerImport | None:
    """Return the import of the same file into a wave that is not undone; None if there is none."""
    same = (answer_imports.c.wave_id == wave_id) & (answer_imports.c.file_hash == file_hash)
    row = connection.execute(
        _imports().where(same, answer_imports.c.undone_at.is_(None))
    ).one_or_none()
    return _import_of(row) if row else None


def get_answer_import(
    connection: Connection, number: int, *, locked: bool = False
) -> AnswerImport:
    """Return an import of answers; locked, so that it is taken back once."""
    wanted = _imports().where(answer_imports.c.id == number)
    if locked:
        wanted = wanted.with_for_update(of=answer_imports)
    row = connection.execute(wanted).one_or_none()
    if row is None:
        raise NotFound(f"There is no import {number} of answers.")
    return _import_of(row)


def begin_import(
    connection: Connection,
    wave_id: int,
    file: ListFile,
    by: tuple[str, datetime],
    before: Mapping[str, str] | None = None,
) -> AnswerImport:
    """Store that a table is imported into a wave, by whom and when; return it, or the one begun."""
    known = find_in_force(connection, wave_id, file.hash)
    if known is not None:
        return known
    values = {"wave_id": wave_id, "ending": file.ending, "file_hash": file.hash}
    who = {"made_by": by[0], "made_at": by[1], "wave_before": before}
    new = insert(answer_imports).values(values | who).returning(answer_imports.c.id)
    return get_answer_import(connection, connection.execute(new).scalar_one())


def finish_import(connection: Connection, number: int, at: datetime) -> None:
    """Store that an import has stored all its rows."""
    this = update(answer_imports).where(answer_imports.c.id == number)
    connection.execute(this.values(finished_at=at))


def set_taken_back(connection: Connection, number: int, at: datetime) -> None:
    """Store that an import was taken back."""
    this = update(answer_imports).where(answer_imports.c.id == number)
    connection.execute(this.values(undone_at=at))


def put_wave_back(connection: Connection, one: AnswerImport) -> bool:
    """Put a wave back that opened for an import, if nothing is left in it; return whether it was."""
    here = exists().where(cases.c.wave_id == one.wave_id)
    others = exists().where(
        answer_imports.c.wave_id == one.wave_id, answer_imports.c.undone_at.is_(None)
    )
    if one.before is None or connection.scalar(select(or_(here, others))):
        return False
    moments = {name: datetime.fromisoformat(at) for name, at in one.before.items()}
    this = update(waves).where(waves.c.id == one.wave_id)
    connection.execute(this.values(NOT_OPENED | moments))
    return True


def count_stored(connection: Connection, number: int) -> tuple[int, int]:
    """Return how many responses of known people and of nobody known an import has stored."""
    linked = select(func.count()).where(imported_cases.c.import_id == number)
    unlinked = select(func.count()).where(unlinked_responses.c.import_id == number)
    return connection.scalar(linked) or 0, connection.scalar(unlinked) or 0


def _import_of(row: Row[Any]) -> AnswerImport:
    return AnswerImport(
        row.id,
        row.wave_id,
        row.workshop_code,
        row.key,
        ListFile(row.ending, row.file_hash),
        row.made_by,
        row.made_at,
        row.finished_at,
        row.undone_at,
        row.wave_before,
    )
