"""/room in chat: one code for everybody in the room of a workshop, for one day.

A thin skin over `bot.desk.workshops.room_codes`. Who comes with the code waits with the people
of /relink.
"""

from collections.abc import Callable
from datetime import date, datetime

from bot.desk.workshops import room_codes
from bot.desk.workshops.code_sheets import chat_link
from bot.desk.workshops.texts import code_lines
from bot.messaging.messages import Button, Card, Reply, Say, Tapped
from bot.messaging.tokens import Action, Token, token
from bot.runtime.transactions import Transactions
from bot.settings.office import Office
from bot.staff_chat.plans import OLD_LIST, Places, number_of
from storage.database import NotFound
from storage.office.staff import Member

ROOM_ACTIONS = frozenset({Action.OFFICE_ROOM, Action.OFFICE_ROOM_MAKE, Action.OFFICE_ROOM_END})


class RoomChat:
    """Room codes: look, make and end."""

    def __init__(
        self,
        transactions: Transactions,
        office: Office,
        places: Places,
        clock: Callable[[], datetime],
    ) -> None:
        self._transactions = transactions
        self._office = office
        self._places = places
        self._clock = clock

    async def tapped(self, tap: Tapped, found: Token, member: Member) -> Reply:
        """A button of a workshop's room."""
        code = (await self._places.workshop(found)).code
        office, now = self._office.acting_as(member.code), self._clock()
        if found.action is Action.OFFICE_ROOM_MAKE:
            wanted = (office, code, _day(found), now)
            made = await self._transactions.write(room_codes.make_room_code, *wanted)
            link = chat_link(self._office.bot, made.code)
            return Reply(says=(Say(Card("\n".join(code_lines(made, link))), tap.ref),))
        said = ""
        if found.action is Action.OFFICE_ROOM_END:
            said = await self._transactions.write(room_codes.end_room_code, office, code, now)
        return Reply(said, (Say(await self._card(code, now), tap.ref),))

    async def _card(self, code: str, now: datetime) -> Card:
        there = await self._transactions.read(room_codes.room_days, code, now)
        number = number_of(there.workshop)
        rows = [
            (
                Button(
                    f"Make a code for {day:%d %B %Y}",
                    token(Action.OFFICE_ROOM_MAKE, number, day.toordinal()),
                ),
            )
            for day in there.days
        ]
        if there.working:
            rows.append((Button("End the code", token(Action.OFFICE_ROOM_END, number)),))
        return Card(there.said, tuple(rows))


def _day(found: Token) -> date:
    if len(found.numbers) != 2:
        raise NotFound(OLD_LIST)
    try:
        return date.fromordinal(found.numbers[1])
    except (ValueError, OverflowError):
        raise NotFound(OLD_LIST) from None
