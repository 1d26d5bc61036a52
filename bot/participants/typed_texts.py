"""Typed texts: a word that is a command, or an answer."""

from bot.fieldwork.inbound_context import InboundContext
from bot.messaging.messages import Reply, Typed
from bot.participants import interviewer, no_answers
from bot.participants.commands import typed_command
from bot.participants.stopping import stopped
from bot.participants.unseen import not_stored, place_in_chat
from storage.people.addresses import LastText, last_text, set_last_text
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
    if _comes_late(text, before):
        return no_answers.came_late(context)
    written = LastText(place_in_chat(text.ref), text.sent_at)
    if written != LastText():
        set_last_text(context.connection, context.address.id, written)
    return interviewer.wrote(context, text, before.at)


def _comes_late(text: Typed, before: LastText) -> bool:
    """Return whether a later text of the chat was decided before this one.

    Its time counts too: the numbers begin anew with another bot.
    """
    place = place_in_chat(text.ref)
    if place is None or before.number is None or text.sent_at is None or before.at is None:
        return False
    return place < before.number and text.sent_at <= before.at
