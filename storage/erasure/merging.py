"""Merge two entries of one person, and store what `storage.erasure.unmerging` needs to undo it."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Table, delete, func, insert, select, update

from storage.database import Conflict
from storage.due_workshops import mark_person_due
from storage.office.help_needs import NOT_ARRIVED
from storage.people.enrolments import enrolments_of
from storage.people.participants import get_participant
from storage.people.relinks import EMAIL, put_out_of_use
from storage.schema import (
    addresses,
    anchor_decisions,
    answer_history,
    answers,
    attempts,
    cases,
    codes,
    enrolments,
    help_told,
    imported_cases,
    left_out,
    links,
    merges,
    text_decisions,
    theme_marks,
    verifications,
    workshops,
)
from surveys.people import AddressState, Enrolment, Participant

OF_CASE: tuple[Table, ...] = (
    *(attempts, answers, answer_history, verifications, anchor_decisions, text_decisions),
    *(theme_marks, imported_cases),
)
OF_ENROLMENT: tuple[Table, ...] = (codes, links, left_out)


@dataclass(frozen=True)
class Merged:
    """The numbers of rows that a merge moved. `set_aside` counts enrolments that both entries had.

    `out_of_use` counts e-mail addresses of the other entry that nothing is sent to any more. After an
    undo, `lost` counts addresses that were deleted or replaced since the merge.
    """

    kept: str
    other: str
    enrolments: int
    addresses: int
    set_aside: int
    lost: int = 0
    out_of_use: int = 0


def merge(connection: Connection, kept: Participant, other: Participant, at: datetime) -> Merged:
    """Move everything of `other` to `kept`. Conflict says why that cannot be done.

    Where both are enrolled in one workshop and role, the enrolment with answers stays (else the
    one that was contacted, else that of `kept`); the other one is set aside with its rows.
    """
    _check(connection, kept, other)
    theirs, mine = enrolments_of(connection, other.id), enrolments_of(connection, kept.id)
    given = _links_of(connection, [one.id for one in theirs])
    same = {(one.workshop_code, one.role): one for one in mine}
    pairs = [(same[key], one) for one in theirs if (key := (one.workshop_code, one.role)) in same]
    losers = [_loser(connection, *pair) for pair in pairs]
    about: list[tuple[int, int, int]] = []
    aside = []
    for lost, stays in losers:
        about += _point_to(connection, lost.id, stays.id)
        aside.append(_set_aside(connection, lost, stays.id))
    gone = {lost.id for lost, _ in losers}
    moved = [one.id for one in theirs if one.id not in gone]
    connection.execute(
        update(enrolments).where(enrolments.c.id.in_(moved)).values(participant_id=kept.id)
    )
    has = addresses.c.participant_id == other.id
    ways = {row.id: fingerprint(row) for row in connection.execute(select(addresses).where(has))}
    out = _put_out_of_use(connection, kept, other, at)
    ended = given if out else []
    connection.execute(update(links).where(links.c.hash.in_(ended)).values(revoked_at=at))
    connection.execute(update(addresses).where(has).values(participant_id=kept.id))
    facts = {"enrolments": moved, "addresses": ways, "about": about, "set_aside": aside}
    facts |= {"out_of_use": out, "links": ended}
    who = {"kept_id": kept.id, "other_id": other.id}
    connection.execute(insert(merges).values(who | {"merged_at": at, "moved": facts}))
    mark_person_due(connection, kept.id)
    return Merged(kept.code, other.code, len(moved), len(ways), len(aside), out_of_use=len(out))


def _links_of(connection: Connection, numbers: Sequence[int]) -> list[str]:
    """Return the hashes of the working links of some enrolments."""
    works = links.c.enrolment_id.in_(numbers) & links.c.revoked_at.is_(None)
    return list(connection.scalars(select(links.c.hash).where(works).order_by(links.c.hash)))


def _put_out_of_use(
    connection: Connection, kept: Participant, other: Participant, at: datetime
) -> dict[str, list[str | None]]:
    """Put the e-mail addresses of `other` out of use if `kept` has one; return what they were before.

    Chats stay in use: each was linked by a code of the person.
    """
    works = (addresses.c.channel == EMAIL) & (addresses.c.state == AddressState.ACTIVE)
    mine = select(addresses.c.id).where(addresses.c.participant_id == kept.id, works)
    if connection.scalar(mine.limit(1)) is None:
        return {}
    theirs = select(addresses).where(addresses.c.participant_id == other.id, works)
    rows = connection.execute(theirs.order_by(addresses.c.id)).all()
    put_out_of_use(connection, [row.id for row in rows], at)
    return {str(row.id): [row.reason, row.since.isoformat()] for row in rows}


def merged_into(connection: Connection, participant_id: int) -> Participant | None:
    """Return the person an entry was merged into; None if it was not merged."""
    number = connection.scalar(
        select(merges.c.kept_id).where(
            merges.c.other_id == participant_id, merges.c.undone_at.is_(None)
        )
    )
    return get_participant(connection, number) if number is not None else None


def _check(connection: Connection, kept: Participant, other: Participant) -> None:
    if kept.id == other.id:
        raise Conflict("These are the same entry.")
    for one in (kept, other):
        if one.erased_at is not None:
            raise Conflict(f"{one.code} was erased; there is nothing to merge.")
        into = merged_into(connection, one.id)
        if into is not None:
            raise Conflict(f"{one.code} was merged into {into.code} already.")
    if (kept.stopped_at is None) is not (other.stopped_at is None):
        stopped = kept if kept.stopped_at else other
        raise Conflict(
            f"{stopped.code} has asked for no more messages, and the other entry has not. "
            "Ask the person; then let both be the same by /stop or by writing again."
        )


def _loser(
    connection: Connection, mine: Enrolment, theirs: Enrolment
) -> tuple[Enrolment, Enrolment]:
    """Return which of two enrolments is set aside and which stays. Conflict if both have answers."""
    weights = [_weight(connection, one) for one in (mine, theirs)]
    if weights[0][0] and weights[1][0]:
        title = connection.scalar(
            select(workshops.c.title).where(workshops.c.code == mine.workshop_code)
        )
        raise Conflict(
            f"Both entries have answers about {mine.workshop_code} ({title}) as {mine.role}. "
            "One of them must be erased first, or they are two people."
        )
    return (mine, theirs) if weights[1] > weights[0] else (theirs, mine)


def _weight(connection: Connection, enrolment: Enrolment) -> tuple[int, int]:
    """Return the numbers of answers and of contact attempts of an enrolment."""

    def count(table: Table) -> int:
        rows = (
            select(func.count())
            .select_from(table.join(cases, cases.c.id == table.c.case_id))
            .where(cases.c.enrolment_id == enrolment.id)
        )
        return connection.scalar(rows) or 0

    return count(answers) + count(answer_history), count(attempts)


def fingerprint(address: Row[Any]) -> str:
    """Return a hash of an address. SQLite gives the id of a deleted address to the next one."""
    return hashlib.sha256(f"{address.channel}:{address.identifier}".encode()).hexdigest()


def _point_to(connection: Connection, lost: int, stays: int) -> list[tuple[int, int, int]]:
    """Let the enrolments that are about a lost one be about another; return what was changed."""
    about = enrolments.c.about_enrolment_id
    changed = list(connection.scalars(select(enrolments.c.id).where(about == lost)))
    connection.execute(update(enrolments).where(about == lost).values(about_enrolment_id=stays))
    return [(number, lost, stays) for number in changed]


def _set_aside(
    connection: Connection, lost: Enrolment, stays: int
) -> dict[str, list[dict[str, Any]]]:
    """Delete an enrolment with the rows that refer to it; return these rows as JSON.

    Links in letters lead to the enrolment that stays.
    """
    asked = list(connection.scalars(select(cases.c.id).where(cases.c.enrolment_id == lost.id)))
    _keep_told(connection, asked)
    conditions = [
        *((table, table.c.case_id.in_(asked)) for table in OF_CASE),
        *((table, table.c.enrolment_id == lost.id) for table in OF_ENROLMENT),
        (cases, cases.c.id.in_(asked)),
        (enrolments, enrolments.c.id == lost.id),
    ]
    taken = {}
    for table, these in conditions:
        rows = connection.execute(select(table).where(these)).mappings()
        taken[table.name] = [
            {k: v.isoformat() if isinstance(v, datetime) else v for k, v in row.items()}
            for row in rows
        ]
        if table is links:
            connection.execute(update(links).where(these).values(enrolment_id=stays))
        else:
            connection.execute(delete(table).where(these))
    return taken


def _keep_told(connection: Connection, asked: Sequence[int]) -> None:
    """Keep what messages of cases that are set aside have told about other enrolments.

    It is noted with the last message about such an enrolment, or with none, so that nobody is told
    twice.
    """
    arrived = attempts.c.outcome.not_in(NOT_ARRIVED)
    going = select(attempts.c.id).where(attempts.c.case_id.in_(asked), arrived)
    last = (
        select(func.max(attempts.c.id))
        .join(cases, cases.c.id == attempts.c.case_id)
        .where(cases.c.enrolment_id == help_told.c.enrolment_id, cases.c.id.not_in(asked), arrived)
        .correlate(help_told)
        .scalar_subquery()
    )
    told = help_told.c.attempt_id.in_(going)
    connection.execute(update(help_told).where(told).values(attempt_id=last))
