"""The copy for the trainers of a workshop: what people and administrations need from it.

It is a published version like any other for readers outside, made and taken back in one step.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from bot.desk.reports.choices import Wishes, file_name
from bot.desk.reports.handing_out import TRAINER, check_for_trainers
from bot.desk.reports.report_status import get_status, set_status
from bot.desk.reports.reporting import reports_of
from bot.desk.reports.scopes import survey_scope
from bot.settings.office import Office
from storage.database import Conflict, Database, NotFound
from storage.fieldwork.waves import Wave, find_wave, waves_of
from storage.fieldwork.workshops import get_workshop
from surveys.days import span_text
from surveys.people import Role
from surveys.wording import ENGLISH
from surveys.workshop import Workshop

FORM = "pdf"
NOT_OVER = (
    "{code} {wave} is open until {day}. The copy for the trainers is made when it is over: copies of "
    "different days would tell who answered in between."
)
NEWER = "{scope} has version {version} by now, so version {wanted} was not taken back."


@dataclass(frozen=True)
class TrainersCopy:
    """A file for the trainers. `version` is that of its survey, and `new` if it was made now."""

    name: str
    content: bytes
    version: int
    new: bool


def asks_before(wave: Wave, workshop: Workshop) -> bool:
    """Return whether a wave asks before the workshop, those who come or their administrations."""
    asked = wave.role in (Role.PARTICIPANT, Role.CONTACT_POINT)
    return asked and wave.opens_on < workshop.starts_on


@dataclass(frozen=True)
class ForTrainers:
    """A survey of which there can be a copy. `version` is that which trainers get; 0 if none."""

    key: str
    closes_on: date
    over: bool
    version: int


def surveys_for_trainers(connection: Connection, code: str) -> list[ForTrainers]:
    """Return the surveys that ask before a workshop and have opened, by their last days."""
    workshop = get_workshop(connection, code)
    waves = waves_of(connection, code).values()
    found = [one for one in waves if one.opened_at and asks_before(one, workshop)]
    return [
        ForTrainers(one.key, one.closes_on, one.closed_at is not None, _published(connection, one))
        for one in sorted(found, key=lambda one: one.closes_on)
    ]


def _published(connection: Connection, wave: Wave) -> int:
    stood = get_status(connection, survey_scope(wave.workshop_code, wave.key)).report_status
    return stood.version if stood.published else 0


def copy_for_trainers(
    database: Database, office: Office, code: str, key: str, now: datetime
) -> TrainersCopy:
    """Return the copy for the trainers of a survey that is over, and present it where it is not yet.

    Raise Conflict for a survey that is open or that does not ask before the workshop, and after the
    last day of the workshop.
    """
    wishes, scope = Wishes(TRAINER, survey=key), survey_scope(code, key)
    database.read(_check, code, key, wishes, office.day_of(now))
    stood, changed = database.read(get_status, scope), False
    if not stood.report_status.final:
        stood = set_status(database, office, scope, ("presented", None), now)
        changed = stood.changed
    content = reports_of(database, office, [code], [FORM], now, wishes)[FORM]
    name = file_name(f"{code} {key}", FORM, wishes)
    return TrainersCopy(name, content, stood.report_status.version, changed)


def take_back(database: Database, office: Office, scope: str, version: int, now: datetime) -> bool:
    """Make a version of a survey a draft again, so that no more copies of it are made.

    Return whether that changed anything. Raise Conflict if there is a later version.
    """
    stood = database.read(get_status, scope).report_status
    if stood.status == "draft":
        return False
    if stood.version != version or stood.final:
        raise Conflict(NEWER.format(scope=scope, version=stood.version, wanted=version))
    set_status(database, office, scope, ("draft", None), now)
    return True


def _check(connection: Connection, code: str, key: str, wishes: Wishes, today: date) -> None:
    workshop, wave = get_workshop(connection, code), find_wave(connection, code, key)
    if wave is None or wave.opened_at is None or not asks_before(wave, workshop):
        raise NotFound(f"{code} {key} was not asked before the workshop.")
    if wave.closed_at is None:
        day = span_text(wave.closes_on, wave.closes_on, ENGLISH)
        raise Conflict(NOT_OVER.format(code=code, wave=key, day=day))
    check_for_trainers(connection, [code], wishes, today)
