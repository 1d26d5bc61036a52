"""The e-mail channel: the only package that knows the mail library.

A card enters it with its envelope and leaves as one letter to one person; errors leave it as
`DeliveryError`. It reads no mailbox.
"""

from bot.channels.email.channel import EmailChannel, Server
from bot.channels.email.composing import Letterhead

__all__ = ["EmailChannel", "Letterhead", "Server"]
