"""A file that answers a question: stored in the transaction of the answer, or said why it is none."""

from bot.fieldwork.inbound_context import InboundContext
from bot.filing.checking import Fault
from bot.messaging.messages import HandedIn, Reply
from bot.participants import stopping
from bot.participants.interviewer import answered, go_on
from bot.participants.open_cases import barred, meant_file, own_file
from bot.participants.shared_replies import card_of, words_of
from bot.participants.unseen import not_stored
from storage.fieldwork.interviews import load_interview
from storage.responses.shown_files import put_answer_file
from surveys.interview.interview import Show, step
from surveys.people import Participant
from surveys.wording import N_, Remark, Words

NO_SUCH_KIND = N_("This kind of file is not possible here.")
NOT_READ = N_("We could not read this file. Please send it again, or send a photo of it.")
FAULTS = {
    Fault.TOO_LARGE: N_("This file is too large. At most 10 MB are possible."),
    Fault.WRONG_KIND: NO_SUCH_KIND,
    Fault.MACROS: NO_SUCH_KIND,
    Fault.DAMAGED: NOT_READ,
    Fault.EMPTY: NOT_READ,
}
"""What is said of a file that is no answer; the question stays."""


def handed_in(context: InboundContext, participant: Participant, sent: HandedIn) -> Reply:
    """Take a file as the answer to the question that asks for one; say why it is none."""
    if participant.stopped_at is not None:
        return not_stored(stopping.stopped(context), words_of(context))
    file = meant_file(context) if sent.case_id is None else own_file(context, sent.case_id)
    if file is None:
        return go_on(context, at_once=False)
    if isinstance(file, Reply):
        return file
    kept_out = barred(context, file)
    if kept_out is not None:
        return not_stored(kept_out, Words(file.language))
    interview = load_interview(context.connection, file, context.now)
    if sent.kept is None:
        remark = Remark(FAULTS[Fault(sent.refused)])
        card = card_of(context, file, interview, remark)
        return Reply(says=(card,), refused=Words(interview.language).remark(remark))
    items = interview.questionnaire.items
    named = sent.case_id is not None and sent.item < len(items)
    show = Show(items[sent.item].name if named else "")
    for answer in step(interview, show).saved:
        put_answer_file(context.connection, sent.kept, file.case.id, answer.item, context.now)
    return answered(context, file, interview, show)
