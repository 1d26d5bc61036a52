"""The card of a wave: its state in a sentence, its figures, and the buttons that its state allows."""

from collections.abc import Sequence

from bot.desk.waves import acts
from bot.desk.waves.texts import languages_text, preview_text, progress_text, state_text
from bot.fieldwork.language_of_contact import Speakers
from bot.messaging.messages import Button, Card
from bot.messaging.tokens import Action, Token, token
from bot.staff_chat.context import StaffContext
from bot.staff_chat.workshop_choice import wave_of
from surveys.planning.wave_states import WaveAct, WaveState

Row = tuple[Button, ...]
LABELS = {
    WaveAct.OPEN: ("Open for 28 days", Action.OFFICE_OPEN),
    WaveAct.BACK: ("Back to planned", Action.OFFICE_BACK),
    WaveAct.RELEASE: ("Release", Action.OFFICE_RELEASE),
    WaveAct.HOLD: ("Hold", Action.OFFICE_HOLD),
    WaveAct.DAYS: ("Change the days", Action.OFFICE_DAYS),
    WaveAct.SKIP: ("Skip", Action.OFFICE_SKIP),
    WaveAct.CLOSE: ("Close now", Action.OFFICE_ASK_CLOSE),
    WaveAct.REOPEN: ("Open again", Action.OFFICE_REOPEN),
}
"""The button of each act, in the order in which they are shown."""
IN_STATE = {
    (WaveState.PLANNED, WaveAct.OPEN): "Open now",
    (WaveState.OPENING, WaveAct.BACK): "Undo",
    (WaveState.OPEN, WaveAct.DAYS): "Change the last day",
}
"""What the button of an act says in a state where it says something else."""
IN_A_ROW = 3
SPEAKS_SOON = (WaveState.PLANNED, WaveState.OPENING, WaveState.OPEN)
"""States in which it is offered to ask in English those who wait for a translation."""


async def wave_card(context: StaffContext, found: Token) -> Card:
    """Return the card of the wave that a button names."""
    workshop, key = await wave_of(context, found)
    here = (context.office, workshop.code, key)
    results: tuple[Row, ...] = ()
    one = await context.transactions.read(acts.find_wave_now, *here)
    possible = await context.transactions.read(acts.possible_acts, one, context.clock())
    if one.facts.opened:
        lines, languages = await _progress(context, one)
        last = ("Refresh", Action.OFFICE_WAVE)
        results = ((Button("Results so far", token(Action.SURVEY, *found.numbers)),),)
    else:
        preview = await context.transactions.read(acts.preview_wave, *here, context.clock())
        lines, languages = [preview_text(preview)], preview.languages
        last = ("Cancel", Action.OFFICE_CANCEL)
    english = one.state(context.clock()) in SPEAKS_SOON
    rows = [
        *_act_rows(one, one.state(context.clock()), possible, found),
        *(english_row(languages, found) if english else ()),
        *results,
        (Button("Show every message", token(Action.OFFICE_WHO, *found.numbers)),),
        (Button("Try it yourself", token(Action.OFFICE_TRY, *found.numbers)),),
        (Button(last[0], token(last[1], *found.numbers)),),
    ]
    state = state_text(one, context.clock(), context.office.zone)
    return Card("\n".join([*lines, *([state] if state else [])]), tuple(rows))


async def _progress(
    context: StaffContext, one: acts.WaveNow
) -> tuple[list[str], Sequence[Speakers]]:
    found = await context.transactions.read(
        acts.progress_now, context.office, one.workshop.code, one.key, context.clock()
    )
    return [progress_text(found), *languages_text(found.languages)], found.languages


def _act_rows(
    one: acts.WaveNow, state: WaveState, possible: frozenset[WaveAct], found: Token
) -> list[Row]:
    """Return the buttons of what can be done, some in a row."""
    if one.workshop.held_at is not None and WaveAct.RELEASE in possible:
        whole = token(Action.OFFICE_WORKSHOP_RELEASE, found.numbers[0])
        return [(Button("Release the workshop", whole),)]
    if state is WaveState.OPENING:
        possible &= {WaveAct.BACK}
    buttons = [
        Button(IN_STATE.get((state, act), label), token(action, *found.numbers))
        for act, (label, action) in LABELS.items()
        if act in possible
    ]
    starts = range(0, len(buttons), IN_A_ROW)
    return [tuple(buttons[first : first + IN_A_ROW]) for first in starts]


def english_row(languages: Sequence[Speakers], found: Token) -> tuple[Row, ...]:
    """Return a button that asks in English those who wait for a translation, if there are any."""
    people = sum(one.people for one in languages if one.waits)
    button = Button(f"Ask in English: {people}", token(Action.OFFICE_ENGLISH, *found.numbers))
    return ((button,),) if people else ()
