"""The messenger channel. The only package that knows the library of the messenger.

It turns updates into `Inbound`, sends each `Card` as messages, and raises errors as `DeliveryError`.
"""

import os

# Without this the library warns at each 429 that durations will be `timedelta` in future.
os.environ.setdefault("PTB_TIMEDELTA", "true")

from bot.channels.telegram.application import TelegramBot, Webhook, build_telegram
from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.connection import Timing
from bot.channels.telegram.errors import TokenRefused
from bot.channels.telegram.identity import Identity, identity_of, number_of

__all__ = [
    "Identity",
    "TelegramBot",
    "TelegramChannel",
    "Timing",
    "TokenRefused",
    "Webhook",
    "build_telegram",
    "identity_of",
    "number_of",
]
