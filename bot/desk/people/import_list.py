"""The imports of people for a workshop: the file, who and when, what each did and whom it reached."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.desk.people.import_texts import saved_at
from bot.settings.office import Office
from storage.fieldwork.workshops import get_workshop
from storage.office.staff import label_of
from storage.people.imports import ENROLLED, REMOVED, Import, changes_of, imports_of, reached


@dataclass(frozen=True)
class ImportRecord:
    """One import as organisers see it: how many people and values, and how many it has reached."""

    number: int
    saved: str
    made_at: datetime
    by: str
    file: str
    people: int
    removed: int
    values: int
    reached: int
    undone_at: datetime | None


def list_imports(
    connection: Connection, office: Office, code: str, now: datetime
) -> list[ImportRecord]:
    """Return the imports of people for a workshop, newest first."""
    get_workshop(connection, code)
    return [
        _record(connection, office, one, now) for one in reversed(imports_of(connection, code))
    ]


def _record(connection: Connection, office: Office, one: Import, now: datetime) -> ImportRecord:
    changes = changes_of(connection, one.id)
    enrolled = [change for change in changes if change.field == ENROLLED]
    removed = sum(change.field == REMOVED for change in changes)
    met = reached(connection, [each.enrolment_id for each in enrolled if each.enrolment_id])
    return ImportRecord(
        one.id,
        saved_at(connection, office, one, now),
        one.made_at,
        label_of(connection, one.made_by),
        one.file.ending,
        len(enrolled),
        removed,
        len(changes) - len(enrolled) - removed,
        len(met),
        one.undone_at,
    )
