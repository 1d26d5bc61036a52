"""The messages in which organisers follow a wave: one for each chat and wave, kept up to date."""

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Connection, Row, delete, insert, select, update

from storage.schema import wave_messages


@dataclass(frozen=True)
class WaveMessage:
    """A message in a chat of staff: `ref` identifies it, `text` is what it shows since `shown_at`."""

    workshop_code: str
    key: str
    channel: str
    identifier: str
    member: str
    ref: str
    text: str
    shown_at: datetime
    id: int = 0


def put_message(connection: Connection, message: WaveMessage) -> None:
    """Follow a wave in this message from now on; an earlier one in the chat is no longer updated."""
    connection.execute(
        delete(wave_messages).where(
            wave_messages.c.workshop_code == message.workshop_code,
            wave_messages.c.key == message.key,
            wave_messages.c.channel == message.channel,
            wave_messages.c.identifier == message.identifier,
        )
    )
    values = {name: value for name, value in asdict(message).items() if name != "id"}
    connection.execute(insert(wave_messages).values(values))


def messages_of(connection: Connection) -> list[WaveMessage]:
    """Return all messages that are kept up to date."""
    rows = connection.execute(select(wave_messages).order_by(wave_messages.c.id))
    return [_message_of(row) for row in rows]


def set_shown(connection: Connection, number: int, ref: str, text: str, at: datetime) -> None:
    """Store what a message shows now."""
    connection.execute(
        update(wave_messages)
        .where(wave_messages.c.id == number)
        .values(ref=ref, text=text, shown_at=at)
    )


def forget_message(connection: Connection, number: int) -> None:
    """Stop keeping this message up to date."""
    connection.execute(delete(wave_messages).where(wave_messages.c.id == number))


def _message_of(row: Row[tuple[object, ...]]) -> WaveMessage:
    return WaveMessage(**row._mapping)
