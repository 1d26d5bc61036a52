"""The inbound use cases of an interview: a tap, a typed text, an odd message.

Each is one transaction: load the case locked, let `surveys.interview.interview` decide, save,
and return the reply, which is spoken after the commit. Knows no messenger.
"""

from collections.abc import Callable, Mapping

from bot.fieldwork.answering import InboundContext, save
from bot.messaging.messages import Button, Card, Filled, Oddity, Reply, Say, Typed
from bot.messaging.tokens import Action, Token, token
from bot.participants.enrolling import consent_reply, opted_out, stop
from bot.participants.inbound import asks, card_of, closed, next_one
from bot.participants.interview_views import UNREADABLE, VIEWS, asking_of, begin
from bot.wording import cards, menus
from bot.wording.cards import Asking
from bot.wording.service_messages import nothing_open
from storage.database import NotFound
from storage.fieldwork.attempts import case_of_message
from storage.fieldwork.case_files import CaseFile, load_file, load_interview, open_files_of
from storage.fieldwork.cases import case_with_card
from storage.people.enrolments import enrolments_of
from storage.people.participants import get_participant, set_language
from surveys.interview.interview import (
    Back,
    Change,
    Done,
    Fill,
    Interview,
    Keep,
    Move,
    Pick,
    Skip,
    Step,
    Tick,
    Write,
    current,
    progress,
    question,
    step,
)
from surveys.items import type_of
from surveys.items.base import Shape
from surveys.items.pick_many import choose_some
from surveys.items.pick_one import choose
from surveys.planning.contacts import Kind
from surveys.wording import N_, Remark, Words

NOT_YOURS = N_("This button belongs to somebody else's questionnaire.")
WHICH_ONE = N_("Which questionnaire would you like to go on with?")
NOT_SEEN = Remark(
    N_("Your earlier answer is stored; this message is not. Here is the next question.")
)
HOW_TO_CHANGE = Remark(N_("To change an answer, tap ⋯ and then See or change my answers."))
PLAIN_MOVES: Mapping[Action, Callable[[str], Move]] = {
    Action.DONE: Done,
    Action.SKIP: Skip,
    Action.KEEP: Keep,
    Action.BACK: Back,
    Action.CHANGE: Change,
}
CHOICES = frozenset({Action.PICK, Action.TICK, Action.UNTICK})
CASE_ACTIONS = frozenset({*PLAIN_MOVES, *CHOICES, *VIEWS, Action.STOP})
"""The actions whose first number is a case."""


def tapped(context: InboundContext, tap: Token) -> Reply:
    """A button of a case was tapped."""
    file = _own_file(context, tap.numbers[0])
    if isinstance(file, Reply):
        return file
    if tap.action is Action.STOP:
        return stop(context, file.participant)
    kept_out = barred(context, file)
    if kept_out is not None:
        return kept_out
    asking = asking_of(context, file)
    if tap.action in VIEWS:
        return VIEWS[tap.action](context, file, asking, tap)
    move = move_of(asking.interview, tap)
    if move is None:
        return Reply(asking.words(UNREADABLE))
    return _answered(context, file, asking.interview, move)


def wrote(context: InboundContext, typed: Typed) -> Reply:
    """A text was typed: it answers the card it replies to, else the question asked last."""
    file = _meant(context, typed.reply_ref)
    if file is None:
        return go_on(context, at_once=False)
    kept_out = barred(context, file)
    if kept_out is not None:
        return kept_out
    if file.case.asked_at is None:
        return _invited(context, file)
    interview = load_interview(context.connection, file, context.now)
    if current(interview) not in (None, file.case.shown_item):
        # The reply that asked it was lost: these words were meant for the question before.
        save(context, file, Step(interview))
        return Reply(says=(card_of(context, file, interview, NOT_SEEN),))
    return _answered(context, file, interview, Write(typed.text))


def filled(context: InboundContext, form: Filled) -> Reply:
    """The form of one question was sent; it answers that question and no other."""
    file = _own_file(context, form.case_id)
    if isinstance(file, Reply):
        return file
    kept_out = barred(context, file)
    if kept_out is not None:
        return kept_out
    interview = load_interview(context.connection, file, context.now)
    items = interview.questionnaire.items
    if form.item >= len(items):
        return Reply(Words(interview.language)(UNREADABLE))
    return _answered(context, file, interview, Fill(items[form.item].name, form.values))


def sent_odd(context: InboundContext, kind: Oddity) -> Reply:
    """A sticker, a file, an edited message: say what helps, and show the question again."""
    file = _meant(context)
    if file is None:
        return Reply() if kind is Oddity.EDITED else go_on(context, at_once=False)
    kept_out = barred(context, file)
    if kept_out is not None:
        return kept_out
    interview = load_interview(context.connection, file, context.now)
    remark = HOW_TO_CHANGE if kind is Oddity.EDITED else what_is_wanted(interview)
    return Reply(says=(card_of(context, file, interview, remark),))


def repeat(context: InboundContext) -> Reply:
    """Show the question asked last again; nothing if none is."""
    file = _meant(context)
    if file is None or barred(context, file) is not None:
        return Reply()
    interview = load_interview(context.connection, file, context.now)
    return Reply(says=(card_of(context, file, interview),))


def go_on(context: InboundContext, *, at_once: bool) -> Reply:
    """The open questionnaires of a person: the only one, several to choose from, or what is next.

    `at_once` goes on with the only one; else one that was not begun yet is offered first.
    """
    open_now = _open_files(context)
    unfinished = [file for file in open_now if file.case.completed_at is None or asks(file.case)]
    if len(unfinished) > 1:
        return Reply(says=(Say(which(context, unfinished), context.ref),))
    if unfinished:
        file = load_file(context.connection, unfinished[0].case.id, lock=True)
        show = begin if at_once or file.case.asked_at is not None else _invited
        return barred(context, file) or show(context, file)
    for enrolment in enrolments_of(context.connection, context.address.participant_id):
        if enrolment.active and enrolment.consented_at is None:
            return consent_reply(context, enrolment)
    if open_now:
        return Reply(
            says=(card_of(context, open_now[0], asking_of(context, open_now[0]).interview),)
        )
    words = _words(context)
    return Reply(says=(Say(Card(nothing_open(words, next_one(context, words))), context.ref),))


def choose_language(context: InboundContext) -> Reply:
    """/language: the languages of the questionnaire asked last, else those of the bot."""
    file = _meant(context)
    if file is None or file.closed(context.now):
        file = next(iter(_open_files(context)), None)
    if file is None or barred(context, file) is not None:
        return own_languages(context)
    card = menus.languages_card(asking_of(context, file))
    return Reply(says=(Say(card, case_id=file.case.id),))


def own_languages(context: InboundContext) -> Reply:
    """The languages of the bot, before anything is agreed to or while nothing is open."""
    return Reply(says=(Say(menus.own_languages_card(_words(context)), context.ref),))


def speak(context: InboundContext, language: str | None) -> Reply:
    """Another language from now on, and where the person stands in it."""
    if language is None:
        return Reply(_words(context)(UNREADABLE))
    set_language(context.connection, context.address.participant_id, language)
    return go_on(context, at_once=False)


def move_of(interview: Interview, tap: Token) -> Move | None:
    """The move a token stands for, or None when its numbers fit nothing here."""
    items = interview.questionnaire.items
    if len(tap.numbers) < 2 or tap.numbers[1] >= len(items):
        return None
    item = items[tap.numbers[1]]
    if tap.action in PLAIN_MOVES:
        return PLAIN_MOVES[tap.action](item.name)
    codes = [option.name for option in interview.questionnaire.options(item)]
    codes = codes or [choice.code for choice in type_of(item.type).choices(item)]
    if len(tap.numbers) < 3 or tap.numbers[2] >= len(codes):
        return None
    code = codes[tap.numbers[2]]
    if tap.action is Action.PICK:
        return Pick(item.name, code)
    return Tick(item.name, code, on=tap.action is Action.TICK)


def _own_file(context: InboundContext, number: int) -> CaseFile | Reply:
    """The case a button names, or what to say instead; buttons outlive cases."""
    try:
        file = load_file(context.connection, number, lock=True)
    except NotFound:
        return Reply(_words(context)(UNREADABLE))
    if file.participant.id != context.address.participant_id:
        return Reply(_words(context)(NOT_YOURS))
    return file


def barred(context: InboundContext, file: CaseFile) -> Reply | None:
    """The reply to somebody who may not be asked: stopped, declined, too late, or not agreed yet."""
    enrolment = file.enrolment
    ended = opted_out(context, file.participant, enrolment)
    if ended is not None:
        return ended
    if file.closed(context.now):
        return closed(context, file)
    if enrolment.consented_at is None:
        return consent_reply(context, enrolment)
    return None


def _answered(context: InboundContext, file: CaseFile, interview: Interview, move: Move) -> Reply:
    """Decide, save, and show what comes next."""
    done = step(interview, move)
    save(context, file, done)
    stays = done.remark is not None and current(done.interview) == current(interview)
    refused = Words(interview.language).remark(done.remark) if done.remark and stays else ""
    if done.changeable and done.remark:
        asking = Asking(file.case.id, done.interview)
        card = menus.answered_card(asking, done.changeable, done.remark)
        return Reply(says=(Say(card, context.ref, file.case.id),), refused=refused)
    page = cards.page_of(done.interview, move) if isinstance(move, Tick) else 0
    return Reply("", (card_of(context, file, done.interview, done.remark, page),), refused)


def _invited(context: InboundContext, file: CaseFile) -> Reply:
    """The invitation again, for somebody who wrote before tapping Start."""
    card = cards.invitation_card(asking_of(context, file), file, Kind.INVITATION, last=False)
    return Reply(says=(Say(card, context.ref, file.case.id),))


def _open_files(context: InboundContext) -> list[CaseFile]:
    """The person's cases that can be answered now, the one asked last first."""
    files = open_files_of(context.connection, context.address.participant_id)
    return [file for file in files if file.enrolment.active and not file.closed(context.now)]


def which(context: InboundContext, files: list[CaseFile]) -> Card:
    """A choice among open questionnaires."""
    rows = []
    for file in files:
        asking = asking_of(context, file)
        instrument = asking.interview.questionnaire
        title = instrument.text(instrument.title, asking.interview.language)
        answered, about = progress(asking.interview)
        text = f"{file.workshop.title}: {title} ({answered}/{about})"
        rows.append((Button(text, token(Action.GO, file.case.id)),))
    text = _words(context)(WHICH_ONE)
    return Card(text, tuple(rows))


def _meant(context: InboundContext, reply_ref: str = "") -> CaseFile | None:
    """The case a typed text belongs to: that of the message replied to, else the one asked last."""
    number = None
    if reply_ref:
        number = case_with_card(context.connection, context.address.id, reply_ref)
        number = number or case_of_message(context.connection, context.address.id, reply_ref)
    number = number or _asked_last(context)
    return load_file(context.connection, number, lock=True) if number else None


def _asked_last(context: InboundContext) -> int | None:
    """The case whose question was shown last; one that is over only if no other waits."""
    files = open_files_of(context.connection, context.address.participant_id)
    under_way = [file for file in files if asks(file.case)]
    still_open = [file for file in under_way if not file.closed(context.now)]
    return next((file.case.id for file in still_open or under_way), None)


def what_is_wanted(interview: Interview) -> Remark | None:
    """How to answer the question asked now, for somebody who sent something else."""
    asked = question(interview)
    if asked is None or asked.shape not in (Shape.PICK_ONE, Shape.PICK_MANY):
        return None
    wanted = choose if asked.shape is Shape.PICK_ONE else choose_some
    return wanted(asked.choices)


def _words(context: InboundContext) -> Words:
    return Words(get_participant(context.connection, context.address.participant_id).language)
