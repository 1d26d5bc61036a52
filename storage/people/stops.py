"""A stop that the office stores for a person."""

from datetime import datetime

from sqlalchemy import Connection

from storage.people.enrolments import set_withdrawn
from storage.people.participants import lock_participant, set_stopped
from surveys.people import StopReason


def stop_for_office(
    connection: Connection, participant_id: int, reason: StopReason, at: datetime
) -> bool:
    """Stop all messages to a person who has told the office so; False if they are stopped already.

    An import calls it for the people of a list who want no contact. The caller refreshes their
    next contacts.
    """
    if lock_participant(connection, participant_id).stopped_at is not None:
        return False
    set_stopped(connection, participant_id, at, reason)
    set_withdrawn(connection, participant_id, at)
    return True
