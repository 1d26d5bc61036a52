"""Languages for which the office has accepted the default language of a questionnaire."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, insert, select

from storage.due_workshops import mark_due
from storage.schema import language_fallbacks


def accept(
    connection: Connection, wave: tuple[str, str], languages: Iterable[str], at: datetime, by: str
) -> tuple[str, ...]:
    """Accept the default language for languages in a wave (workshop and key); return the new ones."""
    new = tuple(sorted(set(languages) - accepted(connection, *wave)))
    for language in new:
        values = {"workshop_code": wave[0], "wave_key": wave[1], "language": language}
        connection.execute(
            insert(language_fallbacks).values(**values, accepted_at=at, accepted_by=by)
        )
    mark_due(connection, [wave[0]] if new else [])
    return new


def accepted(connection: Connection, workshop_code: str, wave_key: str) -> frozenset[str]:
    """Return the languages for which the default language was accepted in a wave."""
    table = language_fallbacks
    return frozenset(
        connection.scalars(
            select(table.c.language).where(
                table.c.workshop_code == workshop_code, table.c.wave_key == wave_key
            )
        )
    )
