"""Close a wave, and store the final disposition of each of its cases afterwards, in slices.

A wave is closed for everybody at one moment: from then on nothing is sent or answered in it. Plain
functions, each called inside one transaction. Sends nothing.
"""

from datetime import datetime

from sqlalchemy import Connection, select

from bot.settings.office import Office
from storage.fieldwork import waves as stored_waves
from storage.fieldwork.attempts import has_asked
from storage.fieldwork.case_files import CaseFile, load_file
from storage.fieldwork.cases import close_case, lock_case
from storage.fieldwork.cases_of_waves import count_cases, unsettled_cases
from storage.fieldwork.claims import take_back_claims
from storage.fieldwork.due_contacts import cases_held_back_by, hold_contacts
from storage.fieldwork.next_contact import chosen_address, refresh
from storage.fieldwork.waves import Wave
from storage.schema import attempts, cases, enrolments, waves
from surveys.planning.contacts import Hold
from surveys.planning.dispositions import MAYBE_SEEN, CaseFacts, Outcome, final_disposition


def close_wave(connection: Connection, wave: Wave, now: datetime) -> int:
    """Close a wave; return how many cases it has. `settle_cases` stores what came of them."""
    stored_waves.set_closed(connection, wave.id, now)
    take_back_claims(connection, wave.id)
    hold_contacts(connection, wave.id, Hold.CLOSED)
    return count_cases(connection, wave.id)


def settle_cases(
    connection: Connection, office: Office, code: str, now: datetime, limit: int
) -> int:
    """Store the final disposition of at most `limit` cases of the closed waves of a workshop.

    Return how many. People who had too many questionnaires at once can be asked the next one.
    """
    numbers = unsettled_cases(connection, code, now, limit)
    for number in numbers:
        lock_case(connection, number)
        _settle(connection, office, number, now)
    freed = cases_held_back_by(connection, numbers, Hold.TOO_MANY_OPEN)
    refresh(connection, freed, office.rules, now)
    return len(numbers)


def _settle(connection: Connection, office: Office, number: int, now: datetime) -> None:
    file = load_file(connection, number)
    disposition, detail = final_disposition(case_facts(connection, office, file))
    ends = (file.case.reopened_until, file.wave.closed_at)
    ended = max((at for at in ends if at), default=now)
    close_case(connection, number, disposition, detail, ended)


def close_late(connection: Connection, office: Office, participant_id: int, now: datetime) -> None:
    """Store the final disposition of a person's cases that were away when their wave closed."""
    late = (
        select(cases.c.id)
        .join(waves, waves.c.id == cases.c.wave_id)
        .join(enrolments, enrolments.c.id == cases.c.enrolment_id)
        .where(enrolments.c.participant_id == participant_id)
        .where(waves.c.closed_at.is_not(None), cases.c.closed_at.is_(None))
        .where(cases.c.reopened_until.is_(None) | (cases.c.reopened_until <= now))
    )
    for number in list(connection.scalars(late)):
        _settle(connection, office, number, now)


def case_facts(connection: Connection, office: Office, file: CaseFile) -> CaseFacts:
    """Return the facts that decide the final disposition of a case."""
    rows = connection.execute(
        select(attempts.c.outcome, attempts.c.detail)
        .where(attempts.c.case_id == file.case.id, attempts.c.outcome != Outcome.TAKEN_BACK)
        .order_by(attempts.c.ordinal)
    ).all()
    failures = [row.detail for row in rows if row.outcome == Outcome.FAILED]
    if not rows and file.case.hold == Hold.UNREACHABLE:
        failures = [_why_unreachable(connection, office, file)]
    return CaseFacts(
        started_at=file.case.started_at,
        completed_at=file.case.completed_at,
        refused_at=file.enrolment.refused_at,
        withdrawn_at=file.enrolment.withdrawn_at or file.participant.stopped_at,
        handed_over=file.enrolment.handed_over_at is not None,
        left_out=file.left_out,
        cancelled=file.workshop.cancelled_at is not None,
        answered=file.case.answered,
        asked=file.case.asked,
        reached=any(row.outcome in MAYBE_SEEN for row in rows),
        failure=failures[-1] if failures else "",
        others_asked=bool(rows) or not failures or has_asked(connection, file.wave.id),
    )


def _why_unreachable(connection: Connection, office: Office, file: CaseFile) -> str:
    """Return why the chosen address was lost in an earlier wave, or "no_address"."""
    chosen = chosen_address(connection, file.participant, file.works_at, office.rules)
    lost = chosen.failed
    return lost.reason or lost.state if lost else "no_address"
