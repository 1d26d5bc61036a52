"""Buttons that open the waves of a workshop that need a yes, under a list that was saved."""

from bot.desk.waves import acts
from bot.messaging import tokens
from bot.messaging.messages import Button
from bot.messaging.tokens import Action, token
from bot.staff_chat.context import StaffContext
from bot.staff_chat.workshop_choice import number_of
from surveys.planning.wave_states import WaveState
from surveys.workshop import Workshop

Rows = tuple[tuple[Button, ...], ...]


async def waiting_rows(context: StaffContext, workshop: Workshop) -> Rows:
    """Return a button for each wave that needs a yes: it opens, and the first message waits."""
    code, now = workshop.code, context.clock()
    waves = await context.transactions.read(acts.list_waves, context.office, code, now)
    return tuple(
        (
            Button(
                f"{one.key}: open for 28 days",
                token(Action.OFFICE_OPEN, number_of(workshop), tokens.number_of(one.key)),
            ),
        )
        for one in waves
        if one.state == WaveState.NEEDS_YES
    )
