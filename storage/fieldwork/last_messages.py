"""When a person last got a message: about a case, about the e-learning, or from the office.

Replies to what the person has sent do not count.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Integer,
    Select,
    and_,
    bindparam,
    cast,
    false,
    func,
    null,
    select,
    union_all,
)

from storage.schema import addresses, attempts, cases, enrolments, notices
from storage.types import UtcDateTime
from surveys.planning.dispositions import IN_FLIGHT, MAYBE_SEEN

_NO_CASE = cast(null(), Integer).label("case_id")
_OF_CASES = (
    select(enrolments.c.participant_id, cases.c.id.label("case_id"))
    .add_columns(attempts.c.claimed_at.label("at"))
    .join(cases, cases.c.enrolment_id == enrolments.c.id)
    .join(attempts, attempts.c.case_id == cases.c.id)
    .where(attempts.c.outcome.in_((*MAYBE_SEEN, *IN_FLIGHT)))
)
_OF_ELEARNING = select(
    enrolments.c.participant_id, _NO_CASE, enrolments.c.elearning_reminded_at.label("at")
)
_OF_OFFICE = (
    select(addresses.c.participant_id, _NO_CASE, notices.c.made_at.label("at"))
    .join(
        notices,
        and_(
            addresses.c.channel == notices.c.channel,
            addresses.c.identifier == notices.c.identifier,
        ),
    )
    .where(notices.c.for_role == "", notices.c.is_reply == false())
)


def _among(who: ColumnElement[bool], who_by_address: ColumnElement[bool]) -> Sequence[Select[Any]]:
    """Return the messages of some people: those without a case, then those about one."""
    return (
        _OF_ELEARNING.where(who),
        _OF_OFFICE.where(who_by_address),
        _OF_CASES.where(who),
    )


_PERSON: BindParameter[int] = bindparam("participant_id")
_PEOPLE: BindParameter[list[int]] = bindparam("people", expanding=True)
*_OTHERS_OF_ONE, _CASES_OF_ONE = _among(
    enrolments.c.participant_id == _PERSON, addresses.c.participant_id == _PERSON
)
_EXCEPT = cases.c.id.is_distinct_from(bindparam("except_case", type_=cases.c.id.type))
_OTHERS = union_all(*_OTHERS_OF_ONE).subquery()
_ALL = union_all(_CASES_OF_ONE.where(_EXCEPT), *_OTHERS_OF_ONE).subquery()
_OF_ALL = union_all(
    *_among(enrolments.c.participant_id.in_(_PEOPLE), addresses.c.participant_id.in_(_PEOPLE))
).subquery()
# Built once, because each new case runs them: building a statement costs more than running it.
LAST_OF_ALL = select(func.max(_ALL.c.at, type_=UtcDateTime))
"""The parameters are `participant_id` and `except_case`."""
_LAST_WITHOUT_CASE = select(func.max(_OTHERS.c.at, type_=UtcDateTime))
_LAST_BY_CASE = (
    select(_OF_ALL.c.participant_id, _OF_ALL.c.case_id)
    .add_columns(func.max(_OF_ALL.c.at, type_=UtcDateTime).label("at"))
    .where(_OF_ALL.c.at.is_not(None))
    .group_by(_OF_ALL.c.participant_id, _OF_ALL.c.case_id)
)


def last_message_at(
    connection: Connection, participant_id: int, except_case: int | None = None
) -> datetime | None:
    """Return when a person last got a message that is not about one case; None if there was none.

    Messages that are being sent, or may have arrived, count.
    """
    which = {"participant_id": participant_id, "except_case": except_case}
    found: datetime | None = connection.scalar(LAST_OF_ALL, which)
    return found


def last_message_without_case(connection: Connection, participant_id: int) -> datetime | None:
    """Return when a person last got a message that is about no case."""
    which = {"participant_id": participant_id}
    found: datetime | None = connection.scalar(_LAST_WITHOUT_CASE, which)
    return found


def last_messages_of(
    connection: Connection, people: Collection[int]
) -> dict[int, dict[int | None, datetime]]:
    """Return when some people last got a message, by person and case; None for those about no case."""
    found: dict[int, dict[int | None, datetime]] = {}
    for person, case, at in connection.execute(_LAST_BY_CASE, {"people": people}):
        found.setdefault(person, {})[case] = at
    return found
