"""What an act on a wave gives back, and the checks and words that the acts share."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from bot.fieldwork.planned_waves import WaveNow, find_wave_now
from bot.settings.office import Office
from bot.wording.days import day_words
from storage.database import Conflict
from storage.fieldwork.taken_back import anybody_answered
from storage.fieldwork.waves import Wave
from storage.fieldwork.workshops import lock_workshop
from surveys.planning.wave_states import WaveAct, WaveState, acts_in
from surveys.workshop import Workshop

DONE = {
    WaveAct.OPEN: "opened",
    WaveAct.BACK: "put back to its plan",
    WaveAct.HOLD: "held",
    WaveAct.RELEASE: "released",
    WaveAct.SKIP: "skipped",
    WaveAct.DAYS: "given other days",
    WaveAct.CLOSE: "closed",
    WaveAct.REOPEN: "opened again",
}


@dataclass(frozen=True)
class WaveResult:
    """A wave after an act, whether the act changed it, the result, and the act that undoes it.

    `wave` is None if it has no row; `cases` is the number of people that opening it asks.
    """

    workshop: str
    key: str
    state: str
    wave: Wave | None
    changed: bool
    said: str
    undo: WaveAct | None = None
    cases: int = 0


@dataclass(frozen=True)
class WorkshopResult:
    """A workshop after an act, whether the act changed it, and the result in sentences.

    `follows` says that its people get other messages than before: `what_follows` tells which.
    """

    workshop: Workshop
    changed: bool
    said: tuple[str, ...]
    follows: bool = False


def locked_wave(connection: Connection, office: Office, code: str, key: str) -> WaveNow:
    """Return a wave as it is now, with its workshop locked. Raise NotFound with the waves there are."""
    lock_workshop(connection, code)
    return find_wave_now(connection, office, code, key)


def possible_acts(connection: Connection, one: WaveNow, now: datetime) -> frozenset[WaveAct]:
    """Return what can be done in a wave now."""
    wave = one.stored
    answered = wave is not None and anybody_answered(connection, wave.id)
    return acts_in(one.state(now), answered=answered)


def check(connection: Connection, one: WaveNow, act: WaveAct, now: datetime) -> None:
    """Raise Conflict with the state of a wave in which an act is not possible."""
    if act not in possible_acts(connection, one, now):
        state = one.state(now)
        why = f"{state}, and somebody has answered" if _answered(one, act, now) else f"{state}"
        raise Conflict(f"{one.name} cannot be {DONE[act]} ({why}). Nothing was changed.")


def _answered(one: WaveNow, act: WaveAct, now: datetime) -> bool:
    return act in acts_in(one.state(now), answered=False)


def changed(
    connection: Connection,
    office: Office,
    one: WaveNow,
    now: datetime,
    said: str | tuple[str, str],
    undo: WaveAct | None = None,
) -> WaveResult:
    """Return a wave after an act that changed it; `said` goes on after its name.

    Of two texts the second is said of a wave that then needs a yes.
    """
    after = find_wave_now(connection, office, one.workshop.code, one.key)
    if isinstance(said, tuple):
        said = said[after.state(now) is WaveState.NEEDS_YES]
    named = (after.workshop.code, after.key, after.state(now), after.stored)
    return WaveResult(*named, True, f"{one.name} {said}", undo)


def unchanged(one: WaveNow, now: datetime, said: str) -> WaveResult:
    """Return a wave that an act left as it was; `said` goes on after its name."""
    text = f"{one.name} {said}. Nothing was changed."
    return WaveResult(one.workshop.code, one.key, one.state(now), one.stored, False, text)


def needs_yes(day: date) -> str:
    """Return the sentence about a wave that needs a yes, with the day on which it would open."""
    return (
        f"Its day, {day_words(day)}, is past or near, so it needs your yes: open, hold or skip it."
    )
