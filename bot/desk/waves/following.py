"""A member of the staff follows an opened wave in a message."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from storage.office.staff import Member
from storage.office.wave_messages import WaveMessage, put_message


@dataclass(frozen=True)
class Place:
    """The message in which a member of the staff follows a wave."""

    member: Member
    ref: str
    text: str


def follow(connection: Connection, wave: tuple[str, str], place: Place, now: datetime) -> None:
    """Keep a message up to date from now on; `wave` is a workshop's code and a wave's key."""
    member = place.member
    chat = (member.channel, member.identifier)
    put_message(connection, WaveMessage(*wave, *chat, member.code, place.ref, place.text, now))
