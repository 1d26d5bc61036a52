"""/rehearse in chat: staff try a questionnaire, alone or as a wave would ask it."""

from bot.messaging.messages import Button, Card, Commanded, Reply, Say, Sender, Tapped
from bot.messaging.tokens import Action, Token, token
from bot.staff_chat.desk import Desk
from bot.staff_chat.rehearsed_case import invented_case
from bot.staff_chat.workshop_choice import wave_of
from storage.database import NotFound
from storage.instruments.questionnaires import newest, published_keys
from storage.office.staff import Member


async def choose(desk: Desk, command: Commanded, member: Member) -> Reply:
    """/rehearse: which questionnaire? /rehearse M6 begins at once."""
    keys = await desk.transactions.read(published_keys)
    wanted = command.argument.strip().upper()
    if wanted in keys:
        return await _begin_key(desk, command.sender, wanted)
    question = f"There is no questionnaire {wanted}. " if wanted else ""
    rows = [
        (Button(key, token(Action.OFFICE_TRY_QUESTIONNAIRE, number)),)
        for number, key in enumerate(keys)
    ]
    card = Card(f"{question}Which questionnaire would you like to try?", tuple(rows))
    return Reply(says=(Say(card),))


async def begin(desk: Desk, tap: Tapped, found: Token, member: Member) -> Reply:
    """Begin a questionnaire of the list."""
    keys = await desk.transactions.read(published_keys)
    if not found.numbers or found.numbers[0] >= len(keys):
        raise NotFound("This list is old. Please send /rehearse again.")
    return await _begin_key(desk, tap.sender, keys[found.numbers[0]])


async def begin_wave(desk: Desk, tap: Tapped, found: Token, member: Member) -> Reply:
    """Begin the questionnaire of a wave, with an invented person."""
    workshop, key = await wave_of(desk, found)
    now = desk.clock()
    questionnaire, file = await desk.transactions.read(
        invented_case, desk.office, workshop.code, key, now
    )
    return desk.rehearsals.begin(tap.sender, questionnaire, now, file)


async def _begin_key(desk: Desk, sender: Sender, key: str) -> Reply:
    questionnaire = await desk.transactions.read(newest, key)
    if questionnaire is None:
        raise NotFound(f"There is no questionnaire {key}.")
    return desk.rehearsals.begin(sender, questionnaire, desk.clock())
