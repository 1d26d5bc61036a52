"""Where a contact point cannot be reached, the next one of the administration is asked.

The office sets after how many days. Plain functions, each called inside one transaction.
"""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.settings.office import Office
from storage.fieldwork.contact_points import (
    out_of_reach_in,
    passed_over_in,
    set_passed_over,
)
from storage.fieldwork.next_contact import chosen_address
from storage.fieldwork.waves import Wave
from storage.people.administrations import all_administrations
from storage.people.enrolments import get_enrolment
from storage.people.participants import get_participant
from surveys.people import Role

AGAIN = timedelta(days=1)
"""How often a wave is looked at, once the time has come."""
ASKED_INSTEAD = (
    "{code} {wave}: {person} cannot be reached, so the next contact point of {place} is asked."
)


def ask_substitutes(
    connection: Connection, office: Office, open_now: Collection[Wave], now: datetime
) -> tuple[str, ...]:
    """Pass over the contact points whom nothing reaches; return a notice for each.

    Who can be reached again is the first to be asked in the next wave.
    """
    for code in sorted({wave.workshop_code for wave in _of_contact_points(open_now)}):
        for number in passed_over_in(connection, code):
            if _is_reached(connection, office, number):
                set_passed_over(connection, number, None)
    return tuple(
        _pass_over(connection, wave, number, now)
        for wave in _of_contact_points(open_now)
        if now >= _time_of(office, wave)
        for number in out_of_reach_in(connection, wave.id)
    )


def substitutes_due(office: Office, open_now: Collection[Wave], now: datetime) -> datetime | None:
    """Return when a round must look for contact points out of reach again; None if never."""
    moments = [max(_time_of(office, wave), now + AGAIN) for wave in _of_contact_points(open_now)]
    return min(moments, default=None)


def _of_contact_points(open_now: Collection[Wave]) -> list[Wave]:
    return [wave for wave in open_now if wave.role is Role.CONTACT_POINT]


def _time_of(office: Office, wave: Wave) -> datetime:
    assert wave.opened_at is not None  # noqa: S101 - an open wave
    return wave.opened_at + timedelta(days=office.rules.substitute_days)


def _is_reached(connection: Connection, office: Office, number: int) -> bool:
    enrolment = get_enrolment(connection, number)
    person = get_participant(connection, enrolment.participant_id)
    place = all_administrations(connection)[enrolment.works_at]
    return chosen_address(connection, person, place, office.rules).address is not None


def _pass_over(connection: Connection, wave: Wave, number: int, now: datetime) -> str:
    enrolment = get_enrolment(connection, number)
    set_passed_over(connection, number, now)
    person = get_participant(connection, enrolment.participant_id).code
    place = enrolment.administration_code
    return ASKED_INSTEAD.format(code=wave.workshop_code, wave=wave.key, person=person, place=place)
