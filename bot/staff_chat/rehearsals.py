"""/rehearse in chat: a questionnaire tried by staff, alone or as a wave would ask it."""

from collections.abc import Callable
from datetime import datetime

from bot.messaging.messages import Button, Card, Commanded, Reply, Say, Sender, Tapped
from bot.messaging.tokens import Action, Token, token
from bot.runtime.transactions import Transactions
from bot.settings.office import Office
from bot.staff_chat.plans import Places
from bot.staff_chat.rehearsal import Rehearsals
from bot.staff_chat.rehearsed_case import invented_case
from storage.database import NotFound
from storage.instruments.questionnaires import newest, published_keys
from storage.office.staff import Member


class RehearsalChat:
    """Choosing what to try; the trial itself is a rehearsal."""

    def __init__(
        self,
        transactions: Transactions,
        office: Office,
        places: Places,
        rehearsals: Rehearsals,
        clock: Callable[[], datetime],
    ) -> None:
        self._transactions = transactions
        self._office = office
        self._places = places
        self._rehearsals = rehearsals
        self._clock = clock

    async def choose(self, command: Commanded) -> Reply:
        """/rehearse: which questionnaire; /rehearse M6 begins at once."""
        keys = await self._transactions.read(published_keys)
        wanted = command.argument.strip().upper()
        if wanted in keys:
            return await self._begin_key(command.sender, wanted)
        question = f"There is no questionnaire {wanted}. " if wanted else ""
        rows = [
            (Button(key, token(Action.OFFICE_TRY_QUESTIONNAIRE, number)),)
            for number, key in enumerate(keys)
        ]
        card = Card(f"{question}Which questionnaire would you like to try?", tuple(rows))
        return Reply(says=(Say(card),))

    async def begin(self, tap: Tapped, found: Token, member: Member) -> Reply:
        """A questionnaire of the list."""
        keys = await self._transactions.read(published_keys)
        if not found.numbers or found.numbers[0] >= len(keys):
            raise NotFound("This list is old. Please send /rehearse again.")
        return await self._begin_key(tap.sender, keys[found.numbers[0]])

    async def _begin_key(self, sender: Sender, key: str) -> Reply:
        questionnaire = await self._transactions.read(newest, key)
        if questionnaire is None:
            raise NotFound(f"There is no questionnaire {key}.")
        return self._rehearsals.begin(sender, questionnaire, sender.language)

    async def begin_wave(self, tap: Tapped, found: Token, member: Member) -> Reply:
        """The questionnaire of a wave, with an invented person."""
        workshop, key = await self._places.wave(found)
        questionnaire, file = await self._transactions.read(
            invented_case, self._office, workshop.code, key, self._clock()
        )
        return self._rehearsals.begin(tap.sender, questionnaire, tap.sender.language, file)
