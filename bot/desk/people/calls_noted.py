"""What came of a call by telephone: noted in the audit log, in codes, and shown on the call list.

A note cannot be deleted there; taking it back is a line of its own.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection

from bot.audit import record
from bot.desk.people.acts import Done, enrolments_there, person_for
from bot.settings.office import Office
from storage.database import Conflict
from storage.office.audit import Act, Entry, entries_of
from storage.office.staff import label_of


class CallResult(StrEnum):
    """What came of a call."""

    NO_ANSWER = "no-answer"
    WILL_ANSWER = "will-answer"
    CALL_LATER = "call-later"
    WRONG_NUMBER = "wrong-number"


RESULTS = {
    CallResult.NO_ANSWER: "nobody answered",
    CallResult.WILL_ANSWER: "will answer",
    CallResult.CALL_LATER: "call again later",
    CallResult.WRONG_NUMBER: "the number is wrong",
}
TAKEN_BACK = "taken-back"


@dataclass(frozen=True)
class NotedCall:
    """The newest note about a person in a workshop: what came of the call, who called, and when."""

    result: CallResult
    by: str
    at: datetime


def note_call(
    connection: Connection, office: Office, place: tuple[str, str], result: str, now: datetime
) -> Done:
    """Note what came of a call; `place` is the workshop and the person, by code."""
    if result not in set(CallResult):
        raise Conflict(f"{result!r} is not a result. Use one of: {', '.join(CallResult)}.")
    person = person_for(connection, place[1])
    workshop = enrolments_there(connection, place[0], person)[0].workshop_code
    record(connection, office, Act.CALLED, f"{person.code} {workshop} {result}", now)
    said = f"Noted about {person.code}: {RESULTS[CallResult(result)]}."
    return Done(person.code, said, TAKEN_BACK)


def take_call_back(
    connection: Connection, office: Office, place: tuple[str, str], now: datetime
) -> Done:
    """Take the newest note about a person in a workshop back."""
    person = person_for(connection, place[1])
    workshop = enrolments_there(connection, place[0], person)[0].workshop_code
    if (person.code, workshop) not in noted_calls(connection):
        return Done(person.code, f"No call to {person.code} is noted. Nothing was changed.")
    record(connection, office, Act.CALLED, f"{person.code} {workshop} {TAKEN_BACK}", now)
    return Done(person.code, f"The note about {person.code} is taken back.", TAKEN_BACK)


def noted_calls(connection: Connection) -> dict[tuple[str, str], NotedCall]:
    """Return the newest note by person and workshop that was not taken back."""
    stacks: dict[tuple[str, str], list[Entry]] = {}
    for one in entries_of(connection, Act.CALLED):
        person, workshop, result = one.about.split()
        stack = stacks.setdefault((person, workshop), [])
        if result != TAKEN_BACK:
            stack.append(one)
        elif stack:
            stack.pop()
    return {place: _noted(connection, stack[-1]) for place, stack in stacks.items() if stack}


def _noted(connection: Connection, entry: Entry) -> NotedCall:
    result = CallResult(entry.about.split()[2])
    return NotedCall(result, label_of(connection, entry.who), entry.at)
