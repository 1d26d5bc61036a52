"""The tables of earlier answers that were imported for a workshop."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from storage.fieldwork.workshops import get_workshop
from storage.office.staff import label_of
from storage.responses.answer_imports import AnswerImport, answer_imports_of, count_stored


@dataclass(frozen=True)
class AnswersRecord:
    """One import of answers as organisers see it; `complete` unless it ended half-way."""

    number: int
    wave: str
    file: str
    by: str
    at: datetime
    linked: int
    unlinked: int
    complete: bool
    undone_at: datetime | None


def list_answer_imports(connection: Connection, code: str) -> list[AnswersRecord]:
    """Return the imports of answers for a workshop, newest first."""
    get_workshop(connection, code)
    return [_record(connection, one) for one in reversed(answer_imports_of(connection, code))]


def _record(connection: Connection, one: AnswerImport) -> AnswersRecord:
    return AnswersRecord(
        one.id,
        one.wave_key,
        one.file.ending,
        label_of(connection, one.made_by),
        one.made_at,
        *count_stored(connection, one.id),
        one.finished_at is not None,
        one.undone_at,
    )
