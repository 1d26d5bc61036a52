"""What comes from outside is made up at random here; the right answers are few and calm."""

from tests.bot.channels.telegram.conftest import diary, telegram_standin, tg, transactions
from tests.bot.web.conftest import browser, stage, template

__all__ = ["browser", "diary", "stage", "telegram_standin", "template", "tg", "transactions"]
