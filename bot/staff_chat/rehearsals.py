"""/rehearse in chat: staff try a questionnaire, alone or as a wave would ask it."""

from bot.desk.waves.invented_cases import invented_case
from bot.desk.waves.previewing import preview_wave
from bot.messaging.messages import Button, Card, Commanded, Reply, Say, Sender, Tapped
from bot.messaging.tokens import Action, Token, token
from bot.staff_chat.context import StaffContext
from bot.staff_chat.workshop_choice import wave_of
from storage.database import NotFound
from storage.instruments.questionnaires import newest, published_keys, published_titles
from storage.office.staff import Member


async def choose(context: StaffContext, command: Commanded, member: Member) -> Reply:
    """/rehearse: which questionnaire? /rehearse M6 begins at once."""
    titles = await context.transactions.read(published_titles)
    wanted = command.argument.strip().upper()
    if wanted in titles:
        return await _begin_key(context, command.sender, wanted)
    question = f"There is no questionnaire {wanted}. " if wanted else ""
    rows = [
        (Button(f"{title} ({key})", token(Action.OFFICE_TRY_QUESTIONNAIRE, number)),)
        for number, (key, title) in enumerate(titles.items())
    ]
    card = Card(f"{question}Which questionnaire would you like to try?", tuple(rows))
    return Reply(says=(Say(card),))


async def begin(context: StaffContext, tap: Tapped, found: Token, member: Member) -> Reply:
    """Begin a questionnaire of the list."""
    keys = await context.transactions.read(published_keys)
    if not found.numbers or found.numbers[0] >= len(keys):
        raise NotFound("This list is old. Please send /rehearse again.")
    return await _begin_key(context, tap.sender, keys[found.numbers[0]])


async def begin_wave(context: StaffContext, tap: Tapped, found: Token, member: Member) -> Reply:
    """Begin the questionnaire of a wave, with an invented person."""
    workshop, key = await wave_of(context, found)
    now = context.clock()
    wave = (context.office, workshop.code, key, now)
    questionnaire, file = await context.transactions.read(invented_case, *wave)
    preview = await context.transactions.read(preview_wave, *wave)
    return context.rehearsals.begin(tap.sender, questionnaire, now, file, preview.help.said)


async def _begin_key(context: StaffContext, sender: Sender, key: str) -> Reply:
    questionnaire = await context.transactions.read(newest, key)
    if questionnaire is None:
        raise NotFound(f"There is no questionnaire {key}.")
    return context.rehearsals.begin(sender, questionnaire, context.clock())
