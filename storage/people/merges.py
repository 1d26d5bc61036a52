"""The people who were merged into others, and what was set aside when they were."""

from collections.abc import Collection

from sqlalchemy import Connection, select, update

from storage.schema import merges


def everyone_merged_into(connection: Connection, people: Collection[int]) -> list[int]:
    """Return some people and all who were merged into them, also through others."""
    found = list(dict.fromkeys(people))
    newest = found
    while newest:
        into = (merges.c.kept_id.in_(newest)) & merges.c.undone_at.is_(None)
        others = connection.scalars(select(merges.c.other_id).where(into))
        newest = [number for number in others if number not in found]
        found += newest
    return found


def forget_set_aside(connection: Connection, people: Collection[int]) -> None:
    """Delete the codes, the links and the hashes of addresses that undoing a merge would need."""
    whole = everyone_merged_into(connection, people)
    into = merges.c.kept_id.in_(whole) & merges.c.undone_at.is_(None)
    for row in connection.execute(select(merges).where(into)).all():
        moved = dict(row.moved)
        if not moved:
            continue
        moved["addresses"] = dict.fromkeys(map(str, moved["addresses"]), "")
        moved["set_aside"] = [rows | {"codes": [], "links": []} for rows in moved["set_aside"]]
        connection.execute(update(merges).where(merges.c.id == row.id).values(moved=moved))
