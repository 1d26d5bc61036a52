"""What follows for the people of a workshop: who gets what when, after its list or its days came."""

from datetime import datetime

from sqlalchemy import Connection

from bot.desk.waves.previewing import Preview, preview_wave
from bot.desk.waves.results import needs_yes
from bot.fieldwork.planned_waves import WaveNow, waves_now
from bot.settings.office import Office
from bot.wording.counts import counted
from bot.wording.days import day_words
from surveys.planning.wave_states import WaveState


def what_follows(
    connection: Connection, office: Office, code: str, now: datetime
) -> tuple[str, ...]:
    """Return a line for each wave of a workshop: who gets what when, or why nobody does."""
    return tuple(
        f"{one.key}: {_line(connection, office, one, now)}"
        for one in waves_now(connection, office, code)
    )


def _line(connection: Connection, office: Office, one: WaveNow, now: datetime) -> str:
    state = one.state(now)
    if one.planned is None and not one.facts.opened:
        return f"{state}, {_days(one, state)}; the plan has no such wave any more."
    match state:
        case WaveState.PLANNED | WaveState.OPENING | WaveState.OPEN:
            preview = preview_wave(connection, office, one.workshop.code, one.key, now)
            return f"{_days(one, state)}: {_messages(preview)}."
        case WaveState.NEEDS_YES:
            return needs_yes(one.opens_on)
        case WaveState.NOT_ASKED:
            return f"is not asked: its last day was {day_words(one.closes_on)}."
        case _:
            return f"{state}, {_days(one, state)}."


def _days(one: WaveNow, state: WaveState) -> str:
    if state in (WaveState.OPENING, WaveState.OPEN):
        return f"is open until {day_words(one.closes_on)}"
    return f"from {day_words(one.opens_on)} to {day_words(one.closes_on)}"


def _messages(preview: Preview) -> str:
    """Return how many people get a message next, and when the first of them does."""
    times = sorted((each.at, each.local) for each in preview.sent_to if each.at is not None)
    if not preview.messages:
        return "nobody is on the list yet"
    people = f"{len(times)} of {counted(len(preview.messages), 'person', 'people')}"
    return f"{people}, first on {times[0][1]}" if times else f"{people} can be sent a message"
