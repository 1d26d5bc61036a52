"""Messages that are no answer: what is wrong with them is said, and the question is shown again.

Each use case is one transaction and changes no answer.
"""

from bot.fieldwork.inbound_context import InboundContext
from bot.messaging.messages import Oddity, Reply, Say
from bot.participants import stopping
from bot.participants.interview_views import with_answer
from bot.participants.interviewer import go_on
from bot.participants.moves import what_is_wanted
from bot.participants.open_cases import barred, meant_file
from bot.participants.shared_replies import card_of, words_of
from bot.participants.unseen import NOT_STORED, SEE_STORED, at_the_end, reply_was_lost, under
from bot.wording.cards import Asking
from storage.fieldwork.case_files import CaseFile
from storage.fieldwork.interviews import load_interview
from surveys.people import Participant
from surveys.wording import N_, Remark, Words, sentences

HOW_TO_CHANGE = Remark(N_("To change an answer, tap ⋯ and then “See or change my answers”."))
NOT_AN_ANSWER = N_("This is not stored: only a button or a text that you type can be an answer.")
IN_TOPIC = N_("This is not stored: please write outside of topics.")
CAME_LATE = N_(
    "A text of yours came twice or in the wrong order, and is not used. Please check your answer."
)
ODDITIES = {Oddity.EDITED: NOT_STORED, Oddity.TOPIC: IN_TOPIC}
"""What is said about messages that are no answer; about all others `NOT_AN_ANSWER`."""


def sent_odd(context: InboundContext, participant: Participant, kind: Oddity) -> Reply:
    """Say that a message that is no answer is not stored, how to answer, and what is asked."""
    file = None if participant.stopped_at is not None else meant_file(context)
    kept_out = barred(context, file) if file else None
    if file is not None and kept_out is None:
        return Reply(says=(_asked_again(context, file, kind),))
    if participant.stopped_at is not None:
        kept_out = stopping.stopped(context)
    reply = kept_out or go_on(context, at_once=False)
    first, *others = reply.says
    words = words_of(context)
    why = sentences([words(ODDITIES.get(kind, NOT_AN_ANSWER)), words(SEE_STORED)])
    return Reply(reply.notice, (under(first, why), *others))


def _asked_again(context: InboundContext, file: CaseFile, kind: Oddity) -> Say:
    """Return the question asked last, under why the message is no answer and how to give one."""
    interview = load_interview(context.connection, file, context.now)
    wanted = HOW_TO_CHANGE if kind is Oddity.EDITED else what_is_wanted(interview)
    say = card_of(context, file, interview, wanted)
    if reply_was_lost(file, interview):
        say = with_answer(say, file, Asking(file.case.id, interview))
    return under(say, Words(interview.language)(ODDITIES.get(kind, NOT_AN_ANSWER)))


def repeat(context: InboundContext) -> Reply:
    """Show the question asked last again; nothing if no question is open."""
    file = meant_file(context)
    if file is None or barred(context, file) is not None:
        return Reply()
    interview = load_interview(context.connection, file, context.now)
    return Reply(says=(card_of(context, file, interview),))


def show_again(context: InboundContext) -> Reply:
    """Decide nothing; show the question again, since the reply to a text may have been lost.

    The answer that stands is shown with it: it need not be that text.
    """
    file = meant_file(context)
    if file is None or barred(context, file) is not None:
        return go_on(context, at_once=False)
    interview = load_interview(context.connection, file, context.now)
    say = card_of(at_the_end(context, file), file, interview)
    if reply_was_lost(file, interview):
        say = with_answer(say, file, Asking(file.case.id, interview))
    return Reply(says=(say,))


def came_late(context: InboundContext) -> Reply:
    """Say that a text that came after a later one is not used, and which answer stands."""
    file = meant_file(context)
    words = words_of(context)
    if file is None or barred(context, file) is not None:
        reply = go_on(context, at_once=False)
        return Reply(says=(under(reply.says[0], words(CAME_LATE)),))
    interview = load_interview(context.connection, file, context.now)
    asking = Asking(file.case.id, interview)
    say = with_answer(card_of(context, file, interview), file, asking)
    return Reply(says=(under(say, words(CAME_LATE)),))
