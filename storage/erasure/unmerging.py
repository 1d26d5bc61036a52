"""Undo a merge: everything as before, what happened since kept, and what cannot be undone refused."""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Table, delete, insert, select, tuple_, update

from storage.database import Conflict
from storage.due_workshops import mark_person_due
from storage.erasure.merging import OF_CASE, OF_ENROLMENT, Merged, fingerprint, merged_into
from storage.people.participants import get_participant
from storage.schema import addresses, cases, enrolments, links, merges, participants, waves
from storage.types import UtcDateTime
from surveys.people import AddressState, Participant


def unmerge(connection: Connection, other: Participant, at: datetime) -> Merged:
    """Undo the merge of `other`. Conflict says why that cannot be done, before anything is changed.

    Enrolments keep what was answered since. Addresses that were deleted since stay deleted.
    """
    row = _merge_of(connection, other)
    kept = get_participant(connection, row.kept_id)
    _check_undoable(connection, row, kept, other)
    moved = row.moved
    back = enrolments.c.id.in_(moved["enrolments"]) & (enrolments.c.participant_id == kept.id)
    connection.execute(update(enrolments).where(back).values(participant_id=other.id))
    ways = _unchanged_addresses(connection, moved["addresses"], kept)
    connection.execute(
        update(addresses).where(addresses.c.id.in_(ways)).values(participant_id=other.id)
    )
    _use_again(connection, moved, ways, row.merged_at)
    # Later ones may be about earlier ones.
    for rows in reversed(moved["set_aside"]):
        _put_back(connection, rows, moved)
    _point_back(connection, moved.get("about", []))
    _stop_as(connection, kept, other, row.merged_at)
    connection.execute(update(merges).where(merges.c.id == row.id).values(undone_at=at, moved={}))
    for one in (kept, other):
        mark_person_due(connection, one.id)
    lost = len(moved["addresses"]) - len(ways)
    sizes = (len(moved["enrolments"]), len(ways), len(moved["set_aside"]), lost)
    return Merged(kept.code, other.code, *sizes)


def _merge_of(connection: Connection, other: Participant) -> Row[Any]:
    mine = (merges.c.other_id == other.id) & merges.c.undone_at.is_(None)
    # Locked, so that a second one at the same moment finds it undone.
    row = connection.execute(select(merges).where(mine).with_for_update()).one_or_none()
    if row is None:
        raise Conflict(f"{other.code} was not merged into anybody.")
    return row


def _check_undoable(
    connection: Connection, row: Row[Any], kept: Participant, other: Participant
) -> None:
    for one in (kept, other):
        if one.erased_at is not None:
            raise Conflict(f"{one.code} was erased meanwhile: the merge cannot be undone.")
    into = merged_into(connection, kept.id)
    if into is not None:
        raise Conflict(f"{kept.code} was merged into {into.code} later. Undo that merge first.")
    later = connection.scalar(
        select(participants.c.code)
        .join(merges, merges.c.other_id == participants.c.id)
        .where(merges.c.kept_id == kept.id, merges.c.undone_at.is_(None), merges.c.id > row.id)
        .order_by(merges.c.id.desc())
        .limit(1)
    )
    if later is not None:
        raise Conflict(f"{later} was merged into {kept.code} later. Undo that merge first.")
    _check_places(connection, row, kept, other)


def _check_places(
    connection: Connection, row: Row[Any], kept: Participant, other: Participant
) -> None:
    """Raise Conflict if one of the two has been enrolled again where an enrolment comes back."""
    column = enrolments.c
    key = tuple_(column.workshop_code, column.participant_id, column.role)
    moving = row.moved["enrolments"]
    rows = connection.execute(select(enrolments).where(column.id.in_(moving)))
    coming = [(one.workshop_code, other.id, one.role) for one in rows]
    for aside in row.moved["set_aside"]:
        coming += [
            (one["workshop_code"], one["participant_id"], one["role"])
            for one in aside[enrolments.name]
        ]
    taken = select(enrolments).where(key.in_(coming), column.id.not_in(moving))
    found = connection.execute(taken.limit(1)).one_or_none()
    if found is not None:
        code = kept.code if found.participant_id == kept.id else other.code
        raise Conflict(
            f"{code} was enrolled in {found.workshop_code} as {found.role} after the merge, "
            "so the earlier enrolment cannot come back."
        )


def _unchanged_addresses(
    connection: Connection, moved: Mapping[str, str] | list[int], kept: Participant
) -> list[int]:
    """Return the moved addresses that are still there. Merges of earlier versions have ids only."""
    known = moved if isinstance(moved, Mapping) else dict.fromkeys(map(str, moved))
    mine = addresses.c.id.in_(map(int, known)) & (addresses.c.participant_id == kept.id)
    rows = connection.execute(select(addresses).where(mine))
    return [row.id for row in rows if known[str(row.id)] in (None, fingerprint(row))]


def _use_again(
    connection: Connection, moved: dict[str, Any], ways: Collection[int], merged_at: datetime
) -> None:
    """Use the addresses and links again that the merge has put out of use, if nobody did since."""
    for number, (reason, since) in moved.get("out_of_use", {}).items():
        replaced = (addresses.c.id == int(number)) & addresses.c.id.in_(ways)
        replaced &= (addresses.c.state == AddressState.REPLACED) & (addresses.c.since == merged_at)
        back = {"reason": reason, "since": datetime.fromisoformat(since)}
        back |= {"state": AddressState.ACTIVE}
        connection.execute(update(addresses).where(replaced).values(back))
    ended = links.c.hash.in_(moved.get("links", [])) & (links.c.revoked_at == merged_at)
    connection.execute(update(links).where(ended).values(revoked_at=None))


def _put_back(
    connection: Connection, rows: dict[str, list[dict[str, Any]]], moved: dict[str, Any]
) -> None:
    """Insert the rows that were set aside into their tables again.

    Ids that SQLite has given to other rows since are replaced. Cases of waves that were deleted since
    do not come back.
    """
    (enrolment,) = rows[enrolments.name]
    number = _inserted(connection, enrolments, enrolment)
    _renumber(connection, moved, enrolment["id"], number)
    numbers = {}
    for row in rows[cases.name]:
        if _has_its_wave(connection, row):
            case = _without_lost_address(connection, row, "card_address_id")
            new = {"enrolment_id": number}
            numbers[row["id"]] = _inserted(connection, cases, case | new)
    hashes = [row["hash"] for row in rows[links.name]]
    connection.execute(delete(links).where(links.c.hash.in_(hashes)))
    for table in OF_ENROLMENT:
        # Merges of earlier versions know nobody who is left out.
        for row in rows.get(table.name, []):
            connection.execute(
                insert(table).values(_values(table, row | {"enrolment_id": number}))
            )
    for table, row in _of_cases(rows):
        if row["case_id"] in numbers:
            whole = _without_lost_address(connection, row, "address_id")
            whole |= {"case_id": numbers[row["case_id"]]}
            _inserted(connection, table, whole)


def _has_its_wave(connection: Connection, case: dict[str, Any]) -> bool:
    """Return whether the wave of a case is there; one that has got its id since opened later."""
    opened = waves.c.opened_at <= datetime.fromisoformat(case["created_at"])
    here = select(waves.c.id).where(waves.c.id == case["wave_id"], opened)
    return connection.scalar(here) is not None


def _of_cases(
    rows: dict[str, list[dict[str, Any]]],
) -> Iterator[tuple[Table, dict[str, Any]]]:
    for table in OF_CASE:
        # Merges of earlier versions did not keep verifications and decisions about texts.
        for row in rows.get(table.name, []):
            yield table, row


def _inserted(connection: Connection, table: Table, row: dict[str, Any]) -> int:
    """Insert a row; return its id, a new one if its own was given to another row; 0 without one."""
    values = _values(table, row)
    if "id" not in row:
        connection.execute(insert(table).values(values))
        return 0
    if connection.scalar(select(table.c.id).where(table.c.id == row["id"])) is not None:
        del values["id"]
    number: int = connection.execute(
        insert(table).values(values).returning(table.c.id)
    ).scalar_one()
    return number


def _values(table: Table, row: dict[str, Any]) -> dict[str, Any]:
    moments = {column.name for column in table.c if isinstance(column.type, UtcDateTime)}
    return {
        name: datetime.fromisoformat(value) if name in moments and value else value
        for name, value in row.items()
    }


def _without_lost_address(
    connection: Connection, row: dict[str, Any], column: str
) -> dict[str, Any]:
    """Return a row that names its address only if the address was not deleted since."""
    number = row.get(column)
    known = select(addresses.c.id).where(addresses.c.id == number)
    if number is None or connection.scalar(known) is not None:
        return dict(row)
    return row | {column: None}


def _renumber(connection: Connection, moved: dict[str, Any], before: int, now: int) -> None:
    """Use the new id of an enrolment in what is still to be undone, here and of earlier merges."""
    if before == now:
        return
    _replace_id(moved, before, now)
    for row in connection.execute(select(merges).where(merges.c.undone_at.is_(None))).all():
        if row.moved:
            _replace_id(row.moved, before, now)
            mine = update(merges).where(merges.c.id == row.id)
            connection.execute(mine.values(moved=row.moved))


def _replace_id(moved: dict[str, Any], before: int, now: int) -> None:
    def new(number: int | None) -> int | None:
        return now if number == before else number

    moved["enrolments"] = [new(one) for one in moved["enrolments"]]
    moved["about"] = [[new(one) for one in each] for each in moved.get("about", [])]
    for rows in moved["set_aside"]:
        for row in rows[enrolments.name]:
            row["about_enrolment_id"] = new(row["about_enrolment_id"])


def _point_back(connection: Connection, about: list[tuple[int, int, int]]) -> None:
    """Let enrolments be about the ones that came back, where nobody has changed that since."""
    column = enrolments.c
    for number, lost, stays in reversed(about):
        same = (column.id == number) & (column.about_enrolment_id == stays)
        connection.execute(update(enrolments).where(same).values(about_enrolment_id=lost))


def _stop_as(
    connection: Connection, kept: Participant, other: Participant, merged_at: datetime
) -> None:
    """Let a stop that was said since the merge hold for both: nobody knows for which it was said."""
    if kept.stopped_at is not None and kept.stopped_at > merged_at and other.stopped_at is None:
        stop = update(participants).where(participants.c.id == other.id)
        same = {"stopped_at": kept.stopped_at, "stop_reason": kept.stop_reason or ""}
        connection.execute(stop.values(same))
