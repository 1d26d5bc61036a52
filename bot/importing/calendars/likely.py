"""Workshops whose days are possible and unlikely: asked about, each kind in one question."""

from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from statistics import median

from bot.importing.calendars.matching import Entry
from bot.importing.calendars.row_days import RowDays
from bot.importing.rows.open_questions import LEAVE_OUT, SHOWN, Choice, Question
from bot.wording.counts import counted
from bot.wording.days import short_span

RIGHT = "right"
LONGEST = timedelta(days=60)
FAR = 10
"""Years between a workshop and most others of its calendar."""
ENOUGH = 3
"""Workshops from which on a calendar has a usual year."""
CHOICES = (Choice("Right as written", RIGHT), Choice("Leave them out", LEAVE_OUT))


def likely(entries: Sequence[Entry], days: RowDays) -> list[Entry]:
    """Return the entries without those that the answers leave out; add the questions to `days`."""
    kept = _kept(
        entries, days, ("far days", "far from today or from the others", _is_far(entries, days))
    )
    return _kept(kept, days, ("long workshops", "longer than two months", _is_long))


def _is_far(entries: Iterable[Entry], days: RowDays) -> Callable[[Entry], bool]:
    """Return the rule that finds days out of the likely years, or far from most other days."""
    years = [one.workshop.starts_on.year for one in entries if one.dated]
    usual = median(years) if len(years) >= ENOUGH else None

    def far(entry: Entry) -> bool:
        year = entry.workshop.starts_on.year
        return year not in days.years or (usual is not None and abs(year - usual) >= FAR)

    return far


def _is_long(entry: Entry) -> bool:
    return entry.workshop.ends_on - entry.workshop.starts_on > LONGEST


def _kept(
    entries: Sequence[Entry], days: RowDays, kind: tuple[str, str, Callable[[Entry], bool]]
) -> list[Entry]:
    key, what, found_by = kind
    found = [one for one in entries if one.dated and not one.cancelled and found_by(one)]
    answer = days.answers.get(key)
    if not found or answer == RIGHT:
        return list(entries)
    if answer == LEAVE_OUT:
        days.notes += [f"{_told(one)} was left out." for one in found]
        return [one for one in entries if one not in found]
    number = counted(len(found), "workshop is", "workshops are")
    more = f", and {len(found) - SHOWN} more" if len(found) > SHOWN else ""
    rows = "; ".join(map(_told, found[:SHOWN]))
    text = f"{number} {what}: {rows}{more}. Are the days right?"
    days.questions[key] = Question(key, text, CHOICES)
    return list(entries)


def _told(entry: Entry) -> str:
    held = entry.workshop
    return f"{entry.row.place}, '{held.title}', {short_span(held.starts_on, held.ends_on)}"
