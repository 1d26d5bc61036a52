"""What comes from outside is made up at random here; the right answers are few and calm."""

from tests.bot.channels.telegram.conftest import diary, telegram_standin, tg, transactions
from tests.bot.web.conftest import browser, stage, template
from tests.cli.conftest import filled, logs_as_before, office, terminal

__all__ = [
    "browser",
    "diary",
    "filled",
    "logs_as_before",
    "office",
    "stage",
    "telegram_standin",
    "template",
    "terminal",
    "tg",
    "transactions",
]
