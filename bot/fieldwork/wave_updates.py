"""Bring the waves of a workshop up to date: close, open, add people who joined late.

Waves open and close for everybody at one moment; their cases follow in slices. Plain functions, each
called inside one transaction. Sends nothing.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.audit import record
from bot.fieldwork.closing import close_wave
from bot.fieldwork.due_workshops import next_due_of
from bot.fieldwork.elearning import plan_reminders
from bot.fieldwork.language_of_contact import (
    TRANSLATION_ADVICE,
    speakers,
)
from bot.fieldwork.opening import cases_to_come, open_wave
from bot.fieldwork.planned_waves import plan_of
from bot.fieldwork.progress import wave_progress
from bot.fieldwork.slices import SLICE, add_slice, plan_slice, settle_slice
from bot.fieldwork.substitutes import ask_substitutes, substitutes_due
from bot.settings.office import Office
from bot.wording.counts import counted
from storage.database import Conflict
from storage.due_workshops import AT_ONCE, clear_due, due_rows
from storage.fieldwork import waves as stored_waves
from storage.fieldwork.waves import Wave, waves_of
from storage.fieldwork.workshops import BY_PLAN, lock_workshop
from storage.office.audit import Act
from surveys.planning.due_workshops import opens_at, over_at
from surveys.planning.plan import DatedWave
from surveys.workshop import Workshop

DAILY = timedelta(days=1)


@dataclass(frozen=True)
class WaveChanges:
    """What an update did with the waves of one workshop, in numbers, and notices for organisers.

    `more` says whether cases are left for the next slice.
    """

    opened: int = 0
    missed: int = 0
    cases: int = 0
    closed: int = 0
    notices: tuple[str, ...] = ()
    more: bool = False


def update_waves(connection: Connection, office: Office, code: str, now: datetime) -> WaveChanges:
    """Close the ended waves of a workshop, open the due ones, settle, plan and add a slice of cases.

    Store when the workshop is due next: at once if more cases are left.
    """
    workshop = lock_workshop(connection, code)
    done = due_rows(connection, code)
    change = _update(connection, office, workshop, now)
    stored = waves_of(connection, code)
    open_now = [wave for wave in stored.values() if wave.open]
    next_at = next_due_of(office, workshop, stored, open_now)
    if workshop.running and office.rules.plan_of(workshop) is None:
        # Repeat the notice once a day: without a plan no wave makes the workshop due.
        next_at = min(next_at or now + DAILY, now + DAILY)
    told = ask_substitutes(connection, office, open_now if workshop.running else (), now)
    change = replace(change, notices=(*change.notices, *told))
    looks = [next_at, substitutes_due(office, open_now if workshop.running else (), now)]
    next_at = min((at for at in looks if at is not None), default=None)
    next_at = AT_ONCE if change.more else next_at
    clear_due(connection, code, done, next_at)
    return change


def _update(
    connection: Connection, office: Office, workshop: Workshop, now: datetime
) -> WaveChanges:
    code = workshop.code
    closed = _close_ended(connection, office, workshop, now)
    done = settle_slice(connection, office, code, now)
    done += plan_slice(connection, office, code, now, done)
    closed = replace(closed, more=done == SLICE)
    if not workshop.running:
        return closed
    if office.rules.plan_of(workshop) is None:
        notice = f"{code}: there is no plan {workshop.plan!r}, so no wave opens."
        return replace(closed, notices=(*closed.notices, notice))
    opened = _open_due(connection, office, workshop, now)
    added = add_slice(connection, office, workshop, now, done)
    return WaveChanges(
        opened=opened.opened,
        missed=opened.missed,
        cases=added,
        closed=closed.closed,
        notices=(*closed.notices, *opened.notices),
        more=done + added == SLICE,
    )


def _begun_waves(office: Office, workshop: Workshop, now: datetime) -> list[DatedWave]:
    """Return the planned waves of a workshop whose first day has begun in some time zone."""
    plan = plan_of(office, workshop)
    return [dated for dated in plan.dated(workshop) if now >= opens_at(dated.opens_on)]


def _open_due(
    connection: Connection, office: Office, workshop: Workshop, now: datetime
) -> WaveChanges:
    """Open the planned waves that are due; mark those as missed whose last day is over."""
    known = waves_of(connection, workshop.code)
    due = [dated for dated in _begun_waves(office, workshop, now) if dated.key not in known]
    done = WaveChanges()
    for dated in due:
        if now >= over_at(dated.closes_on):
            stored_waves.insert_missed(connection, dated, now)
            notice = (
                f"{workshop.code}: {dated.key} was missed, because its last day was over already."
            )
            asked = dated.planned.questionnaire
            learners = plan_reminders(connection, office, workshop.code, asked, now)
            told = filter(None, (notice, learners))
            done = replace(done, missed=done.missed + 1, notices=(*done.notices, *told))
            continue
        try:
            wave = open_wave(connection, dated, now, BY_PLAN)
        except Conflict as problem:
            done = replace(done, notices=(*done.notices, f"{workshop.code}: {problem}"))
            continue
        people = cases_to_come(connection, office, wave)
        about = f"{wave.workshop_code} {wave.key}"
        record(connection, office, Act.WAVE_OPENED, about, now, people=people)
        asked = counted(people, "person", "people")
        notice = f"{workshop.code} {wave.key} is open until {wave.closes_on}: {asked}."
        texts = "\n".join([notice, *_translation_notice(connection, wave)])
        done = replace(done, opened=done.opened + 1, notices=(*done.notices, texts))
    return done


def _translation_notice(connection: Connection, wave: Wave) -> list[str]:
    """Return lines on who waits for a translation in a wave and what to do; [] if nobody waits."""
    lines = [str(one) for one in speakers(connection, wave) if one.waits]
    return [*lines, TRANSLATION_ADVICE] if lines else []


def _close_ended(
    connection: Connection, office: Office, workshop: Workshop, now: datetime
) -> WaveChanges:
    """Close the waves whose last day has ended in every time zone."""
    done = WaveChanges()
    for wave in waves_of(connection, workshop.code).values():
        if wave.open and now >= over_at(wave.closes_on):
            number = close_wave(connection, wave, now)
            about = f"{wave.workshop_code} {wave.key}"
            record(connection, office, Act.WAVE_CLOSED, about, now, people=number)
            people = wave_progress(connection, wave.workshop_code, wave.key).answered
            notice = f"{about} is closed: {people}."
            asked = wave.questionnaire_key or ""
            learners = plan_reminders(connection, office, workshop.code, asked, now)
            texts = (notice, learners) if learners else (notice,)
            done = WaveChanges(closed=done.closed + 1, notices=(*done.notices, *texts))
    return done
