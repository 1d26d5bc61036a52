"""What a person can do with their own data: see it, take a copy, have it deleted.

Each use case is one transaction. Organisers do the same by the functions of `bot.desk.people.person`.
"""

import json
from collections.abc import Callable, Mapping

from bot.desk.people.person import erase_person
from bot.desk.people.personal_data import Stored, copy_of, stored_about
from bot.fieldwork.answering import Visit
from bot.messaging.messages import Card, File, Reply, Say
from bot.messaging.tokens import Token
from bot.participants import personal_data_cards
from bot.participants.personal_data_cards import ANSWERS, ASK, COPY, ERASE, ERASE_KEEP, SHOW
from storage.people.participants import get_participant
from surveys.people import Participant
from surveys.wording import Words

FILE_NAME = "my-data.json"
"""Says nothing of the person: names stand in no file name."""


def tapped(visit: Visit, tap: Token) -> Reply | None:
    """A button about one's own data; None for one that never was."""
    does = DOES.get(tap.numbers[0]) if tap.numbers else None
    person = get_participant(visit.connection, visit.address.participant_id)
    return does(visit, person) if does else None


def show(visit: Visit, person: Participant) -> Reply:
    """What is stored, with what can be done about it."""
    return _said(visit, personal_data_cards.mydata_card(visit.office, _stored(visit, person)))


def copy_file(stored: Stored) -> File:
    """Everything that is stored, as a file for the person."""
    text = json.dumps(copy_of(stored), ensure_ascii=False, indent=2)
    return File(FILE_NAME, text.encode())


def _answers(visit: Visit, person: Participant) -> Reply:
    return _said(visit, personal_data_cards.all_answers_card(_stored(visit, person)))


def _copy(visit: Visit, person: Participant) -> Reply:
    card = personal_data_cards.copy_card(Words(person.language))
    return Reply(says=(Say(card, file=copy_file(_stored(visit, person))),))


def _ask(visit: Visit, person: Participant) -> Reply:
    return _said(visit, personal_data_cards.ask_card(Words(person.language)))


def _erase(visit: Visit, person: Participant) -> Reply:
    return _erased(visit, person, keep_answers=False)


def _erase_keep(visit: Visit, person: Participant) -> Reply:
    return _erased(visit, person, keep_answers=True)


def _erased(visit: Visit, person: Participant, *, keep_answers: bool) -> Reply:
    """Done at once, because it was asked already. The reply is the last message."""
    erase_person(
        visit.connection,
        visit.office.acting_as(person.code),
        person,
        visit.now,
        keep_answers=keep_answers,
    )
    text = personal_data_cards.ERASED_KEPT if keep_answers else personal_data_cards.ERASED
    return _said(visit, personal_data_cards.last_card(Words(person.language), text))


DOES: Mapping[int, Callable[[Visit, Participant], Reply]] = {
    SHOW: show,
    ANSWERS: _answers,
    COPY: _copy,
    ASK: _ask,
    ERASE: _erase,
    ERASE_KEEP: _erase_keep,
}


def _stored(visit: Visit, person: Participant) -> Stored:
    return stored_about(visit.connection, person, visit.now)


def _said(visit: Visit, card: Card) -> Reply:
    return Reply(says=(Say(card, visit.ref),))
