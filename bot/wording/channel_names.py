"""The names of channels as people read them."""

from surveys.wording import N_, Words

PROPER_NAMES = {"telegram": "Telegram"}
NAMES = {"email": N_("E-mail")}


def channel_name(words: Words, channel: str) -> str:
    """Return the name of a channel; its code if it has none."""
    return PROPER_NAMES.get(channel) or words(NAMES.get(channel, channel))
