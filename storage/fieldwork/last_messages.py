"""When a person last got a message: about a case, about the e-learning, or from the office.

Replies to what the person has sent do not count.
"""

from datetime import datetime

from sqlalchemy import Connection, and_, bindparam, false, func, select, union_all

from storage.schema import addresses, attempts, cases, enrolments, notices
from storage.types import UtcDateTime
from surveys.planning.dispositions import IN_FLIGHT, MAYBE_SEEN

_THEIRS = enrolments.c.participant_id == bindparam("participant_id")
_OF_CASES = (
    select(attempts.c.claimed_at.label("at"))
    .join(cases, cases.c.id == attempts.c.case_id)
    .join(enrolments, enrolments.c.id == cases.c.enrolment_id)
    .where(_THEIRS)
    .where(cases.c.id.is_distinct_from(bindparam("except_case", type_=cases.c.id.type)))
    .where(attempts.c.outcome.in_((*MAYBE_SEEN, *IN_FLIGHT)))
)
_OF_ELEARNING = select(enrolments.c.elearning_reminded_at.label("at")).where(_THEIRS)
_OF_OFFICE = (
    select(notices.c.made_at.label("at"))
    .join(
        addresses,
        and_(
            addresses.c.channel == notices.c.channel,
            addresses.c.identifier == notices.c.identifier,
        ),
    )
    .where(addresses.c.participant_id == bindparam("participant_id"))
    .where(notices.c.for_role == "", notices.c.is_reply == false())
)


_OTHERS = union_all(_OF_ELEARNING, _OF_OFFICE).subquery()
_ALL = union_all(_OF_CASES, _OF_ELEARNING, _OF_OFFICE).subquery()
# Built once, because each new case runs them: building a statement costs more than running it.
_LAST_OF_ALL = select(func.max(_ALL.c.at, type_=UtcDateTime))
_LAST_WITHOUT_CASE = select(func.max(_OTHERS.c.at, type_=UtcDateTime))


def last_message_at(
    connection: Connection, participant_id: int, except_case: int | None = None
) -> datetime | None:
    """Return when a person last got a message that is not about one case; None if there was none.

    Messages that are being sent, or may have arrived, count.
    """
    which = {"participant_id": participant_id, "except_case": except_case}
    found: datetime | None = connection.scalar(_LAST_OF_ALL, which)
    return found


def last_message_without_case(connection: Connection, participant_id: int) -> datetime | None:
    """Return when a person last got a message that is about no case."""
    which = {"participant_id": participant_id}
    found: datetime | None = connection.scalar(_LAST_WITHOUT_CASE, which)
    return found
