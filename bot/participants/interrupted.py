"""Replies to what was not decided: it was decided before, or dropped because too much came at once."""

from bot.fieldwork.inbound_context import InboundContext
from bot.messaging.messages import Card, Reply, Say
from bot.participants import no_answers
from bot.participants.shared_replies import said, words_of
from bot.participants.stopping import stopped
from bot.wording import service_messages
from surveys.people import Participant


def again(context: InboundContext, participant: Participant) -> Reply:
    """Show how things stand: a message was decided, and the reply to it may have been lost."""
    if participant.stopped_at is not None:
        return stopped(context)
    return no_answers.show_again(context)


def too_many(context: InboundContext, participant: Participant) -> Reply:
    """Say that some messages were dropped, and show what is open below it."""
    text = words_of(context)(service_messages.TOO_MANY)
    if participant.stopped_at is not None:
        return said(text)
    return Reply(says=(Say(Card(text)), *no_answers.repeat(context).says))
