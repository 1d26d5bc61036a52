"""Guests in the room of a workshop: a chat with the room code says who it is, and the office confirms.

No chat is linked here and no reply names anybody: a guest gives an e-mail address or their own code.
"""

import re
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from bot.importing.rows.countries import country_code, country_in
from bot.messaging.messages import Card, Reply, Say, Sender
from bot.messaging.tokens import Action, token
from bot.participants.code_throttling import count_wrong_code, must_wait
from bot.participants.strangers import words_for
from bot.settings.office import Office
from bot.wording import service_messages
from storage.fieldwork.workshops import get_workshop
from storage.office.notices import put_staff_notices
from storage.office.staff import StaffRole
from storage.people.addresses import people_at
from storage.people.administrations import all_administrations
from storage.people.enrolments import enrolments_in
from storage.people.participants import find_participant
from storage.people.relinks import ask_relink
from storage.people.room_codes import Room, enter_room, room_of_guest, room_with
from storage.people.walk_ins import NewWalkIn, put_walk_in
from surveys.people import Participant
from surveys.planning.channels import EMAIL

WAITS = "{name} ({person}) is waiting in the room of {workshop}. Please confirm who it is."
GUEST = "{name}, {administration}, is waiting in the room of {workshop} and is on no list."
COMMAS = re.compile(r"[,，、،;]")
LONGEST_NAME = 80


def came(
    connection: Connection, office: Office, sender: Sender, code: str, now: datetime
) -> Reply:
    """Reply to a room code from an unknown chat: ask a guest with a right code who they are."""
    room = room_with(connection, code, now)
    if room is None:
        count_wrong_code(connection, sender, now)
        return _said(sender, service_messages.CODE_UNKNOWN, contact=office.contact)
    # Wrong guesses are not forgotten: a code that stands on the wall proves nothing.
    enter_room(connection, code, (sender.channel, sender.identifier), room, now)
    workshop = get_workshop(connection, room.workshop_code)
    return _said(sender, service_messages.ROOM_WHO, workshop=workshop.title)


def wrote(
    connection: Connection, office: Office, sender: Sender, text: str, now: datetime
) -> Reply | None:
    """Reply to a guest who says who they are, and ask the office; None to a chat that is in no room."""
    chat = (sender.channel, sender.identifier)
    room = room_of_guest(connection, chat, now)
    if room is None:
        return None
    if must_wait(connection, sender, now):
        return _said(sender, service_messages.CODES_TOO_MANY, contact=office.contact)
    person = _listed(connection, room.workshop_code, text)
    if person is None:
        return _not_listed(connection, sender, room, text, now)
    if ask_relink(connection, person.id, chat, now, room.workshop_code):
        _tell(
            connection,
            WAITS.format(name=person.name, person=person.code, workshop=room.workshop_code),
            now,
        )
    return replace(_said(sender, service_messages.ROOM_ASKED), tells_staff=True)


def _not_listed(
    connection: Connection, sender: Sender, room: Room, text: str, now: datetime
) -> Reply:
    """Reply to a guest whom the list does not have: a name and a country are brought to the office."""
    name, country = _introduced(text)
    if not name:
        count_wrong_code(connection, sender, now)
        reply = _said(sender, service_messages.ROOM_NOT_LISTED)
        card = reply.says[0].card
        walk_in = words_for(sender)(service_messages.ROOM_WALK_IN)
        return Reply(says=(Say(Card(f"{card.text}\n{walk_in}")),))
    known = all_administrations(connection)
    code = country_code(country, known) or country_in(country, known)
    if code is None or code not in known:
        count_wrong_code(connection, sender, now)
        return _said(sender, service_messages.ROOM_NO_COUNTRY)
    language = words_for(sender).language
    new = NewWalkIn((sender.channel, sender.identifier), language, name, code)
    put_walk_in(connection, new, now)
    said = GUEST.format(name=name, administration=known[code].name, workshop=room.workshop_code)
    _tell(connection, said, now)
    return replace(_said(sender, service_messages.ROOM_ASKED), tells_staff=True)


def _introduced(text: str) -> tuple[str, str]:
    """Return the name and the country of a guest, as written around the last comma; '' if none."""
    *names, country = COMMAS.split(text)
    name = " ".join(" ".join(names).split())[:LONGEST_NAME]
    return (name, country.strip()) if any(map(str.isalpha, name)) else ("", "")


def _tell(connection: Connection, text: str, now: datetime) -> None:
    """Tell the organisers who waits."""
    button = token(Action.OFFICE_WISHES)
    put_staff_notices(connection, [text], StaffRole.ORGANISER, now, button)


def _listed(connection: Connection, workshop_code: str, text: str) -> Participant | None:
    """Return the person enrolled in a workshop whose e-mail address or code this is."""
    written = text.strip()
    at_address = people_at(connection, EMAIL, [written.casefold()]).get(written.casefold())
    person = at_address or find_participant(connection, written)
    if person is None or person.erased_at is not None:
        return None
    here = enrolments_in(connection, workshop_code)
    enrolled = {one.participant_id for one in here if one.removed_at is None}
    return person if person.id in enrolled else None


def _said(sender: Sender, text: str, **values: str) -> Reply:
    words = words_for(sender)
    return Reply(says=(Say(Card(words(text, **values))),))
