"""The names of channels as people read them."""

from surveys.wording import N_, Words

NAMES = {"telegram": "Telegram", "email": N_("E-mail")}


def channel_name(words: Words, channel: str) -> str:
    """Return the name of a channel; its code if it has none."""
    return words(NAMES.get(channel, channel))
