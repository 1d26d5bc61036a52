"""The monthly message: waves that opened and closed, responses, who moved up, who is silent.

Counts only, and of the workshops that the member may see. They are those of Today and of
`followup figures`. Reads only.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.desk.office.staff import may_see
from bot.desk.reports.figures import MOMENTS, moved
from bot.desk.today.leaving import OpenWave, open_waves
from bot.fieldwork.planned_waves import WaveNow, opened_wave
from bot.settings.office import Office
from bot.wording.counts import counted
from bot.wording.days import day_words
from storage.fieldwork.overviews import WaveFigures, figures_of_waves
from storage.fieldwork.waves import Wave, waves_between
from storage.fieldwork.workshops import workshop_codes, workshops_with
from storage.office.staff import Member
from surveys.planning.calendar import plus_months

MOST = 10
"""The most waves of a kind in one message; the desk has all."""
NOTHING = "No wave opened or closed, and none is open."


@dataclass(frozen=True)
class Moved:
    """People who told a stage in two waves: how many are further, as before, less far."""

    up: int
    same: int
    down: int


@dataclass(frozen=True)
class ClosedWave:
    """A wave that has closed, with its figures; `moved` where the stage was asked before."""

    wave: WaveNow
    figures: WaveFigures
    moved: Moved | None

    @property
    def silent(self) -> int:
        """People who were asked and have not begun."""
        return self.figures.cases - self.figures.started


@dataclass(frozen=True)
class Digest:
    """What a month was like: `first` is its first day.

    `open` are the first to close of the waves that are open now, and `open_in_all` is their number.
    """

    first: date
    opened: tuple[WaveNow, ...]
    closed: tuple[ClosedWave, ...]
    open: tuple[OpenWave, ...]
    open_in_all: int


def digest_of(
    connection: Connection, office: Office, member: Member, first: date, now: datetime
) -> Digest:
    """Return the digest of the month that begins on `first`, for a member."""
    known = workshops_with(connection, workshop_codes(connection))
    seen = {one.code: one for one in known if may_see(member, one)}
    span = (_midnight(first, office), _midnight(plus_months(first, 1), office))
    opened, closed = waves_between(connection, seen, span)
    figures = figures_of_waves(connection, [one.id for one in closed]) if closed else {}
    in_all, now_open = open_waves(connection, office, now, MOST, seen)

    def named(wave: Wave) -> WaveNow:
        return opened_wave(office, seen[wave.workshop_code], wave)

    return Digest(
        first,
        tuple(named(one) for one in opened),
        tuple(
            ClosedWave(
                named(one), figures.get(one.id, WaveFigures()), _moved(connection, one, now)
            )
            for one in closed
        ),
        tuple(now_open),
        in_all,
    )


def _midnight(day: date, office: Office) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(office.zone))


def _moved(connection: Connection, wave: Wave, now: datetime) -> Moved | None:
    if wave.key not in MOMENTS.values():
        return None
    counts = moved(connection, wave.workshop_code, wave.key, now)
    return Moved(*counts) if counts else None


def digest_lines(found: Digest) -> list[str]:
    """Return a digest in words, a line for each wave."""
    lines = [line for title, those in digest_parts(found) for line in (title, *those)]
    return [digest_head(found), "", *(lines or [NOTHING])]


def digest_head(found: Digest) -> str:
    """Return of which month a digest is."""
    return f"The surveys in {found.first:%B %Y}"


def digest_parts(found: Digest) -> list[tuple[str, list[str]]]:
    """Return the parts of a digest that have something to tell: how many waves, and a line for each."""
    parts = (
        ("Opened", [_name(one) for one in found.opened], len(found.opened)),
        ("Closed", [_closed(one) for one in found.closed], len(found.closed)),
        ("Open now", [_open(one) for one in found.open], found.open_in_all),
    )
    return [
        (f"{title}: {number}", _listed(lines, number)) for title, lines, number in parts if lines
    ]


def _listed(lines: Sequence[str], number: int) -> list[str]:
    shown = [f"- {line}" for line in lines[:MOST]]
    more = [f"- and {number - MOST} more, at the desk"] if number > MOST else []
    return shown + more


def _name(one: WaveNow) -> str:
    return f"“{one.title}” of “{one.workshop.title}”"


def _closed(one: ClosedWave) -> str:
    told = f"{one.figures.completed} of {one.figures.cases} answered, {one.silent} silent"
    steps = one.moved
    if steps is None:
        return f"{_name(one.wave)}: {told}"
    people = counted(steps.up, "person is", "people are")
    said = f"{people} further than before, {steps.same} as before, {steps.down} less far"
    return f"{_name(one.wave)}: {told}; {said}"


def _open(one: OpenWave) -> str:
    told = f"{one.figures.completed} of {one.figures.cases} have answered"
    return f"{_name(one.wave)}: {told}, open until {day_words(one.wave.closes_on)}"
