"""What leaves in the next two days, wave by wave, and which waves are open. Reads only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.desk.waves.previewing import preview_wave
from bot.fieldwork.planned_waves import WaveNow, opened_wave, waves_now_in
from bot.settings.office import Office
from storage.due_workshops import workshops_due
from storage.fieldwork.overviews import (
    NextMessages,
    WaveFigures,
    figures_of_waves,
    next_messages,
    workshops_undecided,
)
from storage.fieldwork.waves import all_open_waves
from storage.fieldwork.workshops import workshops_with
from surveys.planning.due_workshops import opens_at
from surveys.planning.wave_states import HELD, WaveState

SOON = timedelta(days=2)
OPEN = (WaveState.OPENING, WaveState.OPEN, WaveState.HELD_OPEN)


@dataclass(frozen=True)
class Leaving:
    """A wave with messages that leave soon: the first moment (None on hold), and for how many."""

    wave: WaveNow
    state: WaveState
    first: datetime | None
    people: int


@dataclass(frozen=True)
class OpenWave:
    """An open wave with its figures."""

    wave: WaveNow
    state: WaveState
    figures: WaveFigures


def waves_to_see(connection: Connection, office: Office, now: datetime) -> list[WaveNow]:
    """Return the waves that are open, on hold, asked about, or next to open.

    Most workshops of an office have none of them, so they are not read: rounds keep a list of when
    something is due in each.
    """
    opened = all_open_waves(connection)
    soon = {*workshops_due(connection, now + SOON), *workshops_undecided(connection)}
    codes = soon | {one.workshop_code for one in opened}
    workshops = {one.code: one for one in workshops_with(connection, codes)}
    coming = waves_now_in(connection, office, [workshops[code] for code in sorted(soon)])
    to_come = [one for waves in coming.values() for one in waves if not one.facts.opened]
    return [*to_come, *(opened_wave(office, workshops[one.workshop_code], one) for one in opened)]


def open_waves(connection: Connection, waves: Sequence[WaveNow], now: datetime) -> list[OpenWave]:
    """Return those of some waves that are open, the one that closes first first."""
    found = [(one, one.state(now)) for one in waves]
    opened = [(one, state) for one, state in found if state in OPEN and one.stored]
    figures = figures_of_waves(connection, [one.stored.id for one, _ in opened if one.stored])
    listed = [OpenWave(one, state, _figures(one, figures)) for one, state in opened]
    return sorted(listed, key=lambda one: (one.wave.closes_on, one.wave.name))


def _figures(one: WaveNow, figures: Mapping[int, WaveFigures]) -> WaveFigures:
    return figures.get(one.stored.id, WaveFigures()) if one.stored else WaveFigures()


def leaving(
    connection: Connection, office: Office, waves: Sequence[WaveNow], now: datetime
) -> list[Leaving]:
    """Return what leaves in the next two days, the first first; what is on hold stands last."""
    until = now + SOON
    due = next_messages(connection, until)
    found = [_leaving(connection, office, one, due, (now, until)) for one in waves]
    listed = [one for one in found if one is not None]
    return sorted(listed, key=lambda one: (one.first is None, one.first or now, one.wave.name))


def _leaving(
    connection: Connection,
    office: Office,
    one: WaveNow,
    due: Mapping[int, NextMessages],
    span: tuple[datetime, datetime],
) -> Leaving | None:
    now, until = span
    state = one.state(now)
    if state in HELD:
        return Leaving(one, state, None, 0)
    if one.stored is not None and state in OPEN:
        mine = due.get(one.stored.id)
        first = max(mine.at, one.facts.sends_from or mine.at) if mine else None
        return Leaving(one, state, first, mine.people) if mine else None
    if state is not WaveState.PLANNED or opens_at(one.opens_on) > until:
        return None
    sent = preview_wave(connection, office, one.workshop.code, one.key, now).sent_to
    moments = [message.at for message in sent if message.at is not None and message.at <= until]
    return Leaving(one, state, min(moments), len(moments)) if moments else None
