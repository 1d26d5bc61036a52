"""Typed texts: a word that is a command, a text that came before, or an answer."""

from bot.fieldwork.inbound_context import InboundContext
from bot.messaging.messages import Reply, Sender, Typed
from bot.participants import interviewer
from bot.participants.commands import typed_command
from bot.participants.stopping import stopped
from storage.people.addresses import hear_text
from surveys.people import Participant


def typed(context: InboundContext, participant: Participant, text: Typed) -> Reply:
    """Return the reply to a typed text of a participant."""
    command = typed_command(context, participant, text)
    if command is not None:
        return command
    if participant.stopped_at is not None:
        return stopped(context)
    if _came_before(context, text.sender):
        return interviewer.show_again(context)
    return interviewer.wrote(context, text)


def _came_before(context: InboundContext, sender: Sender) -> bool:
    """Return whether this text was decided already, by a process that was killed before it replied.

    Only texts are asked: a button names its question, and commands say the same twice.
    """
    if sender.number is None:
        return False
    return not hear_text(context.connection, context.address.id, sender.number, context.now)
