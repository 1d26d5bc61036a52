"""The versions of reports that readers outside the office got: their files and their cut-offs.

A stored file is never changed: whoever asks again gets the same bytes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from hashlib import sha256

from sqlalchemy import ColumnElement, Connection, Row, func, insert, select

from storage.schema import cases, enrolments, participants, report_cut_offs, report_files, waves

FIGURES = "json"
"""The form that holds the figures of a report, from which its other forms are made."""
TOLD = "told"
"""The form that holds what a report tells of each question, for reports made later. Nobody gets it."""


@dataclass(frozen=True)
class Edition:
    """A version of the report on a scope as one audience gets it, in one language.

    `status` and `level` are printed on it; its figures do not depend on them.
    """

    scope: str
    version: int
    status: str
    level: str
    audience: str
    whom: str
    language: str


@dataclass(frozen=True)
class StoredFile:
    """A file that was handed out: which edition, in which form, its bytes, and when it was made.

    Files have numbers in the order in which they were stored.
    """

    number: int
    edition: Edition
    form: str
    content: bytes
    sha256: str
    made_at: datetime

    @property
    def intact(self) -> bool:
        """Whether the bytes are those that were stored."""
        return sha256(self.content).hexdigest() == self.sha256


@dataclass(frozen=True)
class CutOff:
    """Until when a version of the report on a scope counts a wave of a workshop."""

    scope: str
    version: int
    workshop: str
    wave: str
    at: datetime


@dataclass(frozen=True)
class ErasedCase:
    """The case of somebody who was erased, without anything that was told."""

    workshop: str
    wave: str
    participant: int
    administration: str
    at: datetime


def keep_files(
    connection: Connection, edition: Edition, made: Mapping[str, bytes], by: str, at: datetime
) -> dict[str, bytes]:
    """Store the files of an edition by their forms, and return them; one stored before stays."""
    kept = _all_of(connection, edition)
    for form, content in made.items():
        if form not in kept:
            values = {"form": form, "content": content, "made_by": by, "made_at": at}
            told = asdict(edition) | {"sha256": sha256(content).hexdigest()}
            connection.execute(insert(report_files).values(told | values))
    return {form: kept[form].content if form in kept else made[form] for form in made}


def files_of(connection: Connection, edition: Edition) -> dict[str, StoredFile]:
    """Return the stored files of an edition by their forms, without what nobody gets."""
    return {form: one for form, one in _all_of(connection, edition).items() if form != TOLD}


def _all_of(connection: Connection, edition: Edition) -> dict[str, StoredFile]:
    same = (report_files.c[name] == value for name, value in asdict(edition).items())
    rows = connection.execute(select(report_files).where(*same))
    return {row.form: _stored(row) for row in rows}


def file_of(connection: Connection, edition: Edition, form: str) -> StoredFile | None:
    """Return the stored file of an edition in one form; None if there is none."""
    same = (report_files.c[name] == value for name, value in asdict(edition).items())
    wanted = select(report_files).where(*same, report_files.c.form == form)
    row = connection.execute(wanted).one_or_none()
    return _stored(row) if row else None


def figures_of(connection: Connection, edition: Edition) -> StoredFile | None:
    """Return the figures of an edition as they were first made, under whatever status or level."""
    same = (
        report_files.c[name] == value
        for name, value in asdict(edition).items()
        if name not in ("status", "level")
    )
    chosen = select(report_files).where(*same, report_files.c.form == FIGURES)
    row = connection.execute(chosen.order_by(report_files.c.id).limit(1)).one_or_none()
    return _stored(row) if row else None


def files_on(connection: Connection, scope: str) -> list[StoredFile]:
    """Return all files of the report on a scope that were handed out, the oldest first."""
    this = (report_files.c.scope == scope, report_files.c.form != TOLD)
    rows = connection.execute(select(report_files).where(*this).order_by(report_files.c.id))
    return [_stored(row) for row in rows]


def _stored(row: Row[tuple[object, ...]]) -> StoredFile:
    edition = Edition(**{one.name: row._mapping[one.name] for one in fields(Edition)})
    return StoredFile(row.id, edition, row.form, row.content, row.sha256, row.made_at)


def scopes_with_files(connection: Connection) -> list[str]:
    """Return the scopes of which a file was handed out."""
    column = report_files.c.scope
    return list(connection.scalars(select(column).distinct().order_by(column)))


def put_cut_offs(
    connection: Connection, scope: str, version: int, at: Mapping[tuple[str, str], datetime]
) -> None:
    """Store until when a version counts each workshop and wave; what was stored for it stays."""
    known = cut_offs_of(connection, scope, version)
    for (workshop, wave), moment in at.items():
        if (workshop, wave) not in known:
            values = {"workshop": workshop, "wave": wave, "cut_off_at": moment}
            row = {"scope": scope, "version": version} | values
            connection.execute(insert(report_cut_offs).values(row))


def cut_offs_of(
    connection: Connection, scope: str, version: int
) -> dict[tuple[str, str], datetime]:
    """Return until when a version counts each wave, by workshop and key of the wave."""
    this = (report_cut_offs.c.scope == scope, report_cut_offs.c.version == version)
    return {(one.workshop, one.wave): one.at for one in _cut_offs(connection, *this)}


def all_cut_offs(connection: Connection) -> list[CutOff]:
    """Return the cut-offs of all versions of all scopes."""
    return _cut_offs(connection)


def _cut_offs(connection: Connection, *where: ColumnElement[bool]) -> list[CutOff]:
    table = report_cut_offs.c
    rows = connection.execute(
        select(report_cut_offs)
        .where(*where)
        .order_by(table.scope, table.version, table.workshop, table.wave)
    )
    return [CutOff(*row) for row in rows]


def erased_cases(
    connection: Connection, workshops: Sequence[str] | None, since: datetime
) -> list[ErasedCase]:
    """Return the cases, in some workshops or in all, that are in no figure since after a moment.

    Their people were erased or removed, or the cases set aside.
    """
    ends = (participants.c.erased_at, enrolments.c.removed_at, cases.c.set_aside_at)
    gone_at = func.coalesce(*ends)
    query = (
        select(
            waves.c.workshop_code,
            waves.c.key,
            enrolments.c.participant_id,
            enrolments.c.administration_code,
            gone_at,
        )
        .join(cases, cases.c.wave_id == waves.c.id)
        .join(enrolments, enrolments.c.id == cases.c.enrolment_id)
        .join(participants, participants.c.id == enrolments.c.participant_id)
        .where(gone_at > since)
        .order_by(cases.c.id)
    )
    if workshops is not None:
        query = query.where(waves.c.workshop_code.in_(list(workshops)))
    return [ErasedCase(*row) for row in connection.execute(query)]
