"""Failed codes: how many wrong ones a chat has sent, and until when it must wait."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update

from storage.people.codes import hash_of
from storage.schema import failed_codes


@dataclass(frozen=True)
class FailedCodes:
    """The number of wrong codes of a chat, and until when it must wait."""

    wrong: int = 0
    wait_until: datetime | None = None


def failed_codes_of(connection: Connection, channel: str, identifier: str) -> FailedCodes:
    """Return the failed codes of a chat, locked so that simultaneous ones are counted one by one."""
    wanted = select(failed_codes).where(failed_codes.c.chat == hash_of_chat(channel, identifier))
    row = connection.execute(wanted.with_for_update()).one_or_none()
    return FailedCodes(row.wrong, row.wait_until) if row else FailedCodes()


def put_failed_codes(
    connection: Connection, channel: str, identifier: str, known: FailedCodes
) -> None:
    """Store the failed codes of a chat."""
    chat = hash_of_chat(channel, identifier)
    values = {"wrong": known.wrong, "wait_until": known.wait_until}
    changed = connection.execute(
        update(failed_codes).where(failed_codes.c.chat == chat).values(values)
    )
    if not changed.rowcount:
        connection.execute(insert(failed_codes).values(chat=chat, **values))


def forget_failed_codes(connection: Connection, channel: str, identifier: str) -> None:
    """Delete the failed codes of a chat, because it has sent a right one."""
    connection.execute(
        delete(failed_codes).where(failed_codes.c.chat == hash_of_chat(channel, identifier))
    )


def hash_of_chat(channel: str, identifier: str) -> str:
    """Return the stored form of a chat that belongs to nobody."""
    return hash_of(f"{channel}:{identifier}")
