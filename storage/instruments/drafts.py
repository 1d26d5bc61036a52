"""Drafts: checked questionnaires that organisers sent in, stored until they are published."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from storage.database import NotFound
from storage.schema import questionnaire_drafts as drafts
from surveys.authoring.stored_form import dump, load
from surveys.questionnaire import Questionnaire


@dataclass(frozen=True)
class Draft:
    """A checked questionnaire. `published_version` is set when it was published."""

    id: int
    questionnaire: Questionnaire
    sent_at: datetime
    published_at: datetime | None
    published_version: int | None


def add_draft(connection: Connection, questionnaire: Questionnaire, by: str, at: datetime) -> int:
    """Store a questionnaire sent by a member of staff (by code); return the number of the draft."""
    row = {"body": dump(questionnaire), "sent_by": by, "sent_at": at}
    number: int = connection.execute(
        insert(drafts).values(row).returning(drafts.c.id)
    ).scalar_one()
    return number


def waiting_drafts(connection: Connection, since: datetime) -> list[Draft]:
    """Return the drafts sent since a moment that were not published, newest first."""
    wanted = select(drafts).where(drafts.c.published_at.is_(None), drafts.c.sent_at >= since)
    rows = connection.execute(wanted.order_by(drafts.c.id.desc()))
    return [Draft(row.id, load(row.body), row.sent_at, None, None) for row in rows]


def get_draft(connection: Connection, number: int, *, lock: bool = False) -> Draft:
    """Return a draft, locked if it is going to be published. NotFound if there is none."""
    wanted = select(drafts).where(drafts.c.id == number)
    row = connection.execute(wanted.with_for_update() if lock else wanted).one_or_none()
    if row is None:
        raise NotFound("This draft was deleted. Please send the file again.")
    return Draft(row.id, load(row.body), row.sent_at, row.published_at, row.published_version)


def set_published(connection: Connection, number: int, version: int, at: datetime) -> None:
    """Note that a draft was published as this version."""
    connection.execute(
        update(drafts)
        .where(drafts.c.id == number)
        .values(published_at=at, published_version=version)
    )
