"""The inbound use cases of an interview: a tap, a typed text, an odd message.

Each is one transaction: load the case locked, let `surveys.interview` decide, save, and return the
reply, which is spoken after the commit. Knows no messenger.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from bot import cards
from bot.cards import Asking
from bot.channels.base import Button, Card, Odd, Oddity, Reply, Say, Typed
from bot.enrolling import consent_reply, next_wave_month, stop
from bot.letters import nothing_open
from bot.office import Office
from bot.tokens import Action, Token
from storage.attempts import case_of_message
from storage.cases import (
    Case,
    Saving,
    case_with_card,
    open_cases_of,
    save_step,
    set_card,
    set_case_language,
)
from storage.contacting import refresh, refresh_person
from storage.interviews import CaseFile, load_file, load_interview
from storage.participants import set_language
from surveys.facts import day_text
from surveys.interview import (
    Back,
    Change,
    Done,
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
    step,
)
from surveys.items import type_of
from surveys.items.pick_one import CHOOSE
from surveys.people import Address
from surveys.wording import N_, Remark, Words

NOT_YOURS = N_("This button belongs to somebody else's questionnaire.")
HOW_TO_CHANGE = Remark(N_("To change an answer, tap ⋯ and then See or change my answers."))
LATER = N_("That is fine. It is open until {day}; /continue brings it back at any time.")


@dataclass(frozen=True)
class Visit:
    """One inbound message of a known person: who, where, when; `ref` is the message tapped."""

    connection: Connection
    office: Office
    address: Address
    now: datetime
    ref: str = ""


def tapped(visit: Visit, token: Token) -> Reply:
    """A button of a case was tapped."""
    file = load_file(visit.connection, token.numbers[0], lock=True)
    words = Words(file.language)
    if file.participant.id != visit.address.participant_id:
        return Reply(words(NOT_YOURS))
    if file.closed(visit.now):
        return _closed(visit, file)
    if token.action is Action.STOP:
        return stop(visit.connection, visit.office, file.participant, visit.now)
    if file.enrolment.consented_at is None:
        return consent_reply(visit.connection, visit.office, file.enrolment, visit.ref)
    interview = load_interview(visit.connection, file, visit.now)
    asking = Asking(file.case.id, interview)
    if token.action in VIEWS:
        return VIEWS[token.action](visit, file, asking, token)
    move = move_of(interview, token)
    if move is None:
        return Reply(words(NOT_YOURS))
    return _answered(visit, file, interview, move)


def wrote(visit: Visit, typed: Typed) -> Reply:
    """A text was typed: it answers the card it replies to, else the question asked last."""
    file = _meant(visit, typed.reply_ref)
    if file is None:
        return go_on(visit)
    if file.closed(visit.now):
        return _closed(visit, file)
    interview = load_interview(visit.connection, file, visit.now)
    return _answered(visit, file, interview, Write(typed.text))


def sent_odd(visit: Visit, odd: Odd) -> Reply:
    """A sticker, a card, an edited message: say what helps, and show the question again."""
    file = _meant(visit, "")
    if file is None or file.closed(visit.now):
        return go_on(visit)
    interview = load_interview(visit.connection, file, visit.now)
    remark = HOW_TO_CHANGE if odd.kind is Oddity.EDITED else _what_is_wanted(interview)
    return Reply(says=(_card_of(visit, file, interview, remark),))


def repeat(visit: Visit) -> Reply:
    """Show the question asked last again; nothing if none is."""
    file = _meant(visit, "")
    if file is None or file.closed(visit.now):
        return Reply()
    interview = load_interview(visit.connection, file, visit.now)
    return Reply(says=(_card_of(visit, file, interview, None),))


def go_on(visit: Visit) -> Reply:
    """The open questionnaires of a person: the only one at once, several to choose from."""
    open_now = [
        file
        for case in open_cases_of(visit.connection, visit.address.participant_id)
        if not (file := load_file(visit.connection, case.id)).closed(visit.now)
    ]
    unfinished = [file for file in open_now if file.case.completed_at is None]
    language = _language(visit)
    if not unfinished:
        month = next_wave_month(
            visit.connection, visit.office, visit.address.participant_id, visit.now
        )
        return Reply(says=(Say(Card(nothing_open(Words(language), month))),))
    if len(unfinished) == 1:
        return _begin(visit, unfinished[0])
    return Reply(says=(Say(_which(visit, unfinished, language)),))


def _begin(visit: Visit, file: CaseFile) -> Reply:
    if file.enrolment.consented_at is None:
        return consent_reply(visit.connection, visit.office, file.enrolment, visit.ref)
    interview = load_interview(visit.connection, file, visit.now)
    return _go(visit, file, Asking(file.case.id, interview), Token(Action.GO))


def _which(visit: Visit, files: list[CaseFile], language: str) -> Card:
    """A choice among open questionnaires."""
    words = Words(language)
    rows = []
    for file in files:
        interview = load_interview(visit.connection, file, visit.now)
        title = interview.questionnaire.text(interview.questionnaire.title, language)
        asking = Asking(file.case.id, interview)
        answered, about = progress(interview)
        text = f"{file.workshop.title}: {title} ({answered}/{about})"
        rows.append((Button(text, asking_token(asking, Action.GO)),))
    return Card(words("Which questionnaire would you like to go on with?"), tuple(rows))


def asking_token(asking: Asking, action: Action) -> str:
    """The token of a button about a case as a whole."""
    return str(Token(action, (asking.case_id,)))


def move_of(interview: Interview, token: Token) -> Move | None:
    """The move a token stands for, or None when its numbers fit nothing here."""
    items = interview.questionnaire.items
    if len(token.numbers) < 2 or token.numbers[1] >= len(items):
        return None
    item = items[token.numbers[1]]
    plain_moves: Mapping[Action, Callable[[str], Move]] = {
        Action.DONE: Done,
        Action.SKIP: Skip,
        Action.KEEP: Keep,
        Action.BACK: Back,
        Action.CHANGE: Change,
    }
    if token.action in plain_moves:
        return plain_moves[token.action](item.name)
    codes = [option.name for option in interview.questionnaire.options(item)]
    codes = codes or [choice.code for choice in type_of(item.type).choices(item)]
    if len(token.numbers) < 3 or token.numbers[2] >= len(codes):
        return None
    code = codes[token.numbers[2]]
    if token.action is Action.PICK:
        return Pick(item.name, code)
    return Tick(item.name, code, on=token.action is Action.TICK)


def _answered(visit: Visit, file: CaseFile, interview: Interview, move: Move) -> Reply:
    """Decide, save, and show what comes next."""
    done = step(interview, move)
    _save(visit, file, done)
    asking = Asking(file.case.id, done.interview)
    if done.changeable and done.remark:
        card = cards.answered_card(asking, done.changeable, done.remark)
        return Reply(says=(Say(card, visit.ref, file.case.id),))
    return Reply(says=(_card_of(visit, file, done.interview, done.remark),))


def _save(visit: Visit, file: CaseFile, done: Step) -> None:
    saving = Saving(
        done.interview,
        done.saved,
        done.cleared,
        progress(done.interview),
        visit.address.channel,
        visit.now,
    )
    save_step(visit.connection, file.case, saving)
    if visit.ref:
        set_card(visit.connection, file.case.id, visit.address.id, visit.ref)
    if done.completed:
        refresh_person(visit.connection, file.participant.id, visit.office.rules, visit.now)
        refresh(visit.connection, [file.case.id], visit.office.rules, visit.now)
    elif file.case.started_at is None:
        refresh(visit.connection, [file.case.id], visit.office.rules, visit.now)


def _card_of(visit: Visit, file: CaseFile, interview: Interview, remark: Remark | None) -> Say:
    """The question asked now, or the thanks; edits the card that was tapped."""
    asking = Asking(file.case.id, interview)
    if current(interview) is None:
        return Say(cards.last_card(asking, file, remark), visit.ref, file.case.id)
    about = file.workshop.title if _others_under_way(visit, file.case) else ""
    return Say(cards.question_card(asking, remark, about), visit.ref, file.case.id)


def _others_under_way(visit: Visit, case: Case) -> bool:
    """Whether another interview of the person has begun, so that a card must say whose it is."""
    mine = open_cases_of(visit.connection, visit.address.participant_id)
    return any(
        other.id != case.id and other.asked_at is not None and other.completed_at is None
        for other in mine
    )


def _meant(visit: Visit, reply_ref: str) -> CaseFile | None:
    """The case a typed text belongs to: that of the message replied to, else the one asked last."""
    number = None
    if reply_ref:
        number = case_with_card(visit.connection, visit.address.id, reply_ref)
        number = number or case_of_message(visit.connection, visit.address.id, reply_ref)
    if number is None:
        under_way = [
            case
            for case in open_cases_of(visit.connection, visit.address.participant_id)
            if case.asked_at is not None
        ]
        unfinished = [case for case in under_way if case.completed_at is None or case.position]
        number = unfinished[0].id if unfinished else None
    return load_file(visit.connection, number, lock=True) if number else None


def _what_is_wanted(interview: Interview) -> Remark | None:
    """How to answer the question asked now, for somebody who sent something else."""
    name = current(interview)
    if name is None:
        return None
    item = interview.questionnaire.by_name[name]
    if interview.questionnaire.options(item) or type_of(item.type).choices(item):
        return CHOOSE
    return None


def _closed(visit: Visit, file: CaseFile) -> Reply:
    words = Words(file.language)
    month = next_wave_month(visit.connection, visit.office, file.participant.id, visit.now)
    card = cards.closed_card(file, words, month)
    return Reply(words(cards.CLOSED_NOTICE), (Say(card, visit.ref),))


def _language(visit: Visit) -> str:
    from storage.participants import get_participant

    return get_participant(visit.connection, visit.address.participant_id).language


def _go(visit: Visit, file: CaseFile, asking: Asking, _token: Token) -> Reply:
    """Start, or go on: show the question asked now."""
    _save(visit, file, Step(asking.interview))
    return Reply(says=(_card_of(visit, file, asking.interview, None),))


def _later(visit: Visit, file: CaseFile, asking: Asking, _token: Token) -> Reply:
    day = day_text(file.wave.closes_on, asking.interview.language)
    return Reply(asking.words(LATER, day=day))


def _pause(visit: Visit, file: CaseFile, asking: Asking, _token: Token) -> Reply:
    day = day_text(file.wave.closes_on, asking.interview.language)
    text = asking.words(LATER, day=day)
    row = (Button(asking.words("Go on"), asking_token(asking, Action.GO)),)
    return Reply(says=(Say(Card(text, (row,)), visit.ref, file.case.id),))


def _menu(visit: Visit, file: CaseFile, asking: Asking, _token: Token) -> Reply:
    return Reply(says=(Say(cards.menu_card(asking), visit.ref, file.case.id),))


def _answers(visit: Visit, file: CaseFile, asking: Asking, _token: Token) -> Reply:
    return Reply(says=(Say(cards.answers_card(asking), visit.ref, file.case.id),))


def _page(visit: Visit, file: CaseFile, asking: Asking, token: Token) -> Reply:
    """Another page of options; only where the question is still the one asked."""
    name = current(asking.interview)
    items = asking.interview.questionnaire.position
    if name is None or len(token.numbers) < 3 or items[name] != token.numbers[1]:
        return _go(visit, file, asking, token)
    card = cards.question_card(replace(asking, page=token.numbers[2]))
    return Reply(says=(Say(card, visit.ref, file.case.id),))


def _languages(visit: Visit, file: CaseFile, asking: Asking, _token: Token) -> Reply:
    return Reply(says=(Say(_languages_card(asking), visit.ref, file.case.id),))


def _languages_card(asking: Asking) -> Card:
    from babel import Locale

    names = [
        (number, Locale.parse(code).get_display_name(code) or code)
        for number, code in enumerate(asking.interview.questionnaire.languages)
    ]
    return cards.languages_card(asking.words, asking.case_id, names)


def choose_language(visit: Visit) -> Reply:
    """/language: the languages of the questionnaire asked last."""
    open_now = open_cases_of(visit.connection, visit.address.participant_id)
    if not open_now:
        words = Words(_language(visit))
        return Reply(
            says=(Say(Card(words("You can choose the language in each questionnaire."))),)
        )
    file = load_file(visit.connection, open_now[0].id)
    interview = load_interview(visit.connection, file, visit.now)
    return Reply(says=(Say(_languages_card(Asking(file.case.id, interview))),))


def _set_language(visit: Visit, file: CaseFile, asking: Asking, token: Token) -> Reply:
    """Switch at any question; every stored code stays."""
    languages = asking.interview.questionnaire.languages
    if len(token.numbers) < 2 or token.numbers[1] >= len(languages):
        return Reply(asking.words(NOT_YOURS))
    language = languages[token.numbers[1]]
    set_case_language(visit.connection, file.case.id, language)
    set_language(visit.connection, file.participant.id, language)
    again = load_file(visit.connection, file.case.id)
    interview = load_interview(visit.connection, again, visit.now)
    return _go(visit, again, Asking(file.case.id, interview), token)


VIEWS: Mapping[Action, Callable[[Visit, CaseFile, Asking, Token], Reply]] = {
    Action.GO: _go,
    Action.LATER: _later,
    Action.PAUSE: _pause,
    Action.MENU: _menu,
    Action.ANSWERS: _answers,
    Action.PAGE: _page,
    Action.LANGUAGES: _languages,
    Action.LANGUAGE: _set_language,
}
"""What buttons show without answering anything. Moves are everything else."""


def case_actions() -> frozenset[Action]:
    """The actions whose first number is a case."""
    moves = {
        Action.PICK,
        Action.TICK,
        Action.UNTICK,
        Action.DONE,
        Action.SKIP,
        Action.KEEP,
        Action.BACK,
        Action.CHANGE,
        Action.STOP,
    }
    return frozenset(moves | set(VIEWS))
