"""The versions of reports that readers outside the office have, with what these told them."""

from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import Connection, case, func, select

from storage.office.report_versions import FIGURES, TOLD
from storage.schema import report_files, report_statuses

_BUT_FIGURES = (
    *(report_files.c[name] for name in ("scope", "version", "audience", "whom", "language")),
    report_files.c.sha256,
    case((report_files.c.form == TOLD, report_files.c.content)).label("told"),
)


@dataclass(frozen=True)
class HandedOut:
    """A version of the report on a scope that was handed out, with what is stored of what it told.

    It is `complete` if that was stored for each of its audiences.
    """

    scope: str
    version: int
    told: tuple[bytes, ...]
    complete: bool


def handed_out_until(connection: Connection, before: int | None) -> list[HandedOut]:
    """Return the versions that were handed out, in their order; only those `before` a stored file.

    What they told is left out where it was altered since.
    """
    table = report_files.c
    query = select(*_BUT_FIGURES).where(table.form.in_((FIGURES, TOLD))).order_by(table.id)
    if before is not None:
        query = query.where(table.id < before)
    made: dict[tuple[str, int], dict[tuple[str, str, str], list[bytes]]] = {}
    for row in connection.execute(query):
        version = made.setdefault((row.scope, row.version), {})
        told = version.setdefault((row.audience, row.whom, row.language), [])
        if row.told is not None and sha256(row.told).hexdigest() == row.sha256:
            told.append(row.told)
    return [
        HandedOut(
            *key, tuple(one for told in theirs.values() for one in told), all(theirs.values())
        )
        for key, theirs in made.items()
    ]


def newest_told(connection: Connection) -> int:
    """Return the number of the newest file that says what a report told; 0 if there is none."""
    told = select(func.max(report_files.c.id)).where(report_files.c.form == TOLD)
    return connection.scalar(told) or 0


def lock_hand_outs(connection: Connection) -> None:
    """Let nobody else hand out a report until the end of the transaction."""
    first = select(report_statuses.c.id).order_by(report_statuses.c.id).limit(1)
    connection.execute(first.with_for_update())
