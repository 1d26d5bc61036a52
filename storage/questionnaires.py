"""Published questionnaires. A version never changes; what is asked is always read from here."""

import hashlib
from datetime import datetime
from functools import lru_cache

from sqlalchemy import Connection, func, insert, select

from storage.database import NotFound
from storage.schema import questionnaires as table
from surveys.authoring import dump, load
from surveys.questionnaire import Questionnaire


def publish(
    connection: Connection, questionnaire: Questionnaire, at: datetime
) -> tuple[Questionnaire, bool]:
    """Publish as the next version unless the newest one is the same; the stored one, and if new."""
    checksum = checksum_of(questionnaire)
    newest = newest_version(connection, questionnaire.key)
    if (
        newest
        and checksum_of(get_questionnaire(connection, questionnaire.key, newest)) == checksum
    ):
        return get_questionnaire(connection, questionnaire.key, newest), False
    stored = questionnaire.model_copy(update={"version": newest + 1})
    connection.execute(
        insert(table).values(
            key=stored.key,
            version=stored.version,
            checksum=checksum,
            body=dump(stored),
            published_at=at,
        )
    )
    return stored, True


def newest_version(connection: Connection, key: str) -> int:
    """The newest version of a questionnaire, 0 when it was never published."""
    newest = connection.scalar(select(func.max(table.c.version)).where(table.c.key == key))
    return newest or 0


def newest(connection: Connection, key: str) -> Questionnaire | None:
    """The newest published version, or None when it was never published."""
    version = newest_version(connection, key)
    return get_questionnaire(connection, key, version) if version else None


def get_questionnaire(connection: Connection, key: str, version: int) -> Questionnaire:
    """A published version."""
    body = connection.scalar(
        select(table.c.body).where(table.c.key == key, table.c.version == version)
    )
    if body is None:
        raise NotFound(
            f"There is no questionnaire {key} version {version}. "
            "`followup questionnaire list` shows all."
        )
    return _parsed(body)


def pinned(connection: Connection, key: str, version: int, checksum: str | None) -> Questionnaire:
    """A published version whose checksum is known already: it is read and parsed once."""
    known = _PINNED.get((key, version, checksum))
    if known is None:
        known = _PINNED[key, version, checksum] = get_questionnaire(connection, key, version)
    return known


_PINNED: dict[tuple[str, int, str | None], Questionnaire] = {}
"""Parsed versions by key, version and checksum. What the checksum names never changes."""


def list_questionnaires(connection: Connection) -> list[tuple[str, int, datetime]]:
    """Key, version and time of publishing of each published version."""
    rows = connection.execute(
        select(table.c.key, table.c.version, table.c.published_at).order_by(
            table.c.key, table.c.version
        )
    )
    return [(row.key, row.version, row.published_at) for row in rows]


def checksum_of(questionnaire: Questionnaire) -> str:
    """The checksum of what is asked, whatever its version."""
    body = dump(questionnaire.model_copy(update={"version": 0}))
    return hashlib.sha256(body.encode()).hexdigest()


@lru_cache(maxsize=256)
def _parsed(body: str) -> Questionnaire:
    """A published body is immutable, so it is parsed once."""
    return load(body)
