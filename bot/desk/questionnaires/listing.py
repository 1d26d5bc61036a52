"""All questionnaires as the office sees them: the newest version of each, and where it is asked."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.desk.questionnaires.publishing import all_changes
from bot.settings.office import Office
from storage.fieldwork.plans import office_plans
from storage.fieldwork.waves import all_open_waves
from storage.instruments.questionnaires import (
    Published,
    get_questionnaire,
    list_questionnaires,
    newest,
)
from surveys.authoring.differences import Difference
from surveys.authoring.packaged import packaged_keys
from surveys.planning.plan import Plan
from surveys.questionnaire import Questionnaire


@dataclass(frozen=True)
class Listed:
    """The newest version of a questionnaire, when it was published, and what asks it."""

    questionnaire: Questionnaire
    published_at: datetime
    packaged: bool
    plans: tuple[str, ...]
    open_now: int


@dataclass(frozen=True)
class Version:
    """A published version; `newest` is the one that waves ask which open from now on.

    `workshop` is the workshop whose own lists it asks.
    """

    version: int
    revision: int
    published_at: datetime
    workshop: str | None
    newest: bool


def listed_questionnaires(connection: Connection, office: Office) -> list[Listed]:
    """Return all questionnaires, those of the office before those that come with the project."""
    plans = {**office.rules.plans, **office_plans(connection)}
    waves = Counter(wave.questionnaire_key for wave in all_open_waves(connection))
    last = {one.key: one for one in list_questionnaires(connection) if one.workshop is None}
    packaged = packaged_keys()
    found = [
        Listed(
            questionnaire,
            one.published_at,
            key in packaged,
            tuple(name for name, plan in plans.items() if _asks(plan, key)),
            waves[key],
        )
        for key, one in last.items()
        if (questionnaire := newest(connection, key)) is not None
    ]
    return sorted(found, key=lambda one: (one.packaged, one.questionnaire.key))


def _asks(plan: Plan, key: str) -> bool:
    return any(wave.questionnaire == key for wave in plan.waves)


def versions_of(connection: Connection, key: str) -> list[Version]:
    """Return the versions of a questionnaire, newest first."""
    rows = [one for one in list_questionnaires(connection) if one.key == key]
    last = max((one.version for one in rows if one.workshop is None), default=0)
    return [_version(one, last) for one in reversed(rows)]


def _version(one: Published, last: int) -> Version:
    is_last = one.version == last
    return Version(one.version, one.revision, one.published_at, one.workshop, is_last)


def changes_between(
    connection: Connection, key: str, earlier: int, later: int
) -> tuple[Difference, ...]:
    """Return what changed from one version to another, each with what it means for answers given."""
    before = get_questionnaire(connection, key, earlier)
    return all_changes(before, get_questionnaire(connection, key, later))
