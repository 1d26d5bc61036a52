"""What moving a workshop would do to its waves. Reads only."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import Connection

from bot.fieldwork.planned_waves import WaveNow, waves_if
from bot.settings.office import Office
from bot.wording.counts import counted
from bot.wording.days import day_words
from storage.fieldwork.taken_back import reached
from storage.fieldwork.workshops import get_workshop
from surveys.planning.wave_states import WaveState


@dataclass(frozen=True)
class WaveMove:
    """A wave when its workshop moves: its first day before and after, and what people have got."""

    title: str
    before: date
    after: date
    state: WaveState
    reached: int

    @property
    def said(self) -> str:
        """The move in one line."""
        if self.before == self.after:
            have = counted(self.reached, "person has", "people have")
            why = f" ({have} a message)" if self.reached else ""
            return f"{self.title} stays on {day_words(self.before)}{why}."
        needs = " It then needs your yes." if self.state is WaveState.NEEDS_YES else ""
        return f"{self.title}: {day_words(self.before)} → {day_words(self.after)}.{needs}"


def moves_of_waves(
    connection: Connection, office: Office, code: str, days: tuple[date, date], now: datetime
) -> list[WaveMove]:
    """Return what becomes of each wave of a workshop if the workshop gets these days."""
    before = get_workshop(connection, code)
    first, last = days
    after = replace(before, starts_on=first, ends_on=last, confirmed=True, planned_since=now)
    moved = {one.key: one for one in waves_if(connection, office, after)}
    return [
        _move(connection, one, moved[one.key], now)
        for one in waves_if(connection, office, before)
        if one.key in moved
    ]


def _move(connection: Connection, one: WaveNow, then: WaveNow, now: datetime) -> WaveMove:
    number = len(reached(connection, one.stored.id)) if one.stored and one.facts.opened else 0
    return WaveMove(one.title, one.opens_on, then.opens_on, then.state(now), number)
