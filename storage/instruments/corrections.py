"""Corrections of the texts of published questionnaires: stored, and taken back.

A correction is a revision of a version; the one before it keeps the texts of before.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, select

from storage.instruments.questionnaires import get_questionnaire, insert_revision, parsed
from storage.instruments.text_changes import Correction
from storage.schema import questionnaires as table
from surveys.authoring.putting_back import TextsBack, texts_back
from surveys.authoring.stored_form import checksum_of
from surveys.authoring.workshop_lists import Lists, corrected, retold
from surveys.questionnaire import Questionnaire


def correct(
    connection: Connection, before: Questionnaire, questionnaire: Questionnaire, at: datetime
) -> list[Questionnaire]:
    """Store corrected texts of a published version; the caller has checked that only texts differ.

    Versions with a workshop's lists made from it are corrected too. Interviews under way ask the
    corrected texts from their next question on. Return what was stored, the version itself first.
    """
    found = [insert_revision(connection, before, questionnaire, at, (None, None))]
    made_of_it = select(table.c.version, table.c.workshop_code).where(
        table.c.key == before.key, table.c.base_version == before.version, table.c.revision == 0
    )
    for row in connection.execute(made_of_it).all():
        variant = get_questionnaire(connection, before.key, row.version)
        after = corrected(variant, before, questionnaire)
        if _differ(variant, after):
            made_of = (before.version, row.workshop_code)
            found.append(insert_revision(connection, variant, after, at, made_of))
    return found


class MadeSince(NamedTuple):
    """The versions with a workshop's lists made since a moment, but for those already corrected."""

    at: datetime
    corrected: Sequence[Correction]


def correct_lists(
    connection: Connection,
    workshop_code: str,
    before: Lists,
    after: Lists,
    at: datetime,
    since: MadeSince | None = None,
) -> list[Questionnaire]:
    """Store corrected texts of a workshop's lists in all versions that use them; return those versions.

    `since` says in which of them only. The caller has checked that only texts differ.
    """
    return [
        insert_revision(connection, variant, told, at, (base, workshop_code))
        for variant, told, base in _retold(connection, workshop_code, (before, after), since)
    ]


def may_correct_lists(
    connection: Connection, workshop_code: str, before: Lists, after: Lists, since: MadeSince
) -> bool:
    """Return whether correcting the texts of a workshop's lists would change a version."""
    return any(_retold(connection, workshop_code, (before, after), since))


def _retold(
    connection: Connection, code: str, texts: tuple[Lists, Lists], since: MadeSince | None
) -> Iterator[tuple[Questionnaire, Questionnaire, int | None]]:
    """Return versions that corrected texts of lists change, the corrected ones, and what made them."""
    mine = (table.c.workshop_code == code) & (table.c.revision == 0)
    if since:
        mine &= table.c.published_at >= since.at
    done = {(one.key, one.version) for one in since.corrected} if since else set()
    with_lists = select(table.c.key, table.c.version, table.c.base_version).where(mine)
    for row in connection.execute(with_lists.order_by(table.c.key, table.c.version)).all():
        variant = get_questionnaire(connection, row.key, row.version)
        told = retold(variant, *texts)
        if (row.key, row.version) not in done and _differ(variant, told):
            yield variant, told, row.base_version


def put_texts_back(
    connection: Connection, corrections: Sequence[Correction], at: datetime
) -> tuple[list[Questionnaire], tuple[str, ...]]:
    """Take corrections of versions back, but for texts that were changed since, in new corrections.

    Return what was stored, and the names of the texts that stay.
    """
    found: list[Questionnaire] = []
    kept: dict[str, None] = {}
    for present, told in _told_back(connection, corrections):
        kept.update(dict.fromkeys(told.kept))
        if _differ(present, told.questionnaire):
            made_of = _made_of(connection, correction_of(present))
            found.append(insert_revision(connection, present, told.questionnaire, at, made_of))
    return found, tuple(kept)


def may_put_texts_back(connection: Connection, corrections: Sequence[Correction]) -> bool:
    """Return whether taking corrections back would change a text."""
    told_back = _told_back(connection, corrections)
    return any(_differ(present, told.questionnaire) for present, told in told_back)


def _told_back(
    connection: Connection, corrections: Sequence[Correction]
) -> Iterator[tuple[Questionnaire, TextsBack]]:
    """Return corrected versions, and those made of them since, each with its texts of before."""
    known = {(one.key, one.version) for one in corrections}
    for one in corrections:
        present = get_questionnaire(connection, one.key, one.version)
        before = _corrected_to(connection, one._replace(revision=one.revision - 1))
        told = texts_back(present, before, _corrected_to(connection, one))
        yield present, told
        for number in _made_since(connection, one):
            if (one.key, number) not in known:
                variant = get_questionnaire(connection, one.key, number)
                yield variant, TextsBack(corrected(variant, present, told.questionnaire))


def _made_since(connection: Connection, one: Correction) -> list[int]:
    """Return the versions with a workshop's lists that were made of a version after its correction."""
    at = select(table.c.published_at).where(_is(one)).scalar_subquery()
    of_it = (table.c.key == one.key) & (table.c.base_version == one.version)
    made = select(table.c.version).where(of_it, table.c.revision == 0, table.c.published_at >= at)
    return list(connection.scalars(made.order_by(table.c.version)))


def _differ(one: Questionnaire, other: Questionnaire) -> bool:
    return checksum_of(one) != checksum_of(other)


def correction_of(stored: Questionnaire) -> Correction:
    """Return which correction a stored version is."""
    return Correction(stored.key, stored.version, stored.revision)


def _corrected_to(connection: Connection, one: Correction) -> Questionnaire:
    """Return a version with the texts that it had after a correction; 0 is the version itself."""
    return parsed(connection.execute(select(table.c.body).where(_is(one))).scalar_one())


def _made_of(connection: Connection, one: Correction) -> tuple[int | None, str | None]:
    made_of = select(table.c.base_version, table.c.workshop_code).where(_is(one))
    row = connection.execute(made_of).one()
    return row.base_version, row.workshop_code


def _is(one: Correction) -> ColumnElement[bool]:
    named = (table.c.key == one.key) & (table.c.version == one.version)
    return named & (table.c.revision == one.revision)
