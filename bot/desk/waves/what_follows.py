"""What follows for the people of a workshop: who gets what when, after its list or its days came."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from bot.desk.waves.outlook import Outlook, Outlooks
from bot.desk.waves.results import WorkshopResult, needs_yes
from bot.fieldwork.planned_waves import WaveNow, waves_now
from bot.settings.office import Office
from bot.wording.counts import counted
from bot.wording.days import day_words
from surveys.planning.wave_states import WaveState

ALL_PAST = "No wave is asked: the last day of each has passed. Each can be opened with new days."


def what_follows(
    connection: Connection, office: Office, code: str, now: datetime
) -> tuple[str, ...]:
    """Return a line for each wave of a workshop: who gets what when, or why nobody does."""
    waves = waves_now(connection, office, code)
    if not waves:
        return ()
    if all(one.state(now) is WaveState.NOT_ASKED for one in waves):
        return (ALL_PAST,)
    outlooks = Outlooks.of(connection, office, waves, now)
    return tuple(f"{one.key}: {_line(outlooks, one, now)}" for one in waves)


def with_what_follows(
    connection: Connection, office: Office, done: WorkshopResult, now: datetime
) -> WorkshopResult:
    """Return an act on a workshop, with what follows from it after what it says.

    Read in a transaction of its own: to look at all people takes longer than others may wait to write.
    """
    if not done.follows:
        return done
    follows = what_follows(connection, office, done.workshop.code, now)
    return replace(done, said=(*done.said, *follows))


def _line(outlooks: Outlooks, one: WaveNow, now: datetime) -> str:
    state = one.state(now)
    if one.planned is None and not one.facts.opened:
        return f"{state}, {_days(one, state)}; the plan has no such wave any more."
    match state:
        case WaveState.PLANNED | WaveState.OPENING | WaveState.OPEN:
            return f"{_days(one, state)}: {_messages(outlooks.outlook(one))}."
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


def _messages(outlook: Outlook) -> str:
    """Return how many people get a message next, and when the first of them does."""
    if not outlook.people:
        return "nobody is on the list yet"
    people = f"{outlook.messages} of {counted(outlook.people, 'person', 'people')}"
    when = f", first on {outlook.first}" if outlook.first else " can be sent a message"
    others = f"; {outlook.to_plan} more are planned in the next minutes" if outlook.to_plan else ""
    return f"{people}{when}{others}"
