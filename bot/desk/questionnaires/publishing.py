"""Publishing questionnaires: new versions, corrections of texts, and what organisers send in chat.

Each function is one transaction; the command line and the chat both call it.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from sqlalchemy import Connection

from bot.audit import record
from bot.settings.office import Office
from storage.database import Conflict
from storage.instruments.drafts import get_draft, set_published
from storage.instruments.questionnaires import correct, newest, publish
from storage.office.audit import Act
from surveys.authoring.differences import Difference, Kind, differences, reorderings, texts_only
from surveys.authoring.earlier_lists import check_earlier
from surveys.problems import BadInput, Problem
from surveys.questionnaire import Questionnaire

CORRECTIONS = frozenset({Kind.TEXT, Kind.OPTION_TEXT, Kind.LANGUAGE})


@dataclass(frozen=True)
class Publication:
    """What stands published now, whether it is new, and what changed against the one before.

    `warnings` are look-ups in earlier questionnaires that do not have what is looked up.
    """

    questionnaire: Questionnaire
    new: bool
    changes: tuple[Difference, ...] = ()
    warnings: tuple[Problem, ...] = ()

    @property
    def name(self) -> str:
        """Key, version and corrections in words."""
        return named(self.questionnaire)


def named(questionnaire: Questionnaire) -> str:
    """A published questionnaire in words: "M6 version 2, correction 1"."""
    name = f"{questionnaire.key} version {questionnaire.version}"
    return f"{name}, correction {questionnaire.revision}" if questionnaire.revision else name


def publish_version(
    connection: Connection, office: Office, questionnaire: Questionnaire, now: datetime
) -> Publication:
    """Publish as the next version; the same one again changes nothing."""
    before = newest(connection, questionnaire.key)
    stored, new = publish(connection, questionnaire, now)
    changes = all_changes(before, stored) if before and new else ()
    if new:
        record(connection, office, Act.PUBLISHED, named(stored), now, changes=len(changes))
    return Publication(stored, new, changes, missing_look_ups(connection, stored))


def correct_texts(
    connection: Connection, office: Office, questionnaire: Questionnaire, now: datetime
) -> Publication:
    """Correct texts of the newest version, also in interviews that are under way.

    A new language is a correction too: people who waited for it are asked from the next round on.
    Raises BadInput with every change that is more than a text, and Conflict if nothing was
    published yet.
    """
    before = newest(connection, questionnaire.key)
    if before is None:
        raise Conflict(
            f"{questionnaire.key} is not published yet, so there is nothing to correct."
        )
    changes = all_changes(before, questionnaire)
    if not texts_only(before, questionnaire):
        raise BadInput(
            Problem(
                questionnaire.key,
                change.about,
                change.sentence,
                fix="This is more than a correction of texts: publish it without --text-only.",
            )
            for change in changes
            if change.kind not in CORRECTIONS
        )
    if not changes:
        return Publication(before, new=False)
    # Buttons that hang in chats name a language by its number, so new ones come last.
    added = [code for code in questionnaire.languages if code not in before.languages]
    after = questionnaire.model_copy(update={"languages": (*before.languages, *added)})
    corrected = correct(connection, before, after, now)
    record(connection, office, Act.PUBLISHED, named(corrected), now, changes=len(changes))
    return Publication(corrected, True, changes)


def changes_to_come(
    connection: Connection, questionnaire: Questionnaire
) -> tuple[Difference, ...]:
    """What publishing would change against the newest version; nothing where there is none."""
    before = newest(connection, questionnaire.key)
    return all_changes(before, questionnaire) if before else ()


def missing_look_ups(connection: Connection, questionnaire: Questionnaire) -> tuple[Problem, ...]:
    """What it looks up in earlier questionnaires that their newest versions do not have."""
    return check_earlier(questionnaire, partial(newest, connection))


def all_changes(before: Questionnaire, after: Questionnaire) -> tuple[Difference, ...]:
    """All changes of content, then those of order alone."""
    return (*differences(before, after), *reorderings(before, after))


def publish_draft(
    connection: Connection, office: Office, number: int, text_only: bool, now: datetime
) -> Publication:
    """Publish what an organiser sent in, once. Conflict says that it is published already."""
    draft = get_draft(connection, number, lock=True)
    if draft.published_at is not None:
        raise Conflict(
            f"Already published as {draft.questionnaire.key} version {draft.published_version} "
            f"on {draft.published_at:%d %b %H:%M} UTC. Nothing was changed."
        )
    do = correct_texts if text_only else publish_version
    done = do(connection, office, draft.questionnaire, now)
    set_published(connection, number, done.questionnaire.version, now)
    return done
