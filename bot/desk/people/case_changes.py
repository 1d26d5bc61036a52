"""Changes of one case: set aside, put back, opened again, its answers moved to another workshop.

Each function is one transaction. With `dry_run` it only says what it would do. The person is told each
change in one sentence in their chat.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from bot.audit import record
from bot.desk.people.cases import check_asked
from bot.desk.people.telling import asked_here, chats_about
from bot.settings.office import Office
from bot.wording import case_messages
from bot.wording.counts import counted
from bot.wording.days import day_words
from storage.database import Conflict
from storage.due_workshops import mark_wave_due, plan_due
from storage.fieldwork import case_changes
from storage.fieldwork.case_files import CaseFile, load_file
from storage.fieldwork.contact_points import cases_beside
from storage.fieldwork.next_contact import refresh, refresh_person
from storage.office.audit import Act
from storage.office.notices import tell_again
from storage.people.participants import lock_participant
from surveys.days import day_text
from surveys.wording import Words

DAYS_OPEN = 14
"""How long a case is opened again if nobody says how long."""
MOST_DAYS = 60
SET_ASIDE_FIRST = "{case} is set aside. Put it back first."


@dataclass(frozen=True)
class CaseChange:
    """What an act does, or would do, in words. `number` is the case that undoing it begins with.

    `told` says whether the person hears of it. Without `changed` it was so before.
    """

    number: int
    said: str
    told: str = ""
    changed: bool = True


@dataclass(frozen=True)
class _Act:
    """A change of a case, what is said about it, and the sentence for its person."""

    file: CaseFile
    said: str
    sentence: str
    change: Callable[[], None]
    day: date | None = None


def set_aside(
    connection: Connection,
    office: Office,
    number: int,
    reason: str,
    now: datetime,
    *,
    dry_run: bool = False,
) -> CaseChange:
    """Set a case aside: it is asked no more and in no figure, and its answers stay with the office."""
    file = _locked(connection, number)
    if file.case.set_aside_at is not None:
        return _unchanged(file, "is set aside already")
    if not reason.strip():
        raise Conflict("Say why the case is set aside.")
    answers = counted(file.case.answered, "answer")
    said = f"{_name(file)} is set aside: {answers} in no figure any more."

    def change() -> None:
        case_changes.set_aside(connection, number, reason.strip(), now)
        refresh(connection, cases_beside(connection, number), office.rules, now)
        refresh_person(connection, file.participant.id, office.rules, now)
        _record(connection, office, Act.CASE_SET_ASIDE, file, now)

    act = _Act(file, said, case_messages.SET_ASIDE, change)
    return _done(connection, office, act, now, dry_run=dry_run)


def put_back(
    connection: Connection, office: Office, number: int, now: datetime, *, dry_run: bool = False
) -> CaseChange:
    """Put a case back that was set aside: it counts and is asked as if it had not been."""
    file = _locked(connection, number)
    if file.case.set_aside_at is None:
        return _unchanged(file, "is not set aside")
    check_asked(file)
    said = f"{_name(file)} counts again: {counted(file.case.answered, 'answer')}."

    def change() -> None:
        case_changes.put_back(connection, number)
        _plan(connection, office, file, now)
        _record(connection, office, Act.CASE_PUT_BACK, file, now)

    act = _Act(file, said, case_messages.PUT_BACK, change)
    return _done(connection, office, act, now, dry_run=dry_run)


def reopen(
    connection: Connection,
    office: Office,
    number: int,
    days: int,
    now: datetime,
    *,
    dry_run: bool = False,
) -> CaseChange:
    """Open one case of a closed wave again, until the end of a day of the person."""
    file = asked_here(_locked(connection, number))
    if file.case.set_aside_at is not None:
        raise Conflict(SET_ASIDE_FIRST.format(case=_name(file)))
    if file.wave.opened_at is None or (file.to_come(now) and not file.over(now)):
        return _unchanged(file, "is not open yet")
    if not file.over(now):
        return _unchanged(file, f"is open already, until {day_words(file.last_day)}")
    check_asked(file)
    if not 1 <= days <= MOST_DAYS:
        raise Conflict(f"A case is opened for 1 to {MOST_DAYS} days.")
    last = file.calendar.local_day(now) + timedelta(days=days)
    until = file.calendar.end_of_day(last)
    said = f"{_name(file)} is open again until {day_words(last)}."

    def change() -> None:
        case_changes.reopen_until(connection, number, until)
        plan_due(connection, [(file.workshop.code, until)])
        _record(connection, office, Act.CASE_REOPENED, file, now, days=days)

    act = _Act(file, said, case_messages.REOPENED, change, last)
    return _done(connection, office, act, now, dry_run=dry_run)


def close_again(
    connection: Connection, office: Office, number: int, now: datetime, *, dry_run: bool = False
) -> CaseChange:
    """Close a case that the office has opened again; what was answered meanwhile stays."""
    file = _locked(connection, number)
    if file.case.reopened_until is None or file.over(now):
        return _unchanged(file, "was not opened again")
    said = f"{_name(file)} is closed again."

    def change() -> None:
        case_changes.reopen_until(connection, number, now)
        mark_wave_due(connection, file.wave.id)
        _record(connection, office, Act.CASE_CLOSED, file, now)

    act = _Act(file, said, case_messages.CLOSED_AGAIN, change)
    return _done(connection, office, act, now, dry_run=dry_run)


def move_answers(
    connection: Connection,
    office: Office,
    number: int,
    workshop: str,
    now: datetime,
    *,
    dry_run: bool = False,
) -> CaseChange:
    """Move the answers of a case to the same questionnaire of another workshop of the person.

    Moving them back undoes it.
    """
    file = asked_here(_locked(connection, number))
    if file.case.set_aside_at is not None:
        raise Conflict(SET_ASIDE_FIRST.format(case=_name(file)))
    if not file.case.answered:
        return _unchanged(file, "has no answers")
    target = case_changes.cases_to_move_to(connection, number).get(workshop)
    if target is None:
        raise Conflict(
            f"The answers cannot go to {workshop}: {file.participant.name} has no unanswered case "
            "there with the same questions, or has not agreed to take part."
        )
    other = _locked(connection, target)
    answers = counted(file.case.answered, "answer")
    said = f"{answers} of {_name(file)} belong to {other.workshop.code} {other.wave.key} now."

    def change() -> None:
        case_changes.move_answers(connection, number, target)
        for one in (file, other):
            _plan(connection, office, one, now)
        about = f"{file.participant.code} {file.workshop.code} to {other.workshop.code}"
        record(connection, office, Act.ANSWERS_MOVED, about, now, answers=file.case.answered)

    act = _Act(other, said, case_messages.MOVED, change)
    return _done(connection, office, act, now, dry_run=dry_run)


def _locked(connection: Connection, number: int) -> CaseFile:
    """Return a case whose person is locked, so that no answer comes between."""
    lock_participant(connection, load_file(connection, number).participant.id)
    return load_file(connection, number, lock=True)


def _done(
    connection: Connection, office: Office, act: _Act, now: datetime, *, dry_run: bool
) -> CaseChange:
    """Make a change and tell the person, unless it is only looked at; return it in words."""
    person = act.file.participant
    chats = chats_about(connection, office, act.file)
    if not dry_run:
        act.change()
        tell_again(connection, _told(act), chats, now)
    hears = (
        f"{person.name} is told in chat."
        if chats
        else f"{person.name} has no chat and is not told."
    )
    return CaseChange(act.file.case.id, act.said, hears)


def _told(act: _Act) -> str:
    """Return the sentence for the person, in their language."""
    words = Words(act.file.participant.language)
    day = day_text(act.day, words.language) if act.day else ""
    return words(act.sentence, workshop=act.file.workshop.title, day=day)


def _plan(connection: Connection, office: Office, file: CaseFile, now: datetime) -> None:
    """Plan the contacts of a case that is open, and have one settled whose wave is closed."""
    beside = cases_beside(connection, file.case.id)
    refresh(connection, [file.case.id, *beside], office.rules, now)
    refresh_person(connection, file.participant.id, office.rules, now)
    mark_wave_due(connection, file.wave.id)


def _record(
    connection: Connection, office: Office, act: Act, file: CaseFile, now: datetime, **counts: int
) -> None:
    about = f"{file.participant.code} {file.workshop.code} {file.wave.key}"
    record(connection, office, act, about, now, **counts)


def _unchanged(file: CaseFile, why: str) -> CaseChange:
    said = f"{_name(file)} {why}. Nothing was changed."
    return CaseChange(file.case.id, said, changed=False)


def _name(file: CaseFile) -> str:
    return f"{file.workshop.code} {file.wave.key} of {file.participant.name}"
