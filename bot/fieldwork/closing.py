"""Close a wave, and store the final disposition of each of its cases afterwards, in slices.

A wave is closed for everybody at one moment: from then on nothing is sent or answered in it. Plain
functions, each called inside one transaction. Sends nothing.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import cache, partial

from sqlalchemy import Connection, select

from bot.settings.office import Office
from storage.fieldwork import waves as stored_waves
from storage.fieldwork.attempts_of_waves import has_asked, outcomes_of_cases
from storage.fieldwork.case_files import CaseFile, load_files
from storage.fieldwork.cases_of_waves import count_cases, unsettled_cases
from storage.fieldwork.claims import take_back_claims
from storage.fieldwork.due_contacts import cases_held_back_by, hold_contacts
from storage.fieldwork.many_cases import close_cases, lock_cases
from storage.fieldwork.next_contact import refresh
from storage.fieldwork.waves import Wave
from storage.people.addresses_of_many import addresses_of_people
from storage.schema import cases, enrolments, waves
from surveys.people import Address
from surveys.planning.channels import choose
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
    if not numbers:
        return 0
    _settle(connection, office, numbers, now)
    freed = cases_held_back_by(connection, numbers, Hold.TOO_MANY_OPEN)
    refresh(connection, freed, office.rules, now)
    return len(numbers)


def _settle(connection: Connection, office: Office, numbers: list[int], now: datetime) -> None:
    lock_cases(connection, numbers)
    files = load_files(connection, numbers)
    tried = outcomes_of_cases(connection, numbers)
    lost = [file for file in files if not tried[file.case.id] and _unreachable(file)]
    people = [file.participant.id for file in lost]
    known = addresses_of_people(connection, people) if people else {}
    why = {file.case.id: _why_unreachable(office, file, known) for file in lost}
    others_asked = cache(partial(has_asked, connection))
    ends = {}
    for file in files:
        facts = _case_facts(file, tried[file.case.id], why.get(file.case.id, ""), others_asked)
        ended = [at for at in (file.case.reopened_until, file.wave.closed_at) if at]
        ends[file.case.id] = (*final_disposition(facts), max(ended, default=now))
    close_cases(connection, ends)


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
    numbers = list(connection.scalars(late))
    if numbers:
        _settle(connection, office, numbers, now)


def _case_facts(
    file: CaseFile,
    tried: Sequence[tuple[Outcome, str]],
    unreachable: str,
    others_asked: Callable[[int], bool],
) -> CaseFacts:
    """Return the facts that decide the final disposition of a case."""
    failures = [detail for outcome, detail in tried if outcome is Outcome.FAILED]
    if unreachable:
        failures = [unreachable]
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
        reached=any(outcome in MAYBE_SEEN for outcome, _ in tried),
        failure=failures[-1] if failures else "",
        others_asked=bool(tried) or not failures or others_asked(file.wave.id),
    )


def _unreachable(file: CaseFile) -> bool:
    return file.case.hold == Hold.UNREACHABLE


def _why_unreachable(
    office: Office, file: CaseFile, known: Mapping[int, Sequence[Address]]
) -> str:
    """Return why the chosen address was lost in an earlier wave, or "no_address"."""
    person = file.participant
    lost = choose(known[person.id], office.rules.channels, person, file.works_at).failed
    return lost.reason or lost.state if lost else "no_address"
