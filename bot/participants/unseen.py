"""Words that belong to no question: what is said about them, and how they are recognised.

A text answers a question only if the person had seen the question when writing. The reply that asked
it may be lost, may come later than the text, or a messenger may have split one long text.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.fieldwork.inbound_context import InboundContext
from bot.messaging.messages import Card, Reply, Say, Typed
from storage.fieldwork.case_files import CaseFile
from surveys.interview.interview import Interview, current, question
from surveys.items import type_of
from surveys.items.base import Shape
from surveys.wording import N_, Words, sentences

NOT_STORED = N_("What you just sent is not stored.")
SEE_STORED = N_("To see what is stored, send /mydata.")
AT_ONCE = timedelta(seconds=3)
"""Nobody reads a question and writes an answer so quickly after another text."""


def not_stored(reply: Reply, words: Words) -> Reply:
    """Return a reply that says first that the message is not stored; also as what the page shows."""
    text = words(NOT_STORED)
    if not reply.says:
        return Reply(sentences([text, reply.notice]), refused=text)
    first, *others = reply.says
    said = under(first, sentences([text, words(SEE_STORED)]))
    return replace(reply, says=(said, *others), refused=text)


def under(say: Say, text: str) -> Say:
    """Return a card under a text."""
    card = say.card
    return replace(say, card=Card(f"{text}\n\n{card.text}", card.rows, card.envelope))


def reply_was_lost(file: CaseFile, interview: Interview) -> bool:
    """Return whether the last card of an interview never arrived: a question, or the thanks."""
    return file.case.shown_item != (current(interview) or "")


def standing_item(file: CaseFile, interview: Interview) -> str:
    """Return the question that was answered last in the eyes of the person; '' if there is none."""
    shown = file.case.shown_item
    if shown in interview.answers and shown != current(interview):
        return shown or ""
    given = [one for one in interview.answers.values() if not _is_note(interview, one.item)]
    newest = max(given, key=lambda one: one.at, default=None)
    return newest.item if newest and newest.item != current(interview) else ""


def _is_note(interview: Interview, name: str) -> bool:
    item = interview.questionnaire.by_name.get(name)
    return item is None or type_of(item.type).shape is Shape.NOTE


def comes_too_early(
    context: InboundContext, file: CaseFile, typed: Typed, before: datetime | None
) -> bool:
    """Return whether a text was written before its writer can have read the question asked now.

    So is one that replies to a message above that question: it means what was asked there.
    `before` is the time of the person's text before this one, by the clock of the channel.
    """
    at_once = before is not None and typed.sent_at is not None
    at_once = at_once and abs(typed.sent_at - before) <= AT_ONCE  # type: ignore[operator]
    above = any(_stands_above(context, file, ref) for ref in (typed.ref, typed.reply_ref))
    return at_once or above or _came_in_before(file, typed, context.now)


def may_be_tried_again(interview: Interview, reply: Reply) -> bool:
    """Return whether a text was no number or no choice: the next one, however quick, is a new try.

    Not so where words are asked for: what is too long as a whole may come in parts.
    """
    asked = question(interview)
    return bool(reply.refused) and asked is not None and asked.shape is not Shape.TEXT


def place_in_chat(ref: str) -> int | None:
    """Return the number of a message in its chat; None if the channel has none."""
    return int(ref) if ref.isdecimal() else None


def _stands_above(context: InboundContext, file: CaseFile, ref: str) -> bool:
    """Return whether a message stands above the card in the chat, by the messenger's numbers."""
    card, place = place_in_chat(file.case.card_ref or ""), place_in_chat(ref)
    here = file.case.card_address_id == context.address.id
    return here and card is not None and place is not None and place < card


def at_the_end(context: InboundContext, file: CaseFile) -> InboundContext:
    """Return the context of a tap without its message, if a later card stands below that.

    A question that is shown there would not be seen: the last card still asks the one before.
    """
    begun = file.case.started_at is not None
    above = begun and _stands_above(context, file, context.ref)
    return replace(context, ref="") if above else context


def _came_in_before(file: CaseFile, typed: Typed, now: datetime) -> bool:
    """Return whether a text was taken in before the question had been shown.

    False if it was shown later than now: then a clock was wrong.
    """
    came, asked = typed.sender.received_at, file.case.asked_at
    return came is not None and asked is not None and came < asked <= now
