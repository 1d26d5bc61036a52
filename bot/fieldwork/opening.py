"""Waves of a workshop: opened when their day has come, given their cases, closed when it is over.

Plain functions, each called inside one transaction. Sends nothing.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, select

from bot.audit import record
from bot.fieldwork.due_workshops import next_due_of
from bot.fieldwork.elearning import plan_reminders
from bot.fieldwork.language_of_contact import (
    TRANSLATION_ADVICE,
    LanguageGate,
    language_gate,
    speakers,
)
from bot.settings.office import Office
from storage.database import Conflict
from storage.due_workshops import clear_due, due_rows
from storage.fieldwork import waves as stored_waves
from storage.fieldwork.case_files import CaseFile, load_file
from storage.fieldwork.cases import cases_held_back_by, cases_in, close_case, lock_case, open_case
from storage.fieldwork.eligible import enrolments_without_case
from storage.fieldwork.next_contact import chosen_address, refresh
from storage.fieldwork.waves import Wave, waves_of
from storage.fieldwork.workshops import BY_PLAN, get_workshop, lock_workshop
from storage.instruments.workshop_lists import questionnaire_for
from storage.office.audit import Act
from storage.people.administrations import all_administrations
from storage.people.participants import get_participant
from storage.schema import attempts
from surveys.people import Enrolment
from surveys.planning.administrations import host_zone
from surveys.planning.contacts import Hold
from surveys.planning.dispositions import CaseFacts, Outcome, final_disposition
from surveys.planning.due_workshops import opens_at, over_at
from surveys.planning.plan import Clock, DatedWave
from surveys.workshop import Workshop

DAILY = timedelta(days=1)


@dataclass(frozen=True)
class WaveChanges:
    """What was done with the waves of one workshop, in numbers, and what organisers should know."""

    opened: int = 0
    missed: int = 0
    cases: int = 0
    closed: int = 0
    notices: tuple[str, ...] = ()


def update_waves(connection: Connection, office: Office, code: str, now: datetime) -> WaveChanges:
    """Close what is over in a workshop, open what is due, add the people who joined late."""
    workshop = lock_workshop(connection, code)
    done = due_rows(connection, code)
    change = _update(connection, office, workshop, now)
    stored = waves_of(connection, code)
    open_now = [wave for wave in stored.values() if wave.open]
    next_at = next_due_of(office, workshop, stored, open_now)
    if workshop.running and workshop.plan not in office.rules.plans:
        # Said once a day until somebody gives it a plan; there is no day of a wave to wait for.
        next_at = min(next_at or now + DAILY, now + DAILY)
    clear_due(connection, code, done, next_at)
    return change


def _update(
    connection: Connection, office: Office, workshop: Workshop, now: datetime
) -> WaveChanges:
    code = workshop.code
    closed = _close_ended(connection, office, workshop, now)
    if not workshop.running:
        return closed
    if workshop.plan not in office.rules.plans:
        notice = f"{code}: there is no plan {workshop.plan!r}, so nothing is asked."
        return replace(closed, notices=(*closed.notices, notice))
    opened = _open_due(connection, office, workshop, now)
    late = sum(
        add_cases(connection, office, wave, now)
        for wave in waves_of(connection, code).values()
        if wave.open
    )
    return WaveChanges(
        opened=opened.opened,
        missed=opened.missed,
        cases=opened.cases + late,
        closed=closed.closed,
        notices=(*closed.notices, *opened.notices),
    )


def _begun_waves(office: Office, workshop: Workshop, now: datetime) -> list[DatedWave]:
    """The planned waves of a workshop whose first day has begun somewhere."""
    plan = office.rules.plans[workshop.plan]
    return [dated for dated in plan.dated(workshop) if now >= opens_at(dated.opens_on)]


def _open_due(
    connection: Connection, office: Office, workshop: Workshop, now: datetime
) -> WaveChanges:
    """Open the planned waves whose day has come; note those whose days have passed already."""
    known = waves_of(connection, workshop.code)
    due = [dated for dated in _begun_waves(office, workshop, now) if dated.key not in known]
    done = WaveChanges()
    for dated in due:
        if now >= over_at(dated.closes_on):
            stored_waves.insert_missed(connection, dated, now)
            notice = f"{workshop.code}: {dated.key} missed, the days had passed already."
            done = replace(done, missed=done.missed + 1, notices=(*done.notices, notice))
            continue
        try:
            wave = open_wave(connection, dated, now, BY_PLAN)
        except Conflict as problem:
            done = replace(done, notices=(*done.notices, f"{workshop.code}: {problem}"))
            continue
        added = add_cases(connection, office, wave, now)
        about = f"{wave.workshop_code} {wave.key}"
        record(connection, office, Act.WAVE_OPENED, about, now, people=added)
        notice = f"{workshop.code} {wave.key} is open until {wave.closes_on}: {added} people."
        told = "\n".join([notice, *_translation_notice(connection, wave)])
        done = replace(
            done,
            opened=done.opened + 1,
            cases=done.cases + added,
            notices=(*done.notices, told),
        )
    return done


def _translation_notice(connection: Connection, wave: Wave) -> list[str]:
    """Who waits for a translation in a wave, and what the office can do; nothing if nobody does."""
    lines = [str(one) for one in speakers(connection, wave) if one.waits]
    return [*lines, TRANSLATION_ADVICE] if lines else []


def open_wave(connection: Connection, dated: DatedWave, now: datetime, by: str) -> Wave:
    """Open a wave with the newest version of its questionnaire pinned, and the workshop's lists."""
    key = dated.planned.questionnaire
    asked = questionnaire_for(connection, dated.workshop_code, key, now)
    if asked is None:
        raise Conflict(f"Questionnaire {key} is not published yet, so {dated.key} cannot open.")
    host = zone_of_host(connection, dated)
    return stored_waves.insert_wave(connection, dated, (key, asked.version), now, by, host)


def zone_of_host(connection: Connection, dated: DatedWave) -> str | None:
    """The host's time zone where a wave is asked by its clock; None for each person's own."""
    if dated.planned.clock is not Clock.HOST:
        return None
    workshop = get_workshop(connection, dated.workshop_code)
    return host_zone(all_administrations(connection), workshop.country, workshop.city)


def opened_today(dated: DatedWave, today: date) -> DatedWave:
    """A planned wave opened by hand: from today, for as long as the plan keeps it open."""
    if dated.planned.closes is not None:
        return replace(dated, opens_on=today)
    span = dated.closes_on - dated.opens_on
    return replace(dated, opens_on=today, closes_on=today + span)


def add_cases(connection: Connection, office: Office, wave: Wave, now: datetime) -> int:
    """Open a case for everybody who is asked in a wave and has none yet; how many."""
    asked = [
        enrolment for enrolment, reason in without_case(connection, office, wave) if not reason
    ]
    added = [open_case(connection, wave.id, enrolment.id, now) for enrolment in asked]
    refresh(connection, added, office.rules, now)
    return len(added)


def without_case(
    connection: Connection, office: Office, wave: Wave
) -> list[tuple[Enrolment, str]]:
    """The active enrolments of a wave that have no case, each with why it gets none ('' if it does)."""
    eligible = enrolments_without_case(connection, wave.id, office.rules.leaving_late)
    if not eligible:
        return []
    gate = language_gate(connection, wave)
    return [
        (enrolment, reason or _translation_hold(connection, enrolment, gate))
        for enrolment, reason in eligible
    ]


def _translation_hold(connection: Connection, enrolment: Enrolment, gate: LanguageGate) -> str:
    """The reason of somebody in whose language the questionnaire is not translated; else ''."""
    language = get_participant(connection, enrolment.participant_id).language
    return "no_translation" if gate.holds_back(language) else ""


def _close_ended(
    connection: Connection, office: Office, workshop: Workshop, now: datetime
) -> WaveChanges:
    """Close the waves whose last day has ended everywhere."""
    done = WaveChanges()
    for wave in waves_of(connection, workshop.code).values():
        if wave.open and now >= over_at(wave.closes_on):
            people = close_wave(connection, office, wave, now)
            about = f"{wave.workshop_code} {wave.key}"
            record(connection, office, Act.WAVE_CLOSED, about, now, people=people)
            answered = sum(one.completed_at is not None for one in cases_in(connection, wave.id))
            notice = f"{about} is closed: {people} people, {answered} have answered."
            learners = plan_reminders(connection, office, workshop.code, now)
            told = (notice, learners) if learners else (notice,)
            done = WaveChanges(closed=done.closed + 1, notices=(*done.notices, *told))
    return done


def close_wave(connection: Connection, office: Office, wave: Wave, now: datetime) -> int:
    """Close a wave and freeze the disposition of each of its cases; how many cases."""
    stored_waves.set_closed(connection, wave.id, now)
    closing = cases_in(connection, wave.id)
    for case in closing:
        lock_case(connection, case.id)
        file = load_file(connection, case.id)
        disposition, detail = final_disposition(case_facts(connection, office, file))
        close_case(connection, case.id, disposition, detail, now)
    freed = cases_held_back_by(connection, wave.id, Hold.TOO_MANY_OPEN)
    refresh(connection, freed, office.rules, now)
    return len(closing)


def case_facts(connection: Connection, office: Office, file: CaseFile) -> CaseFacts:
    """The facts that decide what became of a case."""
    rows = connection.execute(
        select(attempts.c.outcome, attempts.c.detail)
        .where(attempts.c.case_id == file.case.id)
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
        cancelled=file.workshop.cancelled_at is not None,
        answered=file.case.answered,
        asked=file.case.asked,
        reached=any(row.outcome in REACHED for row in rows),
        failure=failures[-1] if failures else "",
    )


def _why_unreachable(connection: Connection, office: Office, file: CaseFile) -> str:
    """What an earlier wave has shown of the address of choice, or that there never was one."""
    chosen = chosen_address(connection, file.participant, file.works_at, office.rules)
    lost = chosen.failed
    return lost.reason or lost.state if lost else "no_address"


REACHED = frozenset({Outcome.SENT, Outcome.UNKNOWN, Outcome.CLAIMED})
"""Outcomes after which the person has, or may have, seen the message."""
