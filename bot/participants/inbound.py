"""One inbound message of a known person, and what all replies to it share: saving and showing.

Knows no messenger and decides nothing about interviews.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from bot.fieldwork.answering import InboundContext
from bot.messaging.messages import Reply, Say
from bot.wording import cards, case_cards
from bot.wording.cards import Asking
from storage.fieldwork.case_files import CaseFile
from storage.fieldwork.cases import Case, others_on_screen
from storage.fieldwork.waves import waves_of
from storage.fieldwork.workshops import get_workshop
from storage.people.enrolments import enrolments_of
from surveys.interview.facts import month_text
from surveys.interview.interview import Interview, current
from surveys.wording import Remark, Words

SOON = timedelta(days=14)


def card_of(
    context: InboundContext,
    file: CaseFile,
    interview: Interview,
    remark: Remark | None = None,
    page: int = 0,
) -> Say:
    """The question asked now, or the thanks; edits the card that was tapped."""
    asking = Asking(file.case.id, interview, page)
    # With another question on the screen a card says whose it is.
    several = others_on_screen(context.connection, file.participant.id, file.case.id)
    about = file.workshop.title if several else ""
    name = current(interview)
    if name is None:
        card = case_cards.last_card(asking, file, next_one(context, asking.words), about)
    else:
        card = cards.question_card(asking, remark, about)
    news = None if name == file.case.shown_item else name
    return Say(card, context.ref, file.case.id, item=news)


def asks(case: Case) -> bool:
    """Whether a question of this case has been shown and waits for an answer.

    A completed case does so too while somebody changes an answer, or opened new questions by that.
    """
    waits = case.completed_at is None or case.position is not None or case.answered < case.asked
    return case.asked_at is not None and waits


def closed(context: InboundContext, file: CaseFile) -> Reply:
    """The window of this questionnaire has ended."""
    words = Words(file.language)
    card = case_cards.closed_card(file, words, next_one(context, words))
    return Reply(words(case_cards.CLOSED_NOTICE), (Say(card, context.ref),))


def next_one(context: InboundContext, words: Words) -> str:
    """When the person's next questionnaire comes, as a sentence; '' after the last one."""
    today = context.now.date()
    day = min((day for day in _days_to_come(context) if day >= today), default=None)
    if day is None:
        return ""
    if day <= today + SOON:
        return words("The next questionnaire comes in the next days.")
    month = month_text(day, words.language)
    return words("The next questionnaire comes in {month}.", month=month)


def _days_to_come(context: InboundContext) -> Iterator[date]:
    """The first days of the person's waves that have not begun."""
    for enrolment in enrolments_of(context.connection, context.address.participant_id):
        workshop = get_workshop(context.connection, enrolment.workshop_code)
        plan = context.office.rules.plans.get(workshop.plan)
        if plan is None or not workshop.running or not enrolment.active:
            continue
        begun = waves_of(context.connection, workshop.code)
        for wave in plan.dated(workshop):
            if wave.planned.role is enrolment.role and wave.key not in begun:
                yield wave.opens_on
