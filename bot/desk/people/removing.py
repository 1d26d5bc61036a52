"""Take one person off a workshop, and put them back: a wrong list, or somebody who did not come.

The answers stay with the office and are in no report. Each function is one transaction.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from bot.audit import record
from bot.desk.people.acts import Done, enrolments_there, person_for
from bot.fieldwork.closing import close_late
from bot.settings.office import Office
from bot.wording.counts import counted
from bot.wording.days import day_at
from storage.fieldwork.answers import answers_of
from storage.fieldwork.cases import cases_of
from storage.fieldwork.next_contact import refresh_person
from storage.office.audit import Act
from storage.people.participants import get_participant
from storage.people.removals import set_removed, set_restored, supervisors_of
from surveys.people import Enrolment, RemovalReason


def remove_person(
    connection: Connection,
    office: Office,
    where: tuple[str, str],
    why: RemovalReason,
    now: datetime,
) -> Done:
    """Take a person off a workshop; `where` is the workshop and the person, by code."""
    person = person_for(connection, where[1])
    here = enrolments_there(connection, where[0], person)
    workshop = here[0].workshop_code
    gone = [one for one in here if set_removed(connection, one.id, why, now)]
    if not gone:
        before = _removed_before(here[0], office.zone)
        said = f"{person.code} is removed from {workshop} already, {before}. Nothing was changed."
        return Done(person.code, said)
    refresh_person(connection, person.id, office.rules, now)
    about = f"{person.code} {workshop} {why}"
    record(connection, office, Act.PERSON_REMOVED, about, now, enrolments=len(gone))
    told = [f"{person.code} is removed from {workshop}.", _kept(connection, gone)]
    told += _supervised(connection, gone)
    undo = f"followup participant restore {workshop} {person.code}"
    return Done(person.code, " ".join(filter(None, told)), undo)


def _removed_before(enrolment: Enrolment, zone: str) -> str:
    since = f"since {day_at(enrolment.removed_at, zone)} " if enrolment.removed_at else ""
    return f"{since}({enrolment.removed_why})"


def restore_person(
    connection: Connection, office: Office, where: tuple[str, str], now: datetime
) -> Done:
    """Put a removed person back into a workshop; `where` is the workshop and the person, by code."""
    person = person_for(connection, where[1])
    here = enrolments_there(connection, where[0], person)
    workshop, why = here[0].workshop_code, here[0].removed_why
    back = [one for one in here if set_restored(connection, one.id)]
    if not back:
        return Done(person.code, f"{person.code} is in {workshop}. Nothing was changed.")
    close_late(connection, office, person.id, now)
    refresh_person(connection, person.id, office.rules, now)
    about = f"{person.code} {workshop}"
    record(connection, office, Act.PERSON_RESTORED, about, now, enrolments=len(back))
    undo = f"followup participant remove {workshop} {person.code} --why {why}"
    return Done(person.code, f"{person.code} is in {workshop} again, with all answers.", undo)


def _kept(connection: Connection, gone: Sequence[Enrolment]) -> str:
    """Return how many answers stay with the office; '' if there are none."""
    numbers = [number for one in gone for number in cases_of(connection, one.id)]
    given = answers_of(connection, numbers).values()
    total = sum(1 for answers in given for one in answers.values() if one.value)
    stay = counted(total, "answer stays", "answers stay")
    return f"{stay} with the office, in no report." if total else ""


def _supervised(connection: Connection, gone: Sequence[Enrolment]) -> list[str]:
    """Return who is asked about a removed participant as the supervisor, to be removed too."""
    asked = supervisors_of(connection, [one.id for one in gone])
    codes = [get_participant(connection, number).code for number in asked]
    return (
        [f"Supervisor: {', '.join(codes)}; no new questionnaire is sent there."] if codes else []
    )
