"""What a person says by a button of the reminder about the e-learning. One transaction."""

from bot.fieldwork.inbound_context import InboundContext
from bot.messaging.messages import Card, Reply, Say
from bot.messaging.tokens import Token
from bot.participants.interview_views import UNREADABLE
from bot.participants.shared_replies import words_of
from bot.wording.elearning import SAYINGS, noted
from storage.fieldwork.elearning_reminders import set_elearning
from surveys.people import Enrolment


def tell(context: InboundContext, enrolment: Enrolment, tap: Token) -> Reply:
    """Store how far a person is; the newest word counts, also that of a later list."""
    words, told = words_of(context), tap.numbers[1:]
    if len(told) != 1 or told[0] >= len(SAYINGS):
        return Reply(words(UNREADABLE))
    said, _ = SAYINGS[told[0]]
    set_elearning(context.connection, enrolment.id, said)
    return Reply(says=(Say(Card(noted(context.office, words, said)), context.ref),))
