"""The e-mail channel. The only package that knows the mail library.

It sends each card with its envelope as one letter to one person, and raises errors as
`DeliveryError`. It reads no mailbox.
"""

from bot.channels.email.channel import EmailChannel, Server
from bot.channels.email.composing import Letterhead

__all__ = ["EmailChannel", "Letterhead", "Server"]
