"""Texts that answer no question: they are kept for the office, and the person is told so."""

from bot.fieldwork.inbound_context import InboundContext
from bot.messaging.messages import Card, Reply, Say
from bot.messaging.tokens import Action, token
from bot.participants.shared_replies import words_of
from bot.participants.unseen import not_stored, under
from storage.office.notices import put_staff_notices
from storage.office.staff import StaffRole
from storage.people.office_messages import keep_message, waiting_of
from storage.people.participants import get_participant
from surveys.office_messages import LONGEST, MOST_WAITING, is_message
from surveys.wording import N_, Words

PASSED_ON = N_("We have passed your message on to the office.")
ENOUGH = N_("The office has several messages of yours to read. This one is not stored.")
NOTHING_WRITTEN = N_("Please write your message first.")
WROTE = "{person} has written to the office. Tap the button, or send /messages, to read it."


def passed_on(context: InboundContext, text: str, reply: Reply, words: Words) -> Reply:
    """Return a reply under the news that a text was kept for the office.

    What is too short to be a message is not kept, and the reply says that.
    """
    if not is_message(text):
        return not_stored(reply, words)
    return _below(reply, words(keep(context, text)))


def kept_refusal(context: InboundContext, text: str, reply: Reply, words: Words) -> Reply:
    """Return the reply to a text that no choice matches: a message is kept, and asked about again."""
    return _below(reply, words(keep(context, text))) if is_message(text) else reply


def addressed(context: InboundContext, text: str) -> Reply:
    """Keep what was written to the office on a page, however short it is."""
    words = words_of(context)
    if not text.strip():
        return Reply(refused=words(NOTHING_WRITTEN))
    told = words(keep(context, text))
    return Reply(says=(Say(Card(told)),), news=told, tells_staff=True)


def keep(context: InboundContext, text: str) -> str:
    """Keep a text for the office and tell the organisers; return what the person is told.

    A text that waits already is kept once.
    """
    person = context.address.participant_id
    waiting, kept = waiting_of(context.connection, person), text.strip()[:LONGEST]
    if kept in waiting:
        return PASSED_ON
    if len(waiting) >= MOST_WAITING:
        return ENOUGH
    keep_message(context.connection, person, kept, context.now)
    _tell(context, person)
    return PASSED_ON


def _tell(context: InboundContext, person: int) -> None:
    """Tell the organisers who has written; what was written is read by those who may read it."""
    told = WROTE.format(person=get_participant(context.connection, person).name)
    button = token(Action.OFFICE_MESSAGES)
    put_staff_notices(context.connection, [told], StaffRole.ORGANISER, context.now, button)


def _below(reply: Reply, text: str) -> Reply:
    """Return a reply with a text above it; for the page it is the news of the reply."""
    if not reply.says:
        return Reply("", (Say(Card(text)),), news=text, tells_staff=True)
    first, *others = reply.says
    says = (under(first, text), *others)
    return Reply(reply.notice, says, news=text, tells_staff=True)
