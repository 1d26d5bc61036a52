"""Putting the parts together: database, office, channels -> fieldwork, reception, pages."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.messaging.messages import Channel
from bot.reception import Reception
from bot.runtime.clock import Clock, utc_now
from bot.runtime.transactions import Transactions
from bot.service.rounds import Fieldwork
from bot.settings.office import Office
from bot.staff_chat.staff_chat import StaffChat
from bot.web.interview.pages import Pages
from storage.database import Database


@dataclass(frozen=True)
class Application:
    """Everything of one process: give it channels and it talks."""

    transactions: Transactions
    office: Office
    reception: Reception
    pages: Pages
    fieldwork: Fieldwork
    clock: Clock


def build_application(
    database: Database, office: Office, channels: Mapping[str, Channel], clock: Clock = utc_now
) -> Application:
    """The use cases around a database. `channels` may still be filled before the first tick."""
    transactions = Transactions(database)
    reception = Reception(transactions, office, clock, StaffChat(transactions, office, clock))
    pages = Pages(transactions, office, clock)
    fieldwork = Fieldwork(transactions, office, channels, clock)
    return Application(transactions, office, reception, pages, fieldwork, clock)
