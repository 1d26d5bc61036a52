"""An interview as a person takes part in it: a tap, a typed text, a form, an odd message.

Each use case is one transaction: load the case locked, let `surveys.interview.interview` decide,
save, and return the reply, which is spoken after the commit. Knows no messenger.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from bot.fieldwork.answering import note_delivered, save
from bot.fieldwork.inbound_context import InboundContext
from bot.messaging.messages import Card, Filled, Reply, Say, Typed
from bot.messaging.tokens import Token
from bot.participants import office_messages, stopping
from bot.participants.consent import consent_reply
from bot.participants.interview_views import (
    UNREADABLE,
    asking_of,
    begin,
    invitation_again,
    with_answer,
)
from bot.participants.moves import move_of
from bot.participants.open_cases import (
    barred,
    choice_card,
    meant_file,
    open_files,
    own_file,
)
from bot.participants.shared_replies import asks, card_of, next_one, words_of
from bot.participants.unseen import (
    NOT_STORED,
    at_the_end,
    comes_too_early,
    may_be_tried_again,
    not_stored,
    reply_was_lost,
    standing_item,
    under,
)
from bot.wording import cards, menus
from bot.wording.cards import Asking
from bot.wording.service_messages import nothing_open
from storage.fieldwork.case_files import CaseFile, load_file
from storage.fieldwork.interviews import load_interview
from storage.people.addresses import LastText, set_last_text
from storage.people.enrolments import enrolments_of
from surveys.interview.interview import (
    Fill,
    Interview,
    Move,
    Step,
    Tick,
    Write,
    current,
    step,
)
from surveys.office_messages import is_message
from surveys.people import Participant
from surveys.wording import N_, Remark, Words

NOT_SEEN = Remark(
    N_("We have saved your earlier answer, but not this message. Here is the next question.")
)

CaseHandler = Callable[[InboundContext, CaseFile, Asking, Token], Reply]


def of_case(handler: CaseHandler) -> Callable[[InboundContext, Participant, Token], Reply]:
    """Return the handler of a button that names a case the person may answer."""

    def handle(context: InboundContext, participant: Participant, tap: Token) -> Reply:
        file = own_file(context, tap.numbers[0])
        if isinstance(file, Reply):
            return file
        note_delivered(context, file)
        kept_out = barred(context, file)
        context = at_the_end(context, file)
        return kept_out or handler(context, file, asking_of(context, file), tap)

    return handle


def answering(context: InboundContext, participant: Participant, tap: Token) -> Reply:
    """Take a button that answers, or say that it is not stored to a person who may not answer."""
    file = own_file(context, tap.numbers[0])
    if isinstance(file, Reply):
        return file
    kept_out = barred(context, file)
    if kept_out is not None:
        return not_stored(kept_out, Words(file.language))
    return answer(at_the_end(context, file), file, asking_of(context, file), tap)


def answer(context: InboundContext, file: CaseFile, asking: Asking, tap: Token) -> Reply:
    """Make the move in the interview that a button stands for."""
    move = move_of(asking.interview, tap)
    if move is None:
        return Reply(asking.words(UNREADABLE))
    return answered(context, file, asking.interview, move)


def stop_case(context: InboundContext, participant: Participant, tap: Token) -> Reply:
    """Stop all messages, by a button of a case. It works where the case may not be answered, too."""
    file = own_file(context, tap.numbers[0])
    if isinstance(file, Reply):
        return file
    note_delivered(context, file)
    return stopping.stop(context, file.participant)


def resume(context: InboundContext, participant: Participant, tap: Token) -> Reply:
    """Take a stop back, and show at once what is open."""
    welcome = stopping.resume(context, participant)
    shown = go_on(replace(context, ref=""), at_once=False)
    return Reply(says=(*welcome.says, *shown.says))


def continue_(context: InboundContext, participant: Participant, argument: str) -> Reply:
    """/start and /continue: go on with what is open."""
    return go_on(context, at_once=True)


def wrote(context: InboundContext, typed: Typed, before: datetime | None = None) -> Reply:
    """Take a typed text as the answer to the card it replies to, else to the question asked last.

    `before` is the time of the text before, by the clock of the channel.
    """
    file = meant_file(context, typed.reply_ref)
    if file is None:
        reply = go_on(context, at_once=False)
        return office_messages.passed_on(context, typed.text, reply, words_of(context))
    kept_out = barred(context, file)
    if kept_out is not None or file.case.asked_at is None:
        reply = kept_out or _invited(context, file)
        return office_messages.passed_on(context, typed.text, reply, Words(file.language))
    interview = load_interview(context.connection, file, context.now)
    if comes_too_early(context, file, typed, before):
        # Not saved as a step: the next part of the same text comes too early as well.
        return _stands(context, file, interview)
    if reply_was_lost(file, interview):
        # These words were meant for the question before.
        save(context, file, Step(interview))
        return _stands(context, file, interview)
    if current(interview) is None:
        save(context, file, Step(interview))
        return _after_the_end(context, file, interview, typed.text)
    reply = answered(context, file, interview, Write(typed.text))
    if may_be_tried_again(interview, reply):
        set_last_text(context.connection, context.address.id, LastText())
        return office_messages.kept_refusal(context, typed.text, reply, Words(interview.language))
    return reply


def _after_the_end(
    context: InboundContext, file: CaseFile, interview: Interview, text: str
) -> Reply:
    """Take a text about a questionnaire that is answered: a message to the office, or nothing."""
    if not is_message(text):
        return _stands(context, file, interview)
    thanks = Reply(says=(card_of(context, file, interview),))
    return office_messages.passed_on(context, text, thanks, Words(interview.language))


def _stands(context: InboundContext, file: CaseFile, interview: Interview) -> Reply:
    """Say that a text is not stored, which answer stands, and what is asked now."""
    asking = Asking(file.case.id, interview)
    stands = standing_item(file, interview)
    remark = NOT_SEEN.text if stands and current(interview) else NOT_STORED
    say = with_answer(card_of(context, file, interview), file, asking)
    return Reply(says=(under(say, asking.words(remark)),))


def filled(context: InboundContext, participant: Participant, form: Filled) -> Reply:
    """Take the form of one question as the answer to that question and to no other."""
    if participant.stopped_at is not None:
        return not_stored(stopping.stopped(context), words_of(context))
    file = own_file(context, form.case_id)
    if isinstance(file, Reply):
        return file
    kept_out = barred(context, file)
    if kept_out is not None:
        return not_stored(kept_out, Words(file.language))
    interview = load_interview(context.connection, file, context.now)
    items = interview.questionnaire.items
    if form.item >= len(items):
        return Reply(Words(interview.language)(UNREADABLE))
    return answered(context, file, interview, Fill(items[form.item].name, form.values))


def go_on(context: InboundContext, *, at_once: bool) -> Reply:
    """Show the open questionnaire of a person, a choice of several, or when the next one comes.

    With `at_once` the only one is begun; without, one that was not begun is offered first.
    """
    open_now = open_files(context)
    unfinished = [file for file in open_now if file.case.completed_at is None or asks(file.case)]
    if len(unfinished) > 1:
        return Reply(says=(Say(choice_card(context, unfinished), context.ref),))
    if unfinished:
        file = load_file(context.connection, unfinished[0].case.id, lock=True)
        show = begin if at_once or file.case.asked_at is not None else _invited
        return barred(context, file) or show(at_the_end(context, file), file)
    for enrolment in enrolments_of(context.connection, context.address.participant_id):
        if enrolment.active and enrolment.consented_at is None:
            return consent_reply(context, enrolment)
    if open_now:
        return Reply(
            says=(card_of(context, open_now[0], asking_of(context, open_now[0]).interview),)
        )
    words = words_of(context)
    return Reply(says=(Say(Card(nothing_open(words, next_one(context, words))), context.ref),))


def answered(context: InboundContext, file: CaseFile, interview: Interview, move: Move) -> Reply:
    """Make a move, save it, and show what comes next."""
    done = step(interview, move)
    save(context, file, done)
    stays = not done.saved and current(done.interview) == current(interview)
    words = Words(interview.language)
    refused = words.remark(done.remark) if done.remark and stays else ""
    if done.changeable and done.remark:
        asking = Asking(file.case.id, done.interview)
        card = menus.answered_card(asking, done.changeable, done.remark)
        return Reply(says=(Say(card, context.ref, file.case.id),), refused=card.text)
    page = cards.page_of(done.interview, move) if isinstance(move, Tick) else 0
    say = card_of(context, file, done.interview, done.remark, page)
    news = words.remark(done.news) if done.news else ""
    if news and current(done.interview) is None:
        say = replace(say, card=replace(say.card, text=f"{news}\n\n{say.card.text}"))
    return Reply("", (say,), refused, news)


def _invited(context: InboundContext, file: CaseFile) -> Reply:
    """Show the invitation again to a person who wrote before tapping Start."""
    card = invitation_again(context, file)
    return Reply(says=(Say(card, context.ref, file.case.id),))
