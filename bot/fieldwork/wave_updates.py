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
from bot.fieldwork.planned_waves import WaveNow, waves_now
from bot.fieldwork.progress import wave_progress
from bot.fieldwork.slices import SLICE, add_slice, plan_slice, settle_slice
from bot.fieldwork.substitutes import ask_substitutes, substitutes_due
from bot.settings.office import Office
from bot.wording.counts import counted
from bot.wording.days import day_words
from storage.database import Conflict
from storage.due_workshops import AT_ONCE, clear_due, due_rows
from storage.fieldwork import wave_decisions
from storage.fieldwork.case_changes import first_reopened_end
from storage.fieldwork.waves import Wave, waves_of
from storage.fieldwork.workshops import BY_PLAN, lock_workshop
from storage.office.audit import Act
from surveys.planning.due_workshops import over_at
from surveys.planning.wave_states import WaveState, opens_by_itself
from surveys.workshop import Workshop

DAILY = timedelta(days=1)
NEEDS_YES = (
    "needs your yes: its day, {day}, was near or past when its list or its days came. "
    "Nothing is sent."
)


@dataclass(frozen=True)
class WaveChanges:
    """What an update did with the waves of one workshop, in numbers, and notices for organisers.

    `questions` are waves that wait for a yes, by their keys, with the text for organisers. `more`
    says whether cases are left for the next slice.
    """

    opened: int = 0
    missed: int = 0
    cases: int = 0
    closed: int = 0
    notices: tuple[str, ...] = ()
    questions: tuple[tuple[str, str], ...] = ()
    more: bool = False


def update_waves(connection: Connection, office: Office, code: str, now: datetime) -> WaveChanges:
    """Close the ended waves of a workshop, open the due ones, settle, plan and add a slice of cases.

    Store when the workshop is due next: at once if more cases are left. To close and to open is work
    enough for a transaction; the first slice comes in the next one.
    """
    workshop = lock_workshop(connection, code)
    done = due_rows(connection, code)
    change = _update(connection, office, workshop, now)
    if change.more:
        clear_due(connection, code, done, AT_ONCE)
        return change
    waves = waves_now(connection, office, code)
    open_now = [one.stored for one in waves if one.stored and one.stored.open]
    next_at = next_due_of(workshop, waves)
    if workshop.running and office.rules.plan_of(workshop) is None:
        # Repeat the notice once a day: without a plan no wave makes the workshop due.
        next_at = min(next_at or now + DAILY, now + DAILY)
    told = ask_substitutes(connection, office, open_now if workshop.running else (), now)
    change = replace(change, notices=(*change.notices, *told))
    looks = [next_at, substitutes_due(office, open_now if workshop.running else (), now)]
    looks.append(first_reopened_end(connection, code, now))
    next_at = min((at for at in looks if at is not None), default=None)
    clear_due(connection, code, done, next_at)
    return change


def _update(
    connection: Connection, office: Office, workshop: Workshop, now: datetime
) -> WaveChanges:
    code = workshop.code
    closed = _close_ended(connection, office, workshop, now)
    if closed.closed:
        return replace(closed, more=True)
    done = settle_slice(connection, office, code, now)
    done += plan_slice(connection, office, code, now, done)
    closed = replace(closed, more=done == SLICE)
    if not workshop.running:
        return closed
    if office.rules.plan_of(workshop) is None:
        notice = f"{code}: there is no plan {workshop.plan!r}, so no wave opens."
        return replace(closed, notices=(*closed.notices, notice))
    opened = _open_due(connection, office, workshop, now)
    if opened.opened:
        return _add(closed, replace(opened, more=True))
    # Cases of an opening that was undone are planned anew.
    done += plan_slice(connection, office, code, now, done)
    added = add_slice(connection, office, workshop, now, done)
    return WaveChanges(
        opened=opened.opened,
        missed=opened.missed,
        cases=added,
        closed=closed.closed,
        notices=(*closed.notices, *opened.notices),
        questions=opened.questions,
        more=done + added == SLICE,
    )


def _open_due(
    connection: Connection, office: Office, workshop: Workshop, now: datetime
) -> WaveChanges:
    """Open the planned waves that are due, note those that nobody is asked in, ask about others."""
    done = WaveChanges()
    for one in waves_now(connection, office, workshop.code):
        if not one.waits:
            continue
        _follow_plan(connection, one)
        state = one.state(now)
        if state is WaveState.NOT_ASKED:
            done = _add(done, _missed(connection, office, one, now))
        elif state is WaveState.NEEDS_YES and not one.facts.asked:
            done = _add(done, _ask(connection, one, now, ""))
        elif opens_by_itself(one.facts, now):
            done = _add(done, _open(connection, office, one, now))
    return done


def _add(one: WaveChanges, other: WaveChanges) -> WaveChanges:
    return replace(
        one,
        opened=one.opened + other.opened,
        missed=one.missed + other.missed,
        notices=(*one.notices, *other.notices),
        questions=(*one.questions, *other.questions),
        more=one.more or other.more,
    )


def _follow_plan(connection: Connection, one: WaveNow) -> None:
    """Give a stored wave that has not opened the days that hold now."""
    wave = one.stored
    if wave is not None and (wave.opens_on, wave.closes_on) != (one.opens_on, one.closes_on):
        wave_decisions.follow_plan(connection, wave.id, one.dated)


def _missed(connection: Connection, office: Office, one: WaveNow, now: datetime) -> WaveChanges:
    wave_decisions.set_missed(connection, one.dated, now)
    why = "its last day was over already" if one.facts.people else "it has no people"
    notice = f"{one.workshop.code}: {one.key} was not asked: {why}."
    asked = one.dated.planned.questionnaire
    learners = plan_reminders(connection, office, one.workshop.code, asked, now)
    return WaveChanges(missed=1, notices=tuple(filter(None, (notice, learners))))


def _ask(connection: Connection, one: WaveNow, now: datetime, problem: str) -> WaveChanges:
    wave_decisions.set_asked(connection, one.dated, now)
    text = f"{one.name} {NEEDS_YES.format(day=day_words(one.opens_on))}"
    return WaveChanges(questions=((one.key, f"{problem} {text}".strip()),))


def _open(connection: Connection, office: Office, one: WaveNow, now: datetime) -> WaveChanges:
    try:
        wave = open_wave(connection, one.dated, now, BY_PLAN)
    except Conflict as problem:
        # Once it is published, nothing leaves unseen.
        return _ask(connection, one, now, str(problem))
    people = cases_to_come(connection, office, wave)
    record(connection, office, Act.WAVE_OPENED, one.name, now, people=people)
    asked = counted(people, "person", "people")
    notice = f"{one.name} is open until {day_words(wave.closes_on)}: {asked}."
    texts = "\n".join([notice, *_translation_notice(connection, wave)])
    return WaveChanges(opened=1, notices=(texts,))


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
