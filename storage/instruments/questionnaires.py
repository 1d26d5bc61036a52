"""Published questionnaires. A version never changes; interviews always read their questions here.

Two kinds of rows stand beside the versions that people publish: revisions, which correct only the
texts of a version, and versions with the lists of a workshop (`storage.instruments.workshop_lists`).
"""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    ScalarSelect,
    func,
    insert,
    select,
)

from storage.database import NotFound
from storage.due_workshops import mark_questionnaire_due
from storage.schema import questionnaires as table
from surveys.authoring.stored_form import checksum_of, dump, load
from surveys.questionnaire import Questionnaire


@dataclass(frozen=True)
class Published:
    """A row of the list of versions. `workshop` is the workshop whose own lists it asks."""

    key: str
    version: int
    revision: int
    published_at: datetime
    workshop: str | None


def publish(
    connection: Connection, questionnaire: Questionnaire, at: datetime
) -> tuple[Questionnaire, bool]:
    """Publish the next version unless the newest equals it; return the stored one and if it is new."""
    number = next_version(connection, questionnaire.key)
    before = newest(connection, questionnaire.key)
    if before and checksum_of(before) == checksum_of(questionnaire):
        return before, False
    return insert_version(connection, questionnaire, number, at), True


def insert_revision(
    connection: Connection,
    before: Questionnaire,
    after: Questionnaire,
    at: datetime,
    made_of: tuple[int | None, str | None],
) -> Questionnaire:
    """Store corrected texts of a version as its next correction."""
    mark_questionnaire_due(connection, (before.key, before.version))
    numbers = {"version": before.version, "revision": before.revision + 1}
    return _insert(connection, after.model_copy(update=numbers), at, made_of)


def next_version(connection: Connection, key: str) -> int:
    """Return the number of the next version.

    Call it before looking whether a version is needed: if another transaction stores one meanwhile,
    the number is taken, and this transaction is run again.
    """
    versions = select(func.max(table.c.version)).where(table.c.key == key)
    return (connection.scalar(versions) or 0) + 1


def insert_version(
    connection: Connection,
    questionnaire: Questionnaire,
    number: int,
    at: datetime,
    made_of: tuple[int | None, str | None] = (None, None),
) -> Questionnaire:
    """Store the next version. `made_of` is the version and the workshop whose lists went into it."""
    numbers = {"version": number, "revision": 0}
    return _insert(connection, questionnaire.model_copy(update=numbers), at, made_of)


def _insert(
    connection: Connection,
    stored: Questionnaire,
    at: datetime,
    made_of: tuple[int | None, str | None],
) -> Questionnaire:
    connection.execute(
        insert(table).values(
            key=stored.key,
            version=stored.version,
            revision=stored.revision,
            checksum=checksum_of(stored),
            body=dump(stored),
            published_at=at,
            base_version=made_of[0],
            workshop_code=made_of[1],
        )
    )
    return stored


def newest_version(connection: Connection, key: str) -> int:
    """Return the newest version that was published without own lists; 0 if there is none."""
    newest = connection.scalar(
        select(func.max(table.c.version)).where(table.c.key == key, table.c.base_version.is_(None))
    )
    return newest or 0


def newest(connection: Connection, key: str) -> Questionnaire | None:
    """Return the newest published version; None if there is none."""
    version = newest_version(connection, key)
    return get_questionnaire(connection, key, version) if version else None


def newest_checksums(connection: Connection) -> dict[str, str]:
    """Return the checksum of the newest version of each questionnaire, with its latest texts."""
    rows = connection.execute(
        select(table.c.key, table.c.checksum)
        .where(table.c.base_version.is_(None))
        .order_by(table.c.version, table.c.revision)
    )
    return {row.key: row.checksum for row in rows}


def get_questionnaire(connection: Connection, key: str, version: int) -> Questionnaire:
    """Return a published version with its latest texts."""
    body = connection.scalar(
        select(table.c.body)
        .where(table.c.key == key, table.c.version == version)
        .order_by(table.c.revision.desc())
        .limit(1)
    )
    if body is None:
        raise NotFound(
            f"There is no questionnaire {key} version {version}. "
            "`followup questionnaire list` shows all."
        )
    return parsed(body)


def is_newest_revision(of: FromClause = table) -> ColumnElement[bool]:
    """Return the condition that a row holds the latest texts of its version."""
    return of.c.revision == _newest_revision(of)


def _newest_revision(of: FromClause) -> ScalarSelect[int]:
    other = table.alias("revisions")
    same = (other.c.key == of.c.key) & (other.c.version == of.c.version)
    return select(func.max(other.c.revision)).where(same).correlate(of).scalar_subquery()


def pinned(connection: Connection, key: str, version: int, checksum: str | None) -> Questionnaire:
    """Return a published version whose checksum is known; it is parsed once per process."""
    known = _PINNED.get((key, version, checksum))
    if known is None:
        known = _PINNED[key, version, checksum] = get_questionnaire(connection, key, version)
    return known


_PINNED: dict[tuple[str, int, str | None], Questionnaire] = {}
"""Parsed versions by key, version and checksum; a checksum stands for one content."""


def list_questionnaires(connection: Connection) -> list[Published]:
    """Return all versions in order, each with the number of its text corrections."""
    rows = connection.execute(
        select(table).where(is_newest_revision()).order_by(table.c.key, table.c.version)
    )
    return [
        Published(row.key, row.version, row.revision, row.published_at, row.workshop_code)
        for row in rows
    ]


def published_keys(connection: Connection) -> list[str]:
    """Return the keys of all questionnaires by first publication, so that positions never change."""
    first = func.min(table.c.published_at)
    wanted = select(table.c.key).group_by(table.c.key).order_by(first, table.c.key)
    return list(connection.scalars(wanted))


def published_titles(connection: Connection) -> dict[str, str]:
    """Return the English titles of all questionnaires by their keys, by first publication."""
    known = {key: newest(connection, key) for key in published_keys(connection)}
    return {key: one.text(one.title, "en") if one else key for key, one in known.items()}


@lru_cache(maxsize=256)
def parsed(body: str) -> Questionnaire:
    """Parse a published body; it never changes, so the result is cached."""
    return load(body)
