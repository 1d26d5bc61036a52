"""What the web page shows to somebody with a personal link, and what it takes from them.

Showing changes nothing: programs that look through mail open links. What is sent goes through the
same use cases as a chat. Knows no web server; a link speaks for one enrolment only.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection

from bot.access.links import link_of
from bot.desk.people.personal_data import Stored, stored_about
from bot.fieldwork.answering import InboundContext
from bot.messaging.messages import Card, Commanded, File, Filled, Inbound, Reply, Tapped
from bot.messaging.tokens import Action, read_token
from bot.participants import contact_channels, personal_data, personal_data_cards
from bot.participants.buttons import CASE_ACTIONS, CONSENT_ACTIONS
from bot.participants.consent import consent_reply
from bot.participants.inbound import card_of, next_one
from bot.participants.interview_views import asking_of
from bot.participants.open_cases import choice_card
from bot.participants.stopping import opted_out
from bot.reception import heard
from bot.runtime.transactions import Transactions
from bot.settings.office import Office
from bot.wording import case_cards, menus, service_messages
from bot.wording.cards import Asking
from storage.fieldwork.case_files import CaseFile, load_file, open_files_of
from storage.fieldwork.cases import enrolment_of_case, newest_case_of
from storage.people.enrolments import get_enrolment
from storage.people.links import Link, Purpose
from storage.people.participants import get_participant
from surveys.interview.interview import current
from surveys.people import Address, AddressState, Enrolment, Participant
from surveys.planning.contacts import Kind
from surveys.wording import N_, Words, worded_languages

WEB = "web"
"""The channel that answers given on the page are stored with."""
STALE = N_("That button does not work any more. Here is where you are now.")
STOP_NOW = N_("Would you like to get no more messages from us?")


class View(StrEnum):
    """What can be looked at beside the question that is asked."""

    HERE = ""
    ANSWERS = "answers"
    LANGUAGES = "languages"
    STORED = "stored"
    MINE = "mydata"
    DELETE = "delete"
    COPY = "copy"
    STOP = "stop"
    CHANNELS = "ways"


class Gone(StrEnum):
    """Why a link leads nowhere."""

    UNKNOWN = "unknown"
    OVER = "over"


@dataclass(frozen=True)
class Wish:
    """What somebody wants to see of their link: a case where there are several, and a view."""

    purpose: Purpose = Purpose.INTERVIEW
    case_id: int | None = None
    view: View = View.HERE


@dataclass(frozen=True)
class Page:
    """One page. Without a card it shows the interview: the answers given, or the question asked.

    `remark` says what became of the last thing that was sent, if that needs words.
    """

    words: Words
    view: View
    card: Card | None = None
    asking: Asking | None = None
    remark: str = ""
    about: str = ""
    """The title of the workshop."""
    languages: tuple[str, ...] = ()
    """The languages to choose from, where no questionnaire is open yet."""
    final: bool = False
    """Whether nothing leads on from here."""


class Pages:
    """The pages of all personal links. `clock` gives the present moment, aware and in UTC."""

    def __init__(
        self, transactions: Transactions, office: Office, clock: Callable[[], datetime]
    ) -> None:
        self._transactions = transactions
        self.office = office
        self._clock = clock

    async def show(self, secret: str, wish: Wish) -> Page | Gone:
        """The page behind a link; reads only."""
        return await self._transactions.read(shown, self.office, secret, wish, self._clock())

    async def copy(self, secret: str, wish: Wish) -> File | Gone:
        """What is stored about the person of a link, as a file; reads only."""
        return await self._transactions.read(copied, self.office, secret, wish, self._clock())

    async def take(self, secret: str, wish: Wish, inbound: Inbound) -> Page | Gone | None:
        """Take what a page sent; None when it was taken, and the place to look at is `show`.

        Everything it changes is committed when this returns.
        """
        now = self._clock()
        return await self._transactions.write(taken, self.office, secret, wish, (inbound, now))


def shown(
    connection: Connection, office: Office, secret: str, wish: Wish, now: datetime
) -> Page | Gone:
    """The page behind a link."""
    link = _usable(connection, secret, wish.purpose, now)
    if isinstance(link, Gone):
        return link
    return _page(*_visited(connection, office, link, now), wish)


def copied(
    connection: Connection, office: Office, secret: str, wish: Wish, now: datetime
) -> File | Gone:
    """The file with everything that is stored about the person of a link."""
    link = _usable(connection, secret, wish.purpose, now)
    if isinstance(link, Gone):
        return link
    context, _ = _visited(connection, office, link, now)
    return personal_data.copy_file(_stored(context))


def taken(
    connection: Connection, office: Office, secret: str, wish: Wish, sent: tuple[Inbound, datetime]
) -> Page | Gone | None:
    """Decide and save what was sent, and when; a page only where something must be said about it.

    `remark` of that page says what was wrong; it is empty where all was well.
    """
    inbound, now = sent
    link = _usable(connection, secret, wish.purpose, now)
    if isinstance(link, Gone):
        return link
    context, _ = _visited(connection, office, link, now)
    words = _words(context)
    reply = _heard(context, link, inbound)
    if _person(context).erased_at is not None:
        # The link is gone with the person: what was done is said here, or nowhere.
        return Page(words, View.HERE, _card(reply), final=True)
    if not reply.refused:
        return None
    enrolment = get_enrolment(connection, link.enrolment_id)
    return replace(_page(context, enrolment, replace(wish, view=View.HERE)), remark=reply.refused)


def _usable(connection: Connection, secret: str, purpose: Purpose, now: datetime) -> Link | Gone:
    link = link_of(connection, secret, purpose)
    if link is None:
        return Gone.UNKNOWN
    return link if link.usable(now) else Gone.OVER


def _visited(
    connection: Connection, office: Office, link: Link, now: datetime
) -> tuple[InboundContext, Enrolment]:
    """A visit through the page: no address is stored for it, the link is proof enough."""
    enrolment = get_enrolment(connection, link.enrolment_id)
    address = Address(0, enrolment.participant_id, WEB, "", AddressState.ACTIVE, "")
    return InboundContext(connection, office, address, now), enrolment


def _heard(context: InboundContext, link: Link, inbound: Inbound) -> Reply:
    if _belongs(context.connection, link, inbound):
        return heard(context, inbound)
    return Reply(refused=_words(context)(STALE))


def _belongs(connection: Connection, link: Link, inbound: Inbound) -> bool:
    """Whether what was sent is about the enrolment of the link."""
    match inbound:
        case Filled():
            return enrolment_of_case(connection, inbound.case_id) == link.enrolment_id
        case Commanded():
            return inbound.name in ("stop", "language")
        case Tapped():
            return _button_belongs(connection, link, inbound)
    return False


def _button_belongs(connection: Connection, link: Link, tap: Tapped) -> bool:
    token = read_token(tap.token)
    if token is None:
        return False
    if token.action in (Action.RESUME, Action.MINE, Action.CHANNEL):
        return True
    number = token.numbers[0] if token.numbers else None
    if token.action in CONSENT_ACTIONS:
        return number == link.enrolment_id
    known = token.action in CASE_ACTIONS and number is not None
    return known and enrolment_of_case(connection, number or 0) == link.enrolment_id


def _page(context: InboundContext, enrolment: Enrolment, wish: Wish) -> Page:
    """Where the person of an enrolment stands."""
    person = _person(context)
    words = Words(person.language)
    if wish.view in (View.MINE, View.DELETE):
        return Page(words, wish.view, _personal_card(context, wish.view))
    if wish.view is View.LANGUAGES and wish.case_id is None:
        which = Card(words("Which language would you like?"))
        return Page(words, View.LANGUAGES, which, languages=worded_languages())
    ended = opted_out(context, person, enrolment)
    if ended is not None:
        return Page(words, View.HERE, _card(ended))
    if wish.purpose is Purpose.STOP or wish.view is View.STOP:
        return Page(words, View.STOP, Card(words(STOP_NOW)))
    if wish.view is View.STORED:
        return Page(
            words, View.STORED, service_messages.stored_card(context.office, words, enrolment)
        )
    if wish.view is View.CHANNELS:
        return Page(words, View.CHANNELS, _card(contact_channels.channels_reply(context)))
    files = _open_files(context, enrolment)
    file = _wanted(files, wish)
    if file is not None and enrolment.consented_at is not None:
        return _page_of_case(context, file, wish)
    if len(files) > 1 and enrolment.consented_at is not None:
        return Page(words, View.HERE, choice_card(context, files))
    return Page(words, View.HERE, _card_without_case(context, enrolment, words, bool(files)))


def _personal_card(context: InboundContext, view: View) -> Card:
    """What is stored about the person, whole; or what deleting it means."""
    if view is View.DELETE:
        return personal_data_cards.ask_card(_words(context))
    stored = _stored(context)
    card = personal_data_cards.mydata_card(context.office, stored)
    return replace(card, text="\n".join([card.text, *personal_data_cards.answer_lines(stored)]))


def _stored(context: InboundContext) -> Stored:
    return stored_about(context.connection, _person(context), context.now)


def _person(context: InboundContext) -> Participant:
    return get_participant(context.connection, context.address.participant_id)


def _card_without_case(
    context: InboundContext, enrolment: Enrolment, words: Words, something_open: bool
) -> Card:
    """Asking for consent, or saying that nothing is open and when the next one comes."""
    to_come = next_one(context, words)
    newest = newest_case_of(context.connection, enrolment.id)
    if enrolment.consented_at is None and (something_open or to_come or newest is None):
        return _card(consent_reply(context, enrolment))
    if newest is None:
        return Card(service_messages.nothing_open(words, to_come))
    file = load_file(context.connection, newest)
    return case_cards.closed_card(file, Words(file.language), to_come)


def _page_of_case(context: InboundContext, file: CaseFile, wish: Wish) -> Page:
    """A case that can be answered now: its question, or a view beside it."""
    asking = asking_of(context, file)
    page = Page(asking.words, wish.view, asking=asking, about=file.workshop.title)
    if wish.view is View.ANSWERS:
        return page
    if wish.view is View.LANGUAGES:
        return replace(page, card=menus.languages_card(asking))
    if file.case.asked_at is None:
        invitation = case_cards.invitation_card(asking, file, Kind.INVITATION, last=False)
        return replace(page, card=invitation)
    if current(asking.interview) is None:
        return replace(page, card=card_of(context, file, asking.interview).card)
    return page


def _open_files(context: InboundContext, enrolment: Enrolment) -> list[CaseFile]:
    """The cases of an enrolment that can be answered now, those that wait for answers first."""
    open_now = [
        file
        for file in open_files_of(context.connection, enrolment.participant_id)
        if file.enrolment.id == enrolment.id and not file.closed(context.now)
    ]
    return sorted(open_now, key=lambda file: file.case.completed_at is not None)


def _wanted(files: list[CaseFile], wish: Wish) -> CaseFile | None:
    """The case that was asked for, else the only one that waits, else the only one at all."""
    chosen = [file for file in files if file.case.id == wish.case_id]
    waiting = [file for file in files if file.case.completed_at is None]
    found = next((group for group in (chosen, waiting, files) if group), [])
    return found[0] if len(found) == 1 or (found and not waiting) else None


def _card(reply: Reply) -> Card:
    return reply.says[0].card


def _words(context: InboundContext) -> Words:
    return Words(_person(context).language)
