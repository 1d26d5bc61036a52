"""Wiring: database, office, channels -> reception, pages and rounds of one process."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.inbox.rows import Rows
from bot.messaging.messages import Channel
from bot.reception import Reception
from bot.runtime.clock import Clock, utc_now
from bot.runtime.transactions import Transactions
from bot.service.rounds import Rounds
from bot.service.sign_in_letters import SignInLetters
from bot.settings.office import Office
from bot.staff_chat.dispatch import StaffChat
from bot.web.interview.pages import Pages
from storage.database import Database


@dataclass(frozen=True)
class Application:
    """The use cases of one process: `reception` and `pages` take messages, `rounds` sends them.

    `inbox` stores what channels bring, `letters` are those with which staff sign in.
    """

    transactions: Transactions
    office: Office
    reception: Reception
    inbox: Rows
    pages: Pages
    rounds: Rounds
    letters: SignInLetters
    clock: Clock


def build_application(
    database: Database,
    office: Office,
    channels: Mapping[str, Channel],
    clock: Clock = utc_now,
    transacting: Callable[[Database], Transactions] = Transactions,
) -> Application:
    """Return the use cases on a database. `channels` may be filled until the first round."""
    transactions = transacting(database)
    reception = Reception(transactions, office, clock, StaffChat(transactions, office, clock))
    pages = Pages(transactions, office, clock)
    rounds = Rounds(transactions, office, channels, clock)
    letters = SignInLetters(transactions, office, channels, clock)
    inbox = Rows(transactions, clock)
    return Application(transactions, office, reception, inbox, pages, rounds, letters, clock)
