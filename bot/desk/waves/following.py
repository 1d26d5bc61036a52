"""A member of the staff follows a wave in a message, or leaves it to open at its planned time."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.audit import record
from bot.fieldwork.planned_waves import planned_wave
from bot.settings.office import Office
from storage.database import Conflict
from storage.fieldwork.waves import find_wave
from storage.fieldwork.workshops import get_workshop
from storage.office.audit import Act
from storage.office.staff import Member, label_of
from storage.office.wave_messages import WaveMessage, first_planned, put_message
from surveys.planning.due_workshops import midpoint_at

PLANNED = (
    "Planned. You will get a message when it opens{midpoint} and when it closes. In between, this "
    "message shows the progress."
)
MIDPOINT = ", on day 9"


@dataclass(frozen=True)
class Place:
    """The message in which a member of the staff follows a wave."""

    member: Member
    ref: str
    text: str


def follow(connection: Connection, wave: tuple[str, str], place: Place, now: datetime) -> None:
    """Keep a message up to date from now on; `wave` is a workshop's code and a wave's key."""
    put_message(connection, _message(wave, place, now, None))


def plan_to_open(
    connection: Connection, office: Office, wave: tuple[str, str], place: Place, now: datetime
) -> str:
    """Note that a member leaves a wave to open at its planned time. Return what to tell them.

    Only the first time counts: later ones change nothing and name the first member. Conflict for
    a wave that has opened.
    """
    code, key = wave
    dated = planned_wave(office, get_workshop(connection, code), key)
    if find_wave(connection, code, key) is not None:
        raise Conflict(f"{code} {key} has opened already. Nothing was changed.")
    first = first_planned(connection, code, key)
    if first is not None and first.planned_at is not None:
        by = label_of(connection, first.member)
        return (
            f"Already planned by {by} at {first.planned_at:%d %b %H:%M} UTC. Nothing was changed."
        )
    put_message(connection, _message(wave, place, now, now))
    record(connection, office, Act.WAVE_PLANNED, f"{code} {key}", now)
    tells = midpoint_at(dated.opens_on, dated.closes_on) is not None
    return PLANNED.format(midpoint=MIDPOINT if tells else "")


def _message(
    wave: tuple[str, str], place: Place, now: datetime, planned_at: datetime | None
) -> WaveMessage:
    member = place.member
    chat = (member.channel, member.identifier)
    return WaveMessage(*wave, *chat, member.code, place.ref, place.text, now, planned_at)
