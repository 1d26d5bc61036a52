"""The own lists of workshops, and the versions of questionnaires that use them.

A wave pins a version. A later change of the lists makes a new version, so that stored answers keep
their labels.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Connection, Select, delete, insert, select

from storage.instruments.questionnaires import (
    get_questionnaire,
    insert_version,
    newest,
    next_version,
)
from storage.instruments.text_changes import Correction, NewChange, keep_change
from storage.schema import questionnaires, workshop_lists
from surveys.authoring.stored_form import checksum_of
from surveys.authoring.workshop_lists import filled
from surveys.questionnaire import Option, Questionnaire

Lists = dict[str, tuple[Option, ...]]
_OPTIONS = TypeAdapter(tuple[Option, ...])
_LISTS = TypeAdapter(Lists)
_ALL = select(workshop_lists).order_by(workshop_lists.c.workshop_code, workshop_lists.c.list_name)


def lists_of(connection: Connection, workshop_code: str) -> Lists:
    """The own lists of a workshop by name, as they are now."""
    mine = _ALL.where(workshop_lists.c.workshop_code == workshop_code)
    return _by_workshop(connection, mine).get(workshop_code, {})


def all_lists(connection: Connection) -> dict[str, Lists]:
    """The own lists of all workshops, by workshop and name."""
    return _by_workshop(connection, _ALL)


def _by_workshop(connection: Connection, wanted: Select[Any]) -> dict[str, Lists]:
    found: dict[str, Lists] = {}
    for row in connection.execute(wanted):
        options = _OPTIONS.validate_json(row.options)
        found.setdefault(row.workshop_code, {})[row.list_name] = options
    return found


def lists_in(text: str) -> Lists:
    """Return the lists that a stored change has as text."""
    return _LISTS.validate_json(text)


def workshops_with_lists(connection: Connection) -> list[str]:
    """Codes of the workshops that have lists of their own."""
    return list(connection.scalars(select(workshop_lists.c.workshop_code).distinct()))


def put_lists(
    connection: Connection,
    workshop_code: str,
    lists: Lists,
    at: datetime,
    undoes: int | None = None,
    corrected: Sequence[Correction] | None = None,
) -> int:
    """Replace these lists of a workshop; an empty list is deleted. Return the number of the change.

    `corrected` are the versions of open waves that got the same texts; None if they keep theirs.
    """
    stored = lists_of(connection, workshop_code)
    before = _LISTS.dump_json({name: stored.get(name, ()) for name in lists}).decode()
    after = _LISTS.dump_json(lists).decode()
    for name, options in lists.items():
        mine = (workshop_lists.c.workshop_code == workshop_code) & (
            workshop_lists.c.list_name == name
        )
        connection.execute(delete(workshop_lists).where(mine))
        if options:
            body = _OPTIONS.dump_json(options).decode()
            connection.execute(
                insert(workshop_lists).values(
                    workshop_code=workshop_code, list_name=name, options=body, changed_at=at
                )
            )
    open_too = corrected is not None
    versions = tuple(corrected or ())
    change = NewChange(before, after, at, None, workshop_code, undoes, open_too, versions)
    return keep_change(connection, change)


def questionnaire_for(
    connection: Connection, workshop_code: str, key: str, at: datetime
) -> Questionnaire | None:
    """Return what a workshop is asked now: the newest version with the workshop's own lists.

    A version with these lists is stored when it is first needed. None if the questionnaire was never
    published.
    """
    number = next_version(connection, key)
    base = newest(connection, key)
    if base is None:
        return None
    own = filled(base, lists_of(connection, workshop_code))
    if own is base:
        return base
    known = connection.scalar(
        select(questionnaires.c.version)
        .where(
            questionnaires.c.key == key,
            questionnaires.c.workshop_code == workshop_code,
            questionnaires.c.base_version == base.version,
            questionnaires.c.checksum == checksum_of(own),
        )
        .order_by(questionnaires.c.version.desc())
    )
    if known is not None:
        return get_questionnaire(connection, key, known)
    return insert_version(connection, own, number, at, (base.version, workshop_code))
