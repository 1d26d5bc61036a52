"""Typed texts: a word that is a command, a text that came before, or an answer."""

from bot.fieldwork.inbound_context import InboundContext
from bot.messaging.messages import Reply, Typed
from bot.participants import interviewer, no_answers
from bot.participants.commands import typed_command
from bot.participants.stopping import stopped
from bot.participants.unseen import not_stored
from storage.people.addresses import hear_text, last_text
from surveys.people import Participant
from surveys.wording import Words


def typed(context: InboundContext, participant: Participant, text: Typed) -> Reply:
    """Return the reply to a typed text of a participant."""
    command = typed_command(context, participant, text)
    if command is not None:
        return command
    if participant.stopped_at is not None:
        return not_stored(stopped(context), Words(participant.language))
    before = last_text(context.connection, context.address.id)
    if _came_before(context, text):
        again = text.sender.number == before.number
        return no_answers.show_again(context) if again else no_answers.came_late(context)
    return interviewer.wrote(context, text, before.at)


def _came_before(context: InboundContext, text: Typed) -> bool:
    """Return whether this text or a later one was decided already.

    A process that was killed before it replied has decided it, or two texts changed places. Only
    texts are asked: a button names its question, and commands say the same twice.
    """
    number, at = text.sender.number, text.sent_at or context.now
    if number is None:
        return False
    return not hear_text(context.connection, context.address.id, number, at)
