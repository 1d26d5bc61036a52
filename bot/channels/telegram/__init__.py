"""The messenger channel: the only package that knows the messenger's library.

What comes in leaves it as `Inbound`, what goes out enters it as `Card`, and errors leave it as
`DeliveryError`.
"""

import os

# The library turns durations into `timedelta` and warns about every flood answer until it is told.
os.environ.setdefault("PTB_TIMEDELTA", "true")

from bot.channels.telegram.application import TelegramBot, Timing, Webhook, build_telegram
from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.errors import TokenRefused

__all__ = [
    "TelegramBot",
    "TelegramChannel",
    "Timing",
    "TokenRefused",
    "Webhook",
    "build_telegram",
]
