"""What the replies to a known person share: the card of an interview, the next questionnaire, texts.

Knows no messenger and decides nothing about interviews.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from bot.fieldwork.answering import asked_before_another
from bot.fieldwork.inbound_context import InboundContext
from bot.fieldwork.planned_waves import waves_now_in
from bot.messaging.messages import Card, Reply, Say
from bot.wording import cards, case_cards, service_messages
from bot.wording.cards import Asking
from storage.fieldwork.case_files import CaseFile
from storage.fieldwork.cases import Case, forget_shown
from storage.fieldwork.workshops import get_workshop, workshops_with
from storage.people.enrolments import enrolments_of
from storage.people.participants import get_participant
from surveys.days import month_text
from surveys.interview.interview import Interview, current
from surveys.people import Enrolment
from surveys.wording import Remark, Words

SOON = timedelta(days=14)


def said(text: str) -> Reply:
    """Return a reply of one text without buttons."""
    return Reply(says=(Say(Card(text)),))


def removed(context: InboundContext, enrolment: Enrolment) -> Reply:
    """Tell a person who was removed from a workshop that nothing is asked about it."""
    title = get_workshop(context.connection, enrolment.workshop_code).title
    contact = context.office.contact
    return said(words_of(context)(service_messages.REMOVED, workshop=title, contact=contact))


def words_of(context: InboundContext) -> Words:
    """Return the words of the bot in the person's language."""
    return Words(get_participant(context.connection, context.address.participant_id).language)


def card_of(
    context: InboundContext,
    file: CaseFile,
    interview: Interview,
    remark: Remark | None = None,
    page: int = 0,
) -> Say:
    """Return the question asked now, or the thanks. It edits the card that was tapped."""
    asking = Asking(file.case.id, interview, page)
    # Where another question is on the screen too, the card names its workshop.
    about = file.workshop.title if file.others_on_screen else ""
    name = current(interview)
    if name is None:
        card = case_cards.last_card(asking, file, next_one(context, asking.words), about)
        card = _remarked(card, asking.words, remark)
    else:
        card = cards.question_card(asking, remark, about)
    shown = _shown_item(context, file)
    news = None if (name or "") == shown else name or ""
    return Say(card, context.ref, file.case.id, item=news)


def _shown_item(context: InboundContext, file: CaseFile) -> str | None:
    """Return the question of a case that stands on the screen as the last one of all cases.

    If that of another case stands below it, nothing counts as shown until this one arrives again:
    words that come before are meant for the other.
    """
    if file.others_on_screen and asked_before_another(context, file):
        forget_shown(context.connection, file.case.id)
        return None
    return file.case.shown_item


def _remarked(card: Card, words: Words, remark: Remark | None) -> Card:
    """Return the thanks under a remark about the last answer."""
    return Card(f"{words.remark(remark)}\n\n{card.text}", card.rows) if remark else card


def asks(case: Case) -> bool:
    """Return whether a question of this case was shown and waits for an answer.

    This is true of a completed case too while an answer is changed, or if that opened new questions.
    """
    waits = case.completed_at is None or case.position is not None or case.answered < case.asked
    return case.asked_at is not None and waits


def closed(context: InboundContext, file: CaseFile) -> Reply:
    """Say that a questionnaire is closed, or when it comes."""
    words = Words(file.language)
    if file.to_come(context.now):
        return Reply(says=(Say(case_cards.coming_card(file, words), context.ref),))
    card = case_cards.closed_card(file, words, next_one(context, words))
    return Reply(words(case_cards.CLOSED_NOTICE), (Say(card, context.ref),))


def next_one(context: InboundContext, words: Words) -> str:
    """Return in a sentence when the person's next questionnaire comes; '' after the last one."""
    today = context.now.date()
    day = min((day for day in _days_to_come(context) if day >= today), default=None)
    if day is None:
        return ""
    if day <= today + SOON:
        return words("You will get the next questionnaire in a few days.")
    month = month_text(day, words.language)
    return words("You will get the next questionnaire in {month}.", month=month)


def _days_to_come(context: InboundContext) -> Iterator[date]:
    """Yield the first day of each of the person's waves that has not begun."""
    everywhere = enrolments_of(context.connection, context.address.participant_id)
    active = [one for one in everywhere if one.active]
    codes = {one.workshop_code for one in active}
    workshops = [one for one in workshops_with(context.connection, codes) if one.running]
    waves = waves_now_in(context.connection, context.office, workshops)
    for enrolment in active:
        for wave in waves.get(enrolment.workshop_code, ()):
            if wave.role is enrolment.role and wave.waits:
                yield wave.opens_on
