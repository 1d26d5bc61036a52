"""Administrations in the database: updated from the office's table at each start."""

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, Row, insert, select, update

from storage.schema import administrations as table
from surveys.people import Administration


def put_administrations(connection: Connection, known: Iterable[Administration]) -> None:
    """Add new administrations and correct known ones; none is deleted."""
    present = set(connection.scalars(select(table.c.code)))
    for administration in known:
        values = _values(administration)
        if administration.code in present:
            connection.execute(
                update(table).where(table.c.code == administration.code).values(values)
            )
        else:
            connection.execute(insert(table).values(code=administration.code, **values))


def all_administrations(connection: Connection) -> dict[str, Administration]:
    """Return all administrations by code."""
    rows = connection.execute(select(table).order_by(table.c.code))
    return {row.code: administration_of(row) for row in rows}


def administration_names(connection: Connection) -> dict[str, str]:
    """Return the names of all administrations by code, as people read them."""
    return {row.code: row.name for row in connection.execute(select(table.c.code, table.c.name))}


def administration_of(row: Row[tuple[object, ...]]) -> Administration:
    """An administration from its row."""
    return Administration(
        code=row.code,
        name=row.name,
        subregion=row.subregion,
        timezone=row.timezone,
        weekend=frozenset(row.weekend),
        languages=tuple(row.languages),
        telegram=row.telegram,
        note=row.note,
        sids=row.sids,
        ldc=row.ldc,
    )


def _values(administration: Administration) -> Mapping[str, object]:
    return {
        "name": administration.name,
        "subregion": administration.subregion,
        "timezone": administration.timezone,
        "weekend": sorted(administration.weekend),
        "languages": list(administration.languages),
        "telegram": administration.telegram,
        "note": administration.note,
        "sids": administration.sids,
        "ldc": administration.ldc,
    }
