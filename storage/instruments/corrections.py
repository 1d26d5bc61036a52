"""Corrections of the texts of published questionnaires: stored, and taken back.

A correction is a revision of a version; the one before it keeps the texts of before.
"""

from collections.abc import Sequence
from datetime import datetime

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
        if checksum_of(after) != checksum_of(variant):
            made_of = (before.version, row.workshop_code)
            found.append(insert_revision(connection, variant, after, at, made_of))
    return found


def correct_lists(
    connection: Connection, workshop_code: str, before: Lists, after: Lists, at: datetime
) -> list[Questionnaire]:
    """Store corrected texts of a workshop's lists in all versions that use them; return those versions.

    The caller has checked that only texts differ.
    """
    with_lists = select(table.c.key, table.c.version, table.c.base_version).where(
        table.c.workshop_code == workshop_code, table.c.revision == 0
    )
    found = []
    for row in connection.execute(with_lists.order_by(table.c.key, table.c.version)).all():
        variant = get_questionnaire(connection, row.key, row.version)
        told = retold(variant, before, after)
        if checksum_of(told) != checksum_of(variant):
            made_of = (row.base_version, workshop_code)
            found.append(insert_revision(connection, variant, told, at, made_of))
    return found


def put_texts_back(
    connection: Connection, corrections: Sequence[Correction], at: datetime
) -> tuple[list[Questionnaire], tuple[str, ...]]:
    """Take corrections of versions back, but for texts that were changed since, in new corrections.

    Return what was stored, and the names of the texts that stay.
    """
    found: list[Questionnaire] = []
    kept: dict[str, None] = {}
    for one in corrections:
        present, told = (
            get_questionnaire(connection, one.key, one.version),
            _told_back(connection, one),
        )
        kept.update(dict.fromkeys(told.kept))
        if checksum_of(told.questionnaire) != checksum_of(present):
            made_of = _made_of(connection, one)
            found.append(insert_revision(connection, present, told.questionnaire, at, made_of))
    return found, tuple(kept)


def may_put_texts_back(connection: Connection, corrections: Sequence[Correction]) -> bool:
    """Return whether taking corrections back would change a text."""
    return any(
        checksum_of(_told_back(connection, one).questionnaire)
        != checksum_of(get_questionnaire(connection, one.key, one.version))
        for one in corrections
    )


def _told_back(connection: Connection, one: Correction) -> TextsBack:
    present = get_questionnaire(connection, one.key, one.version)
    before = _corrected_to(connection, one._replace(revision=one.revision - 1))
    return texts_back(present, before, _corrected_to(connection, one))


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
