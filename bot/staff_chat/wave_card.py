"""The card of an opened wave: its figures, and the buttons that pause, close or reopen it."""

from collections.abc import Callable, Sequence

from bot.desk.waves import acts
from bot.desk.waves.texts import languages_text, progress_text
from bot.fieldwork.language_of_contact import Speakers
from bot.fieldwork.progress import wave_progress
from bot.messaging.messages import Button, Card, Reply, Say, Tapped
from bot.messaging.tokens import Action, Token, token
from bot.staff_chat.context import StaffContext
from bot.staff_chat.questions import confirmation
from bot.staff_chat.rows import ButtonHandler
from bot.staff_chat.workshop_choice import wave_of
from storage.fieldwork.waves import find_wave
from storage.office.staff import Member

Orders = tuple[tuple[str, Action], ...]
OPEN: Orders = (("Pause", Action.OFFICE_PAUSE), ("Close now", Action.OFFICE_ASK_CLOSE))
PAUSED: Orders = (("Continue", Action.OFFICE_RESUME), ("Close now", Action.OFFICE_ASK_CLOSE))
CLOSED: Orders = (("Open again", Action.OFFICE_REOPEN),)


async def wave_card(context: StaffContext, found: Token) -> Card:
    """Return the card of the opened wave that a button names."""
    workshop, key = await wave_of(context, found)
    progress = await context.transactions.read(wave_progress, workshop.code, key)
    wave = await context.transactions.read(find_wave, workshop.code, key)
    orders = {"open": OPEN, "paused": PAUSED}.get(progress.state, ())
    if progress.state == "closed" and wave and acts.can_reopen(wave, context.clock()):
        orders = CLOSED
    rows = [
        tuple(Button(text, token(action, *found.numbers)) for text, action in orders),
        *(english_row(progress.languages, found) if progress.state == "open" else ()),
        (Button("Show every message", token(Action.OFFICE_WHO, *found.numbers)),),
        (Button("Try it yourself", token(Action.OFFICE_TRY, *found.numbers)),),
        (Button("Refresh", token(Action.OFFICE_WAVE, *found.numbers)),),
    ]
    text = "\n".join([progress_text(progress), *languages_text(progress.languages)])
    return Card(text, tuple(row for row in rows if row))


def act_on(act: Callable[..., acts.WaveResult]) -> ButtonHandler:
    """Return the handler of a button that runs an act on a wave, and then shows the wave."""

    async def handle(context: StaffContext, tap: Tapped, found: Token, member: Member) -> Reply:
        workshop, key = await wave_of(context, found)
        office = context.office_of(member)
        done = await context.transactions.write(act, office, workshop.code, key, context.clock())
        return Reply(done.said, (Say(await wave_card(context, found), tap.ref),))

    return handle


async def ask_to_close(context: StaffContext, tap: Tapped, found: Token, member: Member) -> Reply:
    """Ask before a wave is closed early."""
    workshop, key = await wave_of(context, found)
    question = f"Close {workshop.code} {key} before its last day?"
    return confirmation(question, Action.OFFICE_CLOSE, tap, found)


def english_row(languages: Sequence[Speakers], found: Token) -> tuple[tuple[Button, ...], ...]:
    """Return a button that asks in English those who wait for a translation, if there are any."""
    people = sum(one.people for one in languages if one.waits)
    button = Button(f"Ask in English: {people}", token(Action.OFFICE_ENGLISH, *found.numbers))
    return ((button,),) if people else ()
