"""Take back the cases and messages of a wave that is put back to its plan.

Cases that nobody has seen are deleted. Those with a message stay, closed, so that a tap on it finds
its wave; they are opened again with the wave, and the messages before count no more. Those that were
set aside stay so.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, func, select, update

from storage.database import Conflict
from storage.people.enrolments import still_asked
from storage.schema import addresses, answers, attempts, cases, enrolments, participants
from surveys.planning.contacts import Hold
from surveys.planning.dispositions import MAYBE_SEEN, Outcome


@dataclass(frozen=True)
class Reached:
    """Somebody who has, or may have, a message of a wave: their language, and where it went.

    `asked` is false if they have asked to get no more messages.
    """

    asked: bool
    language: str
    channel: str
    identifier: str


def anybody_answered(connection: Connection, wave_id: int) -> bool:
    """Return whether somebody has begun to answer in a wave."""
    begun = select(cases.c.id).where(cases.c.wave_id == wave_id, cases.c.started_at.is_not(None))
    return connection.scalar(begun.limit(1)) is not None


def has_cases(connection: Connection, wave_id: int) -> bool:
    """Return whether a wave that was put back to its plan has cases: somebody has seen it."""
    mine = select(cases.c.id).where(cases.c.wave_id == wave_id)
    return connection.scalar(mine.limit(1)) is not None


def reached(connection: Connection, wave_id: int) -> list[Reached]:
    """Return everybody who has, or may have, a message of a wave, each once."""
    asked = still_asked(enrolments) & participants.c.stopped_at.is_(None)
    found = (
        select(asked, participants.c.language, addresses.c.channel, addresses.c.identifier)
        .select_from(attempts)
        .join(cases, cases.c.id == attempts.c.case_id)
        .join(enrolments, enrolments.c.id == cases.c.enrolment_id)
        .join(participants, participants.c.id == enrolments.c.participant_id)
        .join(addresses, addresses.c.id == attempts.c.address_id)
        .where(cases.c.wave_id == wave_id, attempts.c.outcome.in_(MAYBE_SEEN))
        .distinct()
        .order_by(addresses.c.channel, addresses.c.identifier)
    )
    return [Reached(*row) for row in connection.execute(found)]


def take_back(connection: Connection, wave_id: int, at: datetime) -> int:
    """Take back all cases of a wave; return how many invitations had not been sent.

    Raise Conflict while a message is leaving: its outcome must be stored first.
    """
    mine = cases.c.wave_id == wave_id
    connection.execute(select(cases.c.id).where(mine).order_by(cases.c.id).with_for_update())
    of_wave = attempts.c.case_id.in_(select(cases.c.id).where(mine))
    connection.execute(delete(attempts).where(of_wave, attempts.c.outcome == Outcome.CLAIMED))
    leaving = select(attempts.c.id).where(of_wave, attempts.c.outcome == Outcome.LEAVING)
    if connection.scalar(leaving.limit(1)) is not None:
        raise Conflict("A message is leaving at this moment. Try again in a minute.")
    connection.execute(update(attempts).where(of_wave).values(outcome=Outcome.TAKEN_BACK))
    tried = select(attempts.c.id).where(attempts.c.case_id == cases.c.id).exists()
    begun = select(answers.c.case_id).where(answers.c.case_id == cases.c.id).exists()
    aside = cases.c.set_aside_at.is_not(None)
    seen = tried | begun | cases.c.asked_at.is_not(None) | aside
    unsent = connection.scalar(select(func.count()).where(mine, ~tried, ~aside)) or 0
    connection.execute(delete(cases).where(mine, ~seen))
    nothing = {"next_contact_at": None, "next_contact_kind": None, "hold": Hold.CLOSED}
    connection.execute(update(cases).where(mine).values(nothing | {"closed_at": at}))
    return unsent
