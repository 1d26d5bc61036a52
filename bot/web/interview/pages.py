"""Shows the pages of a personal link and takes what they send.

Showing changes nothing, because mail scanners open links. What is sent goes through the same use
cases as a message in a chat. A link is valid for one enrolment only. Knows no web server.
"""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from bot.access.links import visitor_of
from bot.fieldwork.inbound_context import InboundContext
from bot.filing.keeping import looked_at, settle
from bot.messaging.messages import (
    Addressed,
    Commanded,
    File,
    Filled,
    HandedIn,
    Inbound,
    Reply,
    Sender,
    Tapped,
)
from bot.messaging.tokens import read_token
from bot.participants import personal_data
from bot.participants.buttons import BUTTONS
from bot.participants.commands import COMMANDS
from bot.participants.rows import Names
from bot.reception import heard
from bot.runtime.transactions import Transactions
from bot.settings.office import Office
from bot.web.interview.page import BadLink, Page, PageQuery, View
from bot.web.interview.page_content import card_in, page_of, person_of, stored_of, words_of
from storage.fieldwork.attempts import set_letter_delivered
from storage.fieldwork.cases import enrolment_of_case
from storage.people.enrolments import get_enrolment
from storage.people.links import Link, Purpose, Visitor
from storage.people.participants import lock_participant
from surveys.interview.interview import question
from surveys.items.base import Shape
from surveys.people import Address, AddressState
from surveys.planning.channels import WEB
from surveys.wording import N_, Words

STALE = N_("That button does not work any more. Here is where you are now.")


class Pages:
    """The pages of all personal links. `clock` returns the current time, aware and in UTC."""

    def __init__(
        self, transactions: Transactions, office: Office, clock: Callable[[], datetime]
    ) -> None:
        self._transactions = transactions
        self.office = office
        self._clock = clock

    async def show(self, secret: str, query: PageQuery) -> Page | BadLink:
        """Return the page of a link; reads only."""
        return await self._transactions.read(shown, self.office, secret, query, self._clock())

    async def copy(self, secret: str, query: PageQuery) -> File | BadLink:
        """Return the personal data of the person of a link as a file; reads only."""
        return await self._transactions.read(copied, self.office, secret, query, self._clock())

    async def take(self, secret: str, query: PageQuery, inbound: Inbound) -> Page | BadLink | None:
        """Take a message from a page and commit its changes.

        Return None if it was accepted, and `show` gives the next page; else the page to show.
        """
        now = self._clock()
        return await self._transactions.write(taken, self.office, secret, query, (inbound, now))

    async def asks_file(self, secret: str, query: PageQuery) -> bool | BadLink:
        """Return whether a page asks for a file; reads only."""
        return await self._transactions.read(file_asked, self.office, secret, query, self._clock())

    async def take_file(
        self, secret: str, query: PageQuery, place: tuple[int, int], content: bytes
    ) -> tuple[HandedIn, Page | BadLink | None]:
        """Look at a file, keep it, and take it as the answer to a question of a case.

        Return the message that it makes, and what `take` returns.
        """
        kept, fault = await looked_at(self.office, content)
        sent = HandedIn(Sender(WEB, ""), kept, fault or "", *place)
        try:
            return sent, await self.take(secret, query, sent)
        finally:
            if kept is not None:
                turns = self._transactions.turns
                await asyncio.to_thread(settle, turns, self.office, kept)


def shown(
    connection: Connection, office: Office, secret: str, query: PageQuery, now: datetime
) -> Page | BadLink:
    """Return the page of a link."""
    visitor = _usable(connection, secret, query.purpose, now)
    if isinstance(visitor, BadLink):
        return visitor
    return page_of(_context_of(connection, office, visitor, now), visitor, query)


def file_asked(
    connection: Connection, office: Office, secret: str, query: PageQuery, now: datetime
) -> bool | BadLink:
    """Return whether the page of a link asks for a file."""
    page = shown(connection, office, secret, query, now)
    if isinstance(page, BadLink):
        return page
    asked = question(page.asking.interview) if page.asking and page.card is None else None
    return asked is not None and asked.shape is Shape.FILE


def copied(
    connection: Connection, office: Office, secret: str, query: PageQuery, now: datetime
) -> File | BadLink:
    """Return the file with all personal data of the person of a link."""
    visitor = _usable(connection, secret, query.purpose, now)
    if isinstance(visitor, BadLink):
        return visitor
    return personal_data.copy_file(stored_of(_context_of(connection, office, visitor, now)))


def taken(
    connection: Connection,
    office: Office,
    secret: str,
    query: PageQuery,
    sent: tuple[Inbound, datetime],
) -> Page | BadLink | None:
    """Decide and save a message; `sent` is the message and its time.

    Return None if there is nothing to say about it, else the page to show. `remark` of that page
    says what was wrong; it is "" if the message was accepted.
    """
    inbound, now = sent
    visitor = _usable(connection, secret, query.purpose, now)
    if isinstance(visitor, BadLink):
        return visitor
    link, context = visitor.link, _context_of(connection, office, visitor, now)
    set_letter_delivered(connection, link.enrolment_id, link.created_at, now)
    reply = _heard(context, link, inbound)
    person = person_of(context)
    if person.erased_at is not None:
        # The link was erased with the person, so this is the last page that it can show.
        words = Words(visitor.participant.language)
        return Page(words, View.HERE, card_in(reply), final=True)
    if not (reply.refused or reply.news):
        return None
    enrolment = get_enrolment(connection, link.enrolment_id)
    now_there = replace(visitor, enrolment=enrolment, participant=person)
    page = page_of(context, now_there, replace(query, view=View.HERE))
    return replace(page, remark=reply.refused, news=reply.news)


def _usable(
    connection: Connection, secret: str, purpose: Purpose, now: datetime
) -> Visitor | BadLink:
    visitor = visitor_of(connection, secret, purpose)
    if visitor is None:
        return BadLink.UNKNOWN
    return visitor if visitor.link.usable(now) else BadLink.EXPIRED


def _context_of(
    connection: Connection, office: Office, visitor: Visitor, now: datetime
) -> InboundContext:
    """Return the context of a message from the page; the link is the proof, no address is stored."""
    address = Address(0, visitor.participant.id, WEB, "", AddressState.ACTIVE, "")
    return InboundContext(connection, office, address, now)


def _heard(context: InboundContext, link: Link, inbound: Inbound) -> Reply:
    if _belongs(context.connection, link, inbound):
        person = lock_participant(context.connection, context.address.participant_id)
        return heard(context, person, inbound)
    return Reply(refused=words_of(context)(STALE))


def _belongs(connection: Connection, link: Link, inbound: Inbound) -> bool:
    """Return whether a message is about the enrolment of the link."""
    match inbound:
        case Addressed():
            return True
        case Filled(case_id=number) | HandedIn(case_id=int(number)):
            return enrolment_of_case(connection, number) == link.enrolment_id
        case Commanded():
            command = COMMANDS.get(inbound.name)
            return command is not None and command.on_page
        case Tapped():
            return _button_belongs(connection, link, inbound)
    return False


def _button_belongs(connection: Connection, link: Link, tap: Tapped) -> bool:
    token = read_token(tap.token)
    row = BUTTONS.get(token.action) if token else None
    if token is None or row is None:
        return False
    number = token.numbers[0] if token.numbers else None
    match row.names:
        case Names.ENROLMENT:
            return number == link.enrolment_id
        case Names.CASE:
            return (
                number is not None and enrolment_of_case(connection, number) == link.enrolment_id
            )
    return row.on_page
