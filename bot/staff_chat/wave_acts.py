"""The buttons and the command that change a wave; some ask first.

The work is done by `bot.desk.waves`.
"""

from collections.abc import Callable
from datetime import date, timedelta

from bot.desk.waves import acts
from bot.desk.waves.following import Place, follow
from bot.desk.waves.typed_days import typed_span
from bot.messaging.messages import Button, Card, Commanded, Reply, Say, Tapped
from bot.messaging.tokens import Action, Token, number_of, token
from bot.staff_chat.context import StaffContext
from bot.staff_chat.questions import confirmation
from bot.staff_chat.rows import ButtonHandler
from bot.staff_chat.wave_card import wave_card
from bot.staff_chat.workshop_choice import known_workshops, wave_of
from storage.fieldwork.waves import find_wave
from storage.office.staff import Member
from surveys.problems import BadInput

HOW_TO_CHANGE = (
    "To change the days of {code} {key}, send /days {code} {key} 11 June to 9 July. For another last "
    "day only, send one day."
)
NO_DAYS = "Please send /days CODE WAVE 11 June to 9 July, or one day for another last day."
AGAIN = timedelta(days=14)
"""How long a wave that is opened again past its last day stays open."""


def act_on(act: Callable[..., acts.WaveResult], **more: object) -> ButtonHandler:
    """Return the handler of a button that runs an act on a wave, and then shows the wave."""

    async def handle(context: StaffContext, tap: Tapped, found: Token, member: Member) -> Reply:
        workshop, key = await wave_of(context, found)
        office = context.office_of(member)
        here = (office, workshop.code, key, context.clock())
        done = await context.transactions.write(act, *here, **more)
        return Reply(done.said, (await shown(context, tap, found, member)).says)

    return handle


async def shown(context: StaffContext, tap: Tapped, found: Token, member: Member) -> Reply:
    """Show a wave; an opened one in a message that is kept up to date from now on."""
    workshop, key = await wave_of(context, found)
    card = await wave_card(context, found)
    wave = await context.transactions.read(find_wave, workshop.code, key)
    if tap.ref and wave is not None and wave.opened_at is not None:
        place = Place(member, tap.ref, card.text)
        await context.transactions.write(follow, (workshop.code, key), place, context.clock())
    return Reply(says=(Say(card, tap.ref),))


async def open_wave(context: StaffContext, tap: Tapped, found: Token, member: Member) -> Reply:
    """Open a wave now; ask first where that is early."""
    workshop, key = await wave_of(context, found)
    question = await context.transactions.read(
        acts.open_question, context.office, workshop.code, key, context.clock()
    )
    if question:
        return confirmation(question, Action.OFFICE_OPEN_YES, tap, found)
    return await act_on(acts.open_wave)(context, tap, found, member)


async def put_back(context: StaffContext, tap: Tapped, found: Token, member: Member) -> Reply:
    """Put a wave back to its plan; ask first where somebody has a message of it."""
    workshop, key = await wave_of(context, found)
    question = await context.transactions.read(
        acts.back_question, context.office, workshop.code, key
    )
    if not question:
        return await act_on(acts.put_back)(context, tap, found, member)
    rows = (
        (Button("Yes, tell them", token(Action.OFFICE_BACK_TELL, *found.numbers)),),
        (Button("Yes, do not tell them", token(Action.OFFICE_BACK_YES, *found.numbers)),),
        (Button("No", token(Action.OFFICE_CANCEL, *found.numbers)),),
    )
    return Reply(says=(Say(Card(question, rows), tap.ref),))


async def ask_to_close(context: StaffContext, tap: Tapped, found: Token, member: Member) -> Reply:
    """Ask before a wave is closed early."""
    workshop, key = await wave_of(context, found)
    question = await context.transactions.read(
        acts.close_question, context.office, workshop.code, key, context.clock()
    )
    if not question:
        return await shown(context, tap, found, member)
    return confirmation(question, Action.OFFICE_CLOSE, tap, found)


async def reopen(context: StaffContext, tap: Tapped, found: Token, member: Member) -> Reply:
    """Open a closed wave again; past its last day for two weeks."""
    workshop, key = await wave_of(context, found)
    wave = await context.transactions.read(find_wave, workshop.code, key)
    over = wave is not None and not acts.can_reopen(wave, context.clock())
    last = context.office.day_of(context.clock()) + AGAIN if over else None
    return await act_on(acts.reopen_wave, closes_on=last)(context, tap, found, member)


async def days(context: StaffContext, tap: Tapped, found: Token, member: Member) -> Reply:
    """Say how to change the days of a wave, or change them as a question has asked."""
    workshop, key = await wave_of(context, found)
    if len(found.numbers) < 4:
        return Reply(says=(Say(Card(HOW_TO_CHANGE.format(code=workshop.code, key=key))),))
    first, last = (date.fromordinal(number) for number in found.numbers[2:4])
    here = (context.office_of(member), workshop.code, key)
    done = await context.transactions.write(
        acts.change_days, *here, context.clock(), (first, last)
    )
    wave = Token(found.action, found.numbers[:2])
    return Reply(done.said, (await shown(context, tap, wave, member)).says)


async def type_days(context: StaffContext, command: Commanded, member: Member) -> Reply:
    """/days CODE WAVE 11 June to 9 July: change the days of a wave; ask if that is soon."""
    code, _, rest = command.argument.strip().partition(" ")
    key, _, text = rest.strip().partition(" ")
    if not text.strip():
        return Reply(says=(Say(Card(NO_DAYS)),))
    known = {one.code.casefold(): one.code for one in await known_workshops(context)}
    code, now = known.get(code.casefold(), code), context.clock()
    one = await context.transactions.read(acts.find_wave_now, context.office, code, key)
    try:
        first, last = typed_span(text, context.office.day_of(now), "/days")
    except BadInput as problem:
        return Reply(says=(Say(Card(str(problem))),))
    days = (one.opens_on, last) if first == last else (first, last)
    numbers = (number_of(code), number_of(one.key))
    here = (code, one.key, now, days)
    question = await context.transactions.read(acts.days_question, context.office, *here)
    if question:
        asked = Token(Action.OFFICE_DAYS, (*numbers, *(day.toordinal() for day in days)))
        yes = Button("Yes", str(asked))
        no = Button("No", token(Action.OFFICE_CANCEL, *numbers))
        return Reply(says=(Say(Card(question, ((yes, no),))),))
    done = await context.transactions.write(acts.change_days, context.office_of(member), *here)
    undo = Button("Undo", token(Action.OFFICE_BACK, *numbers))
    return Reply(says=(Say(Card(done.said, ((undo,),) if done.undo else ())),))
