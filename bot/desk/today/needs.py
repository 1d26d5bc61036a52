"""What needs a person of the office, the most urgent first. Reads only; knows no skin."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Connection

from bot.desk.people.relinking import relink_requests
from bot.desk.people.walk_ins import people_in_rooms, walk_ins
from bot.desk.workshops.sent_tables import wave_of
from bot.fieldwork.planned_waves import WaveNow
from bot.settings.office import Office
from bot.wording.counts import counted
from bot.wording.days import day_at, day_words
from storage.office.waiting import what_waits
from storage.office.waiting_files import files_put_aside
from surveys.planning.wave_states import HELD, WaveState


class Urgency(StrEnum):
    """How soon somebody should do it."""

    NOW = "today"
    SOON = "this week"


class NeedKind(StrEnum):
    """What something is about; a skin knows where it is done."""

    WAVE = "wave"
    MESSAGES = "messages"
    ROOMS = "rooms"
    ACCOUNTS = "accounts"
    CALLS = "calls"
    LISTS = "lists"
    HELP = "help"


@dataclass(frozen=True)
class Need:
    """Something to do: what, a line about it, and what to do in a word or two.

    `about` are the codes that name it, such as workshop and wave.
    """

    urgency: Urgency
    kind: NeedKind
    text: str
    detail: str
    verb: str
    about: tuple[str, ...] = ()


def needs(
    connection: Connection, office: Office, waves: Sequence[WaveNow], now: datetime
) -> list[Need]:
    """Return what needs a person; `waves` are those at which somebody may have to look."""
    waiting = what_waits(connection, now, office.day_of(now))
    found = [
        *_waves(waves, now, office.day_of(now)),
        *_messages(waiting.messages),
        *(_rooms(connection) if waiting.accounts or waiting.guests else ()),
        *(_accounts(connection) if waiting.accounts else ()),
        *_calls(waiting.unreachable),
        *_help(waiting.sentences, waiting.late_help),
        *(_lists(connection, office, now) if waiting.files else ()),
    ]
    order = list(Urgency)
    return sorted(found, key=lambda one: order.index(one.urgency))


def _waves(waves: Iterable[WaveNow], now: datetime, today: date) -> Iterator[Need]:
    for one in waves:
        about, state = (one.workshop.code, one.key), one.state(now)
        name = f"“{one.title}” of “{one.workshop.title}”"
        if state is WaveState.NEEDS_YES:
            day = f"Its day, {day_words(one.opens_on)}, was near or past when its list or its days came."
            yield Need(Urgency.NOW, NeedKind.WAVE, f"{name} needs your yes", day, "Decide", about)
        if state in HELD and _reminds(one, today):
            detail = "Nothing is sent until somebody releases it."
            yield Need(Urgency.SOON, NeedKind.WAVE, f"{name} is on hold", detail, "Look", about)


def _reminds(one: WaveNow, today: date) -> bool:
    """Return whether the day on which organisers wanted to be reminded has come."""
    held = one.workshop if one.workshop.held_at is not None else one.stored
    return held is not None and held.remind_on is not None and held.remind_on <= today


def _messages(number: int) -> Iterator[Need]:
    if number:
        text = counted(number, "message to the office waits", "messages to the office wait")
        detail = "From people who wrote something that answers no question."
        yield Need(Urgency.NOW, NeedKind.MESSAGES, text, detail, "Read")


def _rooms(connection: Connection) -> Iterator[Need]:
    listed = sum(len(room.names) for room in people_in_rooms(connection))
    others = len(walk_ins(connection))
    if listed or others:
        text = counted(listed + others, "person waits in a room", "people wait in rooms")
        detail = f"{listed} on a list, {others} on none."
        yield Need(Urgency.NOW, NeedKind.ROOMS, text, detail, "Look")


def _accounts(connection: Connection) -> Iterator[Need]:
    number = len(relink_requests(connection))
    if number:
        text = counted(number, "person has", "people have") + " a new account"
        detail = "They used a code that belongs to somebody who has joined."
        yield Need(Urgency.SOON, NeedKind.ACCOUNTS, text, detail, "Look")


def _lists(connection: Connection, office: Office, now: datetime) -> Iterator[Need]:
    for file in files_put_aside(connection, now):
        wave = wave_of(file)
        what = f"table of answers that was put aside: {file.workshop_code} {wave}"
        list_ = f"list that was put aside: {file.workshop_code or 'a calendar'}"
        text = f"A {what if wave else list_}"
        about = (file.workshop_code, str(file.id)) if wave else ("", str(file.id))
        until = day_at(file.expires_at, office.zone)
        detail = f"It is kept until {until}. Nothing of it is saved."
        yield Need(Urgency.SOON, NeedKind.LISTS, text, detail, "Go on", about)


def _calls(number: int) -> Iterator[Need]:
    if number:
        text = counted(number, "person is", "people are") + " out of reach"
        detail = "A questionnaire is open for them, and no message reaches them."
        yield Need(Urgency.SOON, NeedKind.CALLS, text, detail, "Call list")


def _help(sentences: int, late: int) -> Iterator[Need]:
    if sentences:
        text = counted(sentences, "sentence about help waits", "sentences about help wait")
        detail = "Nobody who asked for it reads what was done before somebody approves it."
        yield Need(Urgency.SOON, NeedKind.HELP, f"{text} for approval", detail, "Look")
    if late:
        text = counted(late, "kind of help", "kinds of help") + " past the day"
        detail = "It was taken up, and is not closed yet."
        yield Need(Urgency.SOON, NeedKind.HELP, text, detail, "Look")
