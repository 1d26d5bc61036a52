"""The command menus of the messenger: one for everybody, and one for each chat of staff."""

from collections.abc import Callable, Mapping

from bot.channels.telegram import TelegramBot
from bot.messaging.dispatch import Menu, Menus
from bot.participants import commands
from bot.runtime.transactions import Transactions
from bot.staff_chat.commands import menu_of, staff_roles
from storage.office.staff import StaffRole
from surveys.wording import ENGLISH, Words, worded_languages


class MenuKeeper:
    """Sets the menus when the staff has changed."""

    def __init__(self) -> None:
        self._shown: Mapping[str, StaffRole] | None = None

    async def keep(self, transactions: Transactions, telegram: TelegramBot | None) -> None:
        """Set the menus if a chat has become staff, or has stopped to be, since the last time."""
        if telegram is None:
            return
        wanted = await transactions.read(staff_roles, telegram.channel.name)
        if wanted == self._shown:
            return
        everyone = in_all_languages(commands.menu)
        gone = dict.fromkeys((self._shown or {}).keys() - wanted.keys(), everyone)
        of_role = {role: _menus_of(role) for role in set(wanted.values())}
        staff = {identifier: of_role[role] for identifier, role in wanted.items()}
        await telegram.set_menus(everyone, {**gone, **staff})
        self._shown = wanted


def in_all_languages(menu: Callable[[Words], Menu]) -> Menus:
    """Return a menu in every language of the bot; it is English for all others."""
    translated = [code for code in worded_languages() if code != ENGLISH]
    return {"": menu(Words()), **{code: menu(Words(code)) for code in translated}}


def _menus_of(role: StaffRole) -> Menus:
    return in_all_languages(lambda words: menu_of(role, words))
