"""Drafts: questionnaires that were sent and checked, and are published on a command, once."""

from datetime import datetime

from sqlalchemy import Connection

from bot.desk.questionnaires.publishing import Publication, correct_texts, publish_version
from bot.settings.office import Office
from bot.wording.days import moment_words
from storage.database import Conflict
from storage.instruments.drafts import add_draft, get_draft, set_published
from surveys.questionnaire import Questionnaire


def save_draft(
    connection: Connection, office: Office, questionnaire: Questionnaire, now: datetime
) -> int:
    """Store a questionnaire that the acting member has sent as a draft; return its number."""
    return add_draft(connection, questionnaire, office.acting, now)


def publish_draft(
    connection: Connection, office: Office, number: int, text_only: bool, now: datetime
) -> Publication:
    """Publish a draft, once. Raise Conflict if it was published before."""
    draft = get_draft(connection, number, lock=True)
    if draft.published_at is not None:
        raise Conflict(
            f"Already published as {draft.questionnaire.key} version {draft.published_version} "
            f"on {moment_words(draft.published_at, office.zone)}. Nothing was changed."
        )
    do = correct_texts if text_only else publish_version
    done = do(connection, office, draft.questionnaire, now)
    set_published(connection, number, done.questionnaire.version, now)
    return done
