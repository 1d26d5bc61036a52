"""Typed texts: a word that is a command, or an answer."""

from bot.fieldwork.inbound_context import InboundContext
from bot.messaging.messages import Reply, Typed
from bot.participants import interviewer
from bot.participants.commands import typed_command
from bot.participants.stopping import stopped
from surveys.people import Participant


def typed(context: InboundContext, participant: Participant, text: Typed) -> Reply:
    """Return the reply to a typed text of a participant."""
    command = typed_command(context, participant, text)
    if command is not None:
        return command
    if participant.stopped_at is not None:
        return stopped(context)
    return interviewer.wrote(context, text)
