"""People the office does not know get no names, and no more than a way in."""

from collections.abc import Callable, Mapping

from bot.messaging.messages import Card, Commanded, Inbound, Membership, Moved, Reply, Say, Sender
from bot.settings.office import Office
from bot.wording import service_messages
from surveys.wording import N_, Words, sentences

NOTHING_STORED = N_("What is sent here is not stored.")
PRIVATE_ONLY = N_("I work in private chats only. Please open a chat with me.")


def words_for(sender: Sender) -> Words:
    """Return the words of the bot in the language of somebody's messenger."""
    return Words(sender.language.partition("-")[0] or "en")


def tell_number(sender: Sender) -> Reply:
    """/id: the number of a chat, which the office needs to make its owner a member of the staff."""
    return Reply(says=(Say(Card(_number(sender))),))


OPEN_COMMANDS: Mapping[str, Callable[[Sender], Reply]] = {"id": tell_number}
"""Commands that work in any chat, known or not."""


def refused(office: Office, inbound: Inbound) -> Reply:
    """Return the reply to a stranger."""
    if isinstance(inbound, Membership | Moved):
        return Reply()
    sender = inbound.sender
    words = words_for(sender)
    unknown = words(service_messages.STRANGER, contact=office.contact)
    text = sentences([unknown, words(NOTHING_STORED)])
    if isinstance(inbound, Commanded) and inbound.name == "start":
        text += "\n" + _number(sender)
    return Reply(says=(Say(Card(text)),))


def in_group(sender: Sender) -> Reply:
    """Say in a group that the bot works in private chats only."""
    return Reply(says=(Say(Card(words_for(sender)(PRIVATE_ONLY))),))


def interrupted(sender: Sender) -> Reply:
    """Return the reply to a message that was decided before the program ended."""
    return _said(sender, service_messages.INTERRUPTED)


def too_many(sender: Sender) -> Reply:
    """Return the reply to messages that were dropped, because many came at once."""
    return _said(sender, service_messages.TOO_MANY)


def _said(sender: Sender, text: str) -> Reply:
    return Reply(says=(Say(Card(words_for(sender)(text))),))


def _number(sender: Sender) -> str:
    return words_for(sender)(service_messages.CHAT_NUMBER, number=sender.identifier)
