"""The command menus of the messenger: one for everybody, and one for each chat of staff."""

from collections.abc import Mapping

from bot.channels.telegram import TelegramBot
from bot.messaging.dispatch import Menu
from bot.participants import commands
from bot.runtime.transactions import Transactions
from bot.staff_chat.commands import staff_menus


class Menus:
    """Sets the menus when the staff has changed."""

    def __init__(self) -> None:
        self._shown: Mapping[str, Menu] | None = None

    async def keep(self, transactions: Transactions, telegram: TelegramBot | None) -> None:
        """Set the menus if a chat has become staff, or has stopped to be, since the last time."""
        if telegram is None:
            return
        wanted = await transactions.read(staff_menus, telegram.channel.name)
        if wanted == self._shown:
            return
        everyone = commands.menu()
        gone = dict.fromkeys((self._shown or {}).keys() - wanted.keys(), everyone)
        await telegram.set_menus(everyone, {**gone, **wanted})
        self._shown = wanted
