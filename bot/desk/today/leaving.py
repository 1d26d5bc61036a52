"""What leaves in the next two days, wave by wave, and which waves are open. Reads only."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.desk.waves.previewing import preview_wave
from bot.fieldwork.planned_waves import WaveNow, opened_wave, waves_now_in
from bot.settings.office import Office
from storage.fieldwork.overviews import (
    NextMessages,
    WaveFigures,
    figures_of_waves,
    first_to_close,
    next_messages,
    workshops_ahead,
)
from storage.fieldwork.waves import Wave, waves_with
from storage.fieldwork.workshops import plain_workshops_with, workshops_with
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


@dataclass(frozen=True)
class Ahead:
    """Waves at which somebody may have to look, and the messages that leave soon, by wave."""

    waves: list[WaveNow]
    messages: Mapping[int, NextMessages]


def look_ahead(connection: Connection, office: Office, now: datetime) -> Ahead:
    """Return the waves that are on hold, asked about, next to open, or that send within two days.

    Most workshops of an office have none of them, so they are not read: rounds keep a list of when
    something is due in each.
    """
    messages = next_messages(connection, now + SOON)
    codes = workshops_ahead(connection, now + SOON)
    sending = waves_with(connection, messages)
    known = workshops_with(connection, {*codes, *(one.workshop_code for one in sending)})
    workshops = {one.code: one for one in known}
    coming = waves_now_in(connection, office, [workshops[code] for code in codes])
    found = [one for waves in coming.values() for one in waves]
    others = (one for one in sending if one.workshop_code not in coming)
    found += [opened_wave(office, workshops[one.workshop_code], one) for one in others]
    return Ahead(found, messages)


def open_waves(
    connection: Connection,
    office: Office,
    now: datetime,
    most: int,
    codes: Collection[str] | None = None,
) -> tuple[int, list[OpenWave]]:
    """Return how many waves are open (in some workshops), and the first of them to close."""
    number, stored = first_to_close(connection, most, codes)
    figures = figures_of_waves(connection, [one.id for one in stored]) if stored else {}
    waves = _opened(connection, office, stored)
    listed = [
        (one, figures.get(wave.id, WaveFigures())) for one, wave in zip(waves, stored, strict=True)
    ]
    return number, [OpenWave(one, one.state(now), its) for one, its in listed]


def _opened(connection: Connection, office: Office, stored: Sequence[Wave]) -> list[WaveNow]:
    """Return opened waves as they are now. Added ones are looked for where the plan has no such wave."""
    codes = {one.workshop_code for one in stored}
    for read in (plain_workshops_with, workshops_with):
        workshops = {one.code: one for one in read(connection, codes)}
        found = [opened_wave(office, workshops[one.workshop_code], one) for one in stored]
        if all(one.planned for one in found):
            break
    return found


def leaving(connection: Connection, office: Office, ahead: Ahead, now: datetime) -> list[Leaving]:
    """Return what leaves in the next two days, the first first; what is on hold stands last."""
    due, span = ahead.messages, (now, now + SOON)
    found = [_leaving(connection, office, one, due, span) for one in ahead.waves]
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
