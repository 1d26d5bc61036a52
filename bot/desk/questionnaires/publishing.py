"""Publishing questionnaires: new versions, and corrections of texts.

Each function is one transaction.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from sqlalchemy import Connection

from bot.audit import record
from bot.settings.office import Office
from storage.database import Conflict
from storage.instruments.corrections import correct, correction_of
from storage.instruments.questionnaires import (
    get_questionnaire,
    list_questionnaires,
    newest,
    publish,
)
from storage.instruments.text_changes import NewChange, keep_change
from storage.office.audit import Act
from surveys.authoring.carrying import carried
from surveys.authoring.differences import Difference, Kind, differences, texts_only
from surveys.authoring.earlier_lists import check_earlier
from surveys.authoring.reordering import reorderings
from surveys.items import type_of
from surveys.items.base import Shape
from surveys.problems import BadInput, Problem
from surveys.questionnaire import Questionnaire

OPEN_TOO = "Interviews under way show the corrected texts from their next question on."
EARLIER_TEXTS = "Interviews under way show the earlier texts from their next question on."
MORE_THAN_TEXTS = "This is more than a correction of texts: publish it without --text-only."
OTHER_LISTS = "The file has other lists of choices, which no question asks."
FILES_OFF = "It asks for a file and is not asked, because this office does not ask for files."
FILES_ON = "An administrator can set files.ask_participants in the configuration."
CORRECTIONS = frozenset({Kind.TEXT, Kind.OPTION_TEXT, Kind.LANGUAGE})


@dataclass(frozen=True)
class Publication:
    """A published questionnaire, whether it is new, and its changes against the version before.

    `warnings` are look-ups of items that earlier questionnaires do not have, and files not asked for.
    """

    questionnaire: Questionnaire
    new: bool
    changes: tuple[Difference, ...] = ()
    warnings: tuple[Problem, ...] = ()
    before: int = 0
    """The version that was the newest before; 0 if there was none."""
    number: int = 0
    """The number of a correction of texts, by which it is taken back; 0 for a version."""

    @property
    def name(self) -> str:
        """Key, version and correction in words."""
        return named(self.questionnaire)


def named(questionnaire: Questionnaire) -> str:
    """Return the name of a published questionnaire: "M6 version 2, correction 1"."""
    name = f"{questionnaire.key} version {questionnaire.version}"
    return f"{name}, correction {questionnaire.revision}" if questionnaire.revision else name


def publish_version(
    connection: Connection, office: Office, questionnaire: Questionnaire, now: datetime
) -> Publication:
    """Publish a questionnaire as the next version; an unchanged one stays as it is.

    Texts that did not change keep the translations of the version before.
    """
    before = newest(connection, questionnaire.key)
    told = carried(before, questionnaire).questionnaire if before else questionnaire
    return _published(connection, office, before, told, now)


def publish_again(
    connection: Connection, office: Office, key: str, version: int, now: datetime, over: int = 0
) -> Publication:
    """Publish an earlier version as the next one. Raise Conflict for one with a workshop's lists.

    `over` is the version that this takes back: Conflict if another was published since.
    """
    before = newest(connection, key)
    if over and before is not None and before.version != over:
        raise Conflict(f"{key} version {before.version} was published since. Nothing was changed.")
    earlier = get_questionnaire(connection, key, version)
    made_of = {(one.key, one.version): one.workshop for one in list_questionnaires(connection)}
    workshop = made_of[key, version]
    if workshop is not None:
        raise Conflict(
            f"{key} version {version} has the lists of {workshop}. Publish the version it is of."
        )
    return _published(connection, office, before, earlier, now)


def _published(
    connection: Connection,
    office: Office,
    before: Questionnaire | None,
    told: Questionnaire,
    now: datetime,
) -> Publication:
    stored, new = publish(connection, told, now)
    changes = all_changes(before, stored) if before and new else ()
    if new:
        record(connection, office, Act.PUBLISHED, named(stored), now, changes=len(changes))
    number = before.version if before else 0
    return Publication(stored, new, changes, doubts(connection, office, stored), number)


def correct_texts(
    connection: Connection, office: Office, questionnaire: Questionnaire, now: datetime
) -> Publication:
    """Correct texts of the newest version, also in interviews under way.

    A new language is a correction too: people who waited for it are invited from the next round on.
    Raise BadInput with all changes that are more than texts, and Conflict if nothing is published
    yet.
    """
    before = newest(connection, questionnaire.key)
    if before is None:
        raise Conflict(
            f"{questionnaire.key} is not published yet, so there is nothing to correct."
        )
    questionnaire = carried(before, questionnaire, corrects=True).questionnaire
    changes = all_changes(before, questionnaire)
    if not texts_only(before, questionnaire):
        raise BadInput(_more_than_texts(before.key, changes))
    if not changes:
        return Publication(before, new=False)
    # Buttons in old messages name a language by its number, so new ones come last.
    added = [code for code in questionnaire.languages if code not in before.languages]
    after = questionnaire.model_copy(update={"languages": (*before.languages, *added)})
    corrected = correct(connection, before, after, now)
    number = keep_correction(connection, before.key, corrected, now)
    counts = {"changes": len(changes), "change": number}
    record(connection, office, Act.PUBLISHED, named(corrected[0]), now, **counts)
    return Publication(corrected[0], True, changes, number=number)


def _more_than_texts(key: str, changes: Sequence[Difference]) -> list[Problem]:
    """Return what a file changes beside texts, at least one problem."""
    refused = [
        Problem(key, change.about, change.sentence, fix=MORE_THAN_TEXTS)
        for change in changes
        if change.kind not in CORRECTIONS
    ]
    return refused or [Problem(key, "", OTHER_LISTS, fix=MORE_THAN_TEXTS)]


def keep_correction(
    connection: Connection,
    key: str,
    corrected: Sequence[Questionnaire],
    now: datetime,
    undoes: int | None = None,
) -> int:
    """Note which versions a correction of a questionnaire has changed; return its number."""
    versions = tuple(correction_of(one) for one in corrected)
    new = NewChange("", "", now, None, None, undoes, True, versions, questionnaire=key)
    return keep_change(connection, new)


def missing_look_ups(connection: Connection, questionnaire: Questionnaire) -> tuple[Problem, ...]:
    """Return the look-ups of items that the newest versions of earlier questionnaires do not have."""
    return check_earlier(questionnaire, partial(newest, connection))


def doubts(
    connection: Connection, office: Office, questionnaire: Questionnaire
) -> tuple[Problem, ...]:
    """Return what is worth a look: missing look-ups, and files that the office does not ask for."""
    missing = missing_look_ups(connection, questionnaire)
    return missing if office.files.asked else (*missing, *_not_asked(questionnaire))


def _not_asked(questionnaire: Questionnaire) -> Iterator[Problem]:
    for item in questionnaire.items:
        if type_of(item.type).shape is Shape.FILE:
            place = f"question {item.name}"
            yield Problem(questionnaire.key, place, FILES_OFF, severity="warning", fix=FILES_ON)


def all_changes(before: Questionnaire, after: Questionnaire) -> tuple[Difference, ...]:
    """Return all changes of content, then those of order only."""
    return (*differences(before, after), *reorderings(before, after))
