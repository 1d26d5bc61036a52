"""/person in chat: find a person, and see workshops, ways to reach and what can be done.

The work is done by `bot.desk.people`; the acts are in `bot.staff_chat.person_acts`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from bot.desk.people.finding import Found, FoundPerson, find_people
from bot.desk.people.handover import Successor, hand_over
from bot.desk.people.person import PersonRecord, show_person
from bot.messaging.messages import Button, Card, Commanded, Reply, Say, Tapped
from bot.messaging.tokens import Action, Token, token
from bot.staff_chat.context import StaffContext
from bot.staff_chat.person_tokens import Deed, button
from bot.staff_chat.workshop_choice import OLD_LIST, number_of
from bot.wording.days import day_at, day_words
from storage.database import NotFound
from storage.fieldwork.workshops import get_workshop
from storage.office.staff import Member
from storage.people.enrolments import enrolments_of
from storage.people.participants import participant_with, people_with
from surveys.people import Enrolment, Participant
from surveys.workshop import Workshop

HOW = "Please send /person with a name, a part of it, or a code, such as /person Mele."
NOBODY = "Nobody is called “{name}”. Try a part of the name, or the code."
HOW_TO_HAND_OVER = (
    "Please send /handover with the code of the contact point and the name of the successor, such as "
    "/handover P-7KQ2MZ9D Mele Tupou."
)
SUCCESSOR = "{name} takes over from {code}, as soon as the successor sends this to the bot:"
SUCCESSOR_PAGE = "or agrees on the page behind this link:"
WHO = "Whom do you mean?"
MORE = "{more} more: send more of the name."


@dataclass(frozen=True)
class Place:
    """A workshop of a person, and whether the person was removed from it."""

    workshop: Workshop
    enrolment: Enrolment


async def find(context: StaffContext, command: Commanded, member: Member) -> Reply:
    """/person NAME: the person, or a choice of several."""
    wanted = command.argument.strip()
    if not wanted:
        return Reply(says=(Say(Card(HOW)),))
    found = await context.transactions.read(find_people, wanted)
    if len(found.people) == 1:
        return Reply(says=(Say(await person_card(context, found.people[0].id)),))
    return Reply(says=(Say(_choice(found) if found.people else Card(NOBODY.format(name=wanted))),))


async def hand_over_to(context: StaffContext, command: Commanded, member: Member) -> Reply:
    """/handover CODE NAME: make the code and the link of a successor of a contact point."""
    code, _, name = command.argument.strip().partition(" ")
    if not name.strip():
        return Reply(says=(Say(Card(HOW_TO_HAND_OVER)),))
    office, successor = context.office_of(member), Successor(name.strip())
    done = await context.transactions.write(hand_over, office, code, successor, context.clock())
    person = await context.transactions.read(participant_with, code)
    lines = [SUCCESSOR.format(name=name.strip(), code=person.code), f"/start {done.secret}"]
    lines += [SUCCESSOR_PAGE, done.page] if done.page else []
    back = button("Undo", person.id, Deed.HAND_BACK)
    return Reply(says=(Say(Card("\n".join(lines), ((back,),))),))


async def show(context: StaffContext, tap: Tapped, found: Token, member: Member) -> Reply:
    """Show the person whom a button names."""
    number = found.numbers[0] if found.numbers else 0
    return Reply(says=(Say(await person_card(context, number), tap.ref),))


def _choice(found: Found) -> Card:
    more = found.total - len(found.people)
    lines = [WHO, *([MORE.format(more=more)] if more else [])]
    rows = tuple(
        (Button(_label(one), token(Action.OFFICE_PERSON, one.id)),) for one in found.people
    )
    return Card("\n".join(lines), rows)


def _label(one: FoundPerson) -> str:
    return f"{one.name}, {one.administration} ({one.participant})"


def person_of(connection: Connection, number: int) -> Participant:
    """Return the person with this number. NotFound if there is none."""
    person = people_with(connection, [number]).get(number)
    if person is None:
        raise NotFound(OLD_LIST)
    return person


def places_of(connection: Connection, number: int) -> list[Place]:
    """Return the workshops of a person, the newest first, each once."""
    mine = {one.workshop_code: one for one in enrolments_of(connection, number)}
    return [Place(get_workshop(connection, code), one) for code, one in reversed(mine.items())]


async def person_card(context: StaffContext, number: int) -> Card:
    """Return what is stored about a person, with the acts as buttons."""
    read = context.transactions.read
    person = await read(person_of, number)
    record = await read(show_person, context.office, person.code, context.clock())
    rows = _rows(person, await read(places_of, number))
    cases = (Button("Questionnaires of this person", token(Action.OFFICE_CASES, number)),)
    return Card("\n".join(_lines(record, context.office.zone)), (*rows, cases))


def _lines(record: PersonRecord, zone: str) -> list[str]:
    lines = [f"{record.name or '(erased)'} ({record.participant})"]
    lines += [
        f"{one.workshop}: {one.role}, {one.works_at}, {one.consent}, answers: {one.answers}"
        for one in record.enrolments
    ]
    return [*lines, *record.addresses, _messages(record, zone)]


def _messages(record: PersonRecord, zone: str) -> str:
    if record.stopped_at:
        how = record.stop_reason or "in person"
        return f"Messages: stopped since {day_at(record.stopped_at, zone)} ({how})."
    if record.paused_until:
        return f"Messages: paused until {day_words(record.paused_until)}."
    return "Messages: as planned."


def _rows(person: Participant, places: Sequence[Place]) -> tuple[tuple[Button, ...], ...]:
    if person.erased_at is not None:
        return ()
    stops: tuple[Button, ...] = (
        button("Stop messages …", person.id, Deed.ASK_STOP),
        button("Pause …", person.id, Deed.ASK_PAUSE),
    )
    if person.stopped_at is not None or person.paused_until is not None:
        stops = (button("Start again", person.id, Deed.START),)
    if person.stopped_at is not None and person.stop_reason is None:
        stops = ()
    removals = [(_removal(person, one),) for one in places]
    leave = (button("Leave out of a wave …", person.id, Deed.ASK_LEAVE_OUT),)
    return tuple(row for row in (stops, *removals, leave if places else ()) if row)


def _removal(person: Participant, place: Place) -> Button:
    code, number = place.workshop.code, number_of(place.workshop)
    if place.enrolment.removed_at is not None:
        return button(f"Put back into {code}", person.id, Deed.RESTORE, number)
    return button(f"Remove from {code} …", person.id, Deed.ASK_REMOVE, number)
