"""Put a wave back to its plan: while nobody has answered, opening it can be undone."""

from datetime import date, datetime

from sqlalchemy import Connection

from bot.audit import record
from bot.desk.waves.results import WaveResult, changed, check, locked_wave, needs_yes, unchanged
from bot.fieldwork.planned_waves import WaveNow, find_wave_now
from bot.settings.office import Office
from bot.wording.case_cards import too_early
from bot.wording.counts import counted
from bot.wording.days import day_words
from storage.due_workshops import mark_due
from storage.fieldwork import wave_decisions
from storage.fieldwork.taken_back import Reached, reached, take_back
from storage.office.audit import Act
from storage.office.notices import put_notices
from surveys.planning.due_workshops import opens_at
from surveys.planning.wave_states import HELD, WaveAct, WaveState
from surveys.wording import Words


def people_reached(connection: Connection, office: Office, code: str, key: str) -> int:
    """Return how many messages of a wave people have, or may have."""
    one = find_wave_now(connection, office, code, key)
    return len(reached(connection, one.stored.id)) if one.stored else 0


def back_question(connection: Connection, office: Office, code: str, key: str) -> str:
    """Return what to ask before a wave goes back to its plan; '' if nobody has a message of it."""
    number = people_reached(connection, office, code, key)
    if not number:
        return ""
    have = counted(number, "person has", "people have")
    return f"{have} a message of {code} {key} already. Put it back to its plan, and tell them?"


def put_back(
    connection: Connection,
    office: Office,
    code: str,
    key: str,
    now: datetime,
    *,
    tell: bool = False,
) -> WaveResult:
    """Put a wave back to its plan as if it had not been opened, skipped, or given other days.

    With `tell`, whoever has a message of it is told in a sentence. Raise Conflict if somebody has
    answered.
    """
    one = locked_wave(connection, office, code, key)
    if one.state(now) is WaveState.PLANNED and not _by_hand(one):
        return unchanged(one, now, f"is planned already, for {day_words(one.opens_on)}")
    if not _by_hand(one) or one.facts.opened or one.state(now) in HELD:
        check(connection, one, WaveAct.BACK, now)
    told = reached(connection, one.stored.id) if one.stored else []
    unsent = take_back(connection, one.stored.id, now) if one.stored else 0
    day = _plan_again(connection, one, now)
    if tell:
        _tell(connection, one, told, now)
    counts = {"taken_back": unsent, "reached": len(told)}
    record(connection, office, Act.WAVE_BACK, one.name, now, **counts)
    said = f"is planned for {day_words(day)} again.{_about(unsent, len(told), tell=tell)}"
    return changed(connection, office, one, now, (said, f"{said} {needs_yes(day)}"))


def _by_hand(one: WaveNow) -> bool:
    return one.stored is not None and one.stored.days_set_at is not None


def _plan_again(connection: Connection, one: WaveNow, now: datetime) -> date:
    planned = one.planned or one.dated
    wave_decisions.plan_again(connection, planned)
    if opens_at(planned.opens_on) <= now:
        # Its day has come: without a yes it would open again within a minute.
        wave_decisions.set_asked(connection, planned, now)
    mark_due(connection, [one.workshop.code])
    return planned.opens_on


def _tell(connection: Connection, one: WaveNow, told: list[Reached], now: datetime) -> None:
    day = (one.planned or one.dated).opens_on
    for person in (one for one in told if one.asked):
        text = too_early(Words(person.language), one.workshop.title, day)
        put_notices(connection, [text], [(person.channel, person.identifier)], now)


def _about(unsent: int, told: int, *, tell: bool) -> str:
    text = ""
    if unsent:
        text += f" {counted(unsent, 'invitation was', 'invitations were')} taken back."
    if told:
        have = counted(told, "person has", "people have")
        text += f" {have} a message already, {'told now' if tell else 'and not told'}."
    return text
