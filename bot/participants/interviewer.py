"""The inbound use cases of an interview: a tap, a typed text, an odd message.

Each is one transaction: load the case locked, let `surveys.interview.interview` decide, save,
and return the reply, which is spoken after the commit. Knows no messenger.
"""

from collections.abc import Callable, Mapping

from bot.fieldwork.answering import Visit, save
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


def tapped(visit: Visit, tap: Token) -> Reply:
    """A button of a case was tapped."""
    file = _own_file(visit, tap.numbers[0])
    if isinstance(file, Reply):
        return file
    if tap.action is Action.STOP:
        return stop(visit, file.participant)
    kept_out = barred(visit, file)
    if kept_out is not None:
        return kept_out
    asking = asking_of(visit, file)
    if tap.action in VIEWS:
        return VIEWS[tap.action](visit, file, asking, tap)
    move = move_of(asking.interview, tap)
    if move is None:
        return Reply(asking.words(UNREADABLE))
    return _answered(visit, file, asking.interview, move)


def wrote(visit: Visit, typed: Typed) -> Reply:
    """A text was typed: it answers the card it replies to, else the question asked last."""
    file = _meant(visit, typed.reply_ref)
    if file is None:
        return go_on(visit, at_once=False)
    kept_out = barred(visit, file)
    if kept_out is not None:
        return kept_out
    if file.case.asked_at is None:
        return _invited(visit, file)
    interview = load_interview(visit.connection, file, visit.now)
    if current(interview) not in (None, file.case.shown_item):
        # The reply that asked it was lost: these words were meant for the question before.
        save(visit, file, Step(interview))
        return Reply(says=(card_of(visit, file, interview, NOT_SEEN),))
    return _answered(visit, file, interview, Write(typed.text))


def filled(visit: Visit, form: Filled) -> Reply:
    """The form of one question was sent; it answers that question and no other."""
    file = _own_file(visit, form.case_id)
    if isinstance(file, Reply):
        return file
    kept_out = barred(visit, file)
    if kept_out is not None:
        return kept_out
    interview = load_interview(visit.connection, file, visit.now)
    items = interview.questionnaire.items
    if form.item >= len(items):
        return Reply(Words(interview.language)(UNREADABLE))
    return _answered(visit, file, interview, Fill(items[form.item].name, form.values))


def sent_odd(visit: Visit, kind: Oddity) -> Reply:
    """A sticker, a file, an edited message: say what helps, and show the question again."""
    file = _meant(visit)
    if file is None:
        return Reply() if kind is Oddity.EDITED else go_on(visit, at_once=False)
    kept_out = barred(visit, file)
    if kept_out is not None:
        return kept_out
    interview = load_interview(visit.connection, file, visit.now)
    remark = HOW_TO_CHANGE if kind is Oddity.EDITED else what_is_wanted(interview)
    return Reply(says=(card_of(visit, file, interview, remark),))


def repeat(visit: Visit) -> Reply:
    """Show the question asked last again; nothing if none is."""
    file = _meant(visit)
    if file is None or barred(visit, file) is not None:
        return Reply()
    interview = load_interview(visit.connection, file, visit.now)
    return Reply(says=(card_of(visit, file, interview),))


def go_on(visit: Visit, *, at_once: bool) -> Reply:
    """The open questionnaires of a person: the only one, several to choose from, or what is next.

    `at_once` goes on with the only one; else one that was not begun yet is offered first.
    """
    open_now = _open_files(visit)
    unfinished = [file for file in open_now if file.case.completed_at is None or asks(file.case)]
    if len(unfinished) > 1:
        return Reply(says=(Say(which(visit, unfinished), visit.ref),))
    if unfinished:
        file = load_file(visit.connection, unfinished[0].case.id, lock=True)
        show = begin if at_once or file.case.asked_at is not None else _invited
        return barred(visit, file) or show(visit, file)
    for enrolment in enrolments_of(visit.connection, visit.address.participant_id):
        if enrolment.active and enrolment.consented_at is None:
            return consent_reply(visit, enrolment)
    if open_now:
        return Reply(says=(card_of(visit, open_now[0], asking_of(visit, open_now[0]).interview),))
    words = _words(visit)
    return Reply(says=(Say(Card(nothing_open(words, next_one(visit, words))), visit.ref),))


def choose_language(visit: Visit) -> Reply:
    """/language: the languages of the questionnaire asked last, else those of the bot."""
    file = _meant(visit)
    if file is None or file.closed(visit.now):
        file = next(iter(_open_files(visit)), None)
    if file is None or barred(visit, file) is not None:
        return own_languages(visit)
    card = menus.languages_card(asking_of(visit, file))
    return Reply(says=(Say(card, case_id=file.case.id),))


def own_languages(visit: Visit) -> Reply:
    """The languages of the bot, before anything is agreed to or while nothing is open."""
    return Reply(says=(Say(menus.own_languages_card(_words(visit)), visit.ref),))


def speak(visit: Visit, language: str | None) -> Reply:
    """Another language from now on, and where the person stands in it."""
    if language is None:
        return Reply(_words(visit)(UNREADABLE))
    set_language(visit.connection, visit.address.participant_id, language)
    return go_on(visit, at_once=False)


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


def _own_file(visit: Visit, number: int) -> CaseFile | Reply:
    """The case a button names, or what to say instead; buttons outlive cases."""
    try:
        file = load_file(visit.connection, number, lock=True)
    except NotFound:
        return Reply(_words(visit)(UNREADABLE))
    if file.participant.id != visit.address.participant_id:
        return Reply(_words(visit)(NOT_YOURS))
    return file


def barred(visit: Visit, file: CaseFile) -> Reply | None:
    """The reply to somebody who may not be asked: stopped, declined, too late, or not agreed yet."""
    enrolment = file.enrolment
    ended = opted_out(visit, file.participant, enrolment)
    if ended is not None:
        return ended
    if file.closed(visit.now):
        return closed(visit, file)
    if enrolment.consented_at is None:
        return consent_reply(visit, enrolment)
    return None


def _answered(visit: Visit, file: CaseFile, interview: Interview, move: Move) -> Reply:
    """Decide, save, and show what comes next."""
    done = step(interview, move)
    save(visit, file, done)
    stays = done.remark is not None and current(done.interview) == current(interview)
    refused = Words(interview.language).remark(done.remark) if done.remark and stays else ""
    if done.changeable and done.remark:
        asking = Asking(file.case.id, done.interview)
        card = menus.answered_card(asking, done.changeable, done.remark)
        return Reply(says=(Say(card, visit.ref, file.case.id),), refused=refused)
    page = cards.page_of(done.interview, move) if isinstance(move, Tick) else 0
    return Reply("", (card_of(visit, file, done.interview, done.remark, page),), refused)


def _invited(visit: Visit, file: CaseFile) -> Reply:
    """The invitation again, for somebody who wrote before tapping Start."""
    card = cards.invitation_card(asking_of(visit, file), file, Kind.INVITATION, last=False)
    return Reply(says=(Say(card, visit.ref, file.case.id),))


def _open_files(visit: Visit) -> list[CaseFile]:
    """The person's cases that can be answered now, the one asked last first."""
    files = open_files_of(visit.connection, visit.address.participant_id)
    return [file for file in files if file.enrolment.active and not file.closed(visit.now)]


def which(visit: Visit, files: list[CaseFile]) -> Card:
    """A choice among open questionnaires."""
    rows = []
    for file in files:
        asking = asking_of(visit, file)
        instrument = asking.interview.questionnaire
        title = instrument.text(instrument.title, asking.interview.language)
        answered, about = progress(asking.interview)
        text = f"{file.workshop.title}: {title} ({answered}/{about})"
        rows.append((Button(text, token(Action.GO, file.case.id)),))
    text = _words(visit)(WHICH_ONE)
    return Card(text, tuple(rows))


def _meant(visit: Visit, reply_ref: str = "") -> CaseFile | None:
    """The case a typed text belongs to: that of the message replied to, else the one asked last."""
    number = None
    if reply_ref:
        number = case_with_card(visit.connection, visit.address.id, reply_ref)
        number = number or case_of_message(visit.connection, visit.address.id, reply_ref)
    number = number or _asked_last(visit)
    return load_file(visit.connection, number, lock=True) if number else None


def _asked_last(visit: Visit) -> int | None:
    """The case whose question was shown last; one that is over only if no other waits."""
    files = open_files_of(visit.connection, visit.address.participant_id)
    under_way = [file for file in files if asks(file.case)]
    still_open = [file for file in under_way if not file.closed(visit.now)]
    return next((file.case.id for file in still_open or under_way), None)


def what_is_wanted(interview: Interview) -> Remark | None:
    """How to answer the question asked now, for somebody who sent something else."""
    asked = question(interview)
    if asked is None or asked.shape not in (Shape.PICK_ONE, Shape.PICK_MANY):
        return None
    wanted = choose if asked.shape is Shape.PICK_ONE else choose_some
    return wanted(asked.choices)


def _words(visit: Visit) -> Words:
    return Words(get_participant(visit.connection, visit.address.participant_id).language)
