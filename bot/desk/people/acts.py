"""What an act of the office on one person did, as both skins say it."""

from dataclasses import dataclass

from sqlalchemy import Connection

from storage.database import NotFound
from storage.fieldwork.workshops import get_workshop
from storage.people.enrolments import enrolments_of
from storage.people.participants import lock_participant, participant_with
from surveys.people import Enrolment, Participant


@dataclass(frozen=True)
class Done:
    """What an act did, in words, and the command line that takes it back; '' if nothing was changed."""

    participant: str
    said: str
    undo: str = ""

    @property
    def changed(self) -> bool:
        """Whether anything was changed."""
        return bool(self.undo)


def person_for(connection: Connection, code: str) -> Participant:
    """Return the person with this code, locked, as any act on them needs it."""
    return lock_participant(connection, participant_with(connection, code).id)


def enrolments_there(
    connection: Connection, workshop: str, person: Participant
) -> list[Enrolment]:
    """Return the enrolments of a person in a workshop. NotFound if there are none."""
    code = get_workshop(connection, workshop).code
    found = [one for one in enrolments_of(connection, person.id) if one.workshop_code == code]
    if not found:
        where = f"`followup participants list {code}` shows all."
        raise NotFound(f"{person.code} is not enrolled in {code}. {where}")
    return found
