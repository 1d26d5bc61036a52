"""The consent card of an enrolment."""

from datetime import datetime

from sqlalchemy import Connection

from bot.fieldwork.planned_waves import plan_of
from bot.messaging.messages import Card
from bot.settings.office import Office
from bot.wording import service_messages
from storage.fieldwork.waves import waves_of
from storage.fieldwork.workshops import get_workshop
from storage.people.participants import get_participant
from surveys.people import Enrolment
from surveys.planning.due_workshops import opens_at


def consent_card_for(
    connection: Connection,
    office: Office,
    enrolment: Enrolment,
    now: datetime,
    reminder: str = "",
) -> Card:
    """Return the consent card of an enrolment, with its workshop and the number of waves to come.

    `reminder` is the line of a reminder that says until when the questions can be answered.
    """
    participant = get_participant(connection, enrolment.participant_id)
    workshop = get_workshop(connection, enrolment.workshop_code)
    begun = waves_of(connection, workshop.code)
    over = {key for key, wave in begun.items() if wave.closed_at or wave.never_asks}
    to_come = [
        wave
        for wave in plan_of(office, workshop).waves
        if wave.role is enrolment.role and wave.key not in over
    ]
    about = workshop, max(1, len(to_come))
    started = now >= opens_at(workshop.starts_on)
    return service_messages.consent_card(
        office, participant, enrolment, about, begun=started, reminder=reminder
    )
