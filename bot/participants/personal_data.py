"""What a person can do with their own data: see it, take a copy, have it deleted.

Each use case is one transaction. Organisers do the same by the functions of `bot.desk.people.person`.
"""

import json
from collections.abc import Callable, Mapping

from bot.desk.people.person import erase_person
from bot.desk.people.personal_data import PersonalData, personal_copy, personal_data_of
from bot.fieldwork.inbound_context import InboundContext
from bot.messaging.messages import Card, File, Reply, Say
from bot.messaging.tokens import Token
from bot.participants import personal_data_cards
from bot.participants.interview_views import UNREADABLE
from bot.participants.personal_data_cards import ANSWERS, ASK, COPY, ERASE, ERASE_KEEP, SHOW
from surveys.people import Participant
from surveys.wording import Words

FILE_NAME = "my-data.json"
"""The same for everybody, since a file name must not name a person."""


def tapped(context: InboundContext, person: Participant, tap: Token) -> Reply:
    """Do what a button about the person's own data says."""
    does = DOES.get(tap.numbers[0])
    return does(context, person) if does else Reply(Words(person.language)(UNREADABLE))


def command(context: InboundContext, person: Participant, argument: str) -> Reply:
    """/mydata: what is stored, with what can be done about it."""
    return show(context, person)


def show(context: InboundContext, person: Participant) -> Reply:
    """Show what is stored, with what can be done about it."""
    return _said(
        context, personal_data_cards.mydata_card(context.office, _stored(context, person))
    )


def copy_file(stored: PersonalData) -> File:
    """Return everything that is stored, as a file for the person."""
    text = json.dumps(personal_copy(stored), ensure_ascii=False, indent=2)
    return File(FILE_NAME, text.encode())


def _answers(context: InboundContext, person: Participant) -> Reply:
    return _said(context, personal_data_cards.all_answers_card(_stored(context, person)))


def _copy(context: InboundContext, person: Participant) -> Reply:
    card = personal_data_cards.copy_card(Words(person.language))
    return Reply(says=(Say(card, file=copy_file(_stored(context, person))),))


def _ask(context: InboundContext, person: Participant) -> Reply:
    return _said(context, personal_data_cards.ask_card(Words(person.language)))


def _erase(context: InboundContext, person: Participant) -> Reply:
    return _erased(context, person, keep_answers=False)


def _erase_keep(context: InboundContext, person: Participant) -> Reply:
    return _erased(context, person, keep_answers=True)


def _erased(context: InboundContext, person: Participant, *, keep_answers: bool) -> Reply:
    """Erase a person at once: it was confirmed already. The reply is the last message to them."""
    erase_person(
        context.connection,
        context.office.acting_as(person.code),
        person,
        context.now,
        keep_answers=keep_answers,
    )
    text = personal_data_cards.ERASED_KEPT if keep_answers else personal_data_cards.ERASED
    return _said(context, personal_data_cards.last_card(Words(person.language), text))


DOES: Mapping[int, Callable[[InboundContext, Participant], Reply]] = {
    SHOW: show,
    ANSWERS: _answers,
    COPY: _copy,
    ASK: _ask,
    ERASE: _erase,
    ERASE_KEEP: _erase_keep,
}


def _stored(context: InboundContext, person: Participant) -> PersonalData:
    return personal_data_of(context.connection, person, context.now)


def _said(context: InboundContext, card: Card) -> Reply:
    return Reply(says=(Say(card, context.ref),))
